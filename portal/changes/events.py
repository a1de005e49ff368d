"""What can happen to a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.access.table import Relationship
from portal.changes.states import Given, How
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class ChangeStarted(Event):
    kind: ClassVar[str] = "changes.started"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("Began to write down a change of the plan, from {day}.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeEdited(Event):
    """What is asked for was written anew; ``void`` yeses were about a part that moved."""

    kind: ClassVar[str] = "changes.edited"
    effective: date
    void: int

    def words(self, name: Resolve) -> Words:
        if self.void:
            return words(
                "Wrote the change from {day} anew. Those whose part moved are asked again: {number}.",
                day=self.effective,
                number=self.void,
            )
        return words("Wrote the change from {day} anew.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeAsked(Event):
    kind: ClassVar[str] = "changes.asked"
    effective: date
    urgent: bool

    def words(self, name: Resolve) -> Words:
        if self.urgent:
            return words("Asked for an urgent change of the plan, from {day}.", day=self.effective)
        return words("Asked for a change of the plan, from {day}.", day=self.effective)


PARTIES = {
    Relationship.CLIENT: words("the person"),
    Relationship.AUTHORITY: words("a legal decision maker"),
    Relationship.PROVIDER: words("a provider"),
    Relationship.LEAD: words("the coordinator"),
}


@dataclass(frozen=True, kw_only=True)
class ChangeAnswered(Event):
    kind: ClassVar[str] = "changes.answered"
    effective: date
    party: Relationship
    answer: Given
    how: How

    def words(self, name: Resolve) -> Words:
        party, day = PARTIES[self.party], self.effective
        if self.answer is Given.AGREED:
            return words("Agreed, as {party}, to the change from {day}.", party=party, day=day)
        if self.answer is Given.DECLINED:
            return words("Said no, as {party}, to the change from {day}.", party=party, day=day)
        return words("Asked, as {party}, for something else than the change from {day}.", party=party, day=day)


@dataclass(frozen=True, kw_only=True)
class ChangeAgreed(Event):
    kind: ClassVar[str] = "changes.agreed"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("Everybody who needs to has agreed to the change from {day}.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeTookEffect(Event):
    kind: ClassVar[str] = "changes.took_effect"
    effective: date
    number: int

    def words(self, name: Resolve) -> Words:
        return words(
            "The change from {day} is now version {number} of the plan.", day=self.effective, number=self.number
        )


@dataclass(frozen=True, kw_only=True)
class ChangeWithdrawn(Event):
    kind: ClassVar[str] = "changes.withdrawn"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("Took back the change from {day}. The plan stays as it is.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeSuperseded(Event):
    """The plan changed in the meantime, so nobody can say yes before it is looked at again."""

    kind: ClassVar[str] = "changes.superseded"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("The plan has changed, so the change from {day} must be looked at again.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeRenewed(Event):
    kind: ClassVar[str] = "changes.renewed"
    effective: date
    void: int

    def words(self, name: Resolve) -> Words:
        return words("Looked again at the change from {day}, against the plan as it is now.", day=self.effective)
