"""Secret addresses from which somebody's calendar fetches visits."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Resource
from portal.db import Versioned


class FeedTitle(StrEnum):
    """How much the title of a visit says to whoever glances at the calendar."""

    DISCREET = "discreet"  # "Visit"
    SUPPORT = "support"  # the support, and who is visited or who comes


class CalendarFeed(Versioned):
    """One secret address. What it shows is decided anew each time it is fetched; only its hash is kept."""

    __tablename__ = "calendar_feed"
    resource: ClassVar[Resource] = Resource.ACCOUNT

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    covers_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"))  #: None: what my organisation delivers
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    title: Mapped[FeedTitle] = mapped_column(default=FeedTitle.DISCREET)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A feed is its holder's own."""
        return cls.account_id == account
