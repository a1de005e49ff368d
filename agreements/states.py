"""The states of an agreement, the one table of what may follow what, and how people sign."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """How an agreement stands, from its draft to its end."""

    DRAFT = "draft"
    OFFERED = "offered"
    SIGNED_BY_CLIENT = "signed_by_client"  # waits for the provider
    SIGNED_BY_PROVIDER = "signed_by_provider"  # waits for the client
    IN_FORCE = "in_force"
    CHANGE_ASKED = "change_asked"  # back to the table: the offered text no longer counts
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


OPEN_TO_SIGN = frozenset({State.OFFERED, State.SIGNED_BY_CLIENT, State.SIGNED_BY_PROVIDER})
EDITABLE = frozenset({State.DRAFT, State.CHANGE_ASKED})
OVER = frozenset({State.DECLINED, State.WITHDRAWN, State.ENDED})
_BACK = frozenset({State.DECLINED, State.CHANGE_ASKED, State.WITHDRAWN})

#: From each state, the states that may follow. There is no other way.
PERMITTED: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.DRAFT: frozenset({State.OFFERED, State.WITHDRAWN}),
        State.OFFERED: frozenset({State.SIGNED_BY_CLIENT, State.SIGNED_BY_PROVIDER}) | _BACK,
        State.SIGNED_BY_CLIENT: frozenset({State.IN_FORCE}) | _BACK,
        State.SIGNED_BY_PROVIDER: frozenset({State.IN_FORCE}) | _BACK,
        State.CHANGE_ASKED: frozenset({State.OFFERED, State.DECLINED, State.WITHDRAWN}),
        State.IN_FORCE: frozenset({State.ENDED}),
        State.DECLINED: frozenset(),
        State.WITHDRAWN: frozenset(),
        State.ENDED: frozenset(),
    }
)


class Side(StrEnum):
    """One of the two who sign."""

    CLIENT = "client"
    PROVIDER = "provider"


class SignedAs(StrEnum):
    """In which role someone signed."""

    CLIENT = "client"
    AUTHORITY = "authority"  #: a checked legal authority; which one is kept beside it
    PROVIDER = "provider"


class How(StrEnum):
    """In which way somebody signed."""

    TYPED = "typed"  #: typed their name
    SPOKEN = "spoken"  #: said yes to a person who wrote it down
