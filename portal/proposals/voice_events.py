"""What can happen around the question whose idea something was. All but the sharing is the client's own affair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class IdeaAnswered(Event):
    """What was answered stays out of the journal altogether; that something was, out of every history."""

    kind: ClassVar[str] = "proposals.idea_answered"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Said whose idea something was.")


@dataclass(frozen=True, kw_only=True)
class IdeasShared(Event):
    kind: ClassVar[str] = "proposals.ideas_shared"

    def words(self, name: Resolve) -> Words:
        return words("Shared whose ideas the supports were.")


@dataclass(frozen=True, kw_only=True)
class IdeasKept(Event):
    kind: ClassVar[str] = "proposals.ideas_kept"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Keeps to themselves whose ideas the supports were.")


@dataclass(frozen=True, kw_only=True)
class WordGiven(Event):
    kind: ClassVar[str] = "proposals.word_given"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Said whose acts are at their word.")
