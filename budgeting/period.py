"""Days, weekly patterns and day types: occurrences are counted by arithmetic, never by walking days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from budgeting.values import Hashed, hashed_once, value

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


def stretches(first: int, last: int, changes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The days (ordinals) between two others, cut where something changes: the first and the last day of each part."""
    starts = sorted({first, *(day for day in changes if first < day <= last)})
    return zip(starts, (*(day - 1 for day in starts[1:]), last), strict=True)


def months_after(day: date, months: int) -> date:
    """The same day of a later month; a day that this month does not have is the first of the next."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return months_after(day.replace(day=1), months + 1)


def month_of(day: date) -> Period:
    """The calendar month that a day belongs to."""
    first = day.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Period(first, following - DAY)


def months_of(days: Period) -> Iterator[Period]:
    """The calendar months of some days, the first and the last one as far as they lie in them."""
    first = days.first
    while first <= days.last:
        last = min(month_of(first).last, days.last)
        yield Period(first, last)
        first = last + DAY


@hashed_once
@dataclass(frozen=True, slots=True)
class Place(Hashed):
    """Where supports happen: the state decides the public holidays, the zone the price limits, ``mmm`` travel time."""

    state: str = "NSW"  # ACT NSW NT QLD SA TAS VIC WA
    zone: str = "national"  # national, remote or very_remote
    region: str | None = None  # where only part of a state has a holiday, for instance "Brisbane"
    mmm: int | None = None  # class of the Modified Monash Model, 1 to 7; None: not known


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
    since: date | None = None  # the first day that the source tells about


def minute_of(at: time) -> int:
    """A time of day as whole minutes after midnight."""
    return at.hour * 60 + at.minute


def clock(minute: int) -> time:
    """So many minutes after midnight as a time of day; after 24 hours it is midnight again."""
    hour, minute = divmod(minute % (24 * 60), 60)
    return time(hour, minute)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The holidays of one place: their days as ordinals in order, and the minute from which each one counts."""

    days: tuple[int, ...]
    starts: Mapping[int, int]
    by_weekday: tuple[tuple[int, ...], ...]  # the days of each weekday, Monday first
    told: Mapping[int, Holiday] = field(default_factory=dict)  # the holiday of each day, where it was read

    def between(self, first: int, last: int) -> tuple[int, ...]:
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def on(self, weekday: int, first: int, last: int) -> list[int]:
        """The holidays on a weekday (0 is Monday) between two days."""
        return [day for day in self.by_weekday[weekday] if first <= day <= last]


class Calendar:
    """The public holidays of every state, as data. A calendar is made once and shared."""

    def __init__(self, holidays: Iterable[Holiday]) -> None:
        self.holidays = tuple(sorted(holidays, key=lambda holiday: (holiday.day, holiday.state, holiday.region or "")))
        self._by_place: dict[tuple[str, str | None], Mapping[date, Holiday]] = {}
        self._marks: dict[tuple[str, str | None], Marks] = {}
        self._local: dict[str, tuple[Holiday, ...]] = {}

    def at(self, place: Place) -> Mapping[date, Holiday]:
        """The holidays of a place by day, in order of days; a whole day wins over a part of it."""
        key = (place.state, place.region)
        known = self._by_place.get(key)
        if known is None:
            found: dict[date, Holiday] = {}
            for holiday in self.holidays:
                here = holiday.state == place.state and holiday.region in (None, place.region)
                if here and (holiday.day not in found or holiday.starts is None):
                    found[holiday.day] = holiday
            known = self._by_place[key] = found
        return known

    def marks(self, place: Place) -> Marks:
        """The holidays of a place as whole numbers, for counting."""
        key = (place.state, place.region)
        known = self._marks.get(key)
        if known is None:
            found = self.at(place)
            starts = {day.toordinal(): minute_of(h.starts) if h.starts else 0 for day, h in found.items()}
            days = tuple(sorted(starts))
            by_weekday = tuple(tuple(day for day in days if (day - 1) % 7 == weekday) for weekday in range(7))
            told = {day.toordinal(): holiday for day, holiday in found.items()}
            known = self._marks[key] = Marks(days, starts, by_weekday, told)
        return known

    def local(self, state: str) -> tuple[Holiday, ...]:
        """The holidays of single places in a state, such as show days, in order of days."""
        known = self._local.get(state)
        if known is None:
            known = tuple(one for one in self.holidays if one.state == state and one.region)
            self._local[state] = known
        return known

    @property
    def covers(self) -> Period | None:
        """The whole years that this calendar knows, or None when it is empty."""
        if not self.holidays:
            return None
        return Period(date(self.holidays[0].day.year, 1, 1), date(self.holidays[-1].day.year, 12, 31))


@value(frozen=True, slots=True)
class Every:
    """The days that are a multiple of ``step`` days away from ``start``, between ``first`` and ``last``, less some."""

    start: int  # all days are ordinals, since whole numbers are quick to count with
    step: int
    first: int
    last: int
    without: tuple[int, ...] = ()  # in order; each one is such a day

    def count(self, first: int, last: int) -> int:
        """How many of these days lie between two days, both included."""
        first = first if first > self.first else self.first
        last = last if last < self.last else self.last
        if first > last:
            return 0
        count = (last - self.start) // self.step - (first - 1 - self.start) // self.step
        return count - bisect_right(self.without, last) + bisect_left(self.without, first) if self.without else count

    def within(self, first: int, last: int) -> Inside | None:
        """Only those of these days that lie between two days; None when there is none."""
        first = first if first > self.first else self.first
        last = last if last < self.last else self.last
        low = first + (self.start - first) % self.step
        high = last - (last - self.start) % self.step
        if low > high:
            return None
        count = (high - low) // self.step + 1
        without = self.without
        if without:
            count -= bisect_right(without, high) - bisect_left(without, low)
            if not count:
                return None
            while low in without:
                low += self.step
            while high in without:
                high -= self.step
        all_of_them = first == self.first and last == self.last
        return Inside(count, low, high, self if all_of_them else Every(self.start, self.step, first, last, without))

    def between(self, first: int, last: int) -> Sequence[int]:
        """Those of these days that lie between two days, both included, in order."""
        first = first if first > self.first else self.first
        last = last if last < self.last else self.last
        days = range(first + (self.start - first) % self.step, last + 1, self.step)
        return [day for day in days if day not in self.without] if self.without else days

    def shifted(self, days: int) -> Every:
        """The same days, some days later."""
        without = tuple(day + days for day in self.without)
        return Every(self.start + days, self.step, self.first + days, self.last + days, without)


@value(frozen=True, slots=True)
class Some:
    """Some days, each named, in order."""

    days: tuple[int, ...]

    def count(self, first: int, last: int) -> int:
        """How many of these days lie between two days, both included."""
        return max(0, bisect_right(self.days, last) - bisect_left(self.days, first))

    def within(self, first: int, last: int) -> Inside | None:
        """Only those of these days that lie between two days; None when there is none."""
        days = self.days
        if days and first <= days[0] and days[-1] <= last:
            return Inside(len(days), days[0], days[-1], self)
        days = days[bisect_left(days, first) : bisect_right(days, last)]
        return Inside(len(days), days[0], days[-1], Some(days)) if days else None

    def between(self, first: int, last: int) -> Sequence[int]:
        """Those of these days that lie between two days, both included, in order."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def shifted(self, days: int) -> Some:
        """The same days, some days later."""
        return Some(tuple(day + days for day in self.days))


Days = Every | Some


@value(frozen=True, slots=True)
class Inside:
    """Days that lie between two others: how many, the first, the last, and the days themselves."""

    count: int
    first: int
    last: int
    days: Days
