"""What comes along with the visits of an NDIS support, the slow way: for one visit at a time, in decimals.

Travel time and its costs, driving, a centre, and active hours of a sleepover; the figures of the rule document are
typed here again. Only price lists, and which items belong to which, are shared with the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from budgeting import programs
from budgeting.catalogue import Editions, Priced
from budgeting.extras import ActiveHours, Centre, Extra, Transport, Travel, Vehicle
from budgeting.package import AtLimit, Line
from budgeting.period import Place

MOST_OF_A_WAY = {1: 30, 2: 30, 3: 30, 4: 60, 5: 60}
KILOMETRE = {Vehicle.CAR: 99, Vehicle.MODIFIED: 276}
HALF_FOR_TRAVEL = ("0110", "0118", "0119", "0126", "0128", "0134", "0135")
NO_THERAPY = ("12_029_0126_3_3", "15_045_0128_1_3")
INSIDE_A_SLEEPOVER = 120


class Visit(NamedTuple):
    """One visit as far as something may come along with it."""

    day: date
    minutes: int
    band: str  # of its first part
    item: str | None
    row: Priced | None
    agreed: Decimal | None


class Ground(NamedTuple):
    """What all visits of a line share."""

    line: Line
    place: Place
    editions: Editions
    binding: bool
    active: Callable[[date, bool], Visit]  # the active hours of a day, as if they were a visit


def half_up(amount: Fraction) -> int:
    """Whole cents, half a cent up."""
    return floor(amount + Fraction(1, 2))


def along(extra: Extra, visit: Visit, at: Ground) -> Iterator[int | None]:
    """The cents of what comes along with one visit; None where no price is known."""
    if isinstance(extra, Travel):
        yield from _travel(extra, visit, at)
    elif isinstance(extra, Transport):
        if _kin_of_driving(visit) or visit.row is None:
            yield from _costs(extra, extra.vehicle, at)
    elif isinstance(extra, Centre):
        room = _kin(visit, "599", at)
        if room is not None:
            limit = _limit(room, at)
            yield None if limit is None else half_up(Fraction(limit * visit.minutes, 60))
    elif isinstance(extra, ActiveHours) and extra.minutes > INSIDE_A_SLEEPOVER:
        awake = at.active(visit.day, extra.before_midnight_only)
        price = _hour(None, awake, awake.row, at, shared=True)
        yield None if price is None else half_up(Fraction(price * (extra.minutes - INSIDE_A_SLEEPOVER), 60))


def _travel(extra: Travel, visit: Visit, at: Ground) -> Iterator[int | None]:
    own = at.editions.row(f"{visit.item}_PT", visit.day) if visit.item else None
    if visit.row is not None and own is None and visit.row.item.flags.get("travel") != "Y":
        return
    minutes = _minutes(extra, at) * at.line.workers
    if minutes:
        price = _hour(extra.rate.minor if extra.rate else None, visit, own or visit.row, at, half=own is None)
        yield None if price is None else half_up(price * minutes / 60)
    yield from _costs(extra, Vehicle.CAR, at)


def _minutes(extra: Travel, at: Ground) -> Fraction:
    """Minutes of one trip: a shared one is shared first, each way whole, then held to the limit."""
    mmm = extra.mmm or at.place.mmm or (1 if at.place.zone == "national" else 7)
    most, share = MOST_OF_A_WAY.get(mmm, 10**6), _share(extra, at)
    counted = [leg for leg in extra.legs if extra.back_paid or not leg.back]
    if share == 1:
        return Fraction(sum(min(leg.minutes, most) for leg in counted))
    ways = [sum(leg.minutes for leg in counted if leg.back is back) for back in (False, True)]
    return sum((min(share * way, Fraction(most)) for way in ways), Fraction(0))


def _share(extra: Travel | Transport, at: Ground) -> Fraction:
    return Fraction(extra.part, extra.of) if extra.of > 1 else Fraction(1, at.line.participants)


def _costs(extra: Travel | Transport, vehicle: Vehicle, at: Ground) -> Iterator[int]:
    rate = KILOMETRE[vehicle]
    if extra.per_kilometre is not None:
        rate = min(rate, extra.per_kilometre.minor) if at.binding else extra.per_kilometre.minor
    whole = Fraction(extra.kilometres.thousandths * rate, 1000) + extra.other.minor
    yield half_up(whole * _share(extra, at))


def _hour(
    agreed: int | None, visit: Visit, row: Priced | None, at: Ground, *, half: bool = False, shared: bool = False
) -> Fraction | None:
    """The price of an hour: as agreed for it, else as the support; no more than the limit where that binds."""
    limit = _limit(row, at) if row is not None else None
    if limit is not None and shared and row is not None and not row.item.dollar_units:
        limit = limit * at.line.workers // at.line.participants
    if limit is not None and half and row is not None and _therapy(row):
        limit = half_up(Fraction(limit, 2))
    if agreed is None and isinstance(at.line.price, AtLimit):
        return None if limit is None else Fraction(limit)
    found = [Fraction(agreed)] if agreed is not None else []
    if visit.agreed is not None and (agreed is None or at.binding):
        everyone = Fraction(int(visit.agreed) * at.line.participants, at.line.workers)
        found.append(Fraction(int(visit.agreed)) if shared else Fraction(half_up(everyone)))
    if at.binding and limit is not None:
        found.append(Fraction(limit))
    return min(found, default=None)


def _therapy(row: Priced) -> bool:
    return row.item.group in HALF_FOR_TRAVEL and row.item.number not in NO_THERAPY


def _limit(row: Priced, at: Ground) -> int | None:
    """Cents of the limit; the dollar in which something is counted limits no price that was agreed."""
    if row.item.dollar_units and not isinstance(at.line.price, AtLimit):
        return None
    limit = row.item.limit(at.place.zone, at.place.state)
    return None if limit is None else limit.minor


def _kin(visit: Visit, sequence: str, at: Ground) -> Priced | None:
    """The row of the item with this sequence for the category and group of a support."""
    if visit.row is None:
        return None
    number = visit.row.item.number
    kin = at.editions.kin(number[:2], sequence, visit.row.item.group)
    return at.editions.row(kin, visit.day) if kin else None


def _kin_of_driving(visit: Visit) -> bool:
    """Whether a list has an item for the costs of driving during this support."""
    if visit.row is None:
        return False
    known = programs.program("ndis").parameters.texts("activity_transport_items", visit.day)
    kind = visit.row.item.number[:2], visit.row.item.group
    return any((number.split("_")[0], number.split("_")[2]) == kind for number in known)
