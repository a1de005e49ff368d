"""What to look at before a yes, over plain values: goals without a support, no backup, no consent, clashes, reviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache
from uuid import UUID, uuid4

from hypothesis import given, strategies as st

from budgeting.catalogue import Editions
from budgeting.money import Money
from budgeting.package import Package, Priority, Role, Weekly
from budgeting.period import Period, Place
from budgeting.pricing import quote
from budgeting.programs import calendar
from budgeting.quotation import Quote
from budgeting.words import Name
from portal.proposals.checking import Known, Open, Signed, everything, without_backup
from portal.proposals.particulars import Particulars
from portal.proposals.terms import Terms

TODAY = date(2026, 3, 2)
SUNRISE, NORTHSIDE, PAINT = uuid4(), uuid4(), uuid4()
KEY = str(uuid4())
TERMS = Terms(
    "Help in the shower",
    TODAY,
    TODAY + timedelta(days=55),
    support="self_care",
    provider_id=SUNRISE,
    schedule=Weekly((1, 4), time(9), time(11)),
    price=Money(68_00),
    goal_id=PAINT,
)
MUST = replace(TERMS, more=Particulars(priority=Priority.MUST))
KNOWN = Known({PAINT: "Paint on Sundays"}, {SUNRISE: "Sunrise Support"}, {SUNRISE})
AGREED = Signed(KEY, SUNRISE, Name("Sunrise Support"), TERMS, Period(TODAY, TERMS.ends), TODAY + timedelta(days=300))


@lru_cache
def nothing() -> Quote:
    days = Period(TODAY, TODAY + timedelta(days=55))
    return quote(Package("ndis", days, Place("NSW"), None, ()), Editions(()), calendar())


def kinds(*lines: tuple[str, Terms], known: Known = KNOWN) -> list[str]:
    return [one.kind for one in everything(nothing(), lines, known, TODAY)]


def test_a_draft_in_order_has_nothing_to_look_at() -> None:
    assert kinds((KEY, TERMS), known=replace(KNOWN, signed=[AGREED])) == []


def test_a_goal_without_a_support_is_named() -> None:
    assert kinds((KEY, replace(TERMS, goal_id=None, need="Mornings"))) == ["goal_unmet"]


def test_what_must_happen_needs_somebody_who_comes_instead() -> None:
    assert kinds((KEY, MUST)) == ["no_backup"]
    assert kinds((KEY, MUST), known=replace(KNOWN, backed={UUID(KEY)})) == []
    spare = replace(TERMS, more=Particulars(role=Role.BACKUP))
    assert kinds((KEY, MUST), (str(uuid4()), spare)) == []


def test_a_provider_outside_the_circle_needs_consent_and_nothing_is_said_to_who_may_not_see_the_circle() -> None:
    there = replace(KNOWN, circle={NORTHSIDE})
    assert kinds((KEY, TERMS), known=there) == ["no_consent"]
    assert kinds((KEY, TERMS), known=replace(there, circle=None)) == []


def test_a_draft_that_says_something_else_than_what_was_signed_clashes() -> None:
    known = replace(KNOWN, signed=[AGREED], circle=None)
    assert kinds((KEY, replace(TERMS, price=Money(70_00))), known=known) == ["agreed_price"]
    longer = replace(TERMS, schedule=Weekly((1, 4), time(9), time(12)))
    assert kinds((KEY, longer), known=known) == ["agreed_times"]
    assert kinds((KEY, replace(TERMS, provider_id=NORTHSIDE)), known=known) == ["agreed_elsewhere"]
    later = replace(TERMS, starts=TERMS.ends + timedelta(days=1), ends=TERMS.ends + timedelta(days=9), price=Money(1))
    assert kinds((KEY, later), known=known) == []


def test_a_review_whose_day_has_passed_and_what_nobody_finished_looking_at_are_told() -> None:
    late = replace(AGREED, review=TODAY - timedelta(days=1))
    known = replace(KNOWN, signed=[late, late], looks=[Open(Name("Mornings"), TODAY - timedelta(days=20))])
    assert kinds((KEY, TERMS), known=known) == ["review_overdue", "look_open"]


lines = st.lists(
    st.builds(
        lambda priority, role, support: replace(TERMS, support=support, more=Particulars(priority=priority, role=role)),
        st.sampled_from([None, *Priority]),
        st.sampled_from([*Role]),
        st.sampled_from([None, "self_care", "cleaning"]),
    ),
    max_size=6,
)


@given(lines)
def test_only_what_must_happen_is_asked_a_backup_for_and_naming_one_settles_it(found: list[Terms]) -> None:
    drafted = [(str(uuid4()), terms) for terms in found]
    asked = {one.line for one in without_backup(drafted)}
    assert asked <= {key for key, terms in drafted if terms.more.priority is Priority.MUST}
    assert without_backup(drafted, {UUID(key) for key in asked if key}) == []
