"""What can happen while something is looked at again; ``subject`` is the look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve
from portal.review.look_states import Cause, Outcome


def _what(event: Event, name: Resolve) -> Words:
    return words("{name}", name=name(event.subject)) if event.subject else words("something")


@dataclass(frozen=True, kw_only=True)
class LookOpened(Event):
    kind: ClassVar[str] = "looks.opened"
    cause: Cause

    def words(self, name: Resolve) -> Words:
        what = _what(self, name)
        return {
            Cause.DAY: words("It is time to look again at: {what}", what=what),
            Cause.FACT: words("Something is new, so it is looked at again: {what}", what=what),
            Cause.NOT_WORKING: words("Said that it is not working: {what}", what=what),
        }[self.cause]


@dataclass(frozen=True, kw_only=True)
class LookAnswered(Event):
    """A provider said how it goes; ``recorded`` when somebody else wrote it down."""

    kind: ClassVar[str] = "looks.answered"
    recorded: bool

    def words(self, name: Resolve) -> Words:
        if self.recorded:
            return words("Wrote down what a provider said about: {what}", what=_what(self, name))
        return words("Answered how it goes: {what}", what=_what(self, name))


@dataclass(frozen=True, kw_only=True)
class LookHeard(Event):
    kind: ClassVar[str] = "looks.heard"

    def words(self, name: Resolve) -> Words:
        return words("Waits for no more answers about: {what}", what=_what(self, name))


@dataclass(frozen=True, kw_only=True)
class LookViewed(Event):
    kind: ClassVar[str] = "looks.viewed"

    def words(self, name: Resolve) -> Words:
        return words("Gave an opinion: {what}", what=_what(self, name))


@dataclass(frozen=True, kw_only=True)
class LookEnded(Event):
    kind: ClassVar[str] = "looks.ended"
    outcome: Outcome
    next_day: date | None

    def words(self, name: Resolve) -> Words:
        what = _what(self, name)
        return {
            Outcome.KEEP: words("Looked at again, and it stays as it is: {what}", what=what),
            Outcome.CHANGE: words("Looked at again, and it is to change: {what}", what=what),
            Outcome.STOP: words("Looked at again, and it is to stop: {what}", what=what),
        }[self.outcome]
