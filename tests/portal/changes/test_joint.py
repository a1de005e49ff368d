"""People with authority who decide instead of the client: each for themselves, or only together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from budgeting.words import Name
from portal.access.scope import unscoped
from portal.access.table import Resource
from portal.accounts.model import Account
from portal.changes import queries
from portal.changes.one_or_all import one_or_all
from portal.changes.states import Given, RequestState
from portal.people import commands as people_commands
from portal.people.model import Authority
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import LATER, SHOWER, a_planning_nominee, answered, asked, parties, state_of
from tests.portal.plans.people import Circle


def a_nominee(circle: Circle, *, several: bool) -> Account:
    """Zara, a planning nominee; ``several``: her papers say that each of those who may act may act alone."""
    zara = a_planning_nominee(circle)
    with circle.coplan.open_work() as work:
        for authority in work.session.scalars(unscoped(select(Authority), "a test writes what the papers say")):
            authority.several = several
    return zara


@pytest.mark.parametrize("several, state", [(True, RequestState.AGREED), (False, RequestState.OPEN)])
def test_of_two_who_may_act_alone_one_yes_is_enough_and_jointly_it_is_not(
    circle: Circle, several: bool, state: RequestState
) -> None:
    zara = a_nominee(circle, several=several)
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    with reading(circle.coplan, zara) as work:
        asks = queries.rows(work, circle.client, change)
        (own,) = [one_or_all(one, asks, {}, Name("Mei")) for one in asks if one.account_id == zara.id]
    assert own is not None, "whoever is asked reads whether their yes is enough"
    assert own.text.startswith("One yes is enough" if several else "In place of {name} only all")
    answered(circle, circle.grace, change)
    answered(circle, zara, change)
    assert state_of(circle, change) is state


def test_who_acts_jointly_with_somebody_kept_from_changes_cannot_stand_in_alone(circle: Circle) -> None:
    zara = a_planning_nominee(circle)
    with acting(circle.coplan, circle.mei) as work:
        people_commands.hide(work, circle.client, zara.id, [Resource.CHANGE])
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    assert set(parties(circle, change)) == {"mei", "sunrise", "daniel"}
    answered(circle, circle.grace, change)
    assert state_of(circle, change) is RequestState.OPEN


def test_whose_plan_it_is_reads_that_others_said_yes_in_their_place_and_still_stops_it(
    circle: Circle, person: Person
) -> None:
    zara = a_nominee(circle, several=True)
    change = asked(circle, circle.daniel, circle.first + timedelta(days=7), (SHOWER, {"schedule": LATER}))
    here = f"/people/{circle.client.id}/changes/{change}"
    signed_in(person, circle.mei).open(here)
    assert "No answer is never a yes" in person.text
    assert "in place of Mei" not in person.text
    answered(circle, circle.grace, change)
    answered(circle, zara, change)
    assert "Others said yes in place of you." in person.open(f"{here}/card").text
    assert "Others said yes in place of you. You can still say no" in person.open(here).text
    assert "No answer is never a yes" not in person.text
    answered(circle, circle.mei, change, Given.DECLINED)
    assert state_of(circle, change) is RequestState.OPEN
