"""What a new price list does to the plans in force."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a new price list does to the plans in force."""
