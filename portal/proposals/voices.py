"""Who did what in a plan, counted by decisions and acts: never by words, by time or by how often somebody pressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from portal.access.table import Relationship


class Party(StrEnum):
    """Whose act something was."""

    CLIENT = "client"
    FAMILY = "family"  # family, supporters, and who may decide for the client
    STAFF = "staff"
    PROVIDER = "provider"


PARTIES: Mapping[Relationship, Party] = {
    Relationship.CLIENT: Party.CLIENT,
    Relationship.AUTHORITY: Party.FAMILY,
    Relationship.SUPPORTER: Party.FAMILY,
    Relationship.FAMILY: Party.FAMILY,
    Relationship.ADVOCATE: Party.FAMILY,
    Relationship.LEAD: Party.STAFF,
    Relationship.STAFF: Party.STAFF,
    Relationship.PROVIDER: Party.PROVIDER,
}


class ActKind(StrEnum):
    """What is counted."""

    BROUGHT_IN = "brought_in"  # who thought of a support
    CHANGED = "changed"
    DECIDED = "decided"  # a yes or no, something settled, left out or taken out
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody did something about one thing: a support, a suggestion, a goal."""

    kind: ActKind
    subject: UUID
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """From one moment to another (None: until now) what an account does is at the client's word."""

    account: UUID
    since: datetime
    until: datetime | None

    def covers(self, act: Act) -> bool:
        """Whether an act is the client's own by this word."""
        return act.by == self.account and self.since <= act.at and (self.until is None or act.at < self.until)


def shares(
    acts: Iterable[Act], parties: Mapping[UUID, Party], words: Iterable[Word] = ()
) -> Mapping[ActKind, Mapping[Party, int]]:
    """How many things of each kind are each party's: one thing counts once for a party, however often it acted.

    So a single press weighs as much as an hour of typing. Acts at the client's word are the client's; those of nobody
    in the circle are left out.
    """
    given = list(words)
    counted: dict[ActKind, dict[Party, set[UUID]]] = {kind: {party: set() for party in Party} for kind in ActKind}
    for act in acts:
        party = Party.CLIENT if any(word.covers(act) for word in given) else parties.get(act.by)
        if party is not None:
            counted[act.kind][party].add(act.subject)
    return {kind: {party: len(things) for party, things in each.items()} for kind, each in counted.items()}


def of_hundred(counted: Mapping[Party, int]) -> Mapping[Party, int]:
    """The share of each party in whole percent, together exactly 100: what is cut off goes to the largest rests."""
    every = sum(counted.values())
    if not every:
        return dict.fromkeys(counted, 0)
    found = {party: 100 * number // every for party, number in counted.items()}
    rests = sorted(counted, key=lambda party: -(100 * counted[party] % every))
    return {party: share + (party in rests[: 100 - sum(found.values())]) for party, share in found.items()}
