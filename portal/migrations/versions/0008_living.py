"""Shared homes, groups and short stays."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Shared homes, groups and short stays."""
