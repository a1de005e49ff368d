"""The clock of the portal, where a test must not depend on the day or the moment it runs at."""

from __future__ import annotations

from datetime import datetime

import pytest


def stands_still(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """It is this moment for the portal until the test ends."""
    for module in ("work", "app", "site.serve"):
        monkeypatch.setattr(f"portal.{module}.utc_now", lambda: now)
    return now
