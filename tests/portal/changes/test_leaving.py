"""A change that leaves a provider with nothing to do says what is due then; in the other cases nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from agreements.model import Agreement
from agreements.states import State
from budgeting import programs
from portal.access.scope import unscoped
from portal.accounts.model import Account
from portal.app import Coplan
from portal.changes.edits import Edit
from portal.changes.leaving import left_by
from portal.changes.states import RequestState
from portal.language import show_plain
from portal.people import due, due_days
from tests.builders import reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import SHOWER, SWIMMING, asked, everybody_agrees, plan_of, price, state_of
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


def _left_today(circle: Circle) -> str:
    """The address of a change that ended the help of Sunrise today; it holds."""
    change = asked(circle, circle.mei, circle.first, (SHOWER, None))
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.DONE
    return f"/people/{circle.client.id}/changes/{change}"


def _due(circle: Circle, who: Account) -> str:
    with reading(circle.coplan, who) as work:
        found = due.all_of(work, {circle.client.id: circle.client})
        return "; ".join(show_plain(one.what) for one in found if one.kind is due.Kind.CHANGE)


def _form(seen: Person, beginning: str) -> str:
    (found,) = seen.page.xpath(f"//form[starts-with(@id, '{beginning}-')]/@id")
    return str(found)


NOTIFY = "The provider tells the agency by"


def test_what_a_change_left_to_be_done_is_due_until_somebody_says_it_is_done_and_due_again_when_taken_back(
    at_home: Circle, person: Person
) -> None:
    page = _left_today(at_home)
    assert NOTIFY in _due(at_home, at_home.mei)
    assert not _due(at_home, at_home.karim)
    mei = signed_in(person, at_home.mei).open(page)
    mei.send(_form(mei, "day-notify"), done_on=at_home.first.isoformat())
    assert _form(mei.open(page), "again-notify")
    assert NOTIFY not in _due(at_home, at_home.daniel)
    assert "is done" in mei.open(f"/people/{at_home.client.id}/history").text
    daniel = signed_in(person.another(), at_home.daniel).open(page)
    daniel.send(_form(daniel, "again-notify"))
    assert NOTIFY in _due(at_home, at_home.mei)


def test_the_provider_that_was_left_finds_what_it_has_to_do_among_what_is_due_for_it_and_another_does_not(
    at_home: Circle, person: Person
) -> None:
    page = _left_today(at_home)
    assert NOTIFY in _due(at_home, at_home.grace)
    grace = signed_in(person, at_home.grace).open("/due")
    grace.follow(NOTIFY)
    assert grace.address.startswith(page)
    assert NOTIFY not in _due(at_home, at_home.owen)
    assert NOTIFY not in signed_in(person.another(), at_home.owen).open("/due").text
    mei = signed_in(person.another(), at_home.mei).open(page)
    mei.send(_form(mei, "day-notify"), done_on=at_home.first.isoformat())
    assert NOTIFY not in grace.open("/due").text


def test_a_day_before_the_change_was_asked_and_a_day_to_come_are_refused_with_the_days_that_can_be_said(
    at_home: Circle, person: Person
) -> None:
    page = _left_today(at_home)
    mei = signed_in(person, at_home.mei)
    for wrong in (date(1900, 1, 1), at_home.first + timedelta(days=1), at_home.first - timedelta(days=400)):
        mei.open(page)
        assert mei.send(_form(mei, "day-notify"), done_on=wrong.isoformat()).status == 422
        assert "Choose a day from" in mei.text
    assert NOTIFY in _due(at_home, at_home.mei)


def test_only_those_who_decide_and_the_lead_say_so_and_only_once_it_holds(at_home: Circle, person: Person) -> None:
    later = asked(at_home, at_home.mei, at_home.first + timedelta(days=14), (SHOWER, None))
    tick = "//form[starts-with(@id, 'day-')]"
    for who in (at_home.mei, at_home.daniel):
        seen = signed_in(person.another(), who).open(f"/people/{at_home.client.id}/changes/{later}")
        assert not seen.page.xpath(tick)
    page = _left_today(at_home)
    seen = signed_in(person.another(), at_home.grace).open(page)
    assert seen.page.xpath("//*[@id='what-is-due']")
    assert not seen.page.xpath(tick)
    assert signed_in(person.another(), at_home.daniel).open(page).page.xpath(tick)


def test_the_same_day_after_the_same_provider_stands_once_among_what_is_due(at_home: Circle) -> None:
    _left_today(at_home)
    _left_by_agreement(at_home)
    for who in (at_home.mei, at_home.daniel):
        with reading(at_home.coplan, who) as work:
            found = due.all_of(work, {at_home.client.id: at_home.client})
            assert len([one for one in found if NOTIFY in show_plain(one.what)]) == 1


def _left_by_agreement(circle: Circle) -> None:
    """The agreement with Sunrise, signed by both, ended the day before the change, too."""
    with circle.coplan.open_work() as work:
        last = circle.first - timedelta(days=1)
        values = {"state": State.IN_FORCE, "offered_at": work.now, "in_force_at": work.now, "ends": last}
        values["starts"] = last - timedelta(days=30)
        signed = update(Agreement).where(Agreement.provider_id == circle.sunrise.id).values(**values)
        work.session.execute(unscoped(signed, "as it is once both have signed"))


def test_whatever_the_day_somebody_left_is_all_that_is_due_after_it_looked_for_until_it_is_long_over() -> None:
    for last in (date(2026, 1, 1) + timedelta(days=days) for days in range(366)):
        for program in programs.PROGRAMS:
            told = programs.rules(program).after_leaving(None, last).values()
            days = [one.value for one in told if isinstance(one.value, date)]
            assert all(one + due_days.LATE <= last + due_days.LONGEST for one in days), (program, last)
