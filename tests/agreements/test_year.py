"""The year of a plan knows on which day an agreement ends while the support goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from agreements.model import Agreement
from agreements.states import State
from portal.access.scope import unscoped
from portal.app import Coplan
from tests.builders import signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle

SAID = "Nobody has said yes to what comes after it."


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei with Sunrise, whose agreement both have signed; it ends ten days after it began."""
    made = a_circle(coplan)
    made.usual()
    with coplan.open_work() as work:
        signed = {"state": State.IN_FORCE, "offered_at": work.now, "in_force_at": work.now}
        change = update(Agreement).where(Agreement.provider_id == made.sunrise.id)
        ends = made.first + timedelta(days=10)
        work.session.execute(unscoped(change.values(**signed, ends=ends), "as it is once both have signed"))
    return made


def test_the_year_of_the_plan_says_that_an_agreement_ends_before_its_support(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan/year")
    assert SAID in mei.text
    assert "the agreement ends on" in mei.text
