"""How far the money reaches, said in mornings, visits and hours: "Tuesday mornings until 14 March", "41 hours left"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from budgeting.charges import Ledger
from budgeting.explain import NOT_KNOWN, Figure, all_time, shown
from budgeting.explain.describe import WEEKDAYS, in_one_phrase
from budgeting.explain.drawn import time_figure
from budgeting.explain.sums import on_average
from budgeting.explain.totals import counted_days
from budgeting.money import Minutes, Money
from budgeting.package import Line, Role, Spread, Units, Weekly, visits_of
from budgeting.period import Period, minute_of
from budgeting.quotation import ComponentTotal, LineQuote, PeriodTotal, Quote
from budgeting.words import Name, Words, nwords, words
from budgeting.working import COUNTED

NOON, AFTERNOON_ENDS, EVENING_ENDS = 12 * 60, 18 * 60, 24 * 60  # of everyday language, not of any price list
LATE_MORNING = 13 * 60
WEEK = 7


class Part(StrEnum):
    """What people call the time of a visit."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    VISIT = "visit"


def part_of_day(schedule: Weekly) -> Part:
    """What a visit is called by its clock; one that is not within a morning, afternoon, evening or night: a visit."""
    if schedule.sleepover:
        return Part.NIGHT
    start = minute_of(schedule.start)
    end = start + schedule.minutes
    if start < NOON and end <= LATE_MORNING:
        return Part.MORNING
    if start >= LATE_MORNING - 60 and end <= AFTERNOON_ENDS:
        return Part.AFTERNOON
    if start >= AFTERNOON_ENDS - 60 and end <= EVENING_ENDS:
        return Part.EVENING
    return Part.NIGHT if start >= AFTERNOON_ENDS and end > EVENING_ENDS else Part.VISIT


EVERY = {
    Part.MORNING: words("Every morning"),
    Part.AFTERNOON: words("Every afternoon"),
    Part.EVENING: words("Every evening"),
    Part.NIGHT: words("Every night"),
    Part.VISIT: words("A visit every day"),
}
WORKING_DAYS = words("Monday to Friday")


def _on_days(part: Part, days: Words) -> Words:
    match part:
        case Part.MORNING:
            return words("{days} mornings", days=days)
        case Part.AFTERNOON:
            return words("{days} afternoons", days=days)
        case Part.EVENING:
            return words("{days} evenings", days=days)
        case Part.NIGHT:
            return words("{days} nights", days=days)
    return words("{days} visits", days=days)


def counted(part: Part, number: int) -> Words:
    """So many mornings, evenings, nights or visits."""
    match part:
        case Part.MORNING:
            return nwords("{n} morning", "{n} mornings", number)
        case Part.AFTERNOON:
            return nwords("{n} afternoon", "{n} afternoons", number)
        case Part.EVENING:
            return nwords("{n} evening", "{n} evenings", number)
        case Part.NIGHT:
            return nwords("{n} night", "{n} nights", number)
    return nwords("{n} visit", "{n} visits", number)


def called(line: Line) -> Words | None:
    """A support by its days and time: "Tuesday mornings", "Every night"; None where it has no days of its own."""
    schedule = line.schedule
    if not isinstance(schedule, Weekly) or not schedule.weekdays:
        return None
    part, days = part_of_day(schedule), sorted(set(schedule.weekdays))
    if len(days) == WEEK:
        said = EVERY[part]
    else:
        said = _on_days(
            part, WORKING_DAYS if days == [0, 1, 2, 3, 4] else in_one_phrase([WEEKDAYS[day] for day in days])
        )
    if schedule.every_n_weeks == 1:
        return said
    return nwords("{when}, every week", "{when}, every {n} weeks", schedule.every_n_weeks, when=said)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the money of one support reaches, from a day on.

    ``until`` is the last day that is paid; ``ends_early`` says whether something was planned after it. For a support
    without visits, ``visits`` is None.
    """

    line: Line
    component: str | None
    until: date
    ends_early: bool
    more_on: date | None  # more money is released on this day
    visits: int | None
    minutes: Minutes

    @property
    def part(self) -> Part:
        """What its visits are called."""
        return part_of_day(self.line.schedule) if isinstance(self.line.schedule, Weekly) else Part.VISIT

    @property
    def words(self) -> Words:
        """Until when, in the words of everyday life: "Help in the shower: Tuesday mornings until 14 March"."""
        when, support = called(self.line), Name(self.line.name)
        if is_once(self.line):
            day = self.line.period.first
            if self.ends_early:
                return words("{support}: there is no money for it on {day}", support=support, day=day)
            return words("{support}: once, on {day}", support=support, day=day)
        if when is None and self.more_on:
            return words(
                "{support}: until {day}, and again from {again}", support=support, day=self.until, again=self.more_on
            )
        if when is None:
            return words("{support}: until {day}", support=support, day=self.until)
        if self.more_on:
            return words(
                "{support}: {when} until {day}, and again from {again}",
                support=support,
                when=when,
                day=self.until,
                again=self.more_on,
            )
        return words("{support}: {when} until {day}", support=support, when=when, day=self.until)

    @property
    def left(self) -> Words | None:
        """How much is still paid: "11 mornings, 22 hours"; without visits in hours alone, None where there are none."""
        if self.visits is None:
            return words("{time} of support", time=self.minutes) if self.minutes.count else None
        return words("{count}, {time}", count=counted(self.part, self.visits), time=self.minutes)

    @property
    def figure(self) -> Figure:
        """The time that is still paid, with its explanation."""
        text = words("Planned and paid up to {day}", day=self.until)
        if self.visits is not None:
            text = words("{count} planned and paid up to {day}", count=counted(self.part, self.visits), day=self.until)
        return Figure(Words("{support}", {"support": Name(self.line.name)}), self.minutes, text, working=COUNTED)


def is_once(line: Line) -> bool:
    """Whether a line is one purchase, used on its first day, and not something that goes on."""
    return isinstance(line.schedule, Units) and line.schedule.spread is Spread.ONCE


def reaches(quoted: Quote, since: date) -> tuple[Reach, ...]:
    """How far the money of each paid support reaches, in the order of the package; those that are over are left out.

    A support ends before the first day that its last payer cannot pay. Backups, supports without pay or money, those
    of which no price is known, and money that is only held for a purchase are not among them.
    """
    found = (_reach(one, quoted, since) for one in quoted.lines if _is_used(one.line))
    return tuple(one for one in found if one is not None)


def _is_used(line: Line) -> bool:
    return line.role is not Role.BACKUP and not (line.role is Role.RESERVE and is_once(line))


def _reach(one: LineQuote, quoted: Quote, since: date) -> Reach | None:
    last = one.line.period.first if is_once(one.line) else one.line.period.last
    planned_last = min(last, quoted.package.period.last)
    if one.unpaid or one.unpriced or not one.charges or planned_last < since:
        return None
    payer = one.payments[-1].payer if one.payments else one.component
    total = quoted.parts.get(payer or "")
    if total and total.component.spent_until:
        since = max(since, total.component.spent_until + timedelta(days=1))  # what is spent is not paid again
    if one.recorded:
        since = max(since, date.fromordinal(one.recorded[1]) + timedelta(days=1))
    if payer is None or planned_last < since:
        return None
    dry = total.runs_dry if total else None
    stops = planned_last if dry is None or dry > planned_last else dry - timedelta(days=1)
    times = Ledger(one.charges)
    paid, rest = _days(since, stops), _days(max(since, stops + timedelta(days=1)), planned_last)
    short = _visits(one.line, rest)
    return Reach(
        line=one.line,
        component=payer,
        until=_last(one.line, stops) or stops,
        ends_early=bool(short) or bool(_minutes(times, rest)) or (short is None and rest is not None),
        more_on=more_on(quoted, total) if total and rest else None,
        visits=_visits(one.line, paid),
        minutes=Minutes(_minutes(times, paid)),
    )


def _days(first: date, last: date) -> Period | None:
    return Period(first, last) if first <= last else None


def _visits(line: Line, within: Period | None) -> int | None:
    if not isinstance(line.schedule, Weekly):
        return None
    return len(visits_of(line, within)) if within else 0


def _minutes(times: Ledger, within: Period | None) -> int:
    return times.minutes(within.first.toordinal(), within.last.toordinal()) if within else 0


def _last(line: Line, stops: date) -> date | None:
    """The day of the last visit up to a day; None for a support without visits, or before the first one."""
    if isinstance(line.schedule, Units) or stops < line.period.first:
        return None
    back = Period(max(line.period.first, stops - timedelta(days=366)), stops)
    return next(iter(reversed(visits_of(line, back))), None)


def more_on(quoted: Quote, part: ComponentTotal) -> date | None:
    """The day on which money is released after a part of the funding ran dry; None when none comes, or it lasts.

    A release that does not pay for its own first day is none.
    """
    if part.runs_dry is None:
        return None
    periods = [one for each in quoted.sharing(part) for one in each.periods]
    dry = {one.runs_dry for one in periods}
    later = sorted(one.period.first for one in periods if one.released and one.period.first > part.runs_dry)
    return next((day for day in later if day not in dry), None)


def hours_left(found: Iterable[Reach], since: date, complete: bool) -> Figure:
    """The hours of support that the money still pays, from a day on, made of those of each support.

    ``complete``: every price is known. Otherwise not known, where nothing is left of those that are.
    """
    label, parts = words("Hours of support left"), tuple(one.figure for one in found if one.minutes.count)
    missing = () if complete else (NOT_KNOWN,)
    if missing and not parts:
        return Figure(label, None, words("The price is not known yet"), not_included=missing)
    text = words("The hours of each support from {day} on, as long as there is money for it", day=since)
    return all_time(label, text, parts, missing)


def hours_paid(quoted: Quote, since: date, until: date | None = None) -> Figure:
    """The hours from a day on that the money pays, over every funding period, up to a day or else to the end.

    Where ``hours_left`` ends when the money runs dry, this goes on with what is released later.
    """
    days = since.toordinal(), (until or date.max).toordinal()
    parts = (
        piece
        for part in quoted.components
        if part.lasts_until is not None
        for number in range(len(part.periods))
        if (piece := _paid_in(part, number, *days)).value != Minutes(0)
    )
    text = words("The time of all visits from {day} on that the money pays, up to the end.", day=since)
    return all_time(words("Hours left"), text, parts)


def _paid_in(part: ComponentTotal, number: int, since: int, until: int) -> Figure:
    """The hours of one funding period that are paid; from the day on which its money runs out, none is."""
    dry = part.periods[number].runs_dry
    first, last = counted_days(part, number)
    first, last = max(first, since), min(until, dry.toordinal() - 1 if dry else last)
    days = {"first": date.fromordinal(first), "last": date.fromordinal(max(first, last))}
    label = words("{part}, {first} to {last}", part=shown(part.component.name), **days)
    return time_figure(label, part.drawn, first, last)


@dataclass(frozen=True, slots=True)
class Pace:
    """What an average week costs: so far (None while it is not known), and from a day on as it is planned."""

    spent: Money | None
    planned: Money
    figures: tuple[Figure, ...] = ()  # the same with how they came about; one that is not known is not among them


def pace(quoted: Quote, since: date, spent_known: bool) -> Pace:
    """The cost of a week to the funding, so far and from a day on; each is rounded once, to the cent.

    So far: what was spent from the first day of the funding up to the day it is known for, by the days between.
    """
    funding, last = quoted.package.funding, quoted.package.period.last
    taken = Ledger(charge for one in quoted.lines if one.counted for charge in one.charges)
    ahead = _days(since, last)
    planned = taken.taken(since.toordinal(), last.toordinal()) if ahead else 0
    week = on_average(words("A week as it is planned"), Money(planned), ahead.days, WEEK) if ahead else None
    each = week.amount if week else Money(0)
    if week is not None and not quoted.complete:
        week = replace(week, not_included=(NOT_KNOWN,)) if planned else None
    told = [one.component.spent_until for one in quoted.components if one.component.spent_until]
    if not spent_known or not told or funding is None or max(told) < funding.period.first:
        return Pace(None, each, (week,) if week else ())
    days = Period(funding.period.first, max(told)).days
    spent = sum(one.component.spent.minor for one in quoted.components)
    so_far = on_average(words("A week so far"), Money(spent), days, WEEK)
    return Pace(so_far.amount, each, (so_far, week) if week else (so_far,))


def short_on(periods: Iterable[PeriodTotal]) -> Money:
    """What is missing on the worst day of some funding periods; zero when the money lasts."""
    return max((one.short for one in periods), default=Money(0))
