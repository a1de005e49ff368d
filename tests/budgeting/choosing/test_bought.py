"""The same visits bought in other ways: worked out by hand, and the same hours whatever they cost."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.choosing.bought import Bought, Way, as_planned, could_be_bought, in_a_way
from budgeting.choosing.employment import Hours, Wages, employed_hours, law, platform_hours, told_hours, yearly
from budgeting.explain import Confidence, Figure
from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.package import Agreed, AgreedAmount, Component, Funding, Line, Management, Package, Units, Unpaid, Weekly
from budgeting.period import Band, Period, Place
from budgeting.pricing import quote
from budgeting.quotation import Quote
from budgeting.words import words

FIRST, LAST = date(2026, 7, 6), date(2026, 8, 2)  # four whole weeks without a public holiday in New South Wales
WEEKDAY = {Band.DAY: Money(32_00)}
WAGES = Wages(
    WEEKDAY, Percent(120_000), casual=Percent(250_000), compensation=Percent(20_000),
    insurance=Money(365_00), payroll=Money(20_00),
)  # fmt: skip


PRICE, PLENTY = Agreed((AgreedAmount(Money(68_00)),)), Money(20_000_00)


def mornings(**changes: object) -> Line:
    """Monday and Wednesday, 9 to 11, at 68 dollars an hour."""
    fields: dict[str, object] = {"schedule": Weekly((0, 2), time(9), time(11)), "price": PRICE, **changes}
    return Line("mornings", "Help in the shower", Period(FIRST, LAST), support="self_care", **fields)  # type: ignore[arg-type]  # fields by name


def quoted(*lines: Line, amount: Money = PLENTY) -> Quote:
    core = Component("core", "Core supports", amount, Management.SELF, ("01", "02", "03", "04"))
    funding = Funding(Period(date(2026, 7, 1), date(2027, 6, 30)), (core,))
    package = Package("ndis", Period(FIRST, LAST), Place("NSW"), funding, lines)
    return quote(package, Editions(()), programs.calendar())


def bought(before: Quote, hours: Hours, each_year: Figure | None = None) -> Bought:
    """The mornings in another way."""
    way = Way("way", words("Another way"), hours, each_year)
    return in_a_way(before, ["mornings"], way, Editions(()), programs.calendar())


def test_an_hour_of_an_employed_worker_is_wage_loading_superannuation_and_insurance() -> None:
    (hour,) = employed_hours(WAGES, FIRST).values()
    assert hour.value == Money(45_60)  # 32 + 8 = 40; + 12 % of 40 + 2 % of 40
    superannuation = hour.parts[1]
    assert superannuation.value == Money(4_80)
    assert superannuation.parts[1].source is not None
    assert superannuation.parts[1].source.confidence is Confidence.A


def test_superannuation_is_twelve_percent_from_july_2025() -> None:
    assert law().rate("superannuation", date(2025, 6, 30)) == Percent(115_000)
    assert law().rate("superannuation", date(2025, 7, 1)) == Percent(120_000)


def test_paid_leave_has_its_own_loading() -> None:
    wages = Wages({Band.DAY: Money(40_00)}, Percent(120_000), leave=Percent(76_900), leave_loading=Percent(175_000))
    (hour,) = employed_hours(wages, FIRST).values()
    assert hour.value == Money(48_85)  # 40 + 3.08 + 0.54 = 43.62; + 12 % is 5.23


def test_four_weeks_of_mornings_bought_three_ways() -> None:
    before = quoted(mornings())
    now = as_planned(before, ["mornings"])
    assert now.amount.value == Money(1_088_00)  # 8 visits of 2 hours at 68 dollars
    platform = bought(before, platform_hours({Band.DAY: Money(50_00)}, Percent(100_000)))
    assert platform.amount.value == Money(880_00)  # 16 hours at 55 dollars
    employed = bought(before, employed_hours(WAGES, FIRST), yearly(WAGES))
    assert employed.amount.value == Money(776_01)  # 16 × 45.60 = 729.60; 605 a year × 28 ÷ 365 = 46.41
    assert employed.week.value == Money(194_00)
    assert employed.year.value == Money(10_115_84)
    assert employed.minutes == now.minutes == Minutes(960)
    assert employed.hours is not None
    assert employed.hours.value == Minutes(1346)  # 16 hours × 1,088 ÷ 776.01


def test_the_day_the_money_lasts_moves_with_the_price() -> None:
    before = quoted(mornings(), amount=Money(500_00))
    cheaper = bought(before, told_hours({Band.DAY: Money(30_00)}))
    now = as_planned(before, ["mornings"])
    assert now.lasts is not None
    assert now.lasts.value == date(2026, 7, 14)  # three visits of 136 dollars are paid, the fourth is on the 15th
    assert cheaper.lasts is not None
    assert cheaper.lasts.value == date(2027, 6, 30)  # to the end of the funding


def test_each_kind_of_day_has_its_own_price_and_what_was_not_told_is_said() -> None:
    before = quoted(mornings(schedule=Weekly((4, 5), time(9), time(10))))
    told = bought(before, told_hours({Band.DAY: Money(50_00), Band.SATURDAY: Money(70_00)}))
    assert told.amount.value == Money(480_00)  # four Fridays and four Saturdays
    untold = bought(before, told_hours({Band.DAY: Money(50_00)}))
    assert untold.amount.value == Money(400_00)
    assert [text.text for text in untold.not_included] == [
        "{kind}: no price was told, so that of a weekday is counted."
    ]


@pytest.mark.parametrize("line", [
    mornings(schedule=Weekly((0,), time(22), time(6), sleepover=True)),
    mornings(schedule=Units(Quantity(4000), "E")),
    mornings(price=Unpaid()),
])  # fmt: skip
def test_nights_items_and_help_without_pay_are_not_compared(line: Line) -> None:
    assert not any(could_be_bought(one) for one in quoted(line).lines)


@given(st.integers(1, 500_00), st.integers(0, 1_000_000), st.integers(0, 1_000_000), st.integers(0, 5000_00))
def test_how_it_is_bought_never_changes_the_hours(wage: int, casual: int, compensation: int, insurance: int) -> None:
    before = quoted(mornings())
    wages = Wages(
        {Band.DAY: Money(wage)}, Percent(120_000), Percent(casual), compensation=Percent(compensation),
        insurance=Money(insurance),
    )  # fmt: skip
    found = bought(before, employed_hours(wages, FIRST), yearly(wages))
    assert found.minutes == Minutes(960)
    amounts = [part.value for part in found.amount.parts]
    assert found.amount.value == Money(sum(one.minor for one in amounts if isinstance(one, Money)))
