"""The ways in which one support can take less money: each a changed line, with what changes in words.

Those that lose no time come first: a split price, an earlier hour, a weekday instead of the weekend, sharing. Then come
those that do: shorter visits, fewer, rarer, later, or fewer units. Nothing is priced here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from budgeting.bands import SATURDAY, SUNDAY
from budgeting.compare import PART
from budgeting.explain import UNITS
from budgeting.explain.describe import WEEKDAYS, listed
from budgeting.money import MINUTES_PER_HOUR, UNIT, Minutes, Quantity, rounded
from budgeting.package import Boundary, Line, Spread, Units, Weekly
from budgeting.parameters import Parameters
from budgeting.period import Period, clock, minute_of
from budgeting.programs import Program
from budgeting.words import Name, Words, nwords, words

FRIDAY = 4
STEP = 15  # minutes by which a visit gets shorter
SHORTEST = 30  # minutes that stay of a visit
MOST_EARLIER = 180  # minutes by which a visit moves within a day
MOST_RARE = 2  # a support that comes less often than every two weeks is not made rarer


class EasingKind(StrEnum):
    """How a support takes less, the gentlest first."""

    SPLIT = "split"
    EARLIER = "earlier"
    WEEKDAY = "weekday"
    SHARED = "shared"
    SHORTER = "shorter"
    FEWER = "fewer"
    RARER = "rarer"
    LATER = "later"
    UNITS = "units"


GENTLE = {kind: number for number, kind in enumerate(EasingKind)}


@dataclass(frozen=True, slots=True)
class Easing:
    """One change to a line. ``keeps`` is the part of its time that stays, in parts per thousand: an estimate."""

    kind: EasingKind
    line: Line  # as it would be for all its days
    words: Words
    keeps: int = 1000


def easings(line: Line, of: Program, day: date) -> Iterator[Easing]:
    """Every easing for a line with regular visits, by the rules of its program on a day."""
    schedule = line.schedule
    if not isinstance(schedule, Weekly) or not schedule.weekdays:
        return
    if line.boundary is Boundary.HIGHER:
        text = words("{support}: each part of a visit at its own price", support=Name(line.name))
        yield Easing(EasingKind.SPLIT, replace(line, boundary=Boundary.SPLIT), text)
    if "evening_starts" in of.parameters:
        yield from _earlier(line, schedule, of.parameters, day)
    yield from _weekday(line, schedule)
    if _shareable(of, line, day) and line.participants == 1 and line.workers == 1:
        yield from (_shared(line, people) for people in (2, 3))
    if not schedule.sleepover:
        yield from _shorter(line, schedule)
    yield from _fewer(line, schedule)
    if schedule.every_n_weeks <= MOST_RARE:
        yield _rarer(line, schedule)


def _shareable(of: Program, line: Line, day: date) -> bool:
    """Whether a support is of a kind that several people may share with one worker."""
    family = of.family(line.support)
    return family is not None and "shareable" in of.parameters and family.key in of.parameters.texts("shareable", day)


def _earlier(line: Line, schedule: Weekly, at: Parameters, day: date) -> Iterator[Easing]:
    """The same visits, ending when the dearer hours begin; not where that would be another part of the day."""
    evening, morning = at.minute("evening_starts", day), at.minute("day_starts", day)
    start, length = minute_of(schedule.start), schedule.minutes
    begins = evening - length
    if schedule.sleepover or not evening < start + length <= 24 * MINUTES_PER_HOUR:
        return
    if begins < morning or start - begins > MOST_EARLIER:
        return
    changed = replace(schedule, start=clock(begins), end=clock(evening))
    text = words(
        "{support}: {start} to {end} instead of {was} to {until}",
        support=Name(line.name),
        start=changed.start,
        end=changed.end,
        was=schedule.start,
        until=schedule.end,
    )
    yield Easing(EasingKind.EARLIER, replace(line, schedule=changed), text)


def _weekday(line: Line, schedule: Weekly) -> Iterator[Easing]:
    """A weekday instead of a Sunday, of a Saturday, or of both."""
    weekend = [day for day in (SUNDAY, SATURDAY) if day in schedule.weekdays]
    free = [day for day in range(FRIDAY, -1, -1) if day not in schedule.weekdays]
    for leaving in [[day] for day in weekend] + ([weekend] if len(weekend) > 1 else []):
        if len(free) < len(leaving):
            continue
        coming = sorted(free[: len(leaving)])
        days = tuple(sorted({*schedule.weekdays, *coming} - {*leaving}))
        text = words(
            "{support}: on {coming} instead of {leaving}",
            support=Name(line.name),
            coming=listed([WEEKDAYS[day] for day in coming]),
            leaving=listed([WEEKDAYS[day] for day in sorted(leaving)]),
        )
        yield Easing(EasingKind.WEEKDAY, replace(line, schedule=replace(schedule, weekdays=days)), text)


def _shared(line: Line, people: int) -> Easing:
    text = nwords(
        "{support}: alone", "{support}: shared by {n} people instead of alone", people, support=Name(line.name)
    )
    return Easing(EasingKind.SHARED, replace(line, participants=people), text)


def _shorter(line: Line, schedule: Weekly) -> Iterator[Easing]:
    """Visits that end earlier, by a quarter of an hour at a time, down to half their length."""
    length = schedule.minutes
    for cut in range(STEP, length // 2 + 1, STEP):
        if length - cut < SHORTEST:
            return
        changed = replace(schedule, end=clock(minute_of(schedule.start) + length - cut))
        text = words(
            "{support}: each visit {time} shorter, {start} to {end}",
            support=Name(line.name),
            time=Minutes(cut),
            start=changed.start,
            end=changed.end,
        )
        yield Easing(EasingKind.SHORTER, replace(line, schedule=changed), text, 1000 * (length - cut) // length)


def _fewer(line: Line, schedule: Weekly) -> Iterator[Easing]:
    """One visit a week fewer, whichever it is; then two and more, weekends first since they cost most."""
    days = sorted(set(schedule.weekdays))
    weekend_first = sorted(days, key=lambda day: (day < SATURDAY, -day))
    for leaving in [[day] for day in weekend_first] + [weekend_first[:count] for count in range(2, len(days))]:
        stay = tuple(day for day in days if day not in leaving)
        if not stay:
            return
        text = nwords(
            "{support}: {n} visit a week fewer, not on {days}",
            "{support}: {n} visits a week fewer, not on {days}",
            len(leaving),
            support=Name(line.name),
            days=listed([WEEKDAYS[day] for day in sorted(leaving)]),
        )
        changed = replace(line, schedule=replace(schedule, weekdays=stay))
        yield Easing(EasingKind.FEWER, changed, text, 1000 * len(stay) // len(days))


def _rarer(line: Line, schedule: Weekly) -> Easing:
    weeks = schedule.every_n_weeks * 2
    anchor = schedule.anchor or line.period.first
    text = nwords("{support}: every week", "{support}: only every {n} weeks", weeks, support=Name(line.name))
    changed = replace(schedule, every_n_weeks=weeks, anchor=anchor)
    return Easing(EasingKind.RARER, replace(line, schedule=changed), text, 500)


def later(line: Line, day: date) -> Easing:
    """The same support, beginning on a later day that lies in its time."""
    text = words(
        "{support}: begins on {day} instead of {before}",
        support=Name(line.name),
        day=day,
        before=line.period.first,
    )
    changed = replace(line, period=Period(day, line.period.last), schedule=_anchored(line))
    keeps = 1000 * changed.period.days // line.period.days
    return Easing(EasingKind.LATER, changed, text, keeps)


def fewer_units(line: Line, cut: Quantity) -> Easing:
    """Fewer hours, items or trips over the whole time; a line with visits, or too few units, is a ValueError."""
    schedule = line.schedule
    if not isinstance(schedule, Units) or not 0 < cut.thousandths < schedule.quantity.thousandths:
        raise ValueError("there are not so many units")
    stay = Quantity(schedule.quantity.thousandths - cut.thousandths)
    text = words(
        "{support}: {stay} instead of {before}, counted in {unit}",
        support=Name(line.name),
        stay=stay,
        before=schedule.quantity,
        unit=UNITS.get(schedule.unit, UNITS["E"]),
    )
    keeps = 1000 * stay.thousandths // schedule.quantity.thousandths
    return Easing(EasingKind.UNITS, replace(line, schedule=replace(schedule, quantity=stay)), text, keeps)


def whole_units(thousandths: int) -> int:
    """Some thousandths of a unit rounded up to whole units: what people would take off a plan."""
    return -(-thousandths // UNIT) * UNIT


def from_day(line: Line, changed: Line, day: date) -> tuple[Line, ...]:
    """A line that changes on a day: as it was up to the day before, then as changed. Its parts share their id.

    A line whose units are used at once, on a day before, can no longer change: it comes back as it was.
    """
    if day <= line.period.first:
        return (changed,)
    if day > changed.period.last:
        return (line,)
    earlier = replace(line, period=Period(line.period.first, day - timedelta(1)), schedule=_anchored(line))
    following = max(day, changed.period.first)
    part = replace(
        changed,
        id=f"{line.id}{PART}{day.isoformat()}",
        period=Period(following, changed.period.last),
        schedule=_anchored(changed, line),
    )
    if not isinstance(line.schedule, Units) or not isinstance(changed.schedule, Units):
        return (earlier, part)
    return _units_from(line, line.schedule, changed.schedule, earlier, part)


def between(line: Line, changed: Line, first: date, last: date) -> tuple[Line, ...]:
    """A line with visits that is changed between two days, both included, and is as it was before and after them."""
    line = replace(line, schedule=_anchored(line))
    parts = from_day(line, changed, first)
    if last >= line.period.last:
        return parts
    return (*parts[:-1], *from_day(parts[-1], line, last + timedelta(1)))


def _units_from(line: Line, was: Units, will: Units, earlier: Line, part: Line) -> tuple[Line, ...]:
    if was.spread is Spread.ONCE:
        return (line,)
    used = rounded(was.quantity.thousandths * earlier.period.days, line.period.days)
    rest = will.quantity.thousandths - used
    if rest < 0:
        return (line,)
    first = replace(earlier, schedule=replace(was, quantity=Quantity(used)))
    return (first, replace(part, schedule=replace(will, quantity=Quantity(rest)))) if rest else (first,)


def _anchored(line: Line, origin: Line | None = None) -> Weekly | Units | None:
    """The schedule of a line with the week that its rhythm is counted from, since its first day may move."""
    schedule = line.schedule
    if not isinstance(schedule, Weekly) or schedule.every_n_weeks == 1:
        return schedule
    return replace(schedule, anchor=schedule.anchor or (origin or line).period.first)
