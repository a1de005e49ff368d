"""The one decision: a pure function of who acts, what they want, and the facts of this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.access.table import SCOPE_OF, Action, Grant, Relationship, Resource, Scope, grants


class Reason(StrEnum):
    """Why something is permitted or not."""

    ALLOWED = "allowed"
    NO_RELATIONSHIP = "no relationship"
    HIDDEN = "hidden"
    NOT_COVERED = "not covered"
    STEP_UP = "step-up needed"


@dataclass(frozen=True, slots=True)
class Consented:
    """A consent: whether it reaches comments and drafts, or reading only; inclusive days."""

    resource: Resource
    comments: bool
    starts: date
    ends: date | None
    withdrawn: bool = False

    def covers(self, resource: Resource, action: Action, day: date) -> bool:
        return (
            self.resource is resource
            and (action is Action.READ or self.comments)
            and not self.withdrawn
            and self.starts <= day
            and (self.ends is None or day <= self.ends)
        )


@dataclass(frozen=True, slots=True)
class Authorised:
    """A checked legal authority: what it reaches, on which inclusive days, and the record that proves it."""

    id: UUID
    scopes: frozenset[Scope]
    starts: date
    ends: date | None
    checked: bool

    def covers(self, resource: Resource, action: Action, day: date) -> bool:
        needed = SCOPE_OF.get(resource, Scope.PLANNING)
        reads = action is Action.READ and Scope.INFORMATION in self.scopes
        in_time = self.starts <= day and (self.ends is None or day <= self.ends)
        return self.checked and in_time and (needed in self.scopes or reads)


@dataclass(frozen=True, slots=True)
class Tie:
    """One dated relationship between the actor and the client (or the portal as a whole); inclusive days."""

    relationship: Relationship
    starts: date
    ends: date | None = None
    revoked: bool = False
    consents: tuple[Consented, ...] = ()
    authorities: tuple[Authorised, ...] = ()

    def valid(self, day: date) -> bool:
        return not self.revoked and self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true about actor, client and record now.

    ``hidden`` holds the resources a safety restriction hides; None in it is everything. ``kept_private``: somebody
    else keeps the record to themselves.
    """

    ties: tuple[Tie, ...] = ()
    hidden: frozenset[Resource | None] = frozenset()
    addressed: bool = False
    own: bool = False
    kept_private: bool = False
    stepped_up: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and which relationship (and authority) made it yes."""

    allowed: bool
    reason: Reason
    relationship: Relationship | None = None
    authority: UUID | None = None
    conditions: Mapping[str, bool] = field(default_factory=dict)


def decide(resource: Resource, action: Action, facts: Facts, day: date) -> Decision:
    """Whether these facts permit this action on this day. Walls first, then relationships; the end is no."""
    if None in facts.hidden or resource in facts.hidden or facts.kept_private:
        return Decision(False, Reason.HIDDEN)
    valid = [tie for tie in facts.ties if tie.valid(day)]
    if not valid:
        return Decision(False, Reason.NO_RELATIONSHIP)
    only_step_up = False
    for tie in valid:
        for grant in grants(resource, tie.relationship, action):
            met, authority = _conditions(grant, tie, resource, action, facts, day)
            missing = {condition for condition, holds in met.items() if not holds}
            if not missing:
                return Decision(True, Reason.ALLOWED, tie.relationship, authority, met)
            only_step_up = only_step_up or missing == {"s"}
    return Decision(False, Reason.STEP_UP if only_step_up else Reason.NOT_COVERED)


def _conditions(
    grant: Grant, tie: Tie, resource: Resource, action: Action, facts: Facts, day: date
) -> tuple[dict[str, bool], UUID | None]:
    if not grant.conditions:
        return {}, None
    authority = next((a.id for a in tie.authorities if a.covers(resource, action, day)), None)
    known = {
        "c": any(consent.covers(resource, action, day) for consent in tie.consents),
        "l": authority is not None,
        "i": facts.addressed,
        "o": facts.own,
        "s": facts.stepped_up,
    }
    return {letter: known[letter] for letter in grant.conditions}, authority if "l" in grant.conditions else None
