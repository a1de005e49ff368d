"""Changes: parts agreed apart, ratified later, asked about afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes: parts agreed apart, ratified later, asked about afterwards."""
    with op.batch_alter_table("change_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("split_from_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("parked_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("parked_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("ratify_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reminded", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("reverted_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("decided_said", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("help_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("helped", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("helped_said", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("helped_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("helped_by", sa.Uuid(), nullable=True))
        for column, other in (
            ("split_from_id", "change_request"),
            ("reverted_id", "plan_version"),
            ("decided_by", "account"),
            ("helped_by", "account"),
        ):
            name = batch_op.f(f"fk_change_request_{column}_{other}")
            batch_op.create_foreign_key(name, other, [column], ["id"])

    with op.batch_alter_table("authorisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("before", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("apart", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("several", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("at_once", sa.String(length=40), server_default="now", nullable=False))
        batch_op.add_column(sa.Column("spoken", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("said_on", sa.Date(), nullable=True))

    with op.batch_alter_table("authorisation", schema=None) as batch_op:  # the default was for rows that were there
        batch_op.alter_column("several", existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column("at_once", existing_type=sa.String(length=40), server_default=None)
        batch_op.alter_column("spoken", existing_type=sa.Boolean(), server_default=None)

    with op.batch_alter_table("authority", schema=None) as batch_op:
        batch_op.add_column(sa.Column("several", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("authority", schema=None) as batch_op:
        batch_op.alter_column("several", existing_type=sa.Boolean(), server_default=None)

    op.create_table(
        "change_cause",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("about_mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["change_request.id"], name=op.f("fk_change_cause_request_id_change_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_cause")),
    )
    with op.batch_alter_table("change_cause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_cause_about_mark"), ["about_mark"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_cause_request_id"), ["request_id"], unique=False)
