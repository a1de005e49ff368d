"""When money is taken: charges that can be added up between any two days without walking the days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import accumulate

from budgeting.money import rounded
from budgeting.period import Days, Some
from budgeting.values import value

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


@value(frozen=True, slots=True)
class VisitCharge:
    """The same amount, in minor units, and the same time on each of some days."""

    days: Days
    each: int
    minutes: int
    share: int = 0  # what the client pays beside it on each of the days

    def between(self, first: int, last: int) -> VisitCharge | None:
        """The charge on some of its days (ordinals); None when it has none there."""
        inside = self.days.within(first, last) if first <= last else None
        return VisitCharge(inside.days, self.each, self.minutes, self.share) if inside else None


@value(frozen=True, slots=True)
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

    def between(self, first: int, last: int) -> EvenCharge | None:
        """The charge on some of its days (ordinals), a whole of its own; None when it has none there."""
        first, last = max(first, self.first), min(last, self.last)
        if first > last:
            return None
        amount, minutes, share = (
            self.until(whole, last) - self.until(whole, first - 1) for whole in (self.amount, self.minutes, self.share)
        )
        return EvenCharge(first, last, amount, minutes, share)


Charge = VisitCharge | EvenCharge


def without_share(charge: Charge) -> Charge:
    """The charge on money that takes no share of the client: what the client would have paid is added to it."""
    if isinstance(charge, VisitCharge):
        return VisitCharge(charge.days, charge.each + charge.share, charge.minutes)
    return EvenCharge(charge.first, charge.last, charge.amount + charge.share, charge.minutes)


def share_alone(charge: Charge) -> Charge:
    """What the client pays beside a charge, as a charge of its own, without time."""
    if isinstance(charge, VisitCharge):
        return VisitCharge(charge.days, charge.share, 0)
    return EvenCharge(charge.first, charge.last, charge.share, 0)


def shares_of(charges: Iterable[Charge]) -> int:
    """What the client pays beside some charges altogether, in minor units."""
    return sum(
        charge.share if isinstance(charge, EvenCharge) else charge.share * charge.days.count(FIRST_DAY, LAST_DAY)
        for charge in charges
    )


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
