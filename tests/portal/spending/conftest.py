"""Mei with a plan that began five weeks ago, for every file of tests about what was delivered and paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from litestar.testing import TestClient

from budgeting.money import dollars
from budgeting.package import Management, Weekly
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms as PartTerms
from portal.proposals import commands as proposals
from portal.proposals.terms import Terms
from portal.settings import from_environment
from tests.builders import acting, signed_in
from tests.person import ADDRESS, Person
from tests.portal.plans.people import Circle, a_circle

WEEKS = 5


@pytest.fixture(scope="module")
def place(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """Mei with a plan that began five weeks ago and money that pays for it; made once for the tests of this file."""
    data = tmp_path_factory.mktemp("spending")
    (data / "coplan.db").write_bytes(migrated.read_bytes())
    made = Coplan(from_environment({"COPLAN_DATA": str(data), "COPLAN_JOBS": "inline", "COPLAN_BASE_URL": ADDRESS}))
    circle = a_circle(made)
    _a_plan(circle)
    with TestClient(app=made.asgi(), base_url=ADDRESS) as client:
        yield SimpleNamespace(coplan=made, circle=circle, http=client)
    made.jobs.close()
    made.database.engine.dispose()


def _a_plan(circle: Circle) -> None:
    """Tuesday and Friday mornings by Sunrise at $68.00, agreed from five weeks ago on, paid from core."""
    first = circle.first - timedelta(weeks=WEEKS)
    last = first + timedelta(days=364)
    with acting(circle.coplan, circle.mei) as work:
        plan = funding.type_letter(work, circle.client, Letter(NDIS, first, last, last, first))
        core = PartTerms(
            "Core supports", Management.SELF, ("01", "04"), dollars("20000"), False, (), None, None, "core"
        )
        funding.add_part(work, plan, core)
        draft = proposals.start(work, circle.client, "My plan", "ndis", first, last)
        weekly = Weekly((1, 4), time(9), time(11))
        shower = Terms("Help in the shower", first, last, support="self_care", schedule=weekly,
                       price=dollars("68.00"), provider_id=circle.sunrise.id, need="Mornings")  # fmt: skip
        proposals.add_line(work, draft, shower)
    circle.accept(draft)


@pytest.fixture
def mei(place: SimpleNamespace) -> Person:
    return signed_in(Person(place.http, place.coplan), place.circle.mei)


@pytest.fixture
def base(place: SimpleNamespace) -> str:
    return f"/people/{place.circle.client.id}/spending"
