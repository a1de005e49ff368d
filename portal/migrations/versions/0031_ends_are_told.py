"""Of which ends people were told, so that each is told once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of which ends people were told, so that each is told once."""
    op.create_table(
        "ending_told",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ending_told_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending_told")),
        sa.UniqueConstraint("account_id", "mark", name=op.f("uq_ending_told_account_id_mark")),
    )
