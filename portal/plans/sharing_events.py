"""What can happen to what a provider reads of a person, and who opened it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Resolve
from portal.plans.events import OfProvider
from portal.plans.sharing_parts import Sensitive

#: What each part is called, whoever reads.
PARTS: Mapping[Sensitive, Words] = {
    Sensitive.COMMUNICATE: words("how to communicate"),
    Sensitive.CULTURE: words("please do, please don’t"),
    Sensitive.GOAL: words("the goals the supports are for"),
    Sensitive.STORY: words("what matters"),
    Sensitive.ADDRESS: words("the address"),
    Sensitive.PHONE: words("the phone number"),
}


@dataclass(frozen=True, kw_only=True)
class PartShared(OfProvider):
    """The client lets one provider read a part; the last day is inclusive."""

    kind: ClassVar[str] = "plans.part_shared"
    part: Sensitive
    ends: date

    def words(self, name: Resolve) -> Words:
        who, part = self.provider(name), PARTS[self.part]
        return words("{provider} may read {part} until {day}.", provider=who, part=part, day=self.ends)


@dataclass(frozen=True, kw_only=True)
class PartHidden(OfProvider):
    kind: ClassVar[str] = "plans.part_hidden"
    part: Sensitive

    def words(self, name: Resolve) -> Words:
        who = self.provider(name)
        return words("{provider} no longer reads {part}.", provider=who, part=PARTS[self.part])


@dataclass(frozen=True, kw_only=True)
class BriefOpened(OfProvider):
    """Somebody of a provider opened its part of the plan, with these other parts in it; kept once a day each."""

    kind: ClassVar[str] = "plans.brief_opened"
    version: int
    shown: tuple[Sensitive, ...] = ()

    def words(self, name: Resolve) -> Words:
        who = self.provider(name)
        return words("{provider} opened its part of version {number}.", provider=who, number=self.version)


@dataclass(frozen=True, kw_only=True)
class LinkEnded(OfProvider):
    """A one-time link ended because its provider is no longer in the circle, or since somebody ended it."""

    kind: ClassVar[str] = "plans.link_ended"

    def words(self, name: Resolve) -> Words:
        return words("The one-time link of {provider} ended.", provider=self.provider(name))
