"""How far the money reaches is one row for each client, with nothing in it that nobody reads."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

UNREAD = (
    "computed_at",
    "funding_id",
    "funding_version",
    "funding_ends",
    "version_id",
    "more_on",
    "left",
    "complete",
)


def upgrade() -> None:
    """How far the money reaches is one row for each client, with nothing in it that nobody reads."""
    op.drop_table("outlook_part")
    with op.batch_alter_table("outlook", schema=None) as batch_op:
        for name in UNREAD:
            batch_op.drop_column(name)
