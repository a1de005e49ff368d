"""A week of a shared house as a picture: by half-hours, with those who live there on each of its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from budgeting.living.roster import Cell
from budgeting.period import Period
from budgeting.words import Words, nwords, words
from portal.living.houses import Roster
from portal.reading import Unreadable, read_day
from portal.site.calendars import Seen, week
from portal.site.drawing import Picture
from portal.site.page import Asked

HOUR = 60
MIDNIGHT = 24 * HOUR
YEARS = range(2000, 2100)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """One week as the page shows it, with the weeks beside it; ``moves`` are days on which somebody comes or goes."""

    day: date
    picture: Picture | None  # None: nobody is there in any row
    before: str
    after: str
    moves: tuple[tuple[date, int, int], ...]  # the day, how many live there from then on, how many places are free
    away: tuple[Words, ...]  # on which days so many of those who live there are away


def chosen(asked: Asked) -> date | None:
    """The day somebody chose in the address; None where none is there that can be read."""
    try:
        day = read_day(asked.query.get("day", ""))
    except Unreadable:
        return None
    return day if day.year in YEARS else None


def first_shown(known: Roster, today: date) -> date:
    """Today, or the day on which the first person of the portal moves in, where none lives there yet."""
    ahead = [one.moves_in for one in known.mates if one.moves_in > today]
    return today if known.living(today) or not ahead else min(ahead)


def shown(known: Roster, day: date, key: str, page: str) -> Week:
    """The week of a day."""
    monday = day - timedelta(days=day.weekday())
    spans = known.week(monday)
    seen = [Seen(monday + timedelta(days=one.weekday), _at(one.first), _at(one.last), ratio(one.cell)) for one in spans]
    parts = known.stretches(Period(monday, monday + timedelta(days=6)))[1:]
    return Week(
        day,
        week(key, monday, seen) if seen else None,
        f"{page}?day={(day - A_WEEK).isoformat()}#{key}",
        f"{page}?day={(day + A_WEEK).isoformat()}#{key}",
        tuple((one.first, known.taken(one.first), known.free(one.first)) for one in parts),
        tuple(_away(known, monday)),
    )


def _away(known: Roster, monday: date) -> Iterator[Words]:
    days = [monday + timedelta(days=number) for number in range(7)]
    for many, alike in groupby(days, key=known.away):
        first, *more = alike
        if many:
            yield nwords(
                "{first} to {last}: {n} person is away. Their place stays theirs.",
                "{first} to {last}: {n} people are away. Their places stay theirs.",
                many,
                first=first,
                last=more[-1] if more else first,
            )


def _at(minute: int) -> time:
    return time(minute % MIDNIGHT // HOUR, minute % HOUR)


def ratio(cell: Cell) -> Words:
    """How many workers there are for how many people, in words."""
    if not cell.workers:
        return nwords("Sleeping over, for {n} person", "Sleeping over, for {n} people", cell.people)
    if cell.workers == 1:
        return nwords("One worker for {n} person", "One worker for {n} people", cell.people)
    return words("{workers} workers for {people} people", workers=cell.workers, people=cell.people)
