"""When money is taken: charges that can be added up between any two days without walking the days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from budgeting.money import rounded
from budgeting.period import Days, Some


@dataclass(frozen=True, slots=True)
class VisitCharge:
    """The same amount, in minor units, and the same time on each of some days."""

    days: Days
    each: int
    minutes: int
    share: int = 0  # what the client pays beside it on each of the days


@dataclass(frozen=True, slots=True)
class EvenCharge:
    """An amount spread evenly over some days (ordinals); whatever is asked for, the parts add up to the whole."""

    first: int
    last: int
    amount: int
    minutes: int
    share: int = 0  # what the client pays beside it altogether

    def until(self, whole: int, day: int) -> int:
        """How much of the whole is used by the end of a day."""
        if day < self.first:
            return 0
        return rounded(whole * (min(day, self.last) - self.first + 1), self.last - self.first + 1)


Charge = VisitCharge | EvenCharge


class Ledger:
    """Some charges, arranged so that the money taken between two days is quick to add up. Days are ordinals."""

    def __init__(self, charges: Iterable[Charge]) -> None:
        self.charges = tuple(charges)
        self._even = [charge for charge in self.charges if isinstance(charge, EvenCharge)]
        self._regular = []
        single: dict[int, int] = {}
        for charge in self.charges:
            if isinstance(charge, EvenCharge):
                continue
            days = charge.days
            if isinstance(days, Some):
                for day in days.days:
                    single[day] = single.get(day, 0) + charge.each
            else:
                self._regular.append((days.start, days.step, days.first, days.last, days.without, charge.each))
        self._days = sorted(single)
        self._sums = list(accumulate((single[day] for day in self._days), initial=0))

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days, both included; nothing when the days are the wrong way round."""
        if last < first:
            return 0
        total = self._sums[bisect_right(self._days, last)] - self._sums[bisect_left(self._days, first)]
        for start, step, low, high, without, each in self._regular:
            low = first if first > low else low
            high = last if last < high else high
            if low <= high:
                count = (high - start) // step - (low - 1 - start) // step
                if without:
                    count -= bisect_right(without, high) - bisect_left(without, low)
                total += count * each
        for even in self._even:
            total += even.until(even.amount, last) - even.until(even.amount, first - 1)
        return total

    def minutes(self, first: int, last: int) -> int:
        """Minutes of support between two days, both included; nothing when the days are the wrong way round."""
        if last < first:
            return 0
        total = 0
        for charge in self.charges:
            if isinstance(charge, EvenCharge):
                total += charge.until(charge.minutes, last) - charge.until(charge.minutes, first - 1)
            else:
                total += charge.minutes * charge.days.count(first, last)
        return total

    def first_day_above(self, first: int, last: int, available: int) -> int | None:
        """The first day by whose end more than ``available`` was taken since ``first``; None if that never happens."""
        if self.taken(first, last) <= available:
            return None
        low, high = first, last
        while low < high:
            middle = (low + high) // 2
            if self.taken(first, middle) > available:
                high = middle
            else:
                low = middle + 1
        return low
