"""What an organisation says of itself, what it offers at which price, and the interests that are declared."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Versioned


class OrganisationPage(Versioned):
    """An organisation in its own words, dated by whoever wrote them. Nothing here was checked by us."""

    __tablename__ = "organisation_page"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), unique=True)
    offers: Mapped[str] = mapped_column(default="")
    limits: Mapped[str] = mapped_column(default="")  #: what it does not offer
    places: Mapped[str] = mapped_column(default="")
    owned_by: Mapped[str] = mapped_column(default="")
    registration: Mapped[str] = mapped_column(default="")  #: as it says
    registration_on: Mapped[date | None]  #: the day for which it says so
    complaints: Mapped[str] = mapped_column(default="")  #: how to complain to itself
    written_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    written_on: Mapped[date]


class Offering(Versioned):
    """One support that an organisation offers; what it asks for it stands in its price book (``BookPrice``)."""

    __tablename__ = "offering"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    program: Mapped[str] = mapped_column(String(40))
    support: Mapped[str] = mapped_column(String(80))  #: key of an everyday support of the program
    since: Mapped[date]
    withdrawn_at: Mapped[datetime | None]


class InterestKind(StrEnum):
    """Why somebody who shows an option may gain from it."""

    OWN_SERVICE = "own_service"
    REFERRAL_FEE = "referral_fee"
    RELATED = "related"
    GIFT = "gift"
    OTHER = "other"


class Interest(Versioned):
    """One declared interest, on inclusive days. It is closed with a last day and never taken away."""

    __tablename__ = "interest"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)  #: who may gain
    other_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)  #: from whom, if from one
    kind: Mapped[InterestKind]
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")  #: where this can be read: a contract, a company register
    starts: Mapped[date]
    ends: Mapped[date | None]
    declared_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    declared_on: Mapped[date]

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)
