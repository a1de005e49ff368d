"""What can happen to what a client says about their life, and to their goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class AnswerSaid(Event):
    kind: ClassVar[str] = "goals.answer_said"

    def words(self, name: Resolve) -> Words:
        return words("Wrote about themselves.")


@dataclass(frozen=True, kw_only=True)
class WordingSuggested(Event):
    kind: ClassVar[str] = "goals.wording_suggested"

    def words(self, name: Resolve) -> Words:
        return words("Suggested other words beside the person's own.")


@dataclass(frozen=True, kw_only=True)
class WordingRemoved(Event):
    kind: ClassVar[str] = "goals.wording_removed"

    def words(self, name: Resolve) -> Words:
        return words("Took suggested words away again.")


@dataclass(frozen=True, kw_only=True)
class GoalNamed(Event):
    kind: ClassVar[str] = "goals.named"

    def words(self, name: Resolve) -> Words:
        return words("Named a goal: {goal}", goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class GoalProposed(Event):
    kind: ClassVar[str] = "goals.proposed"

    def words(self, name: Resolve) -> Words:
        return words("Proposed a goal: {goal}", goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class GoalAccepted(Event):
    kind: ClassVar[str] = "goals.accepted"
    changed: bool = False  #: said in other words than it was proposed

    def words(self, name: Resolve) -> Words:
        if self.changed:
            return words("Said yes to a goal, in other words: {goal}", goal=_goal(self, name))
        return words("Said yes to a goal: {goal}", goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class GoalDeclined(Event):
    kind: ClassVar[str] = "goals.declined"

    def words(self, name: Resolve) -> Words:
        return words("Said no to a goal: {goal}", goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class GoalReworded(Event):
    kind: ClassVar[str] = "goals.reworded"

    def words(self, name: Resolve) -> Words:
        return words("Said a goal in other words: {goal}", goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class GoalDone(Event):
    kind: ClassVar[str] = "goals.done"

    def words(self, name: Resolve) -> Words:
        return words("Reached a goal, or put it down: {goal}", goal=_goal(self, name))


def _goal(event: Event, name: Resolve) -> Words:
    return words("{goal}", goal=name(event.subject)) if event.subject else words("a goal")
