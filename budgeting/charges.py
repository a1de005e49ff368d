"""When money is taken: charges that can be added up between any two days without walking the days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgeting.money import rounded
from budgeting.period import Days


@dataclass(frozen=True, slots=True)
class VisitCharge:
    """The same amount on each of some days; amounts in minor units, days as ordinals."""

    days: Days
    first: int
    last: int
    each: int
    minutes: int

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days, both included."""
        return self.each * self.days.count(max(first, self.first), min(last, self.last))

    def time(self, first: int, last: int) -> int:
        """Minutes of support between two days, both included."""
        return self.minutes * self.days.count(max(first, self.first), min(last, self.last))


@dataclass(frozen=True, slots=True)
class EvenCharge:
    """An amount spread evenly over some days; whatever the days asked for, the parts add up to the whole."""

    first: int
    last: int
    amount: int
    minutes: int

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days, both included."""
        return self._until(self.amount, last) - self._until(self.amount, first - 1)

    def time(self, first: int, last: int) -> int:
        """Minutes of support between two days, both included."""
        return self._until(self.minutes, last) - self._until(self.minutes, first - 1)

    def _until(self, whole: int, day: int) -> int:
        if day < self.first:
            return 0
        return rounded(whole * (min(day, self.last) - self.first + 1), self.last - self.first + 1)


Charge = VisitCharge | EvenCharge


def taken(charges: Iterable[Charge], first: int, last: int) -> int:
    """Minor units that all charges together take between two days, both included; nothing if the days are reversed."""
    return sum(charge.taken(first, last) for charge in charges) if first <= last else 0


def time_of(charges: Iterable[Charge], first: int, last: int) -> int:
    """Minutes of support in all charges together between two days, both included."""
    return sum(charge.time(first, last) for charge in charges) if first <= last else 0


def first_day_above(charges: tuple[Charge, ...], first: int, last: int, available: int) -> int | None:
    """The first day by whose end more than ``available`` was taken since ``first``; None when that never happens."""
    if taken(charges, first, last) <= available:
        return None
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if taken(charges, first, middle) > available:
            high = middle
        else:
            low = middle + 1
    return low
