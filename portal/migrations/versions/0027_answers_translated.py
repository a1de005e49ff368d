"""An answer to a complaint stands in the language of whoever told us, beside the words it was written in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An answer to a complaint stands in the language of whoever told us, beside the words it was written in."""
    with op.batch_alter_table("complaint_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("translation_sealed", sa.LargeBinary(), nullable=True))
