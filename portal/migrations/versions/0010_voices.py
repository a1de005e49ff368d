"""What people say about lines, suggestions and decisions."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What people say about lines, suggestions and decisions."""
