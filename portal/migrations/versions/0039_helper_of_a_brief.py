"""The member of the circle to whom their own part of a plan was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The member of the circle to whom their own part of a plan was sent."""
    with op.batch_alter_table("brief", schema=None) as batch_op:
        batch_op.add_column(sa.Column("helper_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_brief_helper_id"), ["helper_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_brief_helper_id_account"), "account", ["helper_id"], ["id"])
