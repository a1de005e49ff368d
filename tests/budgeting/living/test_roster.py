"""The roster of a shared home: half-hours, who shares a worker, and what each person's part costs."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.catalogue import Editions, SupportItem, edition
from budgeting.living import roster
from budgeting.living.roster import Cell, Setting, Shift
from budgeting.money import Minutes, Money
from budgeting.period import Calendar, Period, Place

#: Monday to Sunday in March 2026, without a public holiday.
A_WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


def at(support: str | None = "shared_living") -> Setting:
    return Setting("ndis", support, Place("VIC"), programs.shipped("ndis"), programs.calendar())


def a_row(
    days: tuple[int, ...] = (0,), start: int = 7, end: int = 9, workers: int = 1, people: str = "abc", **more: object
) -> Shift:
    return Shift("row", "07:00–09:00", days, time(start), time(end), workers, frozenset(people), **more)  # type: ignore[arg-type]  # the fields of Shift by name


def test_three_people_share_one_worker_and_each_pays_a_third_of_the_limit_rounded_down() -> None:
    found = roster.share([a_row()], "a", A_WEEK, at())
    # 70.23 is the weekday daytime limit of shared living in 2025-26; 70.23 / 3 = 23.41; two hours on one day
    assert found.week.value == Money(2 * 23_41)
    assert found.minutes == Minutes(120)


def test_two_workers_for_three_people_cost_two_thirds_for_each() -> None:
    found = roster.share([a_row(workers=2)], "b", A_WEEK, at())
    assert found.week.value == Money(2 * 46_82)  # 140.46 / 3


def test_somebody_who_is_not_there_pays_nothing_and_the_others_share_by_two() -> None:
    rows = [a_row(people="ab")]
    assert roster.share(rows, "c", A_WEEK, at()).week.value == Money(0)
    assert roster.share(rows, "a", A_WEEK, at()).week.value == Money(2 * 35_11)  # 70.23 / 2, rounded down


def test_a_sleepover_is_one_unit_for_each_night_shared_by_those_who_sleep_there() -> None:
    night = Shift("n", "22:00–06:00", (0, 1), time(22), time(6), 1, frozenset("abc"), sleepover=True)
    found = roster.share([night], "a", A_WEEK, at())
    assert found.week.value == Money(2 * 99_20)  # 297.60 / 3
    assert (found.nights, found.minutes) == (2, Minutes(0))


def test_when_somebody_moves_in_each_part_is_smaller_and_when_one_moves_out_it_is_larger() -> None:
    rows = [a_row(people="ab", others=1, everyone=True)]
    now, then, fewer = (
        roster.share(kind, "a", A_WEEK, at()).week.value
        for kind in (rows, roster.with_more(rows, 1), roster.with_one_less(rows, "a"))
    )
    assert (now, then, fewer) == (Money(2 * 23_41), Money(2 * 17_55), Money(2 * 35_11))


def test_a_row_for_some_people_only_stays_as_it_is_when_somebody_moves_in() -> None:
    rows = (a_row(people="ab"),)
    assert roster.with_more(rows, 1) == rows
    assert roster.with_one_less(rows, "a") == rows


def test_the_last_other_person_who_leaves_is_never_the_one_who_asks() -> None:
    (left,) = roster.with_one_less([a_row(people="ab", everyone=True)], "a")
    assert left.people == {"a"}


def test_a_year_counts_the_public_holidays_and_an_ordinary_week_none() -> None:
    easter = Period(date(2026, 4, 6), date(2026, 4, 12))  # Easter Monday is its Monday
    found = roster.share([a_row()], "a", easter, at())
    assert found.week.value == Money(2 * 23_41)
    assert found.whole.value == Money(2 * 52_01)  # 156.03 / 3


def test_without_a_support_that_prices_it_the_share_is_not_known_and_never_zero() -> None:
    found = roster.share([a_row()], "a", A_WEEK, at(None))
    assert found.week.value is None
    assert found.whole.sum is not None


def test_a_night_past_sunday_goes_on_on_monday() -> None:
    night = Shift("n", "22:00–06:00", (6,), time(22), time(6), 1, frozenset("a"), sleepover=True)
    found = roster.spans([night])
    assert [(one.weekday, one.first, one.last) for one in found] == [(0, 0, 360), (6, 1320, 1440)]
    assert found[0].cell == Cell(0, 1, 1)


def test_rows_at_the_same_time_count_their_workers_together_and_people_once() -> None:
    rows = [a_row(people="abc"), a_row(start=8, end=10, people="ab")]
    found = [(one.first, one.last, one.cell.workers, one.cell.people) for one in roster.spans(rows)]
    assert found == [(420, 480, 1, 3), (480, 540, 2, 3), (540, 600, 1, 2)]
    assert roster.time_with_somebody(rows, "a") == Minutes(180)


@pytest.mark.parametrize("minute", [1, 15, 45])
def test_a_roster_is_kept_by_half_hours(minute: int) -> None:
    with pytest.raises(ValueError, match="half-hours"):
        Shift("x", "x", (0,), time(7, minute), time(9), 1, frozenset("a"))


ROWS = st.builds(
    Shift,
    id=st.uuids().map(str),
    name=st.just("row"),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    start=st.integers(0, 47).map(lambda slot: time(slot // 2, slot % 2 * 30)),
    end=st.integers(0, 47).map(lambda slot: time(slot // 2, slot % 2 * 30)),
    workers=st.integers(1, 3),
    people=st.sets(st.sampled_from("abcd"), min_size=1).map(frozenset),
    others=st.integers(0, 2),
    everyone=st.booleans(),
)


@given(st.lists(ROWS, max_size=4))
def test_the_parts_of_all_people_never_come_to_more_than_the_workers_cost(rows: list[Shift]) -> None:
    flat = Setting("ndis", "flat", Place(), _one_price(), Calendar(()))
    everybody = roster.share([_alone(row) for row in rows], "x", A_WEEK, flat).week.value
    each = [roster.share(rows, person, A_WEEK, flat).week.value for person in "abcd"]
    assert isinstance(everybody, Money)
    paid = sum(one.minor for one in each if isinstance(one, Money))
    assert paid <= everybody.minor + len(rows) * 7 * 4  # every visit of every person is rounded to the cent


@given(st.lists(ROWS, max_size=4))
def test_nobody_has_more_time_with_somebody_than_the_house_has(rows: list[Shift]) -> None:
    whole = len(roster.cells(rows)) * roster.SLOT
    assert all(roster.time_with_somebody(rows, person).count <= whole for person in "abcd")
    assert sum(one.last - one.first for one in roster.spans(rows)) == whole


def _alone(row: Shift) -> Shift:
    """The same workers for one person alone: what the provider pays them for."""
    return Shift(row.id, row.name, row.weekdays, row.start, row.end, row.workers, frozenset("x"))


def _one_price() -> Editions:
    item = SupportItem(
        number="flat",
        name="Flat",
        category="01",
        pace_category="01",
        group="0115",
        unit="H",
        quote=False,
        starts=date(2025, 7, 1),
        ends=date(2027, 6, 30),
        limits={"national": Money(60_01), "remote": None, "very_remote": None},
    )
    return Editions((edition("ndis", [item], "Invented"),))
