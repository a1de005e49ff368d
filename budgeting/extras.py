"""What comes along with a support, as plain values: travel, driving, a centre, work away from the person, a fee.

Each of them is claimed only where the support item allows it and both sides agreed to it beforehand: what stands here
was agreed, or is proposed to be. What each one costs is a matter of the program (``Rules.add_extras``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from budgeting.money import ZERO, Money, Quantity
from budgeting.period import Band


class RowKind(StrEnum):
    """What a row of a line is for; ``SUPPORT`` is the support itself."""

    SUPPORT = "support"
    ACTIVE_HOURS = "active_hours"
    TRAVEL_TIME = "travel_time"
    TRAVEL_COSTS = "travel_costs"
    ACTIVITY_TRANSPORT = "activity_transport"
    CENTRE_CAPITAL = "centre_capital"
    NON_FACE_TO_FACE = "non_face_to_face"
    REPORT = "report"
    IRREGULAR = "irregular"
    ESTABLISHMENT_FEE = "establishment_fee"


class Vehicle(StrEnum):
    """What is driven: a car, or a vehicle modified for accessibility or a bus."""

    CAR = "car"
    MODIFIED = "modified"


@dataclass(frozen=True, slots=True)
class Leg:
    """One way of a trip in whole minutes; ``back`` is the way back to where the worker came from."""

    minutes: int
    back: bool = False

    def __post_init__(self) -> None:
        _counted(self.minutes)


@dataclass(frozen=True, slots=True)
class Travel:
    """A worker's trip to each visit: the time of its legs, and the costs of the vehicle.

    ``part`` of ``of`` is this person's share of a trip that serves several.
    """

    legs: tuple[Leg, ...] = ()
    mmm: int | None = None  # Modified Monash class of the place; None: not known
    rate: Money | None = None  # agreed for an hour of travel; None: the price of the support
    back_paid: bool = True  # the worker must be paid for the way back
    kilometres: Quantity = Quantity(0)
    per_kilometre: Money | None = None  # agreed; None: the highest reasonable rate
    other: Money = ZERO  # tolls, parking, fares
    part: int = 1
    of: int = 1
    trips: int | None = None  # in the whole line, for lines in units; None: one for each visit

    def __post_init__(self) -> None:
        _check(self.part, self.of, self.trips)


@dataclass(frozen=True, slots=True)
class Transport:
    """Driving the person during each visit: costs only, for the worker's time is time of the support."""

    kilometres: Quantity
    per_kilometre: Money | None = None  # agreed; None: the highest reasonable rate
    other: Money = ZERO
    vehicle: Vehicle = Vehicle.CAR
    part: int = 1
    of: int = 1
    trips: int | None = None

    def __post_init__(self) -> None:
        _check(self.part, self.of, self.trips)


@dataclass(frozen=True, slots=True)
class Centre:
    """The support happens in a provider's centre, whose capital cost is claimed for each hour and person."""


class WorkKind(StrEnum):
    """Work for one person while they are not there."""

    NON_FACE_TO_FACE = "non_face_to_face"
    REPORT = "report"  # one that the funder asked for


@dataclass(frozen=True, slots=True)
class Work:
    """Work for this person only while they are not there: so many minutes in the whole line."""

    kind: WorkKind
    minutes: int
    rate: Money | None = None  # agreed; None: the price of the support
    zone: str | None = None  # of the place where the worker is: national, remote, very_remote; None: as the person's

    def __post_init__(self) -> None:
        _counted(self.minutes)


@dataclass(frozen=True, slots=True)
class Irregular:
    """Support in a shared home that nobody could foresee: so many minutes in the whole line, at one kind of time."""

    minutes: int
    band: Band = Band.DAY
    rate: Money | None = None  # agreed; None: the price of the support

    def __post_init__(self) -> None:
        _counted(self.minutes)


@dataclass(frozen=True, slots=True)
class Telehealth:
    """The support is given by telephone or video, so that nobody travels.

    ``zone`` is that of the place where the worker is (national, remote, very_remote), None where it is not known;
    ``remote_agreed``: the person agreed to the price of their own remote place.
    """

    zone: str | None = None
    remote_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Establishment:
    """The fee for beginning with a provider, once for ever for each provider and person."""

    claimed_before: bool = False


@dataclass(frozen=True, slots=True)
class ActiveHours:
    """Active support during each sleepover, in whole minutes; some of it is inside the price of the sleepover."""

    minutes: int
    before_midnight_only: bool = False

    def __post_init__(self) -> None:
        _counted(self.minutes)


@dataclass(frozen=True, slots=True)
class ProgramOfSupport:
    """The line is a program of support: billed as if present, and no cancellation rules apply."""


Extra = Travel | Transport | Centre | Work | Establishment | ActiveHours | ProgramOfSupport | Irregular | Telehealth


def _counted(minutes: int) -> None:
    if minutes < 0:
        raise ValueError("minutes are not negative")


def _check(part: int, of: int, trips: int | None) -> None:
    if not 0 < part <= of or (trips is not None and trips < 0):
        raise ValueError("a share is a part of the whole, and trips are not negative")
