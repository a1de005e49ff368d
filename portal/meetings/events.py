"""What can happen around meetings, problems and follow-ups. What is private until shared is in no history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve
from portal.meetings.states import FollowUpAct, ProblemState


@dataclass(frozen=True, kw_only=True)
class MeetingAsked(Event):
    kind: ClassVar[str] = "meetings.asked"

    def words(self, name: Resolve) -> Words:
        return words("Asked for a meeting: {meeting}", meeting=_called(self, name))


@dataclass(frozen=True, kw_only=True)
class PackWanted(Event):
    kind: ClassVar[str] = "meetings.pack_wanted"

    def words(self, name: Resolve) -> Words:
        return words("Asked for the papers before the meeting.")


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    kind: ClassVar[str] = "meetings.changed"

    def words(self, name: Resolve) -> Words:
        meeting = _called(self, name)
        return words("Changed what a meeting is about, when it is, or who comes: {meeting}", meeting=meeting)


@dataclass(frozen=True, kw_only=True)
class PointSuggested(Event):
    kind: ClassVar[str] = "meetings.point_suggested"

    def words(self, name: Resolve) -> Words:
        return words("Suggested something to talk about: {meeting}", meeting=_called(self, name))


@dataclass(frozen=True, kw_only=True)
class PackSent(Event):
    """``number`` is the version of the pack."""

    kind: ClassVar[str] = "meetings.sent"
    number: int

    def words(self, name: Resolve) -> Words:
        return words(
            "Sent the papers for a meeting, version {number}: {meeting}",
            number=self.number,
            meeting=_called(self, name),
        )


@dataclass(frozen=True, kw_only=True)
class MeetingEnded(Event):
    kind: ClassVar[str] = "meetings.ended"
    held: bool

    def words(self, name: Resolve) -> Words:
        if self.held:
            return words("The meeting was held: {meeting}", meeting=_called(self, name))
        return words("The meeting was called off: {meeting}", meeting=_called(self, name))


@dataclass(frozen=True, kw_only=True)
class RoutesExplained(Event):
    kind: ClassVar[str] = "meetings.explained"
    yes: bool

    def words(self, name: Resolve) -> Words:
        if self.yes:
            return words("Said that it was explained, in their language, how to complain and to whom.")
        return words("Took back that it was explained how to complain and to whom.")


@dataclass(frozen=True, kw_only=True)
class Prepared(Event):
    """A private sheet or letter was written; nobody else is told."""

    kind: ClassVar[str] = "meetings.prepared"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Prepared something private.")


@dataclass(frozen=True, kw_only=True)
class Shared(Event):
    kind: ClassVar[str] = "meetings.shared"
    shared: bool

    def words(self, name: Resolve) -> Words:
        if self.shared:
            return words("Let others read what was prepared to be said.")
        return words("Stopped others from reading what was prepared to be said.")


@dataclass(frozen=True, kw_only=True)
class ProblemOpened(Event):
    kind: ClassVar[str] = "meetings.problem_opened"

    def words(self, name: Resolve) -> Words:
        return words("Said that something is not good as it is: {problem}", problem=_called(self, name))


@dataclass(frozen=True, kw_only=True)
class ProblemMoved(Event):
    kind: ClassVar[str] = "meetings.problem_moved"
    state: ProblemState

    def words(self, name: Resolve) -> Words:
        problem = _called(self, name)
        return {
            ProblemState.OPEN: words("A problem is open again: {problem}", problem=problem),
            ProblemState.TRYING: words("Picked an idea for a problem: {problem}", problem=problem),
            ProblemState.SOLVED: words("A problem is solved: {problem}", problem=problem),
            ProblemState.PUT_AWAY: words("Put a problem away: {problem}", problem=problem),
        }[self.state]


@dataclass(frozen=True, kw_only=True)
class IdeaAdded(Event):
    """``subject`` is the problem."""

    kind: ClassVar[str] = "meetings.idea"

    def words(self, name: Resolve) -> Words:
        return words("Had an idea for a problem: {problem}", problem=_called(self, name))


@dataclass(frozen=True, kw_only=True)
class IdeaCosted(Event):
    """The scenario is its maker's alone until it is shared, so nobody else is told."""

    kind: ClassVar[str] = "meetings.idea_costed"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Began to work out what an idea would cost: {problem}", problem=_called(self, name))


@dataclass(frozen=True, kw_only=True)
class FollowUpMade(Event):
    kind: ClassVar[str] = "meetings.follow_up"
    due: date

    def words(self, name: Resolve) -> Words:
        return words("Wrote down something to be done by {day}: {what}", day=self.due, what=_called(self, name))


@dataclass(frozen=True, kw_only=True)
class FollowUpMoved(Event):
    kind: ClassVar[str] = "meetings.follow_up_moved"
    act: FollowUpAct

    def words(self, name: Resolve) -> Words:
        what = _called(self, name)
        return {
            FollowUpAct.AGREE: words("Agreed that this is to be done: {what}", what=what),
            FollowUpAct.FINISH: words("Done: {what}", what=what),
            FollowUpAct.ASK_LATER: words("Asked for more time: {what}", what=what),
            FollowUpAct.ALLOW_LATER: words("Agreed to more time: {what}", what=what),
            FollowUpAct.KEEP_DAY: words("Kept the day as it was: {what}", what=what),
            FollowUpAct.DROP: words("Not needed any more: {what}", what=what),
            FollowUpAct.OPEN_AGAIN: words("To be done again: {what}", what=what),
        }[self.act]


@dataclass(frozen=True, kw_only=True)
class Reminded(Event):
    kind: ClassVar[str] = "meetings.reminded"
    due: date

    def words(self, name: Resolve) -> Words:
        return words("Reminded of what is to be done by {day}: {what}", day=self.due, what=_called(self, name))


def _called(event: Event, name: Resolve) -> Words:
    return words("{name}", name=name(event.subject)) if event.subject else words("something")
