"""Notes that a client keeps for themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Select, or_
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Sealed, Versioned


class PrivateNote(Protected, Versioned):
    """Something a client wrote down for themselves. Nobody else reads it, but one person they showed it to."""

    __tablename__ = "private_note"
    resource = Resource.NOTE

    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text = Sealed()
    writer: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]
    shared_with: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    shared_at: Mapped[datetime | None]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The notes that were shown to this account."""
        return cls.shared_with == account

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A wall before every rule of the table: its writer, and the one person it was shown to."""
        return or_(cls.writer == account, cls.shared_with == account)
