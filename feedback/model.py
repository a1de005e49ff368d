"""What people tell us: complaints, feedback and compliments, the messages about them, and the wall around each."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    Select,
    String,
    UniqueConstraint,
    and_,
    exists,
    literal,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from feedback.clock import Promise, answer_to_feedback, next_word, to_acknowledge
from feedback.states import IN_WORK, MOVES, STRAIGHT, By, Danger, Kind, Outcome, Resolved, State, Why
from portal.access.table import Resource
from portal.accounts.model import Membership, Role
from portal.db import VAULTS, Record, Sealed, Versioned
from portal.work import Refusal

HANDLERS = frozenset({Role.OFFICER, Role.COORDINATOR})  #: officers; and who else an administrator may ask


class Complaint(Versioned):
    """One thing somebody told us, whatever they call it. Only days are kept, never times.

    Not about a client but about what happened, so it has walls of its own: its teller and its handler see it.
    """

    __tablename__ = "complaint"
    told_by_mark: ClassVar[bool] = True  #: no statement on it can be written before its reader is known
    resource: ClassVar[Resource] = Resource.HANDLING

    number: Mapped[str] = mapped_column(String(8), unique=True)  #: drawn at random, so that it counts nothing
    kind: Mapped[Kind]
    state: Mapped[State] = mapped_column(default=State.RECEIVED)
    language: Mapped[str] = mapped_column(String(12))
    received_on: Mapped[date]
    started_on: Mapped[date]  #: received, or opened again: from here we count
    heard_on: Mapped[date | None]  #: when we last wrote
    reminded_on: Mapped[date | None]
    unread: Mapped[bool] = mapped_column(default=False)  #: the teller wrote last
    in_danger: Mapped[bool]  #: said so themselves
    no_answer: Mapped[bool | None]  #: said so of what is no complaint; None: told before anybody was asked
    danger: Mapped[Danger | None]  #: the answer to the first check
    handler_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    outcome: Mapped[Outcome | None]
    resolved: Mapped[Resolved | None]
    told_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    teller_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    called_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reach_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    wish_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    about_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    closing_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    closing_translation_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_prefix: Mapped[str | None] = mapped_column(String(4), index=True)
    code_hash: Mapped[str | None]

    teller = Sealed("complaints")  #: the account it was told with, as text; None for everybody else
    called = Sealed("complaints")  #: the name they gave
    reach = Sealed("complaints")  #: how to reach them
    text = Sealed("complaints")
    wish = Sealed("complaints")
    about = Sealed("complaints")
    closing = Sealed("complaints")  #: what was done, or why nothing is
    closing_translation = Sealed("complaints")  #: the same in the language in which we were told

    @property
    def unnamed(self) -> bool:
        """Told without an account: they come back by their receipt code, if at all."""
        return self.told_mark is None

    def ways(self) -> frozenset[State]:
        """The states it can go to from here."""
        ways = MOVES[self.state]
        return ways if self.kind is Kind.COMPLAINT else ways | STRAIGHT.get(self.state, frozenset())

    def move(self, state: State) -> None:
        """Go to the next state; Refusal when there is no way from here."""
        if state not in self.ways():
            raise Refusal(words("This has moved on. Look at where it stands now."))
        self.state = state

    def promise(self, place: str) -> Promise | None:
        """What we owe next and by when; None where no answer is needed, and while the next word is theirs.

        ``place``: a state of Australia. A compliment needs no answer.
        """
        if self.kind is not Kind.COMPLAINT:
            waits = self.state is State.RECEIVED or self.state in IN_WORK
            asked = self.kind is Kind.FEEDBACK and self.no_answer is False
            return answer_to_feedback(self.started_on) if waits and asked else None
        if self.state is State.RECEIVED:
            return to_acknowledge(self.started_on, place)
        if self.state in IN_WORK:
            return next_word(self.started_on, self.heard_on or self.started_on)
        return None

    @classmethod
    def walled(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Behind the wall for this account: named in it, of an organisation named in it, tied to it, or its teller."""
        return or_(
            exists().where(
                Wall.complaint_id == cls.id, or_(Wall.account_id == account, Wall.organisation_id.in_(organisations))
            ),
            cls.written_by(account),
        )

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A complaint is addressed to its handler, while they work here and no wall stands between them."""
        works_here = organisations.where(Membership.role.in_(HANDLERS)).exists()
        return and_(cls.handler_id == account, works_here, ~cls.walled(organisations, account))

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """It is the teller's own; who told it is sealed and found by a keyed mark."""
        assert isinstance(account, BindParameter), "the reader is a value that is known, see told_by_mark"
        mark = literal(mark_of(UUID(str(account.value))))
        return and_(cls.told_mark.is_not(None), cls.told_mark == mark)


def mark_of(account_id: UUID) -> bytes:
    """The keyed mark of a teller."""
    return VAULTS["complaints"].mark(f"teller|{account_id}")


class Message(Record):
    """One message about a complaint, in the words of whoever wrote it."""

    __tablename__ = "complaint_message"
    __table_args__ = (UniqueConstraint("complaint_id", "number"),)

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"), index=True)
    number: Mapped[int]
    by: Mapped[By]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  #: handlers only
    said_on: Mapped[date]
    language: Mapped[str] = mapped_column(String(12))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    translation_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    text = Sealed("complaints")
    translation = Sealed("complaints")  #: the same in the language in which we were told, by whoever wrote it


class Wall(Record):
    """Someone a complaint is kept from for ever: who it is about, their organisation, or who is too close."""

    __tablename__ = "complaint_wall"
    __table_args__ = (
        UniqueConstraint("complaint_id", "account_id"),
        UniqueConstraint("complaint_id", "organisation_id"),
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    why: Mapped[Why]
