"""The roster of a shared home, by half-hours: who is there with how many workers, and each person's own share.

What a worker costs in a row is shared by everybody who is there in it: for each person the limit times workers,
divided by people, in whole cents rounded down (the ``group_limit`` of the program). The time band of a row is that of
the whole row, since the support goes on however many are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from budgeting import pricing, programs
from budgeting.catalogue import Editions
from budgeting.explain import NOT_KNOWN, Figure
from budgeting.money import Minutes, Money, total
from budgeting.package import AtLimit, Line, Package, Price, Weekly
from budgeting.period import Calendar, Period, Place, minute_of
from budgeting.quotation import Quote
from budgeting.words import words
from budgeting.working import PARTS

SLOT = 30  # minutes
DAY = 24 * 60
WEEK = 7 * DAY // SLOT
NO_HOLIDAYS = Calendar(())


@dataclass(frozen=True, slots=True)
class Shift:
    """One row of a roster: on some weekdays (0 is Monday), so many workers for the people who are there then.

    ``people`` are keys of those who are known by one; ``others`` counts those who are not. ``everyone``: whoever lives
    there, so that the row also counts somebody who moves in. An ``end`` that is not after ``start`` is on the next day.
    """

    id: str
    name: str
    weekdays: tuple[int, ...]
    start: time
    end: time
    workers: int
    people: frozenset[str]
    others: int = 0
    everyone: bool = False
    sleepover: bool = False

    def __post_init__(self) -> None:
        if self.workers < 1 or self.others < 0:
            raise ValueError("a row of a roster has at least one worker, and no fewer than no other people")
        if minute_of(self.start) % SLOT or minute_of(self.end) % SLOT:
            raise ValueError("a roster is kept by half-hours")

    @property
    def count(self) -> int:
        """How many people are there."""
        return len(self.people) + self.others

    @property
    def schedule(self) -> Weekly:
        return Weekly(self.weekdays, self.start, self.end, sleepover=self.sleepover)

    def slots(self) -> Iterator[int]:
        """The half-hours of the row, counted from Monday at midnight; what goes past Sunday is on Monday again."""
        first, many = minute_of(self.start) // SLOT, self.schedule.minutes // SLOT
        for weekday in self.weekdays:
            start = weekday * DAY // SLOT + first
            for slot in range(start, start + many):
                yield slot % WEEK


@dataclass(frozen=True, slots=True)
class Cell:
    """One half-hour in a house: how many workers are awake, how many sleep over, and how many people are there."""

    workers: int
    sleeping: int
    people: int


@dataclass(frozen=True, slots=True)
class Span:
    """Half-hours in a row on one day during which nothing changes; minutes are counted from midnight."""

    weekday: int
    first: int
    last: int  # the minute at which it ends
    cell: Cell


def cells(shifts: Iterable[Shift]) -> Mapping[int, Cell]:
    """Every half-hour of a week in which a worker is there; people of rows at the same time are counted once."""
    workers: dict[int, list[int]] = {}
    known: dict[int, set[str]] = {}
    others: dict[int, int] = {}
    for shift in shifts:
        for slot in shift.slots():
            awake, asleep = workers.get(slot, [0, 0])
            workers[slot] = [awake, asleep + shift.workers] if shift.sleepover else [awake + shift.workers, asleep]
            known.setdefault(slot, set()).update(shift.people)
            others[slot] = max(others.get(slot, 0), shift.others)
    return {
        slot: Cell(awake, asleep, len(known[slot]) + others[slot]) for slot, (awake, asleep) in sorted(workers.items())
    }


def spans(shifts: Iterable[Shift]) -> tuple[Span, ...]:
    """The same half-hours with those that are alike put together, day by day."""
    found: list[Span] = []
    for slot, cell in cells(shifts).items():
        weekday, minute = slot * SLOT // DAY, slot * SLOT % DAY
        last = found[-1] if found else None
        if last and last.weekday == weekday and last.last == minute and last.cell == cell:
            found[-1] = replace(last, last=minute + SLOT)
        else:
            found.append(Span(weekday, minute, minute + SLOT, cell))
    return tuple(found)


def week(days: Sequence[Iterable[Shift]]) -> tuple[Span, ...]:
    """The half-hours of one week from Monday on; each day with the roster as it is for those who live there then."""
    return tuple(one for weekday, shifts in enumerate(days) for one in spans(shifts) if one.weekday == weekday)


def time_with_somebody(shifts: Iterable[Shift], person: str) -> Minutes:
    """How long in a week a worker who is awake is there for a person; rows at the same time count once."""
    slots = {slot for shift in shifts if person in shift.people and not shift.sleepover for slot in shift.slots()}
    return Minutes(len(slots) * SLOT)


def nights(shifts: Iterable[Shift], person: str) -> int:
    """How many nights of a week somebody sleeps over for a person."""
    found = {day for shift in shifts if person in shift.people and shift.sleepover for day in shift.weekdays}
    return len(found)


def with_more(shifts: Iterable[Shift], more: int) -> tuple[Shift, ...]:
    """The roster when so many people move in; only rows for everyone count them."""
    return tuple(replace(shift, others=shift.others + more) if shift.everyone else shift for shift in shifts)


def with_one_less(shifts: Iterable[Shift], person: str) -> tuple[Shift, ...]:
    """The roster for one person when somebody else moves out; rows for everyone then count one less."""
    return tuple(_one_less(shift, person) if shift.everyone else shift for shift in shifts)


def _one_less(shift: Shift, person: str) -> Shift:
    if shift.others:
        return replace(shift, others=shift.others - 1)
    return replace(shift, people=shift.people - set(sorted(shift.people - {person})[:1]))


@dataclass(frozen=True, slots=True)
class Setting:
    """What a share of a roster is priced with: the program of the person, and the support by which it is priced."""

    program: str
    support: str | None
    place: Place
    editions: Editions
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Share:
    """What one person's part of a roster costs at the published limits: between two days, and in an ordinary week."""

    whole: Figure
    week: Figure
    minutes: Minutes  # of an ordinary week, with a worker who is awake
    nights: int


def share(shifts: Iterable[Shift], person: str, period: Period, at: Setting) -> Share:
    """One person's share of a roster. Not known, never zero, where the program has no price for it."""
    mine = tuple(shift for shift in shifts if person in shift.people)
    monday = period.first + timedelta(days=-period.first.weekday() % 7)
    week = Period(monday, monday + timedelta(days=6))
    return Share(
        whole=_figure(mine, period, at, at.calendar),
        week=_figure(mine, week, at, NO_HOLIDAYS),
        minutes=time_with_somebody(mine, person),
        nights=nights(mine, person),
    )


def together(stretches: Sequence[Figure], period: Period) -> Figure:
    """A person's part of a roster that changes as people come and go: each stretch is priced as it is then."""
    if len(stretches) == 1:
        return stretches[0]
    label = words("One person's part of the roster, {first} to {last}", first=period.first, last=period.last)
    amounts = [one.value for one in stretches if isinstance(one.value, Money)]
    if len(amounts) < len(stretches):
        return replace(stretches[0], label=label, value=None)
    return replace(
        stretches[0],
        label=label,
        value=total(amounts),
        sum=words("Each stretch between the days on which somebody comes or goes"),
        parts=tuple(stretches),
    )


def _figure(mine: tuple[Shift, ...], period: Period, at: Setting, calendar: Calendar) -> Figure:
    label = words("One person's part of the roster, {first} to {last}", first=period.first, last=period.last)
    quoted = _quote(mine, period, at, calendar)
    if at.support is None or not quoted.complete:
        why = words("There is no published price for support in a shared home in this program. Ask the provider.")
        return Figure(label, None, why, not_included=(NOT_KNOWN,))
    return Figure(
        label=label,
        value=quoted.amount,
        sum=words("Every row in which this person is there, at their part of the worker's price"),
        parts=tuple(one.figure for one in quoted.lines),
        rule=words("A worker's time is shared by everybody who is there in that row."),
        rule_source=programs.program(at.program).parameters.source("group_limit", period.first),
        not_included=(
            words("What was agreed with the provider may be less. Rent, food and power are not counted here."),
        ),
        working=PARTS,
    )


def _quote(mine: tuple[Shift, ...], period: Period, at: Setting, calendar: Calendar) -> Quote:
    price: Price = AtLimit()
    lines = tuple(
        Line(
            id=shift.id,
            name=shift.name,
            period=period,
            support=at.support,
            schedule=shift.schedule,
            price=price,
            participants=shift.count,
            workers=shift.workers,
        )
        for shift in mine
    )
    return pricing.quote(Package(at.program, period, at.place, None, lines), at.editions, calendar)
