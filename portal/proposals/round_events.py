"""What can happen around the rounds of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class DraftSeen(Event):
    """Somebody said that they have seen a draft: their own affair, so it enters no history."""

    kind: ClassVar[str] = "proposals.draft_seen"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Has seen the draft.")


@dataclass(frozen=True, kw_only=True)
class DraftShown(Event):
    """What changed in a draft was shown to somebody: their own affair, too."""

    kind: ClassVar[str] = "proposals.draft_shown"
    private: ClassVar[bool] = True
    past_id: UUID  #: how the draft was
    shown: int  #: when, in microseconds since 1970 began in UTC

    def words(self, name: Resolve) -> Words:
        return words("Has seen the draft.")


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    kind: ClassVar[str] = "proposals.handed_over"
    handed_to: UUID
    number: int

    def words(self, name: Resolve) -> Words:
        draft = name(self.subject) if self.subject else words("the draft")
        return words("Handed {draft} over: it is the turn of {person}.", draft=draft, person=name(self.handed_to))
