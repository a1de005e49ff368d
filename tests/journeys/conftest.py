"""What the journeys are given besides the usual: a payment stand-in, and a calendar that stands still."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import portal.app
import portal.payments.standin
import portal.site.serve
import portal.work
from portal.app import Coplan
from portal.settings import Settings
from tests.journeys.people import House, a_house
from tests.portal.payments.conftest import Service, database as database, service as service

#: Monday 6 July 2026, ten o'clock in Sydney: the eight weeks from here hold no public holiday of New South Wales.
MORNING = datetime(2026, 7, 6, 0, 0, tzinfo=UTC)


@pytest.fixture
def that_monday(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The portal and the payment stand-in live on one fixed morning, so that sums can be worked out by hand."""
    for module in (portal.work, portal.app, portal.site.serve, portal.payments.standin):
        monkeypatch.setattr(module, "utc_now", lambda: MORNING)
    return MORNING


@pytest.fixture
def house(that_monday: datetime, database: Settings, coplan: Coplan, service: Service) -> House:
    """A portal with an administrator, an officer and three providers, and no client yet."""
    return a_house(coplan, service)
