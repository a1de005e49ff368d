"""What a change gives and takes: in hours, visits, people and dollars, for each line, each part and the whole."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from budgeting import programs
from budgeting.choosing.easings import from_day
from budgeting.compare import FIELDS, ChangeKind, Difference, compare, together, what_if
from budgeting.compare.gains import gained, lost
from budgeting.explain.describe import WEEKDAYS, price_words
from budgeting.extras import Centre, Travel
from budgeting.money import Minutes, Quantity, dollars
from budgeting.package import Agreed, AgreedAmount, Line, Package, Role, Unpaid
from budgeting.period import Period
from budgeting.words import Name, words
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    YEAR,
    agreed,
    component,
    day,
    funded,
    line,
    money,
    package,
    priced,
    units,
    weekly,
)

SHOWER = line(weekly("Mon Wed", "09:00", "11:00"), price=agreed("60"), provider="Sunrise", purposes=("g",))
SWIM = line(weekly("Tue", "10:00", "12:00"), id="swim", name="Swimming", price=agreed("60"), provider="Harbour")
MONEY = funded(component("20000", management="self"))


def change(before: Package, after: Package) -> Difference:
    return what_if(before, after, programs.shipped("ndis"), NO_HOLIDAYS)


def texts(found: tuple[object, ...]) -> list[str]:
    return [getattr(one, "text", "") for one in found]


def test_a_change_says_hours_visits_people_and_dollars_of_the_whole() -> None:
    more = replace(SHOWER, schedule=weekly("Mon Wed Fri", "09:00", "11:00"))
    seen = change(package(SHOWER, funding=MONEY), package(more, SWIM, funding=MONEY))
    assert seen.visits == (104, 208)  # 52 each of Monday, Wednesday, Friday, Tuesday
    assert (seen.before.minutes, seen.after.minutes) == (Minutes(104 * 120), Minutes(208 * 120))
    assert seen.providers == (("Sunrise",), ("Sunrise", "Harbour"))
    assert seen.more == money("12480")  # 104 visits of two hours at 60 dollars


def test_a_change_says_what_each_part_of_the_funding_pays_and_how_long_it_lasts() -> None:
    more = replace(SHOWER, schedule=weekly("Mon Wed Fri", "09:00", "11:00"))
    seen = change(package(SHOWER, funding=MONEY), package(more, SWIM, funding=MONEY))
    (core,) = seen.components
    assert core.planned == (money("12480"), money("24960"))
    assert core.left == (money("7520"), money("-4960"))
    assert core.runs_dry[0] is None
    assert core.runs_dry[1] is not None
    assert not core.same


def test_each_line_says_its_own_hours_visits_and_workers() -> None:
    after = replace(SHOWER, schedule=weekly("Mon", "09:00", "11:00"), workers=2)
    (one,) = change(package(SHOWER), package(after)).changed
    assert one.visits == (104, 52)
    assert one.minutes == (Minutes(104 * 120), Minutes(52 * 120))
    assert one.workers == (1, 2)


def test_what_is_gained_and_what_is_lost_are_told_apart_in_sentences() -> None:
    fewer = replace(SHOWER, schedule=weekly("Mon", "09:00", "11:00"))
    seen = change(package(SHOWER, funding=MONEY), package(fewer, SWIM, funding=MONEY))
    assert texts(gained(seen)) == [
        "{support} is new.",
        "{support}: {time} more.",
        "{support}: {n} visit more.",
        "{provider} comes.",
    ]
    assert texts(lost(seen)) == [
        "{support}: {time} less.",
        "{support}: {n} visit fewer.",
        "{support}: no longer on {weekdays}.",
    ]
    assert lost(seen)[0].values["time"] == Minutes(52 * 120)


def test_a_morning_moved_to_another_day_is_lost_on_the_one_and_gained_on_the_other() -> None:
    moved = replace(SHOWER, schedule=weekly("Mon Sun", "09:00", "11:00"))
    seen = change(package(SHOWER), package(moved))
    assert [one.values.get("weekdays") for one in gained(seen)] == [WEEKDAYS[6]]
    assert [one.values.get("weekdays") for one in lost(seen)] == [WEEKDAYS[2]]
    beside = replace(SHOWER, id="beside", schedule=weekly("Wed", "18:00", "19:00"))
    assert not lost(change(package(SHOWER, beside), package(moved, beside)))  # somebody still comes on Wednesday


def test_someone_who_no_longer_comes_is_named() -> None:
    seen = change(package(SHOWER, SWIM), package(SHOWER))
    assert lost(seen)[-1].values == {"provider": Name("Harbour")}
    assert "{support} is no longer there." in texts(lost(seen))


def test_a_support_that_becomes_two_lines_in_the_middle_is_told_as_one_sum() -> None:
    until, since = Period(YEAR.first, day("2026-06-30")), Period(day("2026-07-01"), YEAR.last)
    early = replace(SHOWER, period=until)
    later = replace(SHOWER, id="later", period=since, schedule=weekly("Mon Tue Wed", "09:00", "11:00"))
    seen = change(package(SHOWER, funding=MONEY), package(early, later, funding=MONEY))
    assert texts(gained(seen)) == [
        "{support}: {time} more.",
        "{support}: {n} visit more.",
        "{support}: now on {weekdays} too.",
    ]
    assert not [one for one in texts(lost(seen)) if "{support}" in one]


def test_money_that_lasts_longer_is_a_gain_and_money_that_ends_sooner_a_loss() -> None:
    little = funded(component("5000", management="self"))
    enough = replace(SHOWER, schedule=weekly("Mon", "09:00", "10:30"))
    better = change(package(SHOWER, funding=little), package(enough, funding=little))
    assert "{component}: the money now lasts to the end." in texts(gained(better))
    worse = change(package(enough, funding=little), package(SHOWER, funding=little))
    assert "{component}: the money now lasts until {day}." in texts(lost(worse))


def test_a_change_turned_round_gives_what_it_took() -> None:
    before, after = package(SHOWER, SWIM, funding=MONEY), package(replace(SHOWER, workers=2), funding=MONEY)
    there, back = change(before, after), change(after, before)
    assert there.more == -back.more
    assert len(gained(there)) == len(lost(back))
    assert len(lost(there)) == len(gained(back))


def test_the_parts_of_a_line_that_changes_in_the_middle_are_shown_as_one() -> None:
    later = replace(SHOWER, schedule=weekly("Mon", "09:00", "11:00"))
    after = package(*from_day(SHOWER, later, day("2026-07-06")), funding=MONEY)
    (one,) = change(package(SHOWER, funding=MONEY), after).lines
    assert one.kind is ChangeKind.CHANGED
    assert {field.field for field in one.fields} == {"schedule"}
    assert one.visits == (104, 104 - 26)  # Wednesdays from 8 July to 30 December
    quoted = priced(after)
    assert together(quoted).amount == quoted.amount


def test_units_that_change_in_the_middle_come_to_as_many_as_before_when_nothing_changes() -> None:
    therapy = line(units("40"), id="ot", support="occupational_therapy", price=agreed("193.99"))
    whole, parts = package(therapy), package(*from_day(therapy, therapy, day("2026-05-12")))
    assert sum(row.quantity.thousandths for row in together(priced(parts)).lines[0].rows) == 40_000
    assert abs((priced(whole).amount - priced(parts).amount).minor) <= 1  # one more rounding to the cent


def test_everything_a_line_says_is_compared() -> None:
    told = {field for field, _label, _show in FIELDS}
    assert {field.name for field in fields(Line)} - {"id"} == told


def test_a_comparison_of_incomplete_packages_says_so() -> None:
    unpriced = package(replace(SHOWER, price=None))
    assert not compare(priced(package(SHOWER)), priced(unpriced)).complete


def test_a_new_role_and_what_comes_along_are_told_in_words() -> None:
    after = replace(SHOWER, role=Role.RESERVE, extras=(Travel(kilometres=Quantity(5000)), Centre()))
    (one,) = change(package(SHOWER), package(after)).changed
    told = {field.field: field.after for field in one.fields}
    assert set(told) == {"role", "extras"}
    assert told["role"] == words("Held back for something likely")


def test_what_a_change_costs_says_how_it_is_worked_out() -> None:
    seen = change(package(SHOWER), package(replace(SHOWER, price=agreed("70"))))
    assert seen.figure.value == seen.more == money("2080")  # 208 hours at ten dollars more
    assert seen.figure.working is not None
    back = change(package(replace(SHOWER, price=agreed("70"))), package(SHOWER))
    assert (back.figure.label, back.figure.value) == (words("What it costs less"), money("2080"))


def test_time_that_family_gives_is_told_apart() -> None:
    sister = line(weekly("Fri", "10:00", "12:00"), id="sister", price=Unpaid())
    seen = change(package(SHOWER), package(SHOWER, sister))
    assert (seen.before.unpaid, seen.after.unpaid) == (Minutes(0), Minutes(52 * 120))
    assert seen.before.minutes == seen.after.minutes
    assert seen.more == money("0")


def test_a_price_says_what_holds_on_the_days_of_its_support_and_nothing_before_or_after() -> None:
    years = [AgreedAmount(dollars(f"{amount}"), since=date(year, 7, 1)) for year, amount in ((2025, 60), (2026, 62))]
    price = Agreed((AgreedAmount(dollars("58")), *years, AgreedAmount(dollars("65"), since=date(2027, 7, 1))))
    days = Period(date(2026, 12, 7), date(2027, 6, 30))
    assert price_words(price, days) == price_words(Agreed((years[1],)))
    assert price_words(price, Period(date(2025, 6, 1), date(2026, 6, 30))) == price_words(
        Agreed((price.amounts[0], years[0]))
    )
