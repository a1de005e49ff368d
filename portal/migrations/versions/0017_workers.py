"""Workers, backups, missed visits and calendar feeds."""

from __future__ import annotations

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Workers, backups, missed visits and calendar feeds."""
