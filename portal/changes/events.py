"""What can happen to a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.words import Words, nwords, words
from portal.access.table import Relationship
from portal.changes.states import Given, Helped, How
from portal.journal import Event, Resolve
from portal.people import day_events


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
    Relationship.FAMILY: words("Family or friend"),
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
        if self.answer is Given.PARTLY:
            return words("Agreed, as {party}, to some of the change from {day}.", party=party, day=day)
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
    """The plan changed in its supports, or its day went by: nobody can say yes before it is looked at again."""

    kind: ClassVar[str] = "changes.superseded"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("A change from {day} must be looked at again.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeRenewed(Event):
    kind: ClassVar[str] = "changes.renewed"
    effective: date
    void: int

    def words(self, name: Resolve) -> Words:
        return words("Looked again at the change from {day}, against the plan as it is now.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class AskedAnew(Event):
    """Somebody came to have a say, or has none any more, while a change waited."""

    kind: ClassVar[str] = "changes.asked_anew"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("Who must agree to the change from {day} was worked out anew.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeBegan(Event):
    """An urgent change holds for now, and everybody has until a day to agree to it."""

    kind: ClassVar[str] = "changes.began"
    effective: date
    until: date

    def words(self, name: Resolve) -> Words:
        return words(
            "The urgent change from {day} holds for now. Everybody is asked to agree to it by {until}.",
            day=self.effective,
            until=self.until,
        )


@dataclass(frozen=True, kw_only=True)
class ChangeReminded(Event):
    kind: ClassVar[str] = "changes.reminded"
    effective: date
    until: date

    def words(self, name: Resolve) -> Words:
        return words(
            "Reminded everybody: the urgent change from {day} holds until {until} unless all agree.",
            day=self.effective,
            until=self.until,
        )


@dataclass(frozen=True, kw_only=True)
class ChangeRatified(Event):
    kind: ClassVar[str] = "changes.ratified"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("Everybody who needs to has agreed to the urgent change from {day}. It stays.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeLapsed(Event):
    """``back`` lines are as they were before; ``kept`` go on until a person decides."""

    kind: ClassVar[str] = "changes.lapsed"
    effective: date
    back: int
    kept: int

    def words(self, name: Resolve) -> Words:
        if self.kept:
            return nwords(
                "Not everybody agreed in time to the urgent change from {day}. {n} support goes on until a person "
                "decides.",
                "Not everybody agreed in time to the urgent change from {day}. {n} supports go on until a person "
                "decides.",
                self.kept,
                day=self.effective,
            )
        return words(
            "Not everybody agreed in time to the urgent change from {day}. The plan is as it was before.",
            day=self.effective,
        )


@dataclass(frozen=True, kw_only=True)
class ChangeDecided(Event):
    kind: ClassVar[str] = "changes.decided"
    effective: date
    goes_on: bool

    def words(self, name: Resolve) -> Words:
        if self.goes_on:
            return words("Decided that the urgent change from {day} goes on for now.", day=self.effective)
        return words("Decided that the plan is as it was before the urgent change from {day}.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeSplit(Event):
    kind: ClassVar[str] = "changes.split"
    effective: date
    other_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Made two changes of the one from {day}, so that a part of it can go ahead.", day=self.effective)


@dataclass(frozen=True, kw_only=True)
class ChangeParked(Event):
    kind: ClassVar[str] = "changes.parked"
    effective: date
    until: date

    def words(self, name: Resolve) -> Words:
        return words("Put a change aside until {until}. Nobody is asked about it.", until=self.until)


@dataclass(frozen=True, kw_only=True)
class ChangeResumed(Event):
    kind: ClassVar[str] = "changes.resumed"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("Took up again a change that was put aside.")


@dataclass(frozen=True, kw_only=True)
class ChangeHelpAsked(Event):
    kind: ClassVar[str] = "changes.help_asked"
    effective: date

    def words(self, name: Resolve) -> Words:
        return words("Asked whether the change from {day} helped.", day=self.effective)


HELPED = {
    Helped.YES: words("Yes, it helped"),
    Helped.PARTLY: words("It helped a little"),
    Helped.NO: words("No, it did not help"),
}


@dataclass(frozen=True, kw_only=True)
class ChangeHelped(Event):
    kind: ClassVar[str] = "changes.helped"
    effective: date
    helped: Helped

    def words(self, name: Resolve) -> Words:
        answer = HELPED[self.helped]
        return words("Said whether the change from {day} helped: {answer}.", day=self.effective, answer=answer)


class ChangeDayNoted(day_events.DayNoted):
    kind: ClassVar[str] = "changes.day_noted"


class ChangeDayOpenAgain(day_events.DayOpenAgain):
    kind: ClassVar[str] = "changes.day_open_again"
