"""Provider travel and driving during a support: NDIS Pricing Arrangements 2025-26 v1.1, "Provider travel".

Time is counted for each leg and each worker, up to the limit of the place; what is above it is lost, not carried over.
The costs of a vehicle are claimed apart, as units of one dollar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from budgeting.catalogue import SupportItem
from budgeting.extras import Leg, Vehicle
from budgeting.money import MINUTES_PER_HOUR, ZERO, Money, Quantity, rounded
from budgeting.programs.listed import rows
from budgeting.programs.ndis import FOLDER, parameters

CITY, REGIONAL, REMOTE = range(1, 4), range(4, 6), range(6, 8)  # Modified Monash classes

KILOMETRE_RATES = {Vehicle.CAR: "kilometre_rate", Vehicle.MODIFIED: "kilometre_rate_modified"}


def leg_limit(mmm: int, day: date) -> int | None:
    """The most minutes of one leg in a place of this Modified Monash class; None where there is no limit.

    A class that does not exist is a ValueError.
    """
    key = leg_limit_key(mmm)
    return int(parameters().text(key, day)) if key else None


def leg_limit_key(mmm: int) -> str | None:
    """The parameter that holds the most minutes of one leg; None where there is no limit."""
    if mmm in REMOTE:
        return None
    if mmm not in CITY and mmm not in REGIONAL:
        raise ValueError("the classes of the Modified Monash Model are 1 to 7")
    return "travel_minutes_city" if mmm in CITY else "travel_minutes_regional"


def claimable(legs: Iterable[Leg], limit: int | None, *, back_paid: bool) -> int:
    """Minutes of travel that may be claimed: each leg up to the limit, the way back only if the worker is paid."""
    counted = [leg.minutes for leg in legs if back_paid or not leg.back]
    return sum(counted if limit is None else (min(minutes, limit) for minutes in counted))


def share_of(part: int, of: int, people: int) -> Fraction:
    """One person's share of a trip: as agreed, or an equal one for each of the people who share the support."""
    return Fraction(part, of) if of > 1 else Fraction(1, people)


def ways(legs: Iterable[Leg], *, shared: bool, back_paid: bool) -> tuple[Leg, ...]:
    """The legs that count, each held to the limit by itself: of a shared trip, all legs of one way are one."""
    counted = [leg for leg in legs if back_paid or not leg.back]
    if not shared:
        return tuple(counted)
    whole = [Leg(sum(leg.minutes for leg in counted if leg.back is back), back) for back in (False, True)]
    return tuple(way for way in whole if way.minutes)


def claimable_share(legs: Iterable[Leg], share: Fraction, limit: int | None, *, back_paid: bool) -> Fraction:
    """One person's minutes of a trip to several: all legs are shared first, then each way is held to the limit."""
    minutes = [share * way.minutes for way in ways(legs, shared=True, back_paid=back_paid)]
    return sum(minutes if limit is None else (min(way, Fraction(limit)) for way in minutes), Fraction(0))


def for_time(rate: Money, minutes: Fraction) -> Money:
    """The amount for some minutes, also parts of one, at an hourly price: rounded half up once."""
    return Money(rounded(rate.minor * minutes.numerator, MINUTES_PER_HOUR * minutes.denominator), rate.currency)


def is_therapy_group(item: str, day: date) -> bool:
    """Whether the registration group in the number of an item falls under the rule for travel of therapy."""
    return any(part in parameters().texts("therapy_travel_groups", day) for part in item.split("_")[2:3])


def is_therapy(item: SupportItem, day: date) -> bool:
    """Whether travel for an item falls under the rule for therapy, early childhood included."""
    at = parameters()
    if item.group not in at.texts("therapy_travel_groups", day):
        return False
    return item.number not in at.texts("not_therapy_items", day)


def has_none(item: str, day: date) -> bool:
    """Whether a published list says of an item that nobody may charge for travelling to it, shipped with us or not."""
    first, last = _without_travel().get(item, ("9", ""))
    return first <= day.isoformat() <= (last or "9")


def time_limit(item: SupportItem, limit: Money | None, day: date) -> Money | None:
    """The limit of an hour of travel for an item without a travel item of its own; None where there is no limit."""
    if limit is None or not is_therapy(item, day):
        return limit
    return limit.share(parameters().rate("therapy_travel_share", day).ppm)


@dataclass(frozen=True, slots=True)
class Driving:
    """Costs of one trip besides the worker's time: kilometres at a rate, and tolls, parking or fares in full."""

    kilometres: Quantity
    rate: Money | None  # agreed for a kilometre; None: the highest reasonable rate
    vehicle: Vehicle = Vehicle.CAR
    other: Money = ZERO

    def highest_rate(self, day: date) -> Money:
        """The highest reasonable rate for a kilometre."""
        return parameters().money(KILOMETRE_RATES[self.vehicle], day)

    def payable_rate(self, day: date, *, binds: bool = True) -> Money:
        """What a kilometre may cost: the agreed rate, or the highest reasonable rate if that is lower and binds."""
        highest = self.highest_rate(day)
        if self.rate is None:
            return highest
        return min(self.rate, highest) if binds else self.rate

    def cost(self, day: date, share: Fraction = Fraction(1), *, binds: bool = True) -> Money:
        """One person's share of the costs, rounded half up to the cent once."""
        kilometres = self.payable_rate(day, binds=binds).minor * self.kilometres.thousandths
        whole = Fraction(kilometres, 1000) + self.other.minor
        part = whole * share
        return Money(rounded(part.numerator, part.denominator))


def shares(weights: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """What each of several people bears: parts of one, percentages, or weights that are divided by their sum.

    Parts that add up to less than one stay as they are: the provider bears the rest. Negative ones, or a sum of
    zero, are a ValueError.
    """
    given = tuple(weights)
    whole = sum(given, Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in given):
        raise ValueError("shares are not negative and not all zero")
    return given if whole <= 1 else tuple(Fraction(weight, whole) for weight in given)


@cache
def _without_travel() -> Mapping[str, tuple[str, str]]:
    """The first and the last day of every item without travel; empty: since the oldest list, until the newest."""
    listed = rows(FOLDER / parameters().text("no_travel_items", date.max))
    return {row["item"]: (row["since"], row["until"]) for row in listed}
