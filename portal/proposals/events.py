"""What can happen to a proposal, its lines and what people say about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.money import Minutes, Money
from budgeting.words import Name, Words, nwords, words
from portal.journal import Called, Event, Resolve


@dataclass(frozen=True, kw_only=True)
class ProposalStarted(Event):
    kind: ClassVar[str] = "proposals.started"
    starts: date
    ends: date

    def words(self, name: Resolve) -> Words:
        return words("Began to work on a plan for {first} to {last}.", first=self.starts, last=self.ends)


@dataclass(frozen=True, kw_only=True)
class ProposalClosed(Event):
    kind: ClassVar[str] = "proposals.closed"

    def words(self, name: Resolve) -> Words:
        return words("Put a draft away: {proposal}", proposal=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class ProposalAccepted(Event):
    kind: ClassVar[str] = "proposals.accepted"
    amount: Money
    lines: int

    def words(self, name: Resolve) -> Words:
        proposal = _named(self.subject, name)
        return words("Said yes to {proposal}: {amount} in all.", proposal=proposal, amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class LineAdded(Event):
    kind: ClassVar[str] = "proposals.line_added"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Added {support} to the draft.", support=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class LineChanged(Event):
    """An edit of a line; of what changed only amounts and times are kept here."""

    kind: ClassVar[str] = "proposals.line_changed"
    proposal_id: UUID
    price_before: Money | None = None
    price_after: Money | None = None
    time_before: Minutes | None = None  #: of one visit
    time_after: Minutes | None = None

    def words(self, name: Resolve) -> Words:
        support = _named(self.subject, name)
        if self.time_before is not None and self.time_after is not None:
            return words(
                "A visit of {support} changed from {before} to {after}.",
                support=support,
                before=self.time_before,
                after=self.time_after,
            )
        if self.price_before is not None and self.price_after is not None:
            return words(
                "The price of {support} changed from {before} to {after}.",
                support=support,
                before=self.price_before,
                after=self.price_after,
            )
        return words("Changed {support} in the draft.", support=support)


@dataclass(frozen=True, kw_only=True)
class LineRemoved(Event):
    kind: ClassVar[str] = "proposals.line_removed"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Took {support} out of the draft.", support=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class LineBroughtBack(Event):
    kind: ClassVar[str] = "proposals.line_brought_back"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Brought {support} back into the draft.", support=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class LineUndone(Event):
    kind: ClassVar[str] = "proposals.line_undone"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Undid the last change of {support}.", support=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class LineDoneAgain(Event):
    kind: ClassVar[str] = "proposals.line_done_again"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Did the last change of {support} again.", support=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class LineParked(Event):
    kind: ClassVar[str] = "proposals.line_parked"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Left {support} out for now.", support=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class Suggested(Event):
    kind: ClassVar[str] = "proposals.suggested"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Suggested a new support.")
        return words("Suggested a change of {support}.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class SuggestionAccepted(Event):
    kind: ClassVar[str] = "proposals.suggestion_accepted"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        return words("Said yes to a suggestion about {support}.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class SuggestionDeclined(Event):
    kind: ClassVar[str] = "proposals.suggestion_declined"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Said no to a suggested support.")
        return words("Said no to a suggestion about {support}.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class SuggestionWithdrawn(Event):
    kind: ClassVar[str] = "proposals.suggestion_withdrawn"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Took a suggestion back.")


@dataclass(frozen=True, kw_only=True)
class Commented(Event):
    kind: ClassVar[str] = "proposals.commented"
    proposal_id: UUID
    line_id: UUID | None = None
    disagrees: bool = False

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            if self.disagrees:
                return words("Does not agree with something in the draft.")
            return words("Said something about the draft.")
        support = _named(self.line_id, name)
        if self.disagrees:
            return words("Does not agree with {support} yet.", support=support)
        return words("Said something about {support}.", support=support)


@dataclass(frozen=True, kw_only=True)
class DisagreementResolved(Event):
    kind: ClassVar[str] = "proposals.disagreement_resolved"
    proposal_id: UUID
    line_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.line_id is None:
            return words("Settled a disagreement about the draft.")
        return words("Settled a disagreement about {support}.", support=_named(self.line_id, name))


@dataclass(frozen=True, kw_only=True)
class Reacted(Event):
    kind: ClassVar[str] = "proposals.reacted"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Showed a feeling about {support}.", support=_named(self.subject, name))


# Scenarios are their maker's own until they are shared: what happens to one before enters no history.


@dataclass(frozen=True, kw_only=True)
class ScenarioKept(Event):
    kind: ClassVar[str] = "proposals.scenario_kept"
    private: ClassVar[bool] = True
    lines: int

    def words(self, name: Resolve) -> Words:
        return words("Kept something to try out.")


@dataclass(frozen=True, kw_only=True)
class ScenarioChanged(Event):
    kind: ClassVar[str] = "proposals.scenario_changed"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Changed something that is tried out.")


@dataclass(frozen=True, kw_only=True)
class ScenarioDeleted(Event):
    kind: ClassVar[str] = "proposals.scenario_deleted"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Put away something that was tried out.")


@dataclass(frozen=True, kw_only=True)
class ScenarioShared(Event):
    kind: ClassVar[str] = "proposals.scenario_shared"

    def words(self, name: Resolve) -> Words:
        return words("Shared the scenario {scenario}.", scenario=_named(self.subject, name))


@dataclass(frozen=True, kw_only=True)
class ScenarioPutIntoDraft(Event):
    kind: ClassVar[str] = "proposals.scenario_put_into_draft"
    lines: int

    def words(self, name: Resolve) -> Words:
        draft = _named(self.subject, name)
        return nwords(
            "Put something that was tried out into {draft}: {n} support changed.",
            "Put something that was tried out into {draft}: {n} supports changed.",
            self.lines,
            draft=draft,
        )


@dataclass(frozen=True, kw_only=True)
class ScenarioSuggested(Event):
    kind: ClassVar[str] = "proposals.scenario_suggested"
    suggestions: int

    def words(self, name: Resolve) -> Words:
        draft = _named(self.subject, name)
        return nwords(
            "Suggested something that was tried out for {draft}: {n} suggestion.",
            "Suggested something that was tried out for {draft}: {n} suggestions.",
            self.suggestions,
            draft=draft,
        )


@dataclass(frozen=True, kw_only=True)
class WayTold(Event):
    kind: ClassVar[str] = "proposals.way_told"

    def words(self, name: Resolve) -> Words:
        return words("Told what the same hours would cost in another way.")


@dataclass(frozen=True, kw_only=True)
class WayTakenAway(Event):
    kind: ClassVar[str] = "proposals.way_taken_away"

    def words(self, name: Resolve) -> Words:
        return words("Took away what the same hours would cost in another way.")


def _named(record: UUID | None, name: Resolve) -> Called:
    return name(record) if record else Name("")
