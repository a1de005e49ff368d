"""What each client's money reaches, and the alarms they chose."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What each client's money reaches, and the alarms they chose."""
