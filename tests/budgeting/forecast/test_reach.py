"""How far the money reaches, said in mornings, visits and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.forecast.reach import Part, called, hours_left, hours_paid, pace, part_of_day, reaches
from budgeting.money import Minutes, Money
from budgeting.package import Line, Package, Role, Spread, Unpaid, Weekly
from budgeting.period import Period
from budgeting.pricing import quote
from budgeting.quotation import Quote
from tests.budgeting.examples import (
    agreed,
    component,
    day,
    funded,
    holidays,
    line,
    money,
    package,
    quarters,
    units,
    weekly,
)

SHOWER = line(weekly("Tue", "09:00", "11:00"), price=agreed("50"))  # 100.00 a visit
SELF = component("1000", management="self")
RAIL = replace(units("1", "E"), spread=Spread.ONCE)


def priced(wanted: Package) -> Quote:
    return quote(wanted, programs.shipped("ndis"), holidays())


@pytest.mark.parametrize(
    ("begins", "ends", "part"),
    [
        ("09:00", "11:00", Part.MORNING),
        ("11:30", "13:00", Part.MORNING),
        ("12:00", "15:00", Part.AFTERNOON),
        ("17:00", "20:00", Part.EVENING),
        ("22:00", "06:00", Part.NIGHT),
        ("09:00", "16:00", Part.VISIT),
        ("00:00", "00:00", Part.VISIT),
    ],
)
def test_a_visit_is_called_by_the_time_of_day_it_lies_in(begins: str, ends: str, part: Part) -> None:
    assert part_of_day(weekly("Tue", begins, ends)) is part


def test_a_sleepover_is_a_night_whatever_its_clock() -> None:
    assert part_of_day(replace(weekly("Tue", "09:00", "11:00"), sleepover=True)) is Part.NIGHT


def test_tuesdays_at_nine_are_tuesday_mornings_until_the_money_ends() -> None:
    (seen,) = reaches(priced(package(SHOWER, funding=funded(SELF))), day("2026-01-01"))
    # 1,000.00 pays ten visits of 100.00: 6, 13, 20, 27 January, 3, 10, 17, 24 February, 3, 10 March.
    assert (seen.until, seen.visits, seen.minutes) == (day("2026-03-10"), 10, Minutes(10 * 120))
    assert seen.ends_early
    assert seen.words.text == "{support}: {when} until {day}"
    assert called(seen.line).text == "{days} mornings"  # type: ignore[union-attr]  # it has days


def test_hours_paid_go_on_with_money_that_is_released_later_and_end_in_each_period_where_its_money_does() -> None:
    released = component("400", periods=quarters("200", "200"), management="self")
    found = priced(package(SHOWER, funding=funded(released)))
    # 200.00 pays two visits of two hours: 6 and 13 January, and again 7 and 14 April.
    assert hours_paid(found, day("2026-01-01")).value == Minutes(4 * 120)
    assert hours_paid(found, day("2026-01-07")).value == Minutes(3 * 120)
    assert hours_paid(found, day("2026-01-01"), day("2026-01-31")).value == Minutes(2 * 120)
    assert [one.value for one in hours_paid(found, day("2026-01-01")).parts] == [Minutes(2 * 120)] * 2


def test_what_is_left_is_counted_from_the_day_that_is_asked_about() -> None:
    (seen,) = reaches(priced(package(SHOWER, funding=funded(SELF))), day("2026-03-04"))
    assert (seen.until, seen.visits, seen.minutes) == (day("2026-03-10"), 1, Minutes(120))


def test_a_support_that_the_money_pays_to_its_end_does_not_end_early() -> None:
    (seen,) = reaches(priced(package(SHOWER, funding=funded(component("99999", management="self")))), day("2026-01-01"))
    assert not seen.ends_early
    assert seen.visits == 52


def test_visits_on_a_day_whose_spending_is_known_are_not_left() -> None:
    spent = component("1000", management="self", spent=money("100"), spent_until=day("2026-01-06"))
    (seen,) = reaches(priced(package(SHOWER, funding=funded(spent))), day("2026-01-01"))
    assert seen.visits == 9


def test_support_without_pay_and_backups_have_no_money_to_end() -> None:
    family = line(weekly("Tue", "09:00", "11:00"), price=Unpaid())
    backup = replace(SHOWER, id="backup", role=Role.BACKUP)
    assert reaches(priced(package(family, backup, funding=funded(SELF))), day("2026-01-01")) == ()


def test_hours_without_days_are_told_in_hours() -> None:
    talks = line(units("10", "H"), price=agreed("10"))
    (seen,) = reaches(priced(package(talks, funding=funded(SELF))), day("2026-01-01"))
    assert seen.visits is None
    assert seen.minutes == Minutes(600)
    assert called(seen.line) is None


def test_every_day_of_the_week_is_every_morning_and_some_weeks_are_said() -> None:
    every = line(weekly("Mon Tue Wed Thu Fri Sat Sun", "08:00", "09:00"), price=agreed("1"))
    assert called(every).text == "Every morning"  # type: ignore[union-attr]  # it has days
    seldom = replace(every, schedule=replace(weekly("Tue", "08:00", "09:00"), every_n_weeks=2))
    assert called(seldom).count == 2  # type: ignore[union-attr]  # it has days


def test_an_average_week_so_far_is_what_was_spent_by_the_weeks_it_took() -> None:
    spent = component("9000", management="self", spent=money("300"), spent_until=day("2026-01-14"))
    seen = pace(priced(package(SHOWER, funding=funded(spent))), day("2026-01-15"), True)
    assert seen.spent == money("150")  # 300.00 in the 14 days from 1 January
    # From 15 January to 31 December there are 351 days and 50 Tuesdays: 5,000.00 x 7 / 351.
    assert seen.planned == money("99.72")
    assert [one.value for one in seen.figures] == [seen.spent, seen.planned]  # each says how it came about
    assert all(one.working for one in seen.figures)


def test_while_it_is_not_known_what_was_spent_there_is_no_pace_and_never_zero() -> None:
    seen = pace(priced(package(SHOWER, funding=funded(SELF))), day("2026-01-15"), False)
    assert seen.spent is None
    assert [one.value for one in seen.figures] == [seen.planned]


@given(
    amount=st.integers(0, 600_000),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    begins=st.integers(0, 23),
    length=st.integers(1, 10),
    later=st.integers(0, 364),
)
def test_what_is_left_are_the_visits_up_to_the_last_day_that_is_paid(
    amount: int, weekdays: set[int], begins: int, length: int, later: int
) -> None:
    schedule = Weekly(tuple(sorted(weekdays)), time(begins), time((begins + length) % 24))
    wanted = line(schedule, price=agreed("60"))
    money_there = replace(component("1", management="self"), amount=Money(amount))
    since = date.fromordinal(day("2026-01-01").toordinal() + later)
    quoted = priced(package(wanted, funding=funded(money_there)))
    seen = reaches(quoted, since)
    planned = [each for each in _days_of(wanted, since) if each.weekday() in weekdays]
    for one in seen:
        assert one.visits == sum(each <= one.until for each in planned)
        assert one.ends_early == any(each > one.until for each in planned)
    assert seen or not planned
    assert hours_left(seen, since, quoted.complete).value == Minutes(
        sum((one.visits or 0) for one in seen) * schedule.minutes
    )


def _days_of(wanted: Line, since: date) -> list[date]:
    first, last = since.toordinal(), wanted.period.last.toordinal()
    return [date.fromordinal(each) for each in range(first, last + 1)]


def test_a_purchase_happens_once_on_its_day_and_never_ends_as_visits_do() -> None:
    rail = line(RAIL, price=agreed("400"), period=Period(day("2026-02-02"), day("2026-06-30")))
    (paid,) = reaches(priced(package(rail, funding=funded(SELF))), day("2026-01-01"))
    assert (paid.until, paid.ends_early) == (day("2026-02-02"), False)
    assert paid.words.text == "{support}: once, on {day}"
    (unpaid,) = reaches(priced(package(rail, funding=funded(component("300", management="self")))), day("2026-01-01"))
    assert unpaid.words.text == "{support}: there is no money for it on {day}"
    assert not reaches(priced(package(rail, funding=funded(SELF))), day("2026-02-03"))  # it is over


def test_money_that_is_held_for_a_purchase_is_not_a_support_that_ends() -> None:
    rail = line(RAIL, price=agreed("400"))
    assert not reaches(priced(package(replace(rail, role=Role.RESERVE), funding=funded(SELF))), day("2026-01-01"))
