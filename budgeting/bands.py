"""How one visit falls into time bands: the day it is delivered decides first, then the time of a weekday.

The rules are those of the NDIS Pricing Arrangements 2025-26 v1.1, "Time of day and day of week"; the times are
parameters of the program. Where the text leaves a visit open (from a Friday into a Saturday, from a Sunday into a
Monday) it is split at midnight and each part stands for itself: our conclusion, confidence U.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from budgeting.package import Boundary
from budgeting.period import Band, Days, Every, Marks, Some

MIDNIGHT = 24 * 60
SATURDAY, SUNDAY = 5, 6
NEVER = MIDNIGHT + 1  # the minute from which a day without a holiday is one
HIGHER_FIRST = (Band.HOLIDAY, Band.SUNDAY, Band.SATURDAY, Band.NIGHT, Band.EVENING, Band.DAY)


@dataclass(frozen=True, slots=True)
class Hours:
    """The minutes after midnight at which the bands of a weekday begin."""

    day: int
    evening: int
    nurse_evening: int
    nurse_night: int
    nurse_night_ends: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a visit in one band: how many days after the visit's first day it lies, and how long it is."""

    offset: int
    band: Band
    minutes: int
    ours: bool = False  # by our reading: the text leaves open how such a visit over midnight counts


@dataclass(frozen=True, slots=True)
class DayKind:
    """A day as the bands see it: its weekday, and the minute from which it is a public holiday."""

    weekday: int
    holiday_from: int = NEVER

    def band(self, minute: int) -> Band | None:
        """The band that the day alone decides at a minute, or None on an ordinary weekday."""
        if minute >= self.holiday_from:
            return Band.HOLIDAY
        return {SATURDAY: Band.SATURDAY, SUNDAY: Band.SUNDAY}.get(self.weekday)


@lru_cache(maxsize=4096)
def cut(
    start: int, minutes: int, today: DayKind, tomorrow: DayKind, hours: Hours, boundary: Boundary, rule: str
) -> tuple[Piece, ...]:
    """The parts of a visit that starts some minutes after midnight, at most 24 hours long, in order of time."""
    end = start + minutes
    parts = _days(0, start, min(end, MIDNIGHT), today)
    if end > MIDNIGHT:
        parts += _days(1, 0, end - MIDNIGHT, tomorrow)
        if all(band is None for _, _, _, band in parts):
            if rule != "nurse":
                return (Piece(0, Band.NIGHT, minutes),)  # spans midnight into a weekday
            if start >= hours.nurse_night:
                return _nurse_night(minutes, end - MIDNIGHT - hours.nurse_night_ends, boundary)
    pieces: list[Piece] = []
    for offset, first, last, band in parts:
        if band is not None:
            pieces.append(Piece(offset, band, last - first))
        elif rule == "nurse":
            pieces += _nurse_weekday(offset, first, last, hours)
        else:
            pieces += _weekday(offset, first, last, hours)
    if boundary is Boundary.HIGHER and len(pieces) > 1:
        highest = min((piece.band for piece in pieces), key=HIGHER_FIRST.index)
        return (Piece(0, highest, minutes),)
    if end > MIDNIGHT and any(band is None for _, _, _, band in parts):
        return tuple(replace(piece, ours=True) for piece in pieces)
    return tuple(pieces)


def _days(offset: int, first: int, last: int, day: DayKind) -> list[tuple[int, int, int, Band | None]]:
    """One day's share of a visit, cut where a part-day holiday begins."""
    if first < day.holiday_from < last:
        return [
            (offset, first, day.holiday_from, day.band(first)),
            (offset, day.holiday_from, last, Band.HOLIDAY),
        ]
    return [(offset, first, last, day.band(first))]


def _weekday(offset: int, first: int, last: int, hours: Hours) -> list[Piece]:
    """A support worker's time inside one ordinary weekday."""
    if first < hours.day:
        return [Piece(offset, Band.NIGHT, last - first)]
    if first >= hours.evening:
        return [Piece(offset, Band.EVENING, last - first)]
    if last <= hours.evening:
        return [Piece(offset, Band.DAY, last - first)]
    return [Piece(offset, Band.DAY, hours.evening - first), Piece(offset, Band.EVENING, last - hours.evening)]


def _nurse_night(minutes: int, after: int, boundary: Boundary) -> tuple[Piece, ...]:
    """A nurse's night over midnight; what lies some minutes after its end is daytime of the next day."""
    if after <= 0 or boundary is Boundary.HIGHER:
        return (Piece(0, Band.NIGHT, minutes),)
    return (Piece(0, Band.NIGHT, minutes - after), Piece(1, Band.DAY, after))


def _nurse_weekday(offset: int, first: int, last: int, hours: Hours) -> list[Piece]:
    """A nurse's time inside one ordinary weekday: start and end decide, and it is not cut on the day it begins.

    What a visit that fits no band has after midnight is night as long as a nurse's night lasts, then daytime: our
    conclusion from the rule that such a visit is split at the boundary, confidence U.
    """
    if offset:
        night = min(last, hours.nurse_night_ends)
        pieces = [Piece(offset, Band.NIGHT, night - first)]
        return pieces if night == last else [*pieces, Piece(offset, Band.DAY, last - night)]
    late = first >= hours.nurse_evening and last > hours.nurse_night
    return [Piece(offset, Band.EVENING if late else Band.DAY, last - first)]


ORDINARY = tuple(DayKind(weekday) for weekday in range(7))
NO_MARKS = Marks((), {}, ((),) * 7)
Alike = tuple[Days, DayKind, DayKind]  # days of visits with the kind of those days, and of the days after them


@lru_cache(maxsize=4096)
def days_of(marks: Marks, days: Every, overnight: bool) -> tuple[Alike, ...]:
    """Days of one weekday by their kind: ordinary ones first, then each special kind.

    For visits over midnight the kind of the next day matters too.
    """
    first, last, weekday = days.first, days.last, (days.start - 1) % 7
    special = set(marks.on(weekday, first, last))
    if overnight:
        special.update(day - 1 for day in marks.on((weekday + 1) % 7, first + 1, last + 1))
    kinds: dict[tuple[int, int], list[int]] = {}
    for day in sorted(day for day in special if (day - days.start) % days.step == 0):
        kinds.setdefault((marks.starts.get(day, NEVER), marks.starts.get(day + 1, NEVER)), []).append(day)
    ordinary = replace(days, without=tuple(sorted(day for some in kinds.values() for day in some)))
    found: list[Alike] = []
    if ordinary.count(first, last):
        found.append((ordinary, ORDINARY[weekday], ORDINARY[(weekday + 1) % 7]))
    for (today, tomorrow), some in kinds.items():
        found.append((Some(tuple(some)), DayKind(weekday, today), DayKind((weekday + 1) % 7, tomorrow)))
    return tuple(found)
