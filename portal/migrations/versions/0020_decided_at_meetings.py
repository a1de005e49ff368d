"""Decisions name the meeting they were taken at; a support can become less by visits each month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Decisions name the meeting they were taken at; a support can become less by visits each month."""
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_id", sa.Uuid(), nullable=True))
    with op.batch_alter_table("step_down", schema=None) as batch_op:
        batch_op.add_column(sa.Column("visits", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("step_down", schema=None) as batch_op:
        batch_op.alter_column("visits", server_default=None)
