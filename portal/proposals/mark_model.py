"""Which terms of a draft are open and which are fixed, and what became of a question about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.work import Refusal


class Term(StrEnum):
    """What can be open or fixed. A line has all of them, the whole plan only those of ``OF_THE_WHOLE``."""

    PRICE = "price"
    TIMES = "times"
    AMOUNT = "amount"
    PROVIDER = "provider"
    SHARED = "shared"  # how many people share it
    WORKERS = "workers"
    PLACE = "place"
    PAYER = "payer"  # which part of the funding
    DAYS = "days"  # first and last day
    ENDING = "ending"  # notice, cancelling
    SHARE = "share"  # what the person pays themselves


OF_THE_WHOLE = (Term.DAYS, Term.PAYER, Term.PROVIDER, Term.PRICE, Term.SHARE, Term.ENDING)
OF_A_LINE = tuple(Term)


class Stands(StrEnum):
    OPEN = "open"
    FIXED = "fixed"


class SaidBy(StrEnum):
    """Where it comes from that a term is open or fixed."""

    LAW = "law"
    FUNDER = "funder"
    SAFETY = "safety"
    POLICY = "policy"  # of an organisation
    PERSON = "person"  # the person whose plan it is wants it so


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


class Asked(StrEnum):
    """How a question about a mark stands."""

    OPEN = "open"
    KEPT = "kept"
    LIFTED = "lifted"
    TAKEN_BACK = "taken_back"


ANSWERS: Mapping[Asked, frozenset[Asked]] = MappingProxyType(
    {
        Asked.OPEN: frozenset({Asked.KEPT, Asked.LIFTED, Asked.TAKEN_BACK}),
        Asked.KEPT: frozenset(),
        Asked.LIFTED: frozenset(),
        Asked.TAKEN_BACK: frozenset(),
    }
)  #: what may become of a question; one that was answered stays, and a new one can be asked


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

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.asked_by == account

    def close(self, state: Asked, answer: str, by: UUID | None, now: datetime) -> None:
        """Keep what became of the question. Refusal when it was answered already."""
        if state not in ANSWERS[self.state]:
            raise Refusal(words("This question was answered already. The page shows the answer."))
        self.state, self.answer, self.answered_by, self.answered_at = state, answer, by, now
