"""The parts of a brief that the client shows or hides, and what each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from portal.access.table import Resource


class Sensitive(StrEnum):
    """A part of a brief that the client shows or hides."""

    COMMUNICATE = "communicate"  # how to communicate: shown unless the client hides it (access table, IDENTITY)
    CULTURE = "culture"  # please do, please don't
    GOAL = "goal"  # what a support is for, in the client's words
    STORY = "story"  # what matters to me
    ADDRESS = "address"
    PHONE = "phone"


SHOWN_AT_FIRST = frozenset({Sensitive.COMMUNICATE})

#: The part of the record each belongs to: a safety restriction on it hides it from that person here too.
BELONGS_TO: Mapping[Sensitive, Resource] = MappingProxyType(
    {
        Sensitive.COMMUNICATE: Resource.IDENTITY,
        Sensitive.CULTURE: Resource.STORY,
        Sensitive.GOAL: Resource.STORY,
        Sensitive.STORY: Resource.STORY,
        Sensitive.ADDRESS: Resource.CONTACT,
        Sensitive.PHONE: Resource.CONTACT,
    }
)
