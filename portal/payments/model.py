"""Contributions that are asked for, the tries to pay them, and the ledger, which only grows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid5

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, Table, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Money
from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Record, Versioned
from portal.journal import append_only
from portal.payments.states import (
    ATTEMPT_FOLLOWS,
    FOLLOWS,
    PAYABLE,
    AttemptState,
    Cause,
    LedgerAccount,
    Mismatch,
    NewsState,
    PaymentState,
)
from portal.work import Refusal


class Contribution(Protected, Versioned):
    """What a client, or someone who pays for them, is asked to contribute: how much, what for, by which day."""

    __tablename__ = "contribution"
    resource = Resource.PAYMENT

    amount: Mapped[Money]
    purpose: Mapped[str]  #: in the words of whoever asks; a payer does not see it
    due: Mapped[date]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  #: None when Coplan asks by itself
    asked_at: Mapped[datetime]
    payer_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)  #: None: the client
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.ASKED)
    moved_at: Mapped[datetime]  #: since when it is in this state

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A payer's own are those that this person is asked to pay."""
        return cls.payer_id == account

    def may_become(self, state: PaymentState) -> bool:
        """Whether this state may follow."""
        return state in FOLLOWS[self.state]

    def move(self, state: PaymentState, at: datetime) -> None:
        """Go to another state, or refuse when it cannot follow; saving checks that nobody else moved it."""
        if not self.may_become(state):
            raise Refusal(words("This has changed in the meantime. The page shows it as it is now."))
        self.state, self.moved_at = state, at

    def must_be_payable(self) -> None:
        """Refuse unless it can be paid now."""
        if self.state not in PAYABLE:
            raise Refusal(words("There is nothing to pay here now. The page shows how it stands."))


class Attempt(Protected, Versioned):
    """One payment page for a contribution. Its id is the idempotency key at the payment service."""

    __tablename__ = "payment_attempt"
    __table_args__ = (UniqueConstraint("contribution_id", "number"),)
    resource = Resource.PAYMENT

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contribution.id"), index=True)
    number: Mapped[int]
    session_id: Mapped[str] = mapped_column(String(255), unique=True)  #: the payment page's name at the service
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.OPEN)
    started_at: Mapped[datetime]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A try belongs to whoever is asked to pay."""
        return cls.contribution_id.in_(select(Contribution.id).where(Contribution.payer_id == account))

    @staticmethod
    def id_for(contribution_id: UUID, number: int) -> UUID:
        """The id of the n-th try, the same for everybody who makes it, so that two people cannot pay twice."""
        return uuid5(contribution_id, str(number))

    def may_become(self, state: AttemptState) -> bool:
        """Whether this state may follow."""
        return state in ATTEMPT_FOLLOWS[self.state]


class News(Record):
    """A message from the payment service, kept once: names of its event and page, never its content."""

    __tablename__ = "payment_news"

    event_id: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[str] = mapped_column(String(100))
    session_id: Mapped[str] = mapped_column(String(255), index=True)
    heard_at: Mapped[datetime]
    state: Mapped[NewsState] = mapped_column(default=NewsState.WAITING)
    why: Mapped[Mismatch | None]
    contribution_id: Mapped[UUID | None] = mapped_column(ForeignKey("contribution.id"), index=True)


class Transfer(Protected, Record):
    """One line of the ledger: cents from one account to another. Never changed; a correction is a reversal."""

    __tablename__ = "ledger_transfer"
    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        CheckConstraint("debit <> credit", name="two_accounts"),
    )
    resource = Resource.PAYMENT

    debit: Mapped[LedgerAccount]
    credit: Mapped[LedgerAccount]
    amount: Mapped[Money]
    key: Mapped[str] = mapped_column(String(300), unique=True)  #: made by us, so that nothing is posted twice
    cause: Mapped[Cause]
    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contribution.id"), index=True)
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("ledger_transfer.id"), unique=True)
    at: Mapped[datetime]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    def __init__(self, **values: Any) -> None:
        if values["amount"].minor <= 0:
            raise ValueError("a transfer moves a positive amount")
        super().__init__(**values)


append_only(cast(Table, Transfer.__table__))
