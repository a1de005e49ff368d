"""Rules that hold for every package of self-care: parts, funding periods, and the day on which the money ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings, strategies as st

from budgeting import programs
from budgeting.charges import EvenCharge, Ledger
from budgeting.money import Money, Quantity, total
from budgeting.package import (
    Agreed,
    AgreedAmount,
    AtLimit,
    Boundary,
    Component,
    Funding,
    FundingPeriod,
    Line,
    Management,
    Package,
    Units,
    Weekly,
)
from budgeting.period import Every, Period, Place
from budgeting.pricing import quote

FIRST = date(2025, 7, 1)
SPAN = 545  # days up to the end of 2026
EDITIONS, CALENDAR = programs.shipped("ndis"), programs.calendar()
ITEMS = dict(programs.program("ndis").by_key["self_care"].items)
PLACES = [Place(state, zone) for state in ("ACT", "NSW", "TAS", "VIC", "WA") for zone in ("national", "remote")]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(st.integers(0, SPAN))
    return Period(FIRST + timedelta(first), FIRST + timedelta(draw(st.integers(first, SPAN))))


@st.composite
def schedules(draw: st.DrawFn) -> Weekly:
    weekdays = draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True))
    start, length = draw(st.integers(0, 287)) * 5, draw(st.integers(1, 143)) * 5
    end = (start + length) % 1440
    anchor = draw(st.none() | st.dates(FIRST, FIRST + timedelta(SPAN)))
    every = draw(st.integers(1, 3))
    return Weekly(tuple(weekdays), time(start // 60, start % 60), time(end // 60, end % 60), every, anchor)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    price = draw(st.just(AtLimit()) | st.integers(0, 30_000).map(lambda cents: Agreed((AgreedAmount(Money(cents)),))))
    period = draw(periods())
    skips = draw(st.lists(st.dates(period.first, period.last), max_size=3, unique=True))
    schedule = draw(schedules())
    return Line("line", "A line", period, schedule=schedule, price=price, items=ITEMS, skips=tuple(skips))


def core(management: Management = Management.PLAN, **others: Any) -> Component:
    made = Component("core", "Core", Money(1_000_000), management, ("01",))
    return replace(made, **others)


def a_package(made: list[Line], place: Place = PLACES[2], funding: Funding | None = None) -> Package:
    named = tuple(replace(one, id=str(number)) for number, one in enumerate(made))
    return Package("ndis", Period(FIRST, FIRST + timedelta(SPAN)), place, funding, named)


@settings(max_examples=40, deadline=None)
@given(st.lists(lines(), max_size=4))
def test_the_parts_add_up_to_the_whole(made: list[Line]) -> None:
    quoted = quote(a_package(made), EDITIONS, CALENDAR)
    assert total([line.amount for line in quoted.lines]) == quoted.amount
    assert quoted.minutes.count == sum(line.minutes.count for line in quoted.lines)
    for line in quoted.lines:
        assert total([row.amount for row in line.rows if row.amount]) == line.amount


@settings(max_examples=60, deadline=None)
@given(st.lists(lines(), max_size=3), st.lists(st.integers(1, SPAN), max_size=4, unique=True), st.integers(0, 10**6))
def test_the_money_of_all_funding_periods_adds_up(made: list[Line], cuts: list[int], cents: int) -> None:
    starts = [0, *sorted(cuts)]
    ends = [*(start - 1 for start in starts[1:]), SPAN]
    released = tuple(
        FundingPeriod(Period(FIRST + timedelta(a), FIRST + timedelta(b)), Money(cents))
        for a, b in zip(starts, ends, strict=True)
    )
    amount = Money(cents * len(released))
    funding = Funding(Period(FIRST, FIRST + timedelta(SPAN)), (core(Management.SELF, amount=amount, periods=released),))
    quoted = quote(a_package(made, funding=funding), EDITIONS, CALENDAR)
    one = quoted.component("core")
    # A night that begins on the last day may end on the day after the funding.
    assert one.planned <= quoted.amount
    assert one.amount - one.spent - one.planned == one.left
    short = total([period.short for period in one.periods])
    assert one.periods[-1].left - short == one.left
    assert (one.runs_dry is None) == (not short)


@settings(max_examples=60, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=3), st.integers(0, 3_000_000))
def test_the_money_lasts_exactly_until_the_day_that_is_told(made: list[Line], cents: int) -> None:
    funding = Funding(Period(FIRST, FIRST + timedelta(SPAN)), (core(Management.SELF, amount=Money(cents)),))
    quoted = quote(a_package(made, funding=funding), EDITIONS, CALENDAR)
    dry = quoted.component("core").runs_dry
    ledger = Ledger(charge for line in quoted.lines for charge in line.charges)
    first, last = FIRST.toordinal(), (FIRST + timedelta(SPAN)).toordinal()
    if dry is None:
        assert ledger.taken(first, last) <= cents
    else:
        assert ledger.taken(first, dry.toordinal() - 1) <= cents < ledger.taken(first, dry.toordinal())


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 90), st.integers(0, 6), st.sampled_from([7, 14, 21]), st.sets(st.integers(0, 89)))
def test_counting_days_agrees_with_walking_them(last: int, start: int, step: int, without: set[int]) -> None:
    left_out = tuple(sorted(day for day in without if (day - start) % step == 0 and day <= last))
    some = Every(start, step, 0, last, left_out)
    walked = [day for day in range(last + 1) if (day - start) % step == 0 and day not in left_out]
    for first, end in ((0, last), (5, 40), (40, 5), (last, last)):
        assert some.count(first, end) == sum(1 for day in walked if first <= day <= end)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.integers(0, 10**7), st.lists(st.integers(0, 400), min_size=1, max_size=5, unique=True))
def test_an_even_spread_adds_up_however_it_is_cut(days: int, cents: int, cuts: list[int]) -> None:
    ledger = Ledger([EvenCharge(1, days, cents, 0)])
    edges = [0, *sorted(cuts), 500]
    assert sum(ledger.taken(a + 1, b) for a, b in pairwise(edges)) == cents


@settings(max_examples=40, deadline=None)
@given(periods(), st.integers(0, 500_000), st.integers(0, 30_000))
def test_units_keep_their_number_across_price_changes(period: Period, thousandths: int, cents: int) -> None:
    hours = Units(Quantity(thousandths), "H")
    price = Agreed((AgreedAmount(Money(cents)),))
    line = Line(id="line", name="A line", period=period, support="psychology", schedule=hours, price=price)
    rows = quote(a_package([line]), EDITIONS, CALENDAR).lines[0].rows
    assert sum(row.quantity.thousandths for row in rows) == thousandths


@settings(max_examples=30, deadline=None)
@given(lines())
def test_one_worker_at_the_higher_price_never_costs_less_than_splitting(line: Line) -> None:
    at_limit = replace(line, price=AtLimit())
    split = quote(a_package([at_limit]), EDITIONS, CALENDAR)
    higher = quote(a_package([replace(at_limit, boundary=Boundary.HIGHER)]), EDITIONS, CALENDAR)
    # Each part is rounded by itself: half a cent for each part is not a saving.
    parts = sum(row.visits for row in split.lines[0].rows)
    assert higher.amount.minor + parts >= split.amount.minor
