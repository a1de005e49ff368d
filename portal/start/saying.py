"""From a line in somebody's own words to a line of the week; what it leaves open is asked for, never made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from budgeting import programs
from budgeting.families import Family
from budgeting.money import HOURLY, MINUTES_PER_HOUR, rounded
from budgeting.package import Weekly
from budgeting.words import Words, words
from portal.funding.week import OnHolidays, WeekLine, limited
from portal.language import Language
from portal.start import ordinary
from portal.start.ordinary import Heard, Unclear
from portal.work import Refusal

BY_PIECE = ("meal", "trip", "E")
DAY, SATURDAY = (time(6), time(20)), 5  # hours with prices of their own are told by days and times

_ASKED = {
    Unclear.SEVERAL_TIMES: words("There are several times in it. Write a line of its own for each."),
    Unclear.LENGTH: words("The times and the length do not fit each other. Write only one of them."),
    Unclear.MONTHLY: words("We count in weeks here. Write every week, or every 2, 3 or 4 weeks."),
}


def lines(text: str, support: str, program: str, language: Language) -> tuple[list[WeekLine], list[str]]:
    """Every line of what was said, and those that leave something open; ``support`` only where somebody chose it.

    Refusal asks what is missing when no line says enough.
    """
    said = [line for line in map(str.strip, text.splitlines()) if line]
    read = [(line, _line(line, support, program, language)) for line in said]
    unclear = [(line, found) for line, found in read if isinstance(found, Words)]
    if unclear and len(unclear) == len(said):
        (line, question), alone = unclear[0], len(said) == 1
        raise Refusal(question if alone else words("“{line}”: {question}", line=line[:80], question=question), "text")
    return [found for _, found in read if isinstance(found, WeekLine)], [line for line, _ in unclear]


def questions(unclear: Sequence[str], program: str, language: Language) -> list[Words]:
    """What is asked about each of the lines that leave something open."""
    read = [(line, _line(line, "", program, language)) for line in unclear]
    return [words("“{line}”: {question}", line=line[:80], question=q) for line, q in read if isinstance(q, Words)]


def _line(text: str, support: str, program: str, language: Language) -> WeekLine | Words:
    """What a line says; the one question to ask about it where it does not say enough."""
    heard = ordinary.hear(text)
    family = programs.program(program).family(support) or ordinary.support_for(heard.name, program, language)
    counted = _counted(heard, family)
    missing = None if counted else _missing(heard)
    if missing is not None:
        return missing
    support = family.key if family else ""
    line = WeekLine(
        typed=text,
        name=heard.name,
        support=support or None,
        weekdays=heard.weekdays,
        on_holidays=OnHolidays.LIMIT if limited(program, support) and not counted else OnHolidays.SAME,
    )
    if counted:
        unit, amount = counted
        price = heard.price if unit in HOURLY else heard.told
        return replace(line, unit=unit, amount=amount, monthly=heard.monthly, price=price)
    assert heard.start is not None, "asked for above"
    assert heard.end is not None, "asked for above"
    line = replace(line, start=heard.start, end=heard.end, every_n_weeks=heard.every_n_weeks, price=heard.price)
    return replace(line, sleepover=heard.sleepover, by_day=heard.by_day)


def _counted(heard: Heard, family: Family | None) -> tuple[str, int] | None:
    """What is not counted by the clock: in which unit, and how many thousandths of it each day or month.

    A meal is counted, however long it takes; so are hours of a month on ordinary days, and what is paid by the month.
    """
    unit = family.unit if family else HOURLY[0]
    if heard.monthly and unit == "MON":
        return unit, 1000
    minutes = heard.length or (Weekly((), heard.start, heard.end).minutes if heard.start and heard.end else None)
    if heard.monthly and unit in HOURLY and minutes and not _dearer(heard) and not _priced_unclearly(heard):
        return unit, rounded(minutes * 1000, MINUTES_PER_HOUR)
    by_piece = unit in BY_PIECE and heard.every_n_weeks == 1 and not heard.monthly and heard.weekdays
    if by_piece and (heard.start is None or (heard.each and unit != "trip")):
        return unit, 1000
    return None


def _dearer(heard: Heard) -> bool:
    """Whether it is said of days or times that have prices of their own, which a number of hours does not know."""
    at_night = heard.start is not None and heard.end is not None and not DAY[0] <= heard.start < heard.end <= DAY[1]
    return at_night or any(day >= SATURDAY for day in heard.weekdays)


def _priced_unclearly(heard: Heard) -> bool:
    return heard.told is not None and heard.price is None


def _missing(heard: Heard) -> Words | None:
    """The one question to ask about a line; None when it says enough."""
    if heard.unclear is Unclear.MONTHLY and (heard.start is not None or heard.length):
        return _ASKED[heard.unclear]
    if not heard.weekdays and not heard.monthly:
        example = words("Mon, Wed")
        return words("On which days? Write them too, for instance: {example}", example=example)
    if heard.unclear is not None and heard.unclear in _ASKED and not heard.monthly:
        return _ASKED[heard.unclear]
    if heard.start is None or heard.end is None:
        length = words("2 hours")
        return words(
            "From when to when, or how long? Write it too, for instance: {example} or {length}",
            example="9–11",
            length=length,
        )
    if heard.unclear is Unclear.PRICE:
        return words("Write the price of one hour, for instance: {example}", example="$68")
    return None
