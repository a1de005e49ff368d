"""What can happen to a plan in force and to what its providers were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.words import Words, words
from portal.journal import Called, Event, Resolve
from portal.plans.states import Answered, BriefState


@dataclass(frozen=True, kw_only=True)
class OfProvider(Event):
    """Something about one provider; without ``provider_id`` it has no place here, and is called as in the subject."""

    provider_id: UUID | None

    def provider(self, name: Resolve) -> Called:
        """What the provider is called."""
        about = self.provider_id or self.subject
        return name(about) if about else words("A provider without an account")


@dataclass(frozen=True, kw_only=True)
class VersionAgreed(Event):
    """A version was approved and waits for its day."""

    kind: ClassVar[str] = "plans.version_agreed"
    number: int
    starts: date

    def words(self, name: Resolve) -> Words:
        number, day = self.number, self.starts
        return words("Version {number} of the plan was agreed. It starts on {day}.", number=number, day=day)


@dataclass(frozen=True, kw_only=True)
class VersionInForce(Event):
    """The day of a version came."""

    kind: ClassVar[str] = "plans.version_in_force"
    number: int

    def words(self, name: Resolve) -> Words:
        return words("Version {number} of the plan is in force.", number=self.number)


@dataclass(frozen=True, kw_only=True)
class PartsChangedOver(Event):
    """What one provider delivers went from an earlier version to this one."""

    kind: ClassVar[str] = "plans.parts_changed_over"
    number: int
    provider_id: UUID | None

    def words(self, name: Resolve) -> Words:
        if self.provider_id is None:
            return words("The supports of version {number} without a provider here go on now.", number=self.number)
        return words(
            "{provider} now goes by version {number} of the plan.", provider=name(self.provider_id), number=self.number
        )


@dataclass(frozen=True, kw_only=True)
class BriefSent(OfProvider):
    kind: ClassVar[str] = "plans.brief_sent"

    def words(self, name: Resolve) -> Words:
        if self.provider_id is None:
            return words("The part of {provider} is ready to be sent.", provider=self.provider(name))
        return words("{provider} was sent its part of the plan.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class BriefRead(OfProvider):
    kind: ClassVar[str] = "plans.brief_read"

    def words(self, name: Resolve) -> Words:
        return words("{provider} read its part of the plan.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class BriefAnswered(OfProvider):
    """A provider said whether it can deliver its part."""

    kind: ClassVar[str] = "plans.brief_answered"
    answer: BriefState
    how: Answered

    def words(self, name: Resolve) -> Words:
        who = self.provider(name)
        if self.how is Answered.UNCHANGED:
            return words("The part of {provider} is as before, so its earlier answer still holds.", provider=who)
        if self.how is Answered.CHANGE:
            return words("{provider} agreed to its part in the change, so it can deliver it.", provider=who)
        if self.how is Answered.TELEPHONE and self.answer is BriefState.CAN:
            return words("{provider} said on the telephone: we can deliver this.", provider=who)
        if self.how is Answered.TELEPHONE:
            return words("{provider} said on the telephone: we cannot deliver this.", provider=who)
        if self.answer is BriefState.CAN:
            return words("{provider} answered: we can deliver this.", provider=who)
        return words("{provider} answered: we cannot deliver this.", provider=who)


@dataclass(frozen=True, kw_only=True)
class LinkMade(OfProvider):
    kind: ClassVar[str] = "plans.link_made"
    ends: date

    def words(self, name: Resolve) -> Words:
        who, day = self.provider(name), self.ends
        return words("Made a one-time link for the answer of {provider}. It ends on {day}.", provider=who, day=day)


@dataclass(frozen=True, kw_only=True)
class ProviderReminded(OfProvider):
    """A provider that has not read its part was reminded of it."""

    kind: ClassVar[str] = "plans.provider_reminded"

    def words(self, name: Resolve) -> Words:
        return words("{provider} has not read its part yet, and was reminded.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class Reminded(OfProvider):
    """A provider has not read its part; those who look after the plan were told."""

    kind: ClassVar[str] = "plans.reminded"

    def words(self, name: Resolve) -> Words:
        return words("{provider} has not read its part yet. The coordinator was told.", provider=self.provider(name))
