"""What lines have taken by the end of each day, added up for all of them at once.

The course of a line is one number for each day. As one long whole number, with 64 bits for each day, it is added to
others in a stroke: an edit of one line adds up forty courses of a year in a few microseconds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import add
from sys import byteorder

from budgeting.charges import Charge, EvenCharge

Span = tuple[int, int]  # first and last day (ordinals), both included

_BYTES = 8  # of one day
_START = 1 << 48  # where each course begins, so that no day is ever below zero
_MOST = 1 << 47  # of one line, and
_LINES = 1 << 15  # so many of them fit: 2**48 + 2**47 each stay below 2**64 together


class Course:
    """The minor units and the minutes of one line by the end of each day of a span."""

    amounts: int | list[int]  # one number; a list when a day does not fit into its field
    minutes: list[int]

    def __init__(self, charges: Iterable[Charge], first: int, last: int) -> None:
        amounts, minutes = [0] * (last - first + 1), [0] * (last - first + 1)
        evenly: list[EvenCharge] = []
        self.rises = True  # nothing is given back
        for charge in charges:
            if isinstance(charge, EvenCharge):
                evenly.append(charge)
                self.rises = self.rises and charge.amount >= 0
                continue
            each, time = charge.each, charge.minutes
            self.rises = self.rises and each >= 0
            for day in charge.days.between(first, last):
                amounts[day - first] += each
                minutes[day - first] += time
        taken, self.minutes = list(accumulate(amounts, initial=_START)), list(accumulate(minutes, initial=0))
        for charge in evenly:
            taken = list(map(add, taken, used(charge, charge.amount, first, last)))
            self.minutes = list(map(add, self.minutes, used(charge, charge.minutes, first, last)))
        low, high = (_START, taken[-1]) if self.rises else (min(taken), max(taken))
        self.amounts = _packed(taken) if low > _START - _MOST and high < _START + _MOST else taken


class Sums:
    """The courses of several lines as one; days are ordinals within the span."""

    def __init__(self, courses: Sequence[Course], span: Span, packed: int | None = None) -> None:
        self.first, self.last = span
        self._courses = courses
        self._rise = all([one.rises for one in courses])  # noqa: C419  # a list is walked faster
        self._packed = _sum(courses) if packed is None else packed
        days = self.last - self.first + 2
        if self._packed is not None:
            self._amounts: Sequence[int] = _unpacked(self._packed, days)
        else:
            found = [_unpacked(one, days) if isinstance(one, int) else one for one in (c.amounts for c in courses)]
            self._amounts = list(map(sum, zip(*found, strict=True)))

    def instead(self, gone: Sequence[Course], new: Sequence[Course]) -> Sums:
        """The same with some courses, which are among them, giving way to others."""
        kept = [one for one in self._courses if all(one is not each for each in gone)]
        out, into = _sum(gone), _sum(new)
        packed = None if self._packed is None or out is None or into is None else self._packed - out + into
        return Sums([*kept, *new], (self.first, self.last), packed)

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days, both included; nothing when the days are the wrong way round."""
        return self._amounts[last - self.first + 1] - self._amounts[first - self.first] if first <= last else 0

    def minutes(self, first: int, last: int) -> int:
        """Minutes of support between two days, both included; nothing when the days are the wrong way round."""
        if last < first:
            return 0
        before, end = first - self.first, last - self.first + 1
        return sum([one.minutes[end] - one.minutes[before] for one in self._courses])

    def first_day_above(self, first: int, last: int, available: int) -> int | None:
        """The first day by whose end more than ``available`` was taken since ``first``; None if that never happens."""
        start, end = first - self.first, last - self.first + 1
        most = self._amounts[start] + available
        if self._rise:  # no need to walk the days
            place = bisect_right(self._amounts, most, start + 1, end + 1)
        else:
            place = next((day for day in range(start + 1, end + 1) if self._amounts[day] > most), end + 1)
        return self.first + place - 1 if place <= end else None


def used(charge: EvenCharge, much: int, first: int, last: int) -> list[int]:
    """How much of ``much`` is used since the evening before a span, on that evening and by the end of each day.

    As ``EvenCharge.until`` says for each day, rounded half up in the same way.
    """
    length, sign, size = charge.last - charge.first + 1, -1 if much < 0 else 1, abs(much)
    gone = (min(max(day - charge.first + 1, 0), length) for day in range(first - 1, last + 1))
    whole = [sign * ((2 * size * days + length) // (2 * length)) for days in gone]
    return [one - whole[0] for one in whole] if whole[0] else whole


def _packed(course: list[int]) -> int:
    """A course as one number."""
    return int.from_bytes(array("Q", course).tobytes(), byteorder)


def _sum(courses: Sequence[Course]) -> int | None:
    """Several courses as one number, which means something only as differences; None when they do not fit."""
    packed = [one.amounts for one in courses if isinstance(one.amounts, int)]
    return sum(packed) if len(packed) == len(courses) <= _LINES else None


def _unpacked(packed: int, days: int) -> Sequence[int]:
    return memoryview(packed.to_bytes(days * _BYTES, byteorder)).cast("Q")
