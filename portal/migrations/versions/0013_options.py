"""Options, organisations with their interests, and the library."""

from __future__ import annotations

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Options, organisations with their interests, and the library."""
