"""Time bands: NDIS Pricing Arrangements 2025-26 v1.1, "Time of day and day of week"."""

from __future__ import annotations

import pytest

from budgeting import programs
from budgeting.bands import HIGHER_FIRST, DayKind, Hours, Piece, cut
from budgeting.package import Boundary
from budgeting.period import Band
from tests.budgeting.examples import WEEK

HOURS = Hours(day=6 * 60, evening=20 * 60, nurse_evening=12 * 60, nurse_night=18 * 60, nurse_night_ends=7 * 60 + 30)


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def bands(
    weekday: str,
    start: str,
    end: str,
    *,
    holiday: str | None = None,
    next_holiday: str | None = None,
    boundary: Boundary = Boundary.SPLIT,
    rule: str = "standard",
) -> list[tuple[str, int]]:
    """Bands and minutes of one visit; ``holiday`` is the time from which its first day is one."""
    length = minutes(end) - minutes(start)
    length = length if length > 0 else length + 24 * 60
    number = WEEK.index(weekday)
    today = DayKind(number, minutes(holiday)) if holiday else DayKind(number)
    tomorrow = DayKind((number + 1) % 7, minutes(next_holiday)) if next_holiday else DayKind((number + 1) % 7)
    pieces = cut(minutes(start), length, today, tomorrow, HOURS, boundary, rule)
    assert sum(piece.minutes for piece in pieces) == length
    return [(piece.band.value, piece.minutes) for piece in pieces]


@pytest.mark.parametrize(
    ("weekday", "start", "end", "expected"),
    [
        ("Wed", "06:00", "20:00", [("day", 840)]),
        ("Wed", "20:00", "00:00", [("eve", 240)]),
        ("Wed", "05:00", "08:00", [("night", 180)]),  # starts before six: night as a whole
        ("Wed", "05:59", "06:30", [("night", 31)]),
        ("Tue", "22:00", "06:00", [("night", 480)]),  # spans midnight into a weekday
        ("Sat", "05:00", "08:00", [("sat", 180)]),
        ("Sun", "19:00", "23:00", [("sun", 240)]),
        ("Fri", "18:00", "21:00", [("day", 120), ("eve", 60)]),  # fits no band: cut at eight
        ("Sat", "22:00", "02:00", [("sat", 120), ("sun", 120)]),
    ],
)
def test_the_time_of_a_visit_decides_its_band(
    weekday: str, start: str, end: str, expected: list[tuple[str, int]]
) -> None:
    assert bands(weekday, start, end) == expected


def test_a_visit_from_a_friday_into_a_saturday_is_cut_at_midnight() -> None:
    assert bands("Fri", "22:00", "02:00") == [("eve", 120), ("sat", 120)]


def test_a_visit_from_a_sunday_into_a_monday_is_cut_at_midnight() -> None:
    assert bands("Sun", "22:00", "02:00") == [("sun", 120), ("night", 120)]


def test_a_public_holiday_comes_before_saturday_and_sunday() -> None:
    assert bands("Sat", "09:00", "10:00", holiday="00:00") == [("ph", 60)]


def test_a_holiday_that_begins_in_the_evening_counts_from_then_on() -> None:
    assert bands("Thu", "17:00", "21:00", holiday="19:00") == [("day", 120), ("ph", 120)]


def test_a_night_that_ends_on_a_holiday_is_cut_at_midnight() -> None:
    assert bands("Wed", "23:00", "03:00", next_holiday="00:00") == [("eve", 60), ("ph", 180)]


def test_one_worker_for_a_whole_visit_may_be_agreed_at_the_higher_price() -> None:
    assert bands("Fri", "18:00", "21:00", boundary=Boundary.HIGHER) == [("eve", 180)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("11:00", "19:00", [("day", 480)]),  # begins before noon and ends the same day
        ("12:00", "18:30", [("eve", 390)]),
        ("13:00", "15:00", [("day", 120)]),
        ("18:00", "07:00", [("night", 780)]),
        ("19:00", "23:00", [("eve", 240)]),
        ("22:00", "09:00", [("night", 570), ("day", 90)]),  # ends too late for a night: split
        ("15:00", "01:00", [("eve", 540), ("night", 60)]),  # begins too early for a night: split
    ],
)
def test_the_day_of_a_nurse_is_cut_at_other_times(start: str, end: str, expected: list[tuple[str, int]]) -> None:
    assert bands("Tue", start, end, rule="nurse") == expected


def test_the_part_after_midnight_belongs_to_the_next_day() -> None:
    pieces = cut(22 * 60, 240, DayKind(5), DayKind(6), HOURS, Boundary.SPLIT, "standard")
    assert pieces == (Piece(0, Band.SATURDAY, 120), Piece(1, Band.SUNDAY, 120))


def test_the_higher_band_is_the_one_with_the_higher_price_in_every_price_list() -> None:
    editions = programs.shipped("ndis")
    for family in programs.families("ndis"):
        for edition in editions.editions:
            known = [band for band in HIGHER_FIRST if band in family.items]
            prices = [editions.row(family.items[band], edition.valid_from) for band in known]
            for zone in ("national", "remote", "very_remote"):
                limits = [row.item.limit(zone) for row in prices if row]
                amounts = [limit.minor for limit in limits if limit]
                assert amounts == sorted(amounts, reverse=True), (family.key, zone)
