"""What can happen on the way to a goal; ``subject`` is always the goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.goals.step_states import StepAct
from portal.journal import Event, Resolve


def _goal(event: Event, name: Resolve) -> Words:
    return words("{goal}", goal=name(event.subject)) if event.subject else words("a goal")


@dataclass(frozen=True, kw_only=True)
class StepAdded(Event):
    kind: ClassVar[str] = "goals.step_added"
    suggested: bool

    def words(self, name: Resolve) -> Words:
        if self.suggested:
            return words("Suggested a small step towards a goal: {goal}", goal=_goal(self, name))
        return words("Added a small step towards a goal: {goal}", goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class StepMoved(Event):
    """``act`` None: another day or reminder."""

    kind: ClassVar[str] = "goals.step_moved"
    act: StepAct | None

    def words(self, name: Resolve) -> Words:
        goal = _goal(self, name)
        if self.act is None:
            return words("Changed the day of a small step towards a goal: {goal}", goal=goal)
        return {
            StepAct.TAKE: words("Said yes to a small step towards a goal: {goal}", goal=goal),
            StepAct.FINISH: words("Took a small step towards a goal: {goal}", goal=goal),
            StepAct.DROP: words("Put a small step away: {goal}", goal=goal),
            StepAct.OPEN_AGAIN: words("Took up a small step again: {goal}", goal=goal),
        }[self.act]


@dataclass(frozen=True, kw_only=True)
class StepReminded(Event):
    kind: ClassVar[str] = "goals.step_reminded"

    def words(self, name: Resolve) -> Words:
        return words("Reminded of a small step towards a goal: {goal}", goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class GoalRated(Event):
    kind: ClassVar[str] = "goals.rated"
    value: int
    points: int

    def words(self, name: Resolve) -> Words:
        return words(
            "Said how far a goal is, {value} of {points}: {goal}",
            value=self.value,
            points=self.points,
            goal=_goal(self, name),
        )


@dataclass(frozen=True, kw_only=True)
class StepDownPlanned(Event):
    kind: ClassVar[str] = "goals.step_down"
    first: date

    def words(self, name: Resolve) -> Words:
        return words("Plans to do more without help from {day} on: {goal}", day=self.first, goal=_goal(self, name))


@dataclass(frozen=True, kw_only=True)
class StepDownRemoved(Event):
    kind: ClassVar[str] = "goals.step_down_removed"

    def words(self, name: Resolve) -> Words:
        return words("Gave up a plan to do more without help: {goal}", goal=_goal(self, name))
