"""What can happen in a circle: joining and leaving, consent, authority, and what is kept from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.words import Value, Words, words
from portal.access.table import Relationship, Resource
from portal.accounts.events import PARTS
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class InvitationMade(Event):
    kind: ClassVar[str] = "people.invitation_made"
    relationship: Relationship
    mailed: bool = False

    def words(self, name: Resolve) -> Words:
        if self.mailed:
            return words("Invited someone into the circle and mailed them a code.")
        return words("Made a code that invites someone into the circle.")


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    kind: ClassVar[str] = "people.invitation_withdrawn"

    def words(self, name: Resolve) -> Words:
        return words("Took back an invitation. Its code no longer works.")


@dataclass(frozen=True, kw_only=True)
class Joined(Event):
    kind: ClassVar[str] = "people.joined"
    person: UUID
    relationship: Relationship

    def words(self, name: Resolve) -> Words:
        return words("{person} joined the circle.", person=name(self.person))


@dataclass(frozen=True, kw_only=True)
class Left(Event):
    kind: ClassVar[str] = "people.left"
    person: UUID

    def words(self, name: Resolve) -> Words:
        return words("{person} is no longer in the circle.", person=name(self.person))


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    kind: ClassVar[str] = "people.consent_given"
    person: UUID
    covers: Resource
    comments: bool
    ends: date | None

    def words(self, name: Resolve) -> Words:
        known: dict[str, Value] = {"person": name(self.person), "part": PARTS[self.covers]}
        if self.ends is None:
            if self.comments:
                return words("{person} may see {part} and comment on it.", **known)
            return words("{person} may see {part}.", **known)
        if self.comments:
            return words("{person} may see {part} and comment on it, until {day}.", day=self.ends, **known)
        return words("{person} may see {part}, until {day}.", day=self.ends, **known)


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    kind: ClassVar[str] = "people.consent_withdrawn"
    person: UUID
    covers: Resource

    def words(self, name: Resolve) -> Words:
        return words("{person} may no longer see {part}.", person=name(self.person), part=PARTS[self.covers])


@dataclass(frozen=True, kw_only=True)
class AuthorityChecked(Event):
    kind: ClassVar[str] = "people.authority_checked"
    person: UUID
    ends: date | None

    def words(self, name: Resolve) -> Words:
        if self.ends is None:
            return words("Checked the papers that let {person} decide on some things.", person=name(self.person))
        return words(
            "Checked the papers that let {person} decide on some things, until {day}.",
            person=name(self.person),
            day=self.ends,
        )


@dataclass(frozen=True, kw_only=True)
class AuthorityEnded(Event):
    kind: ClassVar[str] = "people.authority_ended"
    person: UUID

    def words(self, name: Resolve) -> Words:
        return words("{person} may no longer decide for this person.", person=name(self.person))


@dataclass(frozen=True, kw_only=True)
class Hidden(Event):
    """Something is kept from someone. In no history: it could be read over a shoulder."""

    kind: ClassVar[str] = "people.hidden"
    private: ClassVar[bool] = True
    person: UUID
    hides: Resource | None

    def words(self, name: Resolve) -> Words:
        return words("Keeps something from {person}.", person=name(self.person))


@dataclass(frozen=True, kw_only=True)
class ShownAgain(Event):
    kind: ClassVar[str] = "people.shown_again"
    private: ClassVar[bool] = True
    person: UUID
    hides: Resource | None

    def words(self, name: Resolve) -> Words:
        return words("Keeps something no longer from {person}.", person=name(self.person))


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    """The place where supports happen was told anew; the history does not say which."""

    kind: ClassVar[str] = "people.moved"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down where support happens.")


@dataclass(frozen=True, kw_only=True)
class CommunicateSaid(Event):
    """How to communicate was said anew; the history does not say what."""

    kind: ClassVar[str] = "people.communicate_said"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down how to communicate.")


@dataclass(frozen=True, kw_only=True)
class CommunicateTranslated(Event):
    kind: ClassVar[str] = "people.communicate_translated"

    def words(self, name: Resolve) -> Words:
        return words("Changed a translation of how to communicate.")
