"""Somebody says that what is due by a day of an agreement is done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Somebody says that what is due by a day of an agreement is done."""
    op.create_table(
        "agreement_day_done",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_day_done_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_agreement_day_done_client_id_client")),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_agreement_day_done_noted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_day_done")),
        sa.UniqueConstraint("agreement_id", "what", "due", name=op.f("uq_agreement_day_done_agreement_id_what_due")),
    )
    with op.batch_alter_table("agreement_day_done", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_day_done_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_day_done_client_id"), ["client_id"], unique=False)
