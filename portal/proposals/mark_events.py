"""What can happen to marks of open and fixed terms, and to questions about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.journal import Called, Event, Resolve
from portal.proposals.mark_states import Asked, Stands, Term


@dataclass(frozen=True, kw_only=True)
class TermMarked(Event):
    kind: ClassVar[str] = "proposals.term_marked"
    proposal_id: UUID
    term: Term
    stands: Stands

    def words(self, name: Resolve) -> Words:
        draft = _named(self.proposal_id, name)
        if self.stands is Stands.OPEN:
            return words("Marked something in {draft} as open.", draft=draft)
        return words("Marked something in {draft} as fixed.", draft=draft)


@dataclass(frozen=True, kw_only=True)
class MarkTakenBack(Event):
    kind: ClassVar[str] = "proposals.mark_taken_back"
    proposal_id: UUID
    term: Term

    def words(self, name: Resolve) -> Words:
        return words("Took back what was marked in {draft}.", draft=_named(self.proposal_id, name))


@dataclass(frozen=True, kw_only=True)
class MarkQuestioned(Event):
    kind: ClassVar[str] = "proposals.mark_questioned"
    proposal_id: UUID
    term: Term

    def words(self, name: Resolve) -> Words:
        return words("Asked whether something in {draft} must be fixed.", draft=_named(self.proposal_id, name))


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    kind: ClassVar[str] = "proposals.mark_answered"
    proposal_id: UUID
    became: Asked

    def words(self, name: Resolve) -> Words:
        draft = _named(self.proposal_id, name)
        if self.became is Asked.TAKEN_BACK:
            return words("Took back a question about what is fixed in {draft}.", draft=draft)
        if self.became is Asked.LIFTED:
            return words("Answered a question about {draft}: it is open now.", draft=draft)
        if self.became is Asked.OTHER:
            return words("Answered a question about {draft} with something else.", draft=draft)
        if self.became is Asked.MET:
            return words("Agreed to something else in place of what was fixed in {draft}.", draft=draft)
        if self.became is Asked.PARKED:
            return words("Put off a question about what is fixed in {draft}.", draft=draft)
        return words("Answered a question about {draft}: it stays fixed.", draft=draft)


def _named(record: UUID | None, name: Resolve) -> Called:
    return name(record) if record else Name("")
