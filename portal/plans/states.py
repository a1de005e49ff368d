"""The states of a plan version, of its parts, and of what a provider was sent."""

from __future__ import annotations

from enum import StrEnum


class VersionState(StrEnum):
    """How a version of a plan stands; one is in force at most."""

    AGREED = "agreed"  #: approved; its first day has not come
    IN_FORCE = "in_force"
    REPLACED = "replaced"  #: a later version is in force; parts of this one may still go on (see PartState)


class PartState(StrEnum):
    """How a provider’s part of a version stands."""

    WAITING = "waiting"  #: its provider has not read it, or its day has not come
    GOING_ON = "going_on"  #: this is what is delivered now
    ENDED = "ended"  #: a later version took its place


class BriefState(StrEnum):
    """How far a provider has come with its brief."""

    SENT = "sent"
    READ = "read"
    CAN = "can"  #: "we can deliver this"
    CANNOT = "cannot"


class Answered(StrEnum):
    """How an answer came."""

    ACCOUNT = "account"
    LINK = "link"
    TELEPHONE = "telephone"
    UNCHANGED = "unchanged"  #: the part is as it was, so the earlier answer still holds
    CHANGE = "change"  #: it agreed to this very part when it was asked about a change


ANSWERS = frozenset({BriefState.CAN, BriefState.CANNOT})
