"""A question about what is fixed can be put off, and answered with something else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A question about what is fixed can be put off, and answered with something else."""
    with op.batch_alter_table("mark_challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("park_owner_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("park_due", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("park_reminded_at", sa.DateTime(timezone=True), nullable=True))
