"""Which terms of a draft are open and which are fixed, and what became of a question about it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.proposals.mark_states import ANSWERS, Asked, SaidBy, Stands, Term
from portal.work import Refusal


class Mark(Protected, Versioned):
    """One term of a line, or of the whole, marked open or fixed with its reason. The newest that stands counts."""

    __tablename__ = "term_mark"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    line_key: Mapped[UUID | None]  #: None: the whole; the key of a line stays the same from draft to draft
    term: Mapped[Term]
    stands: Mapped[Stands]
    comes_from: Mapped[SaidBy]
    reason: Mapped[str]
    source: Mapped[str] = mapped_column(default="")  #: the text it can be read in
    marked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    marked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  #: taken back, lifted, or marked anew

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.marked_by == account


class Challenge(Protected, Versioned):
    """A question whether something must really be fixed, and its answer. Both stay, whatever comes later."""

    __tablename__ = "mark_challenge"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    mark_id: Mapped[UUID | None] = mapped_column(ForeignKey("term_mark.id"))  #: None: a rule of the program
    rule: Mapped[str] = mapped_column(String(60), default="")  #: key in marks.toml; "" for a mark
    line_key: Mapped[UUID | None]
    term: Mapped[Term]
    why: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    state: Mapped[Asked] = mapped_column(default=Asked.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]  #: when whoever asked said whether what was offered instead is right

    park_owner_id: Mapped[UUID | None]  #: the account that sees to it that it is answered
    park_due: Mapped[date | None]
    park_reminded_at: Mapped[datetime | None]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.asked_by == account

    def close(self, state: Asked, answer: str, by: UUID | None, now: datetime) -> None:
        """Keep what became of the question. Refusal when it was answered already."""
        self._must(state)
        self.state, self.answer, self.answered_by, self.answered_at = state, answer, by, now

    def park(self, owner: UUID, due: date, by: UUID | None, now: datetime) -> None:
        """Put the answer off: what is fixed stays so meanwhile, and ``owner`` is reminded on the day ``due``."""
        self.close(Asked.PARKED, "", by, now)
        self.park_owner_id, self.park_due, self.park_reminded_at = owner, due, None

    def settle(self, state: Asked, now: datetime) -> None:
        """Keep what whoever asked says to what was offered instead; the offer stays as it was made."""
        self._must(state)
        self.state, self.settled_at = state, now

    def _must(self, state: Asked) -> None:
        if state not in ANSWERS[self.state]:
            raise Refusal(words("This question was answered already. The page shows the answer."))
