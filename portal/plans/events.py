"""What can happen to a plan in force and to what its providers were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.words import Value, Words, words
from portal.journal import Event, Resolve
from portal.plans.states import Answered, BriefState


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
class BriefSent(Event):
    kind: ClassVar[str] = "plans.brief_sent"
    provider_id: UUID | None

    def words(self, name: Resolve) -> Words:
        if self.provider_id is None:
            return words("A provider’s part of the plan is ready to be sent.")
        return words("{provider} was sent its part of the plan.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class BriefRead(Event):
    kind: ClassVar[str] = "plans.brief_read"
    provider_id: UUID | None

    def words(self, name: Resolve) -> Words:
        if self.provider_id is None:
            return words("A provider read its part of the plan.")
        return words("{provider} read its part of the plan.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class BriefAnswered(Event):
    """A provider said whether it can deliver its part."""

    kind: ClassVar[str] = "plans.brief_answered"
    provider_id: UUID | None
    answer: BriefState
    how: Answered

    def words(self, name: Resolve) -> Words:
        who: Value = words("The provider") if self.provider_id is None else name(self.provider_id)
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
class LinkMade(Event):
    kind: ClassVar[str] = "plans.link_made"
    provider_id: UUID | None
    ends: date

    def words(self, name: Resolve) -> Words:
        return words("Made a one-time link for a provider’s answer. It ends on {day}.", day=self.ends)


@dataclass(frozen=True, kw_only=True)
class Reminded(Event):
    """A provider has not read its part; those who look after the plan were told."""

    kind: ClassVar[str] = "plans.reminded"
    provider_id: UUID | None

    def words(self, name: Resolve) -> Words:
        if self.provider_id is None:
            return words("A provider has not read its part yet. The coordinator was told.")
        return words("{provider} has not read its part yet. The coordinator was told.", provider=name(self.provider_id))
