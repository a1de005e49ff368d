"""Doing more oneself: the weeks that are left, worked out by hand, and rules that hold for any week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given, strategies as st

from budgeting.choosing.step_down import may_step_down, monthly_visits, stepped_down, weekly_minutes
from budgeting.money import Quantity
from budgeting.package import Line, Spread, Units, Weekly
from budgeting.period import Period

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 26)  # eight weeks from a Monday
WEEK = Weekly((1, 4), time(9), time(11))
LINE = Line(id="shower", name="Help in the shower", period=Period(FIRST, LAST), schedule=WEEK)


def test_two_hours_less_of_four_leave_the_first_visit_of_the_week() -> None:
    before, after = stepped_down(LINE, [(FIRST + timedelta(days=28), 120)])
    assert before.period == Period(FIRST, date(2026, 3, 29))
    assert (after.period, after.schedule) == (
        Period(date(2026, 3, 30), LAST),
        replace(WEEK, weekdays=(1,), anchor=FIRST),
    )


def test_half_an_hour_less_shortens_the_last_visit_of_the_week() -> None:
    _before, whole, shorter = stepped_down(LINE, [(FIRST + timedelta(days=7), 30)])
    assert isinstance(whole.schedule, Weekly)
    assert isinstance(shorter.schedule, Weekly)
    assert (whole.schedule.weekdays, whole.schedule.minutes) == ((1,), 120)
    assert (shorter.schedule.weekdays, shorter.schedule.minutes) == ((4,), 90)


def test_everything_less_leaves_nothing_from_that_day_on() -> None:
    (before,) = stepped_down(LINE, [(FIRST + timedelta(days=7), 240)])
    assert before.period.last == FIRST + timedelta(days=6)


def test_an_hour_less_each_week_of_seven_leaves_six_for_each_week_that_is_left() -> None:
    hours = replace(LINE, schedule=Units(Quantity(56_000), "H"))  # seven hours in each of eight weeks
    assert weekly_minutes(hours) == 420
    before, after = stepped_down(hours, [(FIRST + timedelta(days=28), 60)])
    assert before.schedule == Units(Quantity(28_000), "H")
    assert (after.period.first, after.schedule) == (date(2026, 3, 30), Units(Quantity(24_000), "H"))
    (only,) = stepped_down(hours, [(FIRST + timedelta(days=28), 420)])
    assert only == before


def test_one_visit_less_each_month_keeps_the_last_visit_of_each_month_away() -> None:
    assert monthly_visits(LINE) == 9  # Tuesdays and Fridays of March
    (fewer,) = stepped_down(LINE, [], [(date(2026, 3, 16), 1)])
    assert fewer == replace(LINE, skips=(date(2026, 3, 31), date(2026, 4, 24)))
    (late,) = stepped_down(LINE, [], [(date(2026, 3, 31), 2)])
    assert late.skips == (date(2026, 3, 31), date(2026, 4, 21), date(2026, 4, 24))


def test_one_session_less_each_month_of_sessions_spread_over_two_months() -> None:
    sessions = replace(LINE, period=Period(date(2026, 3, 1), date(2026, 4, 30)), schedule=Units(Quantity(61_000), "E"))
    assert monthly_visits(sessions) == 31
    before, after = stepped_down(sessions, [], [(date(2026, 4, 1), 1)])
    assert (before.schedule, after.schedule) == (Units(Quantity(31_000), "E"), Units(Quantity(29_000), "E"))


def test_what_is_no_time_or_comes_at_once_and_sleepovers_stay_as_they_are() -> None:
    once = Units(Quantity(12_000), "H", Spread.ONCE)
    for schedule in (Units(Quantity(12_000), "E"), once, replace(WEEK, sleepover=True), None):
        line = replace(LINE, schedule=schedule)
        assert not may_step_down(line)
        assert stepped_down(line, [(FIRST, 60)]) == (line,)


around = st.dates(FIRST - timedelta(days=30), LAST + timedelta(days=30))
steps = st.lists(st.tuples(around, st.integers(0, 300)), max_size=4)


@given(steps, st.dates(FIRST, LAST))
def test_on_any_day_the_week_is_shorter_by_all_steps_begun_and_never_below_nothing(
    wanted: list[tuple[date, int]], day: date
) -> None:
    parts = stepped_down(LINE, wanted)
    left = sum(weekly_minutes(part) for part in parts if day in part.period)
    begun = sum(minutes for first, minutes in wanted if first <= day)
    assert left == max(0, weekly_minutes(LINE) - begun)


@given(steps)
def test_parts_stay_within_the_line_and_have_names_of_their_own(wanted: list[tuple[date, int]]) -> None:
    parts = stepped_down(LINE, wanted)
    assert all(LINE.period.first <= part.period.first <= part.period.last <= LINE.period.last for part in parts)
    assert len({part.id for part in parts}) == len(parts)
    assert {part.id.partition("~")[0] for part in parts} <= {"shower"}
