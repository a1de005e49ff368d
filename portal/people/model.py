"""Clients and everyone with a dated relationship to them: authority, consent, safety restrictions, invitations."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Relationship, Resource, Scope
from portal.db import PROTECTED, Record, Sealed, Versioned


class Client(Versioned):
    """The person whose life and plan it is."""

    __tablename__ = "client"
    resource: ClassVar[Resource] = Resource.IDENTITY

    name: Mapped[str]  #: the name the person chose
    language: Mapped[str] = mapped_column(String(12), default="en")
    state: Mapped[str] = mapped_column(String(3), default="NSW")  #: where supports happen; decides public holidays
    zone: Mapped[str] = mapped_column(String(12), default="national")  #: price zone: national, remote, very_remote
    region: Mapped[str | None] = mapped_column(String(80))  #: where a part of a state has a holiday of its own
    mmm: Mapped[int | None]  #: class of the Modified Monash Model, 1 to 7; None: not known
    time_zone: Mapped[str] = mapped_column(String(40), default="Australia/Sydney")
    how_to_communicate: Mapped[str] = mapped_column(default="")
    born: Mapped[date | None]
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]

    address = Sealed()
    phone = Sealed()

    def by_the_clock(self, moment: datetime) -> datetime:
        """A moment as the clock on their wall shows it, without a time zone."""
        return moment.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)


PROTECTED.add(Client.__table__)  # type: ignore[arg-type]  # a mapped class's __table__ is typed FromClause, ours is a Table


class Tie(Protected, Versioned):
    """A dated relationship between a client and an account, or an organisation; inclusive days."""

    __tablename__ = "tie"
    resource = Resource.CIRCLE

    relationship: Mapped[Relationship]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    label: Mapped[str] = mapped_column(default="")  #: the person's own word: mother, neighbour
    starts: Mapped[date]
    ends: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    @classmethod
    def holds_on(cls, day: date | ColumnElement[Any]) -> ColumnElement[bool]:
        """Ties that hold on a day: begun, not over, and not taken back."""
        return and_(cls.revoked_at.is_(None), cls.starts <= day, or_(cls.ends.is_(None), cls.ends >= day))

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A tie is the person's own whom it ties."""
        return cls.account_id == account


class AuthorityKind(StrEnum):
    """The paper by which somebody may decide for a person."""

    GUARDIAN = "guardian"
    PLAN_NOMINEE = "plan_nominee"
    CORRESPONDENCE_NOMINEE = "correspondence_nominee"
    ATTORNEY = "attorney"
    PARENT = "parent"


class Authority(Protected, Versioned):
    """Legal authority behind a tie: its kind, what it reaches, when, the evidence, and who checked it."""

    __tablename__ = "authority"
    resource = Resource.CIRCLE

    tie_id: Mapped[UUID] = mapped_column(ForeignKey("tie.id"), index=True)
    kind: Mapped[AuthorityKind]
    scopes: Mapped[str]  #: sorted scope values, each between commas: ",agreements,money,"
    starts: Mapped[date]
    ends: Mapped[date | None]
    evidence: Mapped[str]
    checked_by: Mapped[str | None]
    checked_at: Mapped[datetime | None]
    several: Mapped[bool] = mapped_column(default=False)  #: acts alone beside others; otherwise all must, jointly

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """What belongs to a tie is the person's own whom it ties."""
        return cls.tie_id.in_(select(Tie.id).where(Tie.account_id == account))

    @staticmethod
    def pack(scopes: frozenset[Scope]) -> str:
        return "," + ",".join(sorted(scopes)) + ","

    @staticmethod
    def unpack(scopes: str) -> frozenset[Scope]:
        return frozenset(map(Scope, filter(None, scopes.split(","))))

    def unpacked(self) -> frozenset[Scope]:
        return self.unpack(self.scopes)


#: How a consent was given, as it is kept.
GIVEN_HERE = "here, by the person"
GIVEN_BY_HELPER = "Told by the helper. To be confirmed by the person."


class Consent(Protected, Versioned):
    """What the client lets one person or organisation see or do, for which purpose and until when; inclusive days."""

    __tablename__ = "consent"
    resource = Resource.CONSENTS

    tie_id: Mapped[UUID] = mapped_column(ForeignKey("tie.id"), index=True)
    covers: Mapped[Resource]
    comments: Mapped[bool] = mapped_column(default=False)  #: reaches comments and drafts, not only reading
    purpose: Mapped[str] = mapped_column(default="")
    starts: Mapped[date]
    ends: Mapped[date | None]
    given_how: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """What belongs to a tie is the person's own whom it ties."""
        return cls.tie_id.in_(select(Tie.id).where(Tie.account_id == account))


class Restriction(Protected, Record):
    """Hide one class of information, or everything, from one account. It beats consent, relationship and authority."""

    __tablename__ = "restriction"
    resource = Resource.SAFETY

    hidden_from: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    hides: Mapped[Resource | None]  #: None hides everything, even that the client uses this service
    set_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]


class InvitationState(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Invitation(Protected, Versioned):
    """A printed or mailed code that makes someone part of the circle; only a hash of the code is kept."""

    __tablename__ = "invitation"
    resource = Resource.CIRCLE

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    relationship: Mapped[Relationship]
    label: Mapped[str] = mapped_column(default="")
    consents: Mapped[str] = mapped_column(default="")  #: what is consented to on acceptance: "draft+comment,plan"
    email: Mapped[str | None]
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.OPEN)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    expires_at: Mapped[datetime]
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
