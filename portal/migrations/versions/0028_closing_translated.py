"""The last words about a complaint stand in the language of whoever told us, beside those they were written in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The last words about a complaint stand in the language of whoever told us, beside those they were written in."""
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closing_translation_sealed", sa.LargeBinary(), nullable=True))
