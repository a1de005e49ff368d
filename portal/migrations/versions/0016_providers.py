"""Requests to providers, what they see, and progress notes."""

from __future__ import annotations

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Requests to providers, what they see, and progress notes."""
