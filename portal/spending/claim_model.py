"""What is needed to claim, and what others say is left: numbers, "my provider", balances and provider statements."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Money
from budgeting.spending.balances import Keeper
from portal.access.table import Protected, Resource
from portal.db import Record, Sealed, Versioned
from portal.spending.model import Source
from portal.spending.standing import Standing


class RecordedProvider(Protected, Versioned):
    """Whether the agency has a provider recorded as "my provider" of a client, as the person says, and since when."""

    __tablename__ = "recorded_provider"
    __table_args__ = (UniqueConstraint("client_id", "provider_id", "provider_name"),)
    resource = Resource.BUDGET

    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")  #: empty where ``provider_id`` is known
    standing: Mapped[Standing]
    since: Mapped[date | None]  #: the day it was recorded, or the agency was asked
    told_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]


class ClaimNumber(Protected, Versioned):
    """The number under which the agency knows a client; a provider sees it once it is recorded as "my provider"."""

    __tablename__ = "claim_number"
    __table_args__ = (UniqueConstraint("client_id"),)
    resource = Resource.BUDGET

    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    told_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]

    number = Sealed()

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The providers that are recorded: the agency has given them the number already."""
        recorded = select(RecordedProvider.client_id).where(
            RecordedProvider.standing == Standing.RECORDED, RecordedProvider.provider_id.in_(organisations)
        )
        return cls.client_id.in_(recorded)


class Claimant(Versioned):
    """The registration number under which an organisation of this portal claims from the agency."""

    __tablename__ = "claimant"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), unique=True)
    registration: Mapped[str] = mapped_column(String(20))
    told_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]


class ToldBalance(Protected, Versioned):
    """What the funder, the plan manager or the provider said was left of one part of the funding, as of a day.

    Earlier ones are kept. One that was typed wrongly is taken back and stays with ``taken_back_at``.
    """

    __tablename__ = "told_balance"
    resource = Resource.BUDGET

    keeper: Mapped[Keeper]
    component: Mapped[str] = mapped_column(String(40))  #: key of a FundingComponent, or ``account``
    on: Mapped[date]  #: the day for which they say it; all of that day counts
    left: Mapped[Money]
    source: Mapped[Source] = mapped_column(default=Source.HAND)
    told_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class TheirPayment(Protected, Record):
    """One payment in the list that came with a told balance."""

    __tablename__ = "their_payment"
    resource = Resource.BUDGET

    balance_id: Mapped[UUID] = mapped_column(ForeignKey("told_balance.id"), index=True)
    day: Mapped[date]  #: of the support
    amount: Mapped[Money]
    item: Mapped[str] = mapped_column(String(60), default="")
    provider: Mapped[str] = mapped_column(default="")
    row: Mapped[int]  #: of the file, counted as a spreadsheet does


class ProviderStatement(Protected, Versioned):
    """What the monthly statement of a Support at Home provider says; what is None was not typed in."""

    __tablename__ = "provider_statement"
    __table_args__ = (UniqueConstraint("client_id", "month"),)
    resource = Resource.BUDGET

    month: Mapped[date]  #: its first day
    opening: Mapped[Money | None]
    closing: Mapped[Money | None]
    contributions: Mapped[Money | None]
    nothing_on: Mapped[date | None]  #: the day on which somebody said that nothing came in this month
    told_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]
