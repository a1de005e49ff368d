"""A change that leaves a provider with nothing to do says what is due then; in the other cases nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from portal.app import Coplan
from portal.changes.edits import Edit
from portal.changes.leaving import left_by
from tests.builders import signed_in
from tests.person import Person
from tests.portal.changes.asking import SHOWER, SWIMMING, asked, plan_of, price
from tests.portal.plans.people import OURS, THEIRS, Circle, a_circle


@pytest.fixture
def at_home(coplan: Coplan) -> Circle:
    """Mei in Support at Home, with two providers."""
    made = a_circle(coplan)
    swimming = made.line(SWIMMING, made.northside, THEIRS)
    made.accepted(made.line(SHOWER, made.sunrise, OURS), swimming, program="support_at_home")
    return made


def test_a_provider_is_left_when_its_last_support_ends_or_goes_to_somebody_else(circle: Circle) -> None:
    plan, day = plan_of(circle), circle.first + timedelta(days=7)
    sunrise = (circle.sunrise.id, "")
    ((line, shower),) = [(one.id, one.terms) for one in plan.lines if one.name == SHOWER]
    assert left_by(plan, [Edit(line, None)], day) == {sunrise}
    assert left_by(plan, [Edit(line, replace(shower, provider_id=circle.northside.id))], day) == {sunrise}
    assert left_by(plan, [Edit(line, None), Edit(uuid4(), shower)], day) == frozenset()
    assert left_by(plan, [Edit(line, None)], shower.ends + timedelta(days=1)) == frozenset()  # it was over before


def test_what_is_due_is_said_to_those_who_see_the_change_and_to_the_provider_that_is_left(
    at_home: Circle, person: Person
) -> None:
    day = at_home.first + timedelta(days=14)
    change = asked(at_home, at_home.mei, day, (SHOWER, None))
    page = f"/people/{at_home.client.id}/changes/{change}"
    for who in (at_home.mei, at_home.daniel, at_home.grace):
        seen = signed_in(person.another(), who).open(page)
        (due,) = seen.page.xpath("//*[@id='what-is-due']")
        assert [str(one.text_content()) for one in due.xpath(".//h3")] == ["Sunrise Support"]
        assert due.xpath(".//dt")[0].text_content() == "The provider tells the agency by"


def test_a_change_that_leaves_nobody_says_of_nothing_that_it_is_due(at_home: Circle, person: Person) -> None:
    change = asked(at_home, at_home.mei, at_home.first + timedelta(days=14), (SHOWER, price(70)))
    seen = signed_in(person, at_home.mei).open(f"/people/{at_home.client.id}/changes/{change}")
    assert seen.status == 200
    assert not seen.page.xpath("//*[@id='what-is-due']")


def test_in_a_program_without_such_days_nothing_is_due(circle: Circle, person: Person) -> None:
    change = asked(circle, circle.mei, circle.first + timedelta(days=14), (SHOWER, None))
    seen = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}")
    assert seen.status == 200
    assert not seen.page.xpath("//*[@id='what-is-due']")
