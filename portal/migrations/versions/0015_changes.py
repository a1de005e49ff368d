"""Changes: parts agreed apart, ratified later, asked about afterwards."""

from __future__ import annotations

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes: parts agreed apart, ratified later, asked about afterwards."""
