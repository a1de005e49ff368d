"""A line of a draft keeps the week from which its visits every few weeks are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A line of a draft keeps the week from which its visits every few weeks are counted; until now its first day."""
    with op.batch_alter_table("proposal_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("anchor", sa.Date(), nullable=True))
