"""When money is taken: charges that can be added up between any two days without walking the days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from budgeting.money import rounded
from budgeting.period import Days
from budgeting.values import value

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


@value(frozen=True, slots=True)
class VisitCharge:
    """The same amount, in minor units, and the same time on each of some days."""

    days: Days
    each: int
    minutes: int
    share: int = 0  # what the client pays beside it on each of the days

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days."""
        return self.each * self.days.count(first, last)

    def timed(self, first: int, last: int) -> int:
        """Minutes of support between two days."""
        return self.minutes * self.days.count(first, last)

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

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days."""
        return self.used(self.amount, first, last)

    def timed(self, first: int, last: int) -> int:
        """Minutes of support between two days."""
        return self.used(self.minutes, first, last)

    def used(self, whole: int, first: int, last: int) -> int:
        """How much of the whole is used between two days; nothing when these are the wrong way round."""
        return self.until(whole, last) - self.until(whole, first - 1) if first <= last else 0

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
        amount, minutes, share = (self.used(whole, first, last) for whole in (self.amount, self.minutes, self.share))
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
    """Some charges added up between two days (ordinals), both included; nothing when these are the wrong way round."""

    def __init__(self, charges: Iterable[Charge]) -> None:
        self.charges = tuple(charges)

    def taken(self, first: int, last: int) -> int:
        """Minor units taken between two days."""
        return sum(charge.taken(first, last) for charge in self.charges)

    def minutes(self, first: int, last: int) -> int:
        """Minutes of support between two days."""
        return sum(charge.timed(first, last) for charge in self.charges)

    def first_day_above(self, first: int, last: int, available: int) -> int | None:
        """The first day by whose end more than ``available`` was taken since ``first``; None if that never happens."""
        if self.taken(first, last) <= available:
            return None
        return first + bisect_left(range(first, last), True, key=lambda day: self.taken(first, day) > available)
