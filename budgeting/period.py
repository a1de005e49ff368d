"""Days, weekly patterns and day types: occurrences are counted by arithmetic, never by walking days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Band(StrEnum):
    """The kind of time that a price depends on; the values are those of the worked cases."""

    DAY = "day"
    EVENING = "eve"
    NIGHT = "night"
    SATURDAY = "sat"
    SUNDAY = "sun"
    HOLIDAY = "ph"
    SLEEPOVER = "sleep"
    ANY = "any"  # one price whatever the time: items sold by the unit, or without time bands


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Some days in a row; the first and the last day both belong to it. A last day before the first is a ValueError."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on or after its first day")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def overlap(self, other: Period) -> Period | None:
        """The days that both periods share, or None when they share none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def shifted(self, days: int) -> Period:
        """The same number of days, some days later."""
        return Period(self.first + timedelta(days), self.last + timedelta(days))


@dataclass(frozen=True, slots=True)
class Place:
    """Where supports happen: the state decides the public holidays, the zone decides the price limits."""

    state: str = "NSW"  # ACT NSW NT QLD SA TAS VIC WA
    zone: str = "national"  # national, remote or very_remote
    region: str | None = None  # where only part of a state has a holiday, for instance "Brisbane"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of a state, or of one region in it; ``starts`` is set when only the end of the day counts."""

    day: date
    state: str
    name: str
    region: str | None = None
    starts: time | None = None
    source: str = ""
    confidence: str = "U"
