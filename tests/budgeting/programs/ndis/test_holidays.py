"""Public holidays: dated data by state and place, next to the holidays package, with the traps of domain rule T8."""

from __future__ import annotations

from datetime import date, time

import holidays
import pytest

from budgeting import programs
from budgeting.package import Package
from budgeting.period import Place
from budgeting.pricing import quote
from tests.budgeting.examples import day, days, line, weekly

STATES = ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")
YEARS = (2025, 2026, 2027)


def of(state: str, region: str | None = None, year: int | None = None) -> dict[date, time | None]:
    found = programs.calendar().at(Place(state, region=region))
    return {on: one.starts for on, one in found.items() if year is None or on.year == year}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("year", YEARS)
def test_every_whole_day_of_a_state_is_in_the_holidays_package_and_the_other_way_round(state: str, year: int) -> None:
    ours = {on for on, starts in of(state, year=year).items() if starts is None}
    theirs = set(holidays.country_holidays("AU", subdiv=state, years=year))
    only_one_city = {on for on in theirs if "Royal Queensland Show" in holidays.country_holidays(
        "AU", subdiv=state, years=year).get(on, "")}  # fmt: skip
    assert ours == theirs - only_one_city


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("state", "evenings", "begins"),
    [("QLD", ((12, 24),), 18), ("SA", ((12, 24), (12, 31)), 19), ("NT", ((12, 24), (12, 31)), 19), ("NSW", (), 0)],
)
def test_some_evenings_in_december_are_holidays(
    year: int, state: str, evenings: tuple[tuple[int, int], ...], begins: int
) -> None:
    found = {on: starts for on, starts in of(state, year=year).items() if starts}
    assert found == {date(year, month, number): time(begins) for month, number in evenings}


@pytest.mark.parametrize(
    ("state", "on"),
    [
        ("NSW", "2026-04-27"),  # one more day for Anzac Day
        ("VIC", "2025-11-04"),  # Melbourne Cup
        ("VIC", "2026-11-03"),
        ("VIC", "2025-09-26"),  # the Friday before the AFL Grand Final
        ("VIC", "2026-09-25"),
        ("SA", "2026-03-09"),
        ("WA", "2026-09-28"),
    ],
)
def test_days_that_only_one_state_has(state: str, on: str) -> None:
    assert day(on) in of(state)
    assert day(on) not in of("QLD")


def test_the_ekka_is_a_holiday_in_brisbane_only() -> None:
    for on in ("2025-08-13", "2026-08-12"):
        assert day(on) in of("QLD", "Brisbane")
        assert day(on) not in of("QLD")
        assert day(on) not in of("QLD", "Toowoomba")


@pytest.mark.parametrize(
    ("region", "on"),
    [("Alice Springs", "2026-07-03"), ("Tennant Creek", "2026-07-10"), ("Katherine", "2026-07-17"),
     ("Darwin", "2026-07-24"), ("Darwin", "2025-07-25")],
)  # fmt: skip
def test_show_days_of_the_territory_count_in_their_place_only(region: str, on: str) -> None:
    assert day(on) in of("NT", region)
    assert day(on) not in of("NT")


@pytest.mark.parametrize(
    ("region", "on"),
    [("Toowoomba", "2026-03-27"), ("Mackay", "2026-06-18"), ("Townsville", "2026-07-06"), ("Cairns", "2026-07-17"),
     ("Logan", "2026-08-10"), ("Gold Coast", "2026-08-28")],
)  # fmt: skip
def test_show_days_of_queensland_count_in_their_district_only(region: str, on: str) -> None:
    assert day(on) in of("QLD", region)
    assert day(on) not in of("QLD", "Brisbane")
    assert day(on) not in of("QLD")


def noticed(region: str | None, last: str) -> set[str]:
    place, whole = Place("QLD", region=region), days("2026-01-01", last)
    made = Package("ndis", whole, place, lines=(line(weekly("Mon", "09:00", "10:00"), period=whole),))
    return {one.kind for one in quote(made, programs.shipped("ndis"), programs.calendar()).findings}


def test_a_show_day_that_is_not_known_yet_is_said_to_be_missing() -> None:
    assert "local_holidays_unknown" not in noticed("Cairns", "2026-12-31")
    assert "local_holidays_unknown" in noticed("Cairns", "2027-02-28")
    assert "local_holidays_unknown" in noticed("Dalby", "2026-12-31")  # only its day of 2025 was collected
    assert "local_holidays_unknown" not in noticed("Brisbane", "2027-02-28")
    assert "local_holidays" in noticed(None, "2026-12-31")


def test_every_holiday_has_a_source_and_says_how_sure_it_is() -> None:
    for one in programs.calendar().holidays:
        assert one.source
        assert one.confidence in ("A", "B", "C", "U")
        assert one.state in STATES


def test_every_public_holiday_says_from_which_day_its_list_tells() -> None:
    assert [one for one in programs.calendar().holidays if one.since is None or one.since > one.day] == []
