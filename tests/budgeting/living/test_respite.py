"""Short stays: nights of a year, what they cost, and the ordinary week meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.living import respite
from budgeting.living.respite import Nights, Rates
from budgeting.money import Minutes, Money
from budgeting.package import Unpaid
from budgeting.parameters import Parameters
from budgeting.period import Period
from tests.budgeting.examples import NO_HOLIDAYS, agreed, line, package, weekly

NDIS, SUPPORT_AT_HOME = (programs.program(key).parameters for key in ("ndis", "support_at_home"))
PLAN = Period(date(2026, 2, 1), date(2028, 1, 31))


def nights(first: str, last: str) -> Nights:
    return Nights(date.fromisoformat(first), date.fromisoformat(last))


def test_a_night_counts_on_the_day_of_its_evening() -> None:
    stay = nights("2026-01-30", "2026-02-02")
    assert stay.count == 3
    assert stay.within(Period(date(2026, 2, 1), date(2027, 1, 31))) == 1


def test_nights_of_a_plan_are_counted_over_each_of_its_years() -> None:
    assert respite.year_of(NDIS, date(2026, 6, 1), PLAN) == Period(date(2026, 2, 1), date(2027, 1, 31))
    assert respite.year_of(NDIS, date(2027, 2, 1), PLAN) == Period(date(2027, 2, 1), date(2028, 1, 31))


def test_in_support_at_home_the_year_goes_from_july_to_june() -> None:
    assert respite.year_of(SUPPORT_AT_HOME, date(2026, 6, 30), PLAN) == Period(date(2025, 7, 1), date(2026, 6, 30))


def test_nights_taken_and_planned_come_off_what_is_usual() -> None:
    year = respite.year_of(NDIS, date(2026, 6, 1), PLAN)
    stays = [nights("2026-03-01", "2026-03-06"), nights("2026-05-31", "2026-06-03"), nights("2027-01-30", "2027-02-03")]
    found = respite.allowance(NDIS, year, stays, date(2026, 6, 1))
    assert (found.used.value, found.planned.value, found.left.value) == (6, 4, 18)  # of 28; two nights are next year's
    assert found.together == 14
    assert str(found.left.confidence) == "U"


def test_where_no_number_is_known_the_nights_left_are_not_known_and_never_zero() -> None:
    unknown = Parameters({})
    found = respite.allowance(unknown, PLAN, [], date(2026, 6, 1))
    assert (found.most.value, found.left.value) == (None, None)


def test_a_stay_costs_its_nights_or_its_hours_and_its_bed() -> None:
    assert respite.cost(3, Rates(per_night=Money(650_00))).value == Money(1950_00)
    by_hour = Rates(minutes_a_day=Minutes(450), per_hour=Money(73_58), bed=Money(100_00))
    assert respite.cost(2, by_hour).value == Money(15 * 73_58 + 200_00)


@pytest.mark.parametrize("rates", [Rates(), Rates(per_hour=Money(70_00)), Rates(minutes_a_day=Minutes(60))])
def test_without_its_whole_price_the_cost_of_a_stay_is_not_known(rates: Rates) -> None:
    assert respite.cost(3, rates).value is None


def test_the_visits_of_the_days_away_are_named_with_their_money_and_family_with_its_time() -> None:
    shower = line(weekly("Mon Wed", "08:00", "10:00"), price=agreed("68"))
    evening = line(weekly("Mon Tue Wed", "18:00", "19:00"), id="mum", price=Unpaid(), support=None)
    found = respite.meanwhile(
        package(shower, evening), nights("2026-03-02", "2026-03-04"), programs.shipped("ndis"), NO_HOLIDAYS
    )
    assert [(one.line, one.visits, one.minutes, one.amount) for one in found] == [
        ("shower", 2, Minutes(240), Money(272_00)),
        ("mum", 3, Minutes(180), None),
    ]
    stay = respite.cost(2, Rates(per_night=Money(600_00)))
    assert respite.freed(found, stay).value == Money(1200_00 - 272_00)
    assert respite.replacement(found, Money(60_00)).cost.value == Money(180_00)
    assert respite.replacement(found, None).cost.value is None


STAYS = st.lists(
    st.builds(
        lambda first, count: Nights(first, first + timedelta(days=count)),
        st.dates(date(2026, 1, 1), date(2028, 6, 1)),
        st.integers(1, 40),
    ),
    max_size=6,
)


@given(STAYS, st.dates(date(2026, 2, 1), date(2028, 1, 31)))
def test_every_night_belongs_to_one_year_and_is_either_taken_or_planned(stays: list[Nights], today: date) -> None:
    year = respite.year_of(NDIS, today, PLAN)
    found = respite.allowance(NDIS, year, stays, today)
    inside = sum(one.within(year) for one in stays)
    before = Period(date(2020, 1, 1), year.first - timedelta(days=1))
    after = Period(year.last + timedelta(days=1), date(2040, 1, 1))
    assert isinstance(found.used.value, int)
    assert isinstance(found.planned.value, int)
    assert found.used.value + found.planned.value == inside
    assert inside + sum(one.within(before) + one.within(after) for one in stays) == sum(one.count for one in stays)
