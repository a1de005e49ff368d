"""What can happen to the pack for a plan meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class PackWritten(Event):
    kind: ClassVar[str] = "review.written"
    left_out: int

    def words(self, name: Resolve) -> Words:
        return words("Wrote in the pack for the plan meeting. Parts left out: {number}.", number=self.left_out)


@dataclass(frozen=True, kw_only=True)
class GoalLookedBack(Event):
    """``subject`` is the goal."""

    kind: ClassVar[str] = "review.goal"

    def words(self, name: Resolve) -> Words:
        goal = words("{goal}", goal=name(self.subject)) if self.subject else words("a goal")
        return words("Wrote what worked and what did not, for the plan meeting: {goal}", goal=goal)


@dataclass(frozen=True, kw_only=True)
class PackShown(Event):
    kind: ClassVar[str] = "review.shown"

    def words(self, name: Resolve) -> Words:
        return words("Let others read the pack for the plan meeting.")


@dataclass(frozen=True, kw_only=True)
class PackTakenBack(Event):
    kind: ClassVar[str] = "review.taken_back"

    def words(self, name: Resolve) -> Words:
        return words("Stopped others from reading the pack for the plan meeting.")
