"""What can happen to what people tell us. Every event is private: it enters no history, and names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from feedback.states import By, Danger, Kind, Outcome, Resolved
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class Told(Event):
    kind: ClassVar[str] = "feedback.told"
    private: ClassVar[bool] = True
    what: Kind

    def words(self, name: Resolve) -> Words:
        return words("Something was told to us.")


@dataclass(frozen=True, kw_only=True)
class HandlerChosen(Event):
    kind: ClassVar[str] = "feedback.handler_chosen"
    private: ClassVar[bool] = True
    found: bool  #: somebody who may handle it, or nobody

    def words(self, name: Resolve) -> Words:
        if self.found:
            return words("What was told to us has someone who looks into it.")
        return words("What was told to us waits for someone who may look into it.")


@dataclass(frozen=True, kw_only=True)
class KeptFrom(Event):
    kind: ClassVar[str] = "feedback.kept_from"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("What was told to us is kept from one more person or organisation.")


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    kind: ClassVar[str] = "feedback.opened"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Opened what was told to us.")


@dataclass(frozen=True, kw_only=True)
class SafetyChecked(Event):
    kind: ClassVar[str] = "feedback.safety_checked"
    private: ClassVar[bool] = True
    danger: Danger

    def words(self, name: Resolve) -> Words:
        return words("Checked whether anyone is in danger.")


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Event):
    kind: ClassVar[str] = "feedback.acknowledged"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Said that we have it, and who looks into it.")


@dataclass(frozen=True, kw_only=True)
class LookingBegan(Event):
    kind: ClassVar[str] = "feedback.looking"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Began to look into what was told to us.")


@dataclass(frozen=True, kw_only=True)
class MessageWritten(Event):
    kind: ClassVar[str] = "feedback.message"
    private: ClassVar[bool] = True
    by: By

    def words(self, name: Resolve) -> Words:
        return words("Wrote a message about what was told to us.")


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    kind: ClassVar[str] = "feedback.answered"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Answered what was told to us, with reasons.")


@dataclass(frozen=True, kw_only=True)
class TranslationAdded(Event):
    kind: ClassVar[str] = "feedback.translated"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Added a translation of our words about what was told to us.")


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    kind: ClassVar[str] = "feedback.closed"
    private: ClassVar[bool] = True
    outcome: Outcome

    def words(self, name: Resolve) -> Words:
        return words("Closed what was told to us, and said what was done or why not.")


@dataclass(frozen=True, kw_only=True)
class Rated(Event):
    kind: ClassVar[str] = "feedback.rated"
    private: ClassVar[bool] = True
    resolved: Resolved

    def words(self, name: Resolve) -> Words:
        if self.resolved is Resolved.YES:
            return words("Said that it is resolved.")
        return words("Said that it is not resolved yet; it is open again.")


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    kind: ClassVar[str] = "feedback.withdrawn"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Took back what was told to us.")


@dataclass(frozen=True, kw_only=True)
class CalledComplaint(Event):
    kind: ClassVar[str] = "feedback.called_complaint"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Now calls it a complaint.")


@dataclass(frozen=True, kw_only=True)
class HandlerReminded(Event):
    kind: ClassVar[str] = "feedback.handler_reminded"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Reminded the one who looks into what was told to us.")
