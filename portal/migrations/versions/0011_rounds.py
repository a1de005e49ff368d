"""Rounds, open and fixed terms, and whose idea it was."""

from __future__ import annotations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rounds, open and fixed terms, and whose idea it was."""
