"""What can happen when people talk about a draft: other terms, later, answers to a disagreement, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.words import Name, Words, nwords, words
from portal.journal import Called, Event, Resolve


@dataclass(frozen=True, kw_only=True)
class DoneTogether(Event):
    kind: ClassVar[str] = "proposals.done_together"
    lines: int

    def words(self, name: Resolve) -> Words:
        return nwords(
            "Changed {n} support in {draft}.",
            "Changed {n} supports that belong together in {draft}.",
            self.lines,
            draft=_named(self.subject, name),
        )


@dataclass(frozen=True, kw_only=True)
class Countered(Event):
    kind: ClassVar[str] = "proposals.suggestion_countered"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Answered a suggested support with something else.")
        return words("Answered a suggestion about {support} with something else.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class PutOff(Event):
    kind: ClassVar[str] = "proposals.suggestion_put_off"
    proposal_id: UUID
    line_id: UUID | None = None
    due: date

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Put a suggested support off until {day}.", day=self.due)
        return words(
            "Put a suggestion about {support} off until {day}.", support=_named(self.line_id, name), day=self.due
        )


@dataclass(frozen=True, kw_only=True)
class Reminded(Event):
    kind: ClassVar[str] = "proposals.reminded"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Reminded of a suggested support that was put off.")
        return words("Reminded of {support}, which was put off.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class DisagreementAnswered(Event):
    kind: ClassVar[str] = "proposals.disagreement_answered"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Answered a disagreement about the draft.")
        return words("Answered a disagreement about {support}.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class DisagreementStands(Event):
    kind: ClassVar[str] = "proposals.disagreement_stands"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Said yes although somebody does not agree. It stays written.")
        support = _named(self.line_id, name)
        return words("Said yes although somebody does not agree with {support}. It stays written.", support=support)


@dataclass(frozen=True, kw_only=True)
class ThirdAsked(Event):
    kind: ClassVar[str] = "proposals.third_asked"
    proposal_id: UUID
    line_id: UUID | None = None
    third_id: UUID

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Asked somebody to help with a disagreement about the draft.")
        return words("Asked somebody to help with a disagreement about {support}.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    kind: ClassVar[str] = "proposals.question_asked"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down a question to decide.")


@dataclass(frozen=True, kw_only=True)
class QuestionTalkedAbout(Event):
    kind: ClassVar[str] = "proposals.question_talked_about"

    def words(self, name: Resolve) -> Words:
        return words("Said something about a question to decide.")


@dataclass(frozen=True, kw_only=True)
class Decided(Event):
    kind: ClassVar[str] = "proposals.decided"
    review_on: date | None = None

    def words(self, name: Resolve) -> Words:
        if self.review_on is None:
            return words("Wrote down what was decided.")
        return words("Wrote down what was decided, to be looked at again on {day}.", day=self.review_on)


@dataclass(frozen=True, kw_only=True)
class QuestionDropped(Event):
    kind: ClassVar[str] = "proposals.question_dropped"

    def words(self, name: Resolve) -> Words:
        return words("Put a question away without deciding it.")


@dataclass(frozen=True, kw_only=True)
class DecisionAgain(Event):
    kind: ClassVar[str] = "proposals.decision_again"

    def words(self, name: Resolve) -> Words:
        return words("Began to look at a decision again.")


def _named(record: UUID | None, name: Resolve) -> Called:
    return name(record) if record else Name("")
