"""Exact amounts: integer minor units, one rounding function, no floats anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MINUTES_PER_HOUR = 60
UNIT = 1000  # a quantity is counted in thousandths of its unit
HOURLY = ("H", "hour")  # units that are an hour


def rounded(numerator: int, denominator: int) -> int:
    """Divide two integers and round half up, away from zero for negatives: the only rounding there is."""
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount, counted in the smallest unit of its currency (cents for AUD)."""

    minor: int
    currency: str = "AUD"

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"money is counted in whole minor units, not {type(self.minor).__name__}")

    def __add__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._must_match(other)
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        return not other < self

    def __gt__(self, other: Money) -> bool:
        return other < self

    def __ge__(self, other: Money) -> bool:
        return not self < other

    def __bool__(self) -> bool:
        return self.minor != 0

    def for_minutes(self, minutes: int) -> Money:
        """The amount for some minutes at this hourly price, rounded half up once."""
        return Money(rounded(self.minor * minutes, MINUTES_PER_HOUR), self.currency)

    def for_units(self, thousandths: int) -> Money:
        """The amount for some thousandths of a unit at this price for one unit, rounded half up once."""
        return Money(rounded(self.minor * thousandths, UNIT), self.currency)

    def share(self, ppm: int) -> Money:
        """The part of this amount given in parts per million (5 % is 50,000), rounded half up once."""
        return Money(rounded(self.minor * ppm, 1_000_000), self.currency)

    def _must_match(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add")


ZERO = Money(0)


def dollars(text: str) -> Money:
    """Read a plain amount such as ``1234.50`` exactly; more than two decimals or anything else is a ValueError.

    For data files and tests. What people type is read by ``portal.reading``.
    """
    sign = -1 if text.startswith("-") else 1
    whole, _, cents = text.removeprefix("-").partition(".")
    if not whole.isascii() or not whole.isdigit() or len(cents) > 2 or (cents and not cents.isdigit()):
        raise ValueError(f"{text!r} is not an amount")
    return Money(sign * (int(whole) * 100 + int(cents.ljust(2, "0") or "0")))


def total(amounts: Iterable[Money]) -> Money:
    """The sum of some amounts; nothing adds to zero, and an amount in another currency than ours is a ValueError."""
    minor = 0
    for amount in amounts:
        if amount.currency != ZERO.currency:
            raise ValueError(f"{ZERO.currency} and {amount.currency} do not add")
        minor += amount.minor
    return Money(minor)


@dataclass(frozen=True, slots=True)
class Percent:
    """A rate in parts per million, so 17.5 % is ``Percent(175_000)``."""

    ppm: int

    def __post_init__(self) -> None:
        if type(self.ppm) is not int:
            raise TypeError("a rate is counted in whole parts per million")


@dataclass(frozen=True, slots=True, order=True)
class Minutes:
    """A length of time in whole minutes, shown to people in hours and minutes."""

    count: int

    def __add__(self, other: Minutes) -> Minutes:
        return Minutes(self.count + other.count)

    def __sub__(self, other: Minutes) -> Minutes:
        return Minutes(self.count - other.count)

    def __mul__(self, times: int) -> Minutes:
        return Minutes(self.count * times)


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number of units in thousandths, so two and a half is ``Quantity(2500)``."""

    thousandths: int
