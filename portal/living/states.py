"""How things stand at home: visits that did not happen, stays, and who is shown in a house."""

from __future__ import annotations

from enum import StrEnum


class Who(StrEnum):
    """Because of whom a visit did not happen."""

    PROVIDER = "provider"  # called it off, or nobody came
    PERSON = "person"


class MissedState(StrEnum):
    """What becomes of a visit that did not happen."""

    OWED = "owed"  # the provider owes these hours
    OFFERED = "offered"  # another day was offered
    MADE_UP = "made_up"  # they came another day
    FREED = "freed"  # nobody comes for it any more, and its money is free again
    CHARGED = "charged"  # called off by the person, and paid all the same
    NOT_CHARGED = "not_charged"


OPEN = (MissedState.OWED, MissedState.OFFERED)


class StayState(StrEnum):
    """How a stay away from home stands."""

    PLANNED = "planned"
    BOOKED = "booked"
    HAPPENED = "happened"
    CANCELLED = "cancelled"


class ResidencyState(StrEnum):
    """Whether a person is shown in a shared house: only after their yes."""

    ASKED = "asked"  # waits for the person's yes; nobody else sees them in the house
    AGREED = "agreed"
    DECLINED = "declined"
    LEFT = "left"
