"""The courses of many lines, added up at once, say what every charge by itself says."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given, strategies as st

from budgeting.charges import Charge, EvenCharge, Ledger, VisitCharge
from budgeting.courses import Course, Sums
from budgeting.period import Every, Some

FIRST = date(2026, 7, 1).toordinal()
LAST = FIRST + 90
SPAN = FIRST, LAST

days = st.integers(FIRST - 20, LAST + 20)
cents = st.integers(-5_000, 60_000) | st.sampled_from([2**50, -(2**50)])
some = st.sets(days, min_size=1, max_size=6).map(lambda found: Some(tuple(sorted(found))))
every = st.builds(
    lambda first, step, long: Every(first, step, first, first + long), days, st.integers(1, 14), st.integers(0, 80)
)
visits = st.builds(VisitCharge, some | every, cents, st.integers(0, 600))
even = st.builds(
    lambda first, long, much, time: EvenCharge(first, first + long, much, time),
    days,
    st.integers(0, 60),
    cents,
    st.integers(0, 9_000),
)
lines = st.lists(st.lists(visits | even, max_size=4), max_size=5)


def added(of_lines: list[list[Charge]]) -> tuple[Sums, Ledger]:
    together = Sums([Course(charges, *SPAN) for charges in of_lines], SPAN)
    return together, Ledger(charge for charges in of_lines for charge in charges)


@given(lines, st.integers(FIRST, LAST), st.integers(FIRST, LAST))
def test_money_and_time_between_two_days_are_those_of_every_charge(
    of_lines: list[list[Charge]], a: int, b: int
) -> None:
    together, one_by_one = added(of_lines)
    assert together.taken(a, b) == one_by_one.taken(a, b)
    assert together.minutes(a, b) == one_by_one.minutes(a, b)


@given(lines, st.integers(FIRST, LAST), st.integers(FIRST, LAST), st.integers(0, 200_000))
@example([[VisitCharge(Some((FIRST,)), 2**62, 0)]], FIRST, LAST, 100)
def test_the_first_day_without_enough_is_the_first_after_which_more_was_taken(
    of_lines: list[list[Charge]], a: int, b: int, available: int
) -> None:
    together, one_by_one = added(of_lines)
    a, b = min(a, b), max(a, b)
    walked = next((day for day in range(a, b + 1) if one_by_one.taken(a, day) > available), None)
    assert together.first_day_above(a, b, available) == walked


@given(lines, lines, st.integers(FIRST, LAST), st.integers(FIRST, LAST))
def test_lines_that_give_way_to_others_leave_nothing_behind(
    before: list[list[Charge]], after: list[list[Charge]], a: int, b: int
) -> None:
    every, new = [Course(one, *SPAN) for one in before], [Course(one, *SPAN) for one in after]
    together = Sums(every, SPAN).instead(every[1::2], new)
    from_the_start = Sums([*every[::2], *new], SPAN)
    assert together.taken(a, b) == from_the_start.taken(a, b)
    assert together.minutes(a, b) == from_the_start.minutes(a, b)
    assert together.first_day_above(min(a, b), max(a, b), 1_000) == from_the_start.first_day_above(
        min(a, b), max(a, b), 1_000
    )
