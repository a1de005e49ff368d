"""A group that becomes smaller or larger: both prices, for one person and the same visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.living import sharing
from budgeting.living.sharing import Group, Regrouped
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Line, Package, Spread, Units
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    agreed,
    component,
    days,
    every_figure,
    funded,
    line,
    package,
    weekly,
)

HALF = days("2026-01-01", "2026-06-30")
APRIL = date(2026, 4, 6)  # a Monday; thirteen Mondays are left to the end of June
MONDAYS = weekly("Mon", "10:00", "12:00")


def when_it_changes(wanted: Line, now: int, then: int, funding: Package | None = None) -> Regrouped:
    whole = funding or package(wanted, period=HALF)
    found = sharing.regrouped(whole, wanted.id, Group(now), Group(then), APRIL, programs.shipped("ndis"), NO_HOLIDAYS)
    assert found is not None
    return found


def test_at_the_published_limit_two_people_pay_half_each_where_three_paid_a_third() -> None:
    found = when_it_changes(line(MONDAYS, support="community", period=HALF), 3, 2)
    # 70.23 for one person alone: 23.41 shared by three, 35.11 shared by two; thirteen visits of two hours
    assert (found.before.hour.value, found.after.hour.value) == (Money(23_41), Money(35_11))
    assert (found.before.rest.value, found.after.rest.value) == (Money(26 * 23_41), Money(26 * 35_11))
    assert found.more == Money(26 * (35_11 - 23_41))
    assert found.before.minutes == found.after.minutes == Minutes(13 * 120)


def test_an_agreed_price_is_taken_to_pay_the_worker_the_same_and_is_only_an_estimate() -> None:
    found = when_it_changes(line(MONDAYS, price=agreed("24.01"), period=HALF), 3, 2)
    assert (found.before.hour.value, found.after.hour.value) == (Money(24_01), Money(36_01))  # 72.03 / 2, down
    assert found.after.rest.value == Money(26 * 36_01)
    assert str(found.after.hour.confidence) == "C"
    assert found.before.hour.told


def test_the_money_of_before_buys_fewer_hours_and_the_day_it_ends_comes_earlier() -> None:
    wanted = line(MONDAYS, price=agreed("21"), period=HALF)
    # 26 Mondays: 13 up to the end of March at 42.00, then 13 more; money for exactly all of them
    whole = package(wanted, funding=funded(component("1092"), period=HALF), period=HALF)
    found = when_it_changes(wanted, 3, 2, whole)
    assert found.before.runs_dry is None
    # to 30 March 13 visits cost 546; 546 are left, at 63 a visit eight are paid and the ninth, on 1 June, is not
    assert found.after.runs_dry == date(2026, 6, 1)
    assert found.same_money.value == Minutes(13 * 120 * 2 // 3)


def test_where_a_plan_manager_pays_the_estimate_is_never_above_the_limit_of_the_smaller_group() -> None:
    wanted = line(MONDAYS, price=agreed("23.41"), period=HALF)
    whole = package(wanted, funding=funded(component("9000"), period=HALF), period=HALF)
    found = when_it_changes(wanted, 3, 1, whole)
    assert found.after.hour.value == Money(70_23)
    dearer = replace(wanted, price=agreed("23.40", sat="50"), participants=3)
    assert when_it_changes(dearer, 2, 1, replace(whole, lines=(dearer,))).after.hour.value == Money(46_80)


def test_what_is_over_by_then_has_no_second_price() -> None:
    past = line(MONDAYS, period=days("2026-01-01", "2026-03-31"))
    found = sharing.regrouped(package(past), past.id, Group(3), Group(2), APRIL, programs.shipped("ndis"), NO_HOLIDAYS)
    assert found is None


def test_without_a_price_nothing_is_known_and_nothing_is_zero() -> None:
    found = when_it_changes(line(MONDAYS, price=None, period=HALF), 3, 2)
    assert (found.before.rest.value, found.after.rest.value, found.more) == (None, None, None)


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 20_000))
def test_fewer_people_never_pay_less_and_the_parts_never_come_to_more_than_the_worker(
    now: int, then: int, cents: int
) -> None:
    alone = Money(cents * now)
    each = sharing.part(Money(cents), Group(now), Group(then))
    assert each.minor * then <= alone.minor < (each.minor + 1) * then
    assert (each >= Money(cents)) if then <= now else (each <= Money(cents))


def test_every_figure_of_both_sides_says_how_it_came_about() -> None:
    found = when_it_changes(line(MONDAYS, price=agreed("24.01"), period=HALF), 3, 2)
    for side in (found.before, found.after):
        for figure in (*every_figure(side.hour), *every_figure(side.rest)):
            assert figure.value is None or figure.working is not None, figure


def test_hours_that_are_spread_over_the_year_are_counted_once_when_the_group_changes_in_the_middle() -> None:
    hours = line(Units(Quantity(365_000), "H"), price=agreed("60"), participants=2)
    wanted = package(hours, funding=funded(component("30000")))
    both = sharing.regrouped(
        wanted, hours.id, Group(2), Group(3), date(2026, 7, 1), programs.shipped("ndis"), programs.calendar()
    )
    assert both is not None
    assert (both.before.minutes, both.after.minutes) == (Minutes(184 * 60), Minutes(184 * 60))  # 1 July to 31 December
    once = replace(hours, schedule=Units(Quantity(1_000), "E", Spread.ONCE))
    bought = replace(wanted, lines=(once,))
    over = sharing.regrouped(
        bought, once.id, Group(2), Group(3), date(2026, 7, 1), programs.shipped("ndis"), programs.calendar()
    )
    assert over is None  # it was used on the first day
