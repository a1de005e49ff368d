"""Free and community options, options kept for later, and why there are fewer than three."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String, or_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Money
from portal.access.table import Protected, Resource
from portal.db import Versioned


class Told:
    """What somebody told about something to do near home: the same columns for everybody's and for one client's."""

    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    cost: Mapped[Money | None]  #: of one time; zero is free, None is not told
    covers: Mapped[str]  #: JSON of ``budgeting.options.coverage.Coverage``: with the day, and who confirmed it
    told_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Opportunity(Told, Versioned):
    """Something to do near home that everybody who is signed in may find. It is about no client."""

    __tablename__ = "opportunity"


class OwnOpportunity(Protected, Told, Versioned):
    """The same, told by somebody of one client's circle, for that circle alone."""

    __tablename__ = "own_opportunity"
    resource = Resource.DRAFT

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.told_by == account


class Came(StrEnum):
    """How an option came to be there."""

    ASKED = "asked"
    FOUND = "found"
    SUGGESTED = "suggested"


class KeptOption(Protected, Versioned):
    """An option somebody put aside for a client: a provider, or something to do near home."""

    __tablename__ = "kept_option"
    resource = Resource.DRAFT

    option: Mapped[str] = mapped_column(String(140))  #: its key in the finder, see finder.py
    came: Mapped[Came]
    searched: Mapped[str] = mapped_column(default="")  #: the words it was found with
    note: Mapped[str] = mapped_column(default="")
    kept_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kept_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.kept_by == account


class FewerOptions(Protected, Versioned):
    """Why fewer than three options stand side by side, and who said so. The latest for the same options holds."""

    __tablename__ = "fewer_options"
    resource = Resource.DRAFT

    options: Mapped[str]  #: the keys of what was side by side, sorted, with a space between them
    reason: Mapped[str]
    private: Mapped[bool]  #: one of them was seen by nobody but who said so
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.said_by == account

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Everybody who may see the draft; where a private scenario stood among the options, who said it alone."""
        return or_(cls.private.is_(False), cls.said_by == account)
