"""Many lines priced at once agree to the cent with one line at a time, and with going through every visit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from budgeting import lines, programs
from budgeting.bulk import CHUNK, Answers, Columns, Tables, columns, price, quick
from budgeting.bulk.compiled import MOST_MINOR, Book, Row
from budgeting.catalogue import Editions
from budgeting.money import Money, Quantity
from budgeting.package import Agreed, AgreedAmount, Line, Management, Spread, Units, Unpaid
from budgeting.period import Calendar, Period, Place
from budgeting.setting import Setting, setting as priced_at
from tests.budgeting.agreement import disagreements
from tests.budgeting.examples import NO_HOLIDAYS, YEAR, agreed, holidays, line, weekly

WINDOW = Period(date(2025, 7, 1), date(2027, 6, 30))
EDITIONS, CALENDAR = programs.shipped("ndis"), programs.calendar()
NSW = Place("NSW")


def setting(place: Place = NSW, calendar: Calendar = CALENDAR, period: Period = YEAR) -> Setting:
    return priced_at("ndis", period, place, None, EDITIONS, calendar.marks(place))


def at_once(
    wanted: Iterable[Line], place: Place = NSW, calendar: Calendar = CALENDAR, management: Management | None = None
) -> Answers:
    asked = [(one, setting(place, calendar), management) for one in wanted]
    return quick(asked, Book(WINDOW), {"ndis": EDITIONS}, calendar)


def one_by_one(
    wanted: Iterable[Line], place: Place = NSW, calendar: Calendar = CALENDAR, management: Management | None = None
) -> list[int]:
    return [lines.price(one, setting(place, calendar), None, management).amount.minor for one in wanted]


def is_ordinary(wanted: Line) -> bool:
    return Book(WINDOW).compile_line(wanted, setting(), None) is not None


@pytest.mark.parametrize("program, many", [("ndis", 3_000), ("support_at_home", 2_000)])
def test_three_ways_to_price_a_line_agree_to_the_cent(program: str, many: int) -> None:
    differing, count, left = disagreements(seed=20_260_701, many=many, program=program)
    assert not differing, differing[:3]
    assert left < count // 3  # most lines are priced at once; what comes along with a line is not


def test_two_hours_every_monday_without_holidays_cost_the_limit_each_week() -> None:
    mondays = line(weekly("Mon", "09:00", "11:00"), price=agreed("50"), period=Period(date(2026, 1, 1), YEAR.last))
    assert at_once([mondays], calendar=NO_HOLIDAYS).amounts.tolist() == [52 * 100_00]


def test_a_part_day_holiday_counts_only_for_the_visits_that_it_meets() -> None:
    eve = holidays("2026-12-24 18:00", state="QLD")
    visits = [line(weekly("Thu", start, "21:00")) for start in ("12:00", "17:00", "18:00", "20:00")]
    visits += [line(weekly("Wed", "20:00", "08:00")), line(weekly("Thu", "22:00", "07:00"))]
    place = Place("QLD")
    assert at_once(visits, place, eve).amounts.tolist() == one_by_one(visits, place, eve)


def test_a_day_without_the_visit_costs_nothing() -> None:
    every_day = line(weekly("Mon Tue Wed Thu Fri Sat Sun", "21:00", "07:00"))
    days = tuple(date(2026, 4, 1) + timedelta(number) for number in range(30))
    some = [every_day, replace(every_day, skips=days), replace(every_day, skips=days + days)]
    assert at_once(some).amounts.tolist() == one_by_one(some)


def test_an_unknown_price_is_told_and_is_not_zero() -> None:
    known, unknown = line(weekly("Mon", "09:00", "11:00")), line(weekly("Mon", "09:00", "11:00"), price=None)
    answers = at_once([known, unknown, known])
    assert answers.unknown.tolist() == [0, 52, 0]
    assert answers.amounts.tolist() == [*one_by_one([known]), 0, *one_by_one([known])]


def test_rows_are_priced_again_with_other_limits_without_compiling_them_again() -> None:
    visits = line(weekly("Mon Sat", "09:00", "11:00"))
    book = Book(WINDOW)
    rows = book.compile_line(visits, setting(), None)
    assert rows is not None
    before = price(Tables(book, {"ndis": EDITIONS}, CALENDAR), columns(rows))
    cheaper = Editions(
        replace(one, rows=tuple(replace(item, limits={**item.limits, "national": Money(60_00)}) for item in one.rows))
        for one in EDITIONS.editions
    )
    after = price(Tables(book, {"ndis": cheaper}, CALENDAR), columns(rows))
    assert after.amounts.tolist() == [(52 + 52) * 120_00]
    assert before.amounts[0] > after.amounts[0]


def test_more_rows_than_fit_one_chunk_are_priced_like_a_few() -> None:
    book = Book(WINDOW)
    rows = book.compile_line(line(weekly("Mon Sat", "19:00", "22:00")), setting(), None)
    assert rows is not None
    answers = price(Tables(book, {"ndis": EDITIONS}, CALENDAR), columns(rows * (CHUNK + 7)))
    assert set(answers.amounts.tolist()) == set(one_by_one([line(weekly("Mon Sat", "19:00", "22:00"))]))


def test_nothing_to_price_is_no_error() -> None:
    assert at_once([]).amounts.tolist() == []
    assert at_once([line(None)]).unknown.tolist() == [1]


@pytest.mark.parametrize(
    "unusual",
    [
        line(None),
        line(weekly("Mon", "09:00", "11:00"), price=Agreed((AgreedAmount(Money(MOST_MINOR + 1)),))),
        line(weekly("Mon", "09:00", "11:00"), price=Agreed((AgreedAmount(Money(-1)),))),
        line(weekly("Mon", "09:00", "11:00"), price=Agreed((AgreedAmount(Money(1, "NZD")),))),
        line(Units(Quantity(10**10 + 1), "H")),
    ],
)
def test_an_unusual_line_is_left_to_the_engine_for_one_line(unusual: Line) -> None:
    assert not is_ordinary(unusual)


def test_what_this_module_does_not_know_is_left_to_the_engine_for_one_line() -> None:
    visits = line(weekly("Mon", "09:00", "11:00"))
    assert is_ordinary(visits)
    assert is_ordinary(replace(visits, price=agreed("70"), skips=(date(2026, 3, 2),), provider="Somebody"))
    assert not is_ordinary(replace(visits, extras=("anything",)))  # type: ignore[arg-type]  # only its presence counts


def test_what_nobody_pays_and_what_lies_outside_the_package_costs_nothing() -> None:
    visits = weekly("Mon", "09:00", "11:00")
    free = [
        line(Units(Quantity(1000), "E", Spread.ONCE), period=Period(date(2025, 12, 1), date(2026, 3, 1))),
        line(visits, price=Unpaid()),
        line(visits, period=Period(date(2030, 1, 1), date(2030, 1, 2))),
    ]
    assert all(map(is_ordinary, free))
    answers = at_once(free)
    assert (answers.amounts.tolist(), answers.unknown.tolist()) == ([0, 0, 0], [0, 0, 0])
    assert one_by_one(free) == [0, 0, 0]


def test_visits_that_come_rarely_are_priced_at_once_too() -> None:
    rare = line(weekly("Mon Thu", "19:00", "22:00", every=9))
    some = [rare, replace(rare, skips=(date(2026, 3, 5),)), replace(rare, schedule=weekly("Fri", "22:00", "06:00", 26))]
    assert all(map(is_ordinary, some))
    assert at_once(some).amounts.tolist() == one_by_one(some)
    assert min(one_by_one(some)) > 0


def test_a_window_too_long_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="too many days"):
        Book(Period(date(2020, 1, 1), date(2030, 1, 1)))


def test_the_columns_are_those_of_a_row() -> None:
    assert Columns._fields == Row._fields
