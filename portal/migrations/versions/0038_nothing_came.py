"""The day on which somebody said that nothing came in a month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The day on which somebody said that nothing came in a month."""
    with op.batch_alter_table("provider_statement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nothing_on", sa.Date(), nullable=True))
