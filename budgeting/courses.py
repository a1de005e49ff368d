"""What lines have taken by the end of each day, added up for all of them at once.

The course of a line is one number for each day. As one long whole number, with 64 bits for each day, it is added to
others in a stroke, and taken away again: an edit of one line adds up the courses of forty in a few microseconds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from sys import byteorder

from budgeting.charges import Charge, EvenCharge, Ledger
from budgeting.period import Days

Span = tuple[int, int]  # first and last day (ordinals), both included

_BYTES = 8  # of one day
_START = 1 << 48  # where each course begins, so that no day is ever below zero
_MOST = 1 << 47  # of one line, and
_LINES = 1 << 15  # so many of them fit: 2**48 + 2**47 each stay below 2**64 together


class Course:
    """The minor units and the minutes of one line by the end of each day of a span, the evening before it first."""

    __slots__ = ("amounts", "charges", "fits", "minutes", "rises")

    def __init__(self, charges: Iterable[Charge], first: int, last: int) -> None:
        self.charges = tuple(charges)
        self.amounts = self.minutes = _start(last - first + 2)
        self.rises = True  # nothing is given back
        most = 0
        for charge in self.charges:
            if isinstance(charge, EvenCharge):
                much, times, days = charge.amount, 1, 1
                self.amounts += _evenly(charge, charge.amount, first, last)
                self.minutes += _evenly(charge, charge.minutes, first, last)
            else:
                times, days = _pattern(charge.days, first, last)
                much = charge.each
                self.amounts += much * times
                self.minutes += charge.minutes * times
            most += (abs(much) + abs(charge.minutes)) * days
            self.rises = self.rises and much >= 0
        self.fits = most < _MOST


class Sums:
    """The courses of several lines as one; days are ordinals within the span."""

    def __init__(self, courses: Sequence[Course], span: Span, packed: tuple[int, int] | None = None) -> None:
        self.first, self.last = span
        self._courses = courses
        self._rise = False not in [one.rises for one in courses]
        self._packed = packed
        if False not in [one.fits for one in courses] and len(courses) <= _LINES:
            self._packed = packed or (sum([one.amounts for one in courses]), sum([one.minutes for one in courses]))
            self._amounts, self._minutes = (_unpacked(one, self.last - self.first + 2) for one in self._packed)
        else:
            every, days = Ledger(charge for one in courses for charge in one.charges), range(span[0] - 1, span[1] + 1)
            self._amounts = [every.taken(self.first, day) for day in days]
            self._minutes = [every.minutes(self.first, day) for day in days]

    def instead(self, gone: Sequence[Course], new: Sequence[Course]) -> Sums:
        """The same with some courses, which are among them, giving way to others."""
        kept = list(self._courses)
        for one in gone:
            del kept[next(place for place, each in enumerate(kept) if each is one)]
        courses, span = [*kept, *new], (self.first, self.last)
        if self._packed is None or not all(one.fits for one in courses):
            return Sums(courses, span)
        amounts, minutes = self._packed
        amounts += sum([one.amounts for one in new]) - sum([one.amounts for one in gone])
        minutes += sum([one.minutes for one in new]) - sum([one.minutes for one in gone])
        return Sums(courses, span, (amounts, minutes))

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days, both included; nothing when the days are the wrong way round."""
        return self._amounts[last - self.first + 1] - self._amounts[first - self.first] if first <= last else 0

    def minutes(self, first: int, last: int) -> int:
        """Minutes of support between two days, both included; nothing when the days are the wrong way round."""
        return self._minutes[last - self.first + 1] - self._minutes[first - self.first] if first <= last else 0

    def first_day_above(self, first: int, last: int, available: int) -> int | None:
        """The first day by whose end more than ``available`` was taken since ``first``; None if that never happens."""
        start, end = first - self.first, last - self.first + 1
        most = self._amounts[start] + available
        if self._rise:  # no need to walk the days
            place = bisect_right(self._amounts, most, start + 1, end + 1)
        else:
            place = next((day for day in range(start + 1, end + 1) if self._amounts[day] > most), end + 1)
        return self.first + place - 1 if place <= end else None


@lru_cache(maxsize=64)
def _start(days: int) -> int:
    return _packed([_START] * days)


@lru_cache(maxsize=2048)
def _pattern(days: Days, first: int, last: int) -> tuple[int, int]:
    """How many of some days have come, as a course, and how many there are; a price that changes leaves them."""
    alone = [0] * (last - first + 1)
    for day in days.between(first, last):
        alone[day - first] += 1
    come = list(accumulate(alone, initial=0))
    return _packed(come), come[-1]


def _evenly(charge: EvenCharge, much: int, first: int, last: int) -> int:
    """The course of ``much``: as ``EvenCharge.until`` says for each day, rounded half up in the same way."""
    if not much:
        return 0
    length, size, evenings = charge.last - charge.first + 1, abs(much), last - first + 2
    start, end = (min(max(day - charge.first + 1, 0), length) for day in (first - 1, last))  # days of it that are gone
    used = [(2 * size * days + length) // (2 * length) for days in range(start, end + 1)]
    before = min(max(charge.first - first, 0), evenings - len(used))
    used = [used[0]] * before + used + [used[-1]] * (evenings - len(used) - before)
    if used[-1] - used[0] >= _MOST:
        return 0  # it does not fit, and is not asked for
    course = _packed([one - used[0] for one in used])
    return -course if much < 0 else course


def _packed(course: list[int]) -> int:
    return int.from_bytes(array("Q", course).tobytes(), byteorder)


def _unpacked(packed: int, days: int) -> Sequence[int]:
    return memoryview(packed.to_bytes(days * _BYTES, byteorder)).cast("Q")
