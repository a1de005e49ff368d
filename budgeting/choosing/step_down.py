"""Doing more oneself: a support that becomes less from some days on, as lines the calculator can price beside the plan.

Nothing here decides anything: what it frees is a what-if, and the plan stays as it is until somebody changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from budgeting.catalogue import Editions
from budgeting.compare import PART, Difference, what_if
from budgeting.explain import Figure, summed
from budgeting.money import MINUTES_PER_HOUR, Money, Quantity, rounded
from budgeting.package import Line, Package, Spread, Units, Weekly, visits_of, without
from budgeting.period import DAY, Calendar, Period, clock, minute_of, month_of, months_of
from budgeting.words import Value, Words, words
from budgeting.working import TOLD

HOUR = "H"
WEEK, THOUSAND = 7, 1000


def may_step_down(line: Line) -> bool:
    """Whether a line can become less by time each week: visits on weekdays, no sleepovers; or hours over its days."""
    schedule = line.schedule
    if isinstance(schedule, Units):
        return schedule.unit == HOUR and schedule.spread is Spread.EVENLY and weekly_minutes(line) > 0
    return isinstance(schedule, Weekly) and bool(schedule.weekdays) and not schedule.sleepover


def weekly_minutes(line: Line) -> int:
    """The minutes of a week in which the visits of a line happen, or its hours fall, in whole minutes; else 0."""
    schedule = line.schedule
    if isinstance(schedule, Units):
        hours = schedule.quantity.thousandths if schedule.unit == HOUR else 0
        return hours * MINUTES_PER_HOUR * WEEK // (line.period.days * THOUSAND)
    return schedule.minutes_a_week if isinstance(schedule, Weekly) else 0


def monthly_visits(line: Line) -> int:
    """The most visits of a line in one month, or its items that fall into one, rounded up; else 0."""
    schedule = line.schedule
    if isinstance(schedule, Units):
        spread = schedule.unit != HOUR and schedule.spread is Spread.EVENLY
        months = _months(line.period)
        each = Fraction(schedule.quantity.thousandths * months.denominator, THOUSAND * months.numerator)
        return ceil(each) if spread else 0
    return max(map(len, _by_month(line)), default=0)


def stepped_down(
    line: Line, steps: Iterable[tuple[date, int]], fewer: Iterable[tuple[date, int]] = ()
) -> tuple[Line, ...]:
    """A line with steps, each on top of those before it; nothing is ever below nothing.

    ``steps`` are a day, and how many minutes less in each week with visits: whole visits go first, the last ones of
    the week; what is left over shortens one visit. Hours that are spread over the days of a line become fewer in the
    same way. ``fewer`` are a day, and how many visits less in each month: the last ones of the month stay away; items
    that are spread become fewer by so many a month. A support of which nothing is left has no line after that day. A
    line that cannot become less in such a way stays as it is.
    """
    schedule = line.schedule
    if isinstance(schedule, Units):
        by_time = may_step_down(line)
        return _spread_out(line, schedule, steps if by_time else fewer) if by_time or monthly_visits(line) else (line,)
    line = without(line, _staying_away(line, fewer))
    days = _begun(line, steps)
    if not isinstance(schedule, Weekly) or not may_step_down(line) or not days:
        return (line,)
    schedule = replace(schedule, anchor=schedule.anchor or line.period.first)
    found, less = _untouched(line, min(days)), 0
    for number, (day, last) in enumerate(_stretches(line, days), 1):
        less += days[day]
        found += _parts(line, schedule, Period(day, last), weekly_minutes(line) - less, number)
    return tuple(found)


def _begun(line: Line, steps: Iterable[tuple[date, int]]) -> dict[date, int]:
    """How much less begins on which day of a line, in the order of the days."""
    wanted: dict[date, int] = {}
    for day, much in sorted(steps):
        first = max(day, line.period.first)
        if much > 0 and first <= line.period.last:
            wanted[first] = wanted.get(first, 0) + much
    return wanted


def _untouched(line: Line, first: date) -> list[Line]:
    """The line before its first step."""
    return [replace(line, period=Period(line.period.first, first - DAY))] if first > line.period.first else []


def _stretches(line: Line, days: Iterable[date]) -> list[tuple[date, date]]:
    """The days from one step to the next, and from the last one to the end of the line."""
    begun = list(days)
    return list(zip(begun, [*(day - DAY for day in begun[1:]), line.period.last], strict=True))


def _by_month(line: Line) -> list[list[date]]:
    return [visits_of(line, month) for month in months_of(line.period)]


def _staying_away(line: Line, fewer: Iterable[tuple[date, int]]) -> list[date]:
    """The visits that stay away: so many of the last ones of each month, on or after the day of a step."""
    away: set[date] = set()
    begun = _begun(line, fewer)
    for visits in _by_month(line) if begun else ():
        for day, much in begun.items():
            left = [visit for visit in visits if visit >= day and visit not in away]
            away.update(left[-much:])
    return sorted(away)


def _spread_out(line: Line, schedule: Units, steps: Iterable[tuple[date, int]]) -> tuple[Line, ...]:
    """What is spread over the days of a line, with less of it from each step on."""
    days = _begun(line, steps)
    if not days:
        return (line,)
    found = [_share(line, schedule, one.period, 0, one.id) for one in _untouched(line, min(days))]
    less = 0
    for number, (day, last) in enumerate(_stretches(line, days), 1):
        less += days[day]
        found.append(_share(line, schedule, Period(day, last), less, f"{line.id}{PART}{number}"))
    return tuple(one for one in found if isinstance(one.schedule, Units) and one.schedule.quantity.thousandths)


def _share(line: Line, schedule: Units, days: Period, less: int, name: str) -> Line:
    """What falls on some days of a line, less so many minutes a week or items a month; never below nothing.

    In thousandths, rounded to the nearest: the share of the days, less what does not come in these weeks or months.
    """
    share = rounded(schedule.quantity.thousandths * days.days, line.period.days)
    if schedule.unit == HOUR:
        gone = rounded(less * days.days * THOUSAND, WEEK * MINUTES_PER_HOUR)
        left = max(0, share - gone) if less < weekly_minutes(line) else 0
    else:
        gone_in = _months(days) * less * THOUSAND
        left = max(0, share - rounded(gone_in.numerator, gone_in.denominator))
    return replace(line, id=name, period=days, schedule=replace(schedule, quantity=Quantity(left)))


def _months(days: Period) -> Fraction:
    """How many months some days are, each day a part of its own month."""
    return sum((Fraction(one.days, month_of(one.first).days) for one in months_of(days)), Fraction(0))


def _parts(line: Line, schedule: Weekly, days: Period, minutes: int, number: int) -> list[Line]:
    """The visits that are left on some days: whole ones, and one that is shorter."""
    if minutes <= 0:
        return []
    whole, rest = divmod(minutes, schedule.minutes)
    weekdays = tuple(sorted(schedule.weekdays))
    found = []
    if whole:
        fewer = replace(schedule, weekdays=weekdays[:whole])
        found.append(replace(line, id=f"{line.id}{PART}{number}", period=days, schedule=fewer))
    if rest:
        shorter = replace(schedule, weekdays=(weekdays[whole],), end=clock(minute_of(schedule.start) + rest))
        found.append(replace(line, id=f"{line.id}{PART}{number}s", period=days, schedule=shorter))
    return found


@dataclass(frozen=True)
class Less:
    """A step: from a day on so many minutes less of a line in each week, or so many visits less in each month."""

    line_id: str
    first: date
    minutes: int = 0
    visits: int = 0


def freed(package: Package, steps: Sequence[Less], editions: Editions, calendar: Calendar) -> Difference:
    """What a package would cost less with some steps: a what-if, line by line."""
    lines: list[Line] = []
    for line in package.lines:
        of_line = [one for one in steps if one.line_id == line.id]
        by_time = [(one.first, one.minutes) for one in of_line]
        lines += stepped_down(line, by_time, [(one.first, one.visits) for one in of_line])
    return what_if(package, replace(package, lines=tuple(lines)), editions, calendar)


def cost_figure(label: Words, supports: Iterable[tuple[Value, Money]]) -> Figure:
    """What some supports cost together, each by its own name."""
    parts = tuple(Figure(words("{support}", support=name), amount, working=TOLD) for name, amount in supports)
    return summed(label, words("These supports added up"), parts)
