"""Doing more oneself: a support that becomes less from some days on, as lines the calculator can price beside the plan.

Nothing here decides anything: what it frees is a what-if, and the plan stays as it is until somebody changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from budgeting.catalogue import Editions
from budgeting.compare import PART, Difference, what_if
from budgeting.explain import Figure
from budgeting.money import MINUTES_PER_HOUR, Money, Quantity, rounded, total
from budgeting.package import Line, Package, Spread, Units, Weekly
from budgeting.period import Calendar, Period
from budgeting.words import Value, Words, words
from budgeting.working import PARTS, TOLD

DAY = timedelta(days=1)
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
    return len(schedule.weekdays) * schedule.minutes if isinstance(schedule, Weekly) else 0


def stepped_down(line: Line, steps: Iterable[tuple[date, int]]) -> tuple[Line, ...]:
    """A line with steps (a day, and how many minutes less in each week with visits), each on top of those before it.

    Whole visits go first, the last ones of the week; what is left over shortens one visit. Hours that are spread over
    the days of a line become fewer in the same way. A support of which nothing is left has no line after that day. A
    line that cannot become less by time stays as it is.
    """
    schedule = line.schedule
    if schedule is None or not may_step_down(line):
        return (line,)
    wanted: dict[date, int] = {}
    for day, minutes in steps:
        wanted[max(day, line.period.first)] = wanted.get(max(day, line.period.first), 0) + minutes
    days = sorted(day for day, minutes in wanted.items() if minutes > 0 and day <= line.period.last)
    if not days:
        return (line,)
    found: list[Line] = []
    if days[0] > line.period.first:
        found.append(replace(line, period=Period(line.period.first, days[0] - DAY)))
    less = 0
    if isinstance(schedule, Units):
        found = [_hours(line, schedule, one.period, 0, one.id) for one in found]
    else:
        schedule = replace(schedule, anchor=schedule.anchor or line.period.first)
    for number, day in enumerate(days, 1):
        less += wanted[day]
        last = days[number] - DAY if number < len(days) else line.period.last
        if isinstance(schedule, Units):
            found.append(_hours(line, schedule, Period(day, last), less, f"{line.id}{PART}{number}"))
        else:
            found += _parts(line, schedule, Period(day, last), weekly_minutes(line) - less, number)
    return tuple(one for one in found if not isinstance(one.schedule, Units) or one.schedule.quantity.thousandths)


def _hours(line: Line, schedule: Units, days: Period, less: int, name: str) -> Line:
    """The hours that fall on some days of a line, with so many minutes less in each week; never below nothing.

    In thousandths of an hour, rounded to the nearest: the share of the days, less the minutes of these weeks.
    """
    share = rounded(schedule.quantity.thousandths * days.days, line.period.days)
    gone = rounded(less * days.days * THOUSAND, WEEK * MINUTES_PER_HOUR)
    left = max(0, share - gone) if less < weekly_minutes(line) else 0
    return replace(line, id=name, period=days, schedule=replace(schedule, quantity=Quantity(left)))


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
        ends = (datetime.combine(days.first, schedule.start) + timedelta(minutes=rest)).time()
        shorter = replace(schedule, weekdays=(weekdays[whole],), end=ends)
        found.append(replace(line, id=f"{line.id}{PART}{number}s", period=days, schedule=shorter))
    return found


def freed(
    package: Package, steps: Sequence[tuple[str, date, int]], editions: Editions, calendar: Calendar
) -> Difference:
    """What a package would cost less with some steps (line id, day, minutes less a week): a what-if, line by line."""
    by_line: dict[str, list[tuple[date, int]]] = {}
    for line_id, day, minutes in steps:
        by_line.setdefault(line_id, []).append((day, minutes))
    lines = [part for line in package.lines for part in stepped_down(line, by_line.get(line.id, ()))]
    return what_if(package, replace(package, lines=tuple(lines)), editions, calendar)


def cost_figure(label: Words, supports: Iterable[tuple[Value, Money]]) -> Figure:
    """What some supports cost together, each by its own name."""
    parts = tuple(Figure(words("{support}", support=name), amount, working=TOLD) for name, amount in supports)
    value = total([part.value for part in parts if isinstance(part.value, Money)])
    return Figure(label, value, words("These supports added up"), parts, working=PARTS)
