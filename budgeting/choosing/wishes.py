"""More of something: what a person wishes for, and the line that would give it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from budgeting.bands import SATURDAY
from budgeting.choosing.easings import from_day
from budgeting.compare import PART
from budgeting.explain import UNITS
from budgeting.explain.describe import WEEKDAYS, listed
from budgeting.money import MINUTES_PER_HOUR, Minutes, Quantity
from budgeting.package import Line, Units, Weekly
from budgeting.period import clock, minute_of
from budgeting.words import Name, Words, nwords, words


@dataclass(frozen=True, slots=True)
class Wish:
    """More of one line: visits each week, minutes for each visit, or units (hours, items) over the whole time.

    Units beside regular visits are taken when they are wanted. Nothing asked for, or a number below zero, is a
    ValueError.
    """

    line: str
    visits: int = 0
    longer: Minutes = Minutes(0)
    units: Quantity = Quantity(0)

    def __post_init__(self) -> None:
        asked = (self.visits, self.longer.count, self.units.thousandths)
        if min(asked) < 0 or not any(asked):
            raise ValueError("a wish is for more of something")


def could_wish(line: Line) -> bool:
    """Whether more of a line can be asked for: it has visits or units."""
    return isinstance(line.schedule, Units) or (isinstance(line.schedule, Weekly) and bool(line.schedule.weekdays))


def granted(line: Line, wish: Wish, since: date) -> tuple[tuple[Line, ...], Words]:
    """The line with what was wished for, and that in words."""
    schedule, name = line.schedule, Name(line.name)
    if isinstance(schedule, Weekly) and (wish.visits or wish.longer.count):
        coming = _days_for(schedule, wish.visits)
        days = tuple(sorted({*schedule.weekdays, *coming}))
        end = _later_end(schedule, wish.longer.count)
        changed = replace(line, schedule=replace(end, weekdays=days))
        if not coming:
            text = words("{support}: each visit {time} longer.", support=name, time=wish.longer)
        else:
            text = nwords(
                "{support}: {n} visit a week more, on {days}.",
                "{support}: {n} visits a week more, on {days}.",
                len(coming),
                support=name,
                days=listed([WEEKDAYS[day] for day in coming]),
            )
        return from_day(line, changed, since), text
    if isinstance(schedule, Units) and wish.units.thousandths:
        quantity = Quantity(schedule.quantity.thousandths + wish.units.thousandths)
        text = words(
            "{support}: {more} more, counted in {unit}.",
            support=name,
            more=wish.units,
            unit=UNITS.get(schedule.unit, UNITS["E"]),
        )
        return (replace(line, schedule=replace(schedule, quantity=quantity)),), text
    if isinstance(schedule, Weekly) and wish.units.thousandths:
        time = Minutes(wish.units.thousandths * MINUTES_PER_HOUR // 1000)
        text = words("{support}: {time} more, when you want it.", support=name, time=time)
        first = max(since, line.period.first)
        beside = replace(
            line,
            id=f"{line.id}{PART}more",
            schedule=Units(wish.units, "H"),
            period=replace(line.period, first=min(first, line.period.last)),
            skips=(),
        )
        return (line, beside), text
    raise ValueError("this wish does not suit the line")


def _later_end(schedule: Weekly, minutes: int) -> Weekly:
    if not minutes:
        return schedule
    if schedule.sleepover or schedule.minutes + minutes > 24 * MINUTES_PER_HOUR:
        raise ValueError("a visit is no longer than a day, and a night is one unit")
    return replace(schedule, end=clock(minute_of(schedule.end) + minutes))


def _days_for(schedule: Weekly, visits: int) -> tuple[int, ...]:
    """Weekdays for more visits: each as far as can be from the others, the weekend only when nothing else is free."""
    chosen: list[int] = []
    for _ in range(visits):
        taken = {*schedule.weekdays, *chosen}
        free = [day for day in range(7) if day not in taken]
        if not free:
            raise ValueError("there are not so many free days in a week")
        weekdays = [day for day in free if day < SATURDAY] or free
        chosen.append(min(weekdays, key=lambda day: (-min(_apart(day, one) for one in taken or {day}), day)))
    return tuple(sorted(chosen))


def _apart(one: int, other: int) -> int:
    return min((one - other) % 7, (other - one) % 7)
