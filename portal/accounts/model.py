"""Accounts, the organisations they belong to, sessions and their devices, rate counters."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Resource
from portal.db import Base, Record, Versioned


class OrganisationKind(StrEnum):
    """What an organisation does here."""

    COORDINATION = "coordination"
    PROVIDER = "provider"
    PLAN_MANAGER = "plan_manager"


class Organisation(Versioned):
    """A party inside this portal: a coordination service, a provider, a plan manager."""

    __tablename__ = "organisation"

    name: Mapped[str]
    kind: Mapped[OrganisationKind]
    abn: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    about: Mapped[str] = mapped_column(default="")
    covers: Mapped[str | None]  #: JSON of coverage.py: where, when and in which languages it works; None: not told


class Account(Versioned):
    """Someone who can sign in. What they may see follows from relationships, never from the account itself."""

    __tablename__ = "account"
    resource: ClassVar[Resource] = Resource.ACCOUNT

    login: Mapped[str] = mapped_column(String(254), unique=True)  #: e-mail address, lower case; see ``address``
    name: Mapped[str]
    password_hash: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    #: the e-mail address, when another account had it already as its login; the two are told apart by their passwords
    shared_login: Mapped[str | None] = mapped_column(String(254), index=True)

    @property
    def address(self) -> str:
        """The e-mail address somebody signs in with and is written to."""
        return self.shared_login or self.login

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """An account is its holder's own."""
        return cls.id == account


class Role(StrEnum):
    """What someone does in an organisation or for the portal; access to a client still needs a tie."""

    COORDINATOR = "coordinator"
    PROVIDER_STAFF = "provider_staff"
    PLAN_MANAGER_STAFF = "plan_manager_staff"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Membership(Record):
    """An account's place in an organisation, on inclusive days."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "role"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role]
    starts: Mapped[date]
    ends: Mapped[date | None]

    @classmethod
    def holds_on(cls, day: date) -> ColumnElement[bool]:
        """Places that hold on a day: begun, and not over."""
        return and_(cls.starts <= day, or_(cls.ends.is_(None), cls.ends >= day))


class SignIn(Base):
    """One signed-in device. The cookie's token is stored only as its SHA-256."""

    __tablename__ = "sign_in"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    stepped_up_at: Mapped[datetime | None]


class RateCount(Base):
    """How often something was tried in one piece of time."""

    __tablename__ = "rate_count"

    bucket: Mapped[str] = mapped_column(String(120), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)  #: the number of the piece of time since the epoch
    tries: Mapped[int]


class SetUp(Base):
    """The one-time code of the first start, stored as a hash; gone once an administrator exists."""

    __tablename__ = "set_up"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires_at: Mapped[datetime]
