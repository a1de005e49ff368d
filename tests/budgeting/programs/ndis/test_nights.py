"""Sleepovers in a priced package: what is one, and the hours in it for which the worker is awake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgeting.extras import ActiveHours, RowKind
from tests.budgeting.examples import days, holidays, kinds, line, money, package, priced, weekly
from tests.budgeting.programs.ndis.one_visit import only, rows

WEEK = days("2026-02-02", "2026-02-08")


@pytest.mark.parametrize(
    ("night", "before", "item"),
    [
        ("Tue", False, "01_013_0107_1_1"),  # into a Wednesday: the Saturday item
        ("Fri", False, "01_013_0107_1_1"),
        ("Sat", False, "01_014_0107_1_1"),
        ("Sat", True, "01_013_0107_1_1"),
        ("Sun", False, "01_013_0107_1_1"),
        ("Sun", True, "01_014_0107_1_1"),
    ],
)
def test_the_third_active_hour_of_a_night_costs_as_on_its_day(night: str, before: bool, item: str) -> None:
    schedule = weekly(night, "22:00", "06:00")
    made = line(replace(schedule, sleepover=True), period=WEEK, extras=(ActiveHours(180, before),))
    row = only(priced(package(made, period=WEEK)).lines[0], RowKind.ACTIVE_HOURS)
    assert (row.item, row.minutes) == (item, 60)


def test_active_hours_on_a_public_holiday_cost_as_on_one() -> None:
    schedule = replace(weekly("Sun", "22:00", "06:00"), sleepover=True)
    made = line(schedule, period=WEEK, extras=(ActiveHours(240),))
    quoted = priced(package(made, period=WEEK), calendar=holidays("2026-02-09")).lines[0]
    row = only(quoted, RowKind.ACTIVE_HOURS)
    assert (row.item, row.amount) == ("01_012_0107_1_1", money("312.06"))


@pytest.mark.parametrize(("off", "item"), [("2026-02-08", "01_012_0107_1_1"), ("2026-02-09", "01_014_0107_1_1")])
def test_active_hours_of_a_night_that_ends_before_midnight_cost_as_on_their_own_day(off: str, item: str) -> None:
    schedule = replace(weekly("Sun", "12:00", "20:00"), sleepover=True)
    quoted = priced(
        package(line(schedule, period=WEEK, extras=(ActiveHours(180),)), period=WEEK), calendar=holidays(off)
    )
    assert only(quoted.lines[0], RowKind.ACTIVE_HOURS).item == item
    assert "not_a_sleepover" in kinds(quoted)


def test_two_active_hours_are_inside_the_price_of_the_night() -> None:
    schedule = replace(weekly("Sun", "22:00", "06:00"), sleepover=True)
    made = line(schedule, period=WEEK, extras=(ActiveHours(120),))
    assert not rows(priced(package(made, period=WEEK)).lines[0], RowKind.ACTIVE_HOURS)


def test_a_short_night_is_no_sleepover() -> None:
    schedule = replace(weekly("Sun", "23:00", "06:00"), sleepover=True)
    assert "not_a_sleepover" in kinds(priced(package(line(schedule, period=WEEK), period=WEEK)))
