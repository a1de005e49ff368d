"""What somebody prepares for themselves before they speak: a sheet, and letters. Private until they share it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned


class SpeakingSheet(Protected, Versioned):
    """My points, my questions, what I leave out, who may speak for me, and the words that help."""

    __tablename__ = "speaking_sheet"
    __table_args__ = (UniqueConstraint("client_id", "written_by_id"),)
    resource = Resource.DRAFT

    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    points: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(default="")
    leave_out: Mapped[str] = mapped_column(default="")
    speaks_for: Mapped[str] = mapped_column(default="")
    helps: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Nobody else sees it before it is shared."""
        return or_(cls.shared_at.is_not(None), cls.written_by_id == account)


class LetterKind(StrEnum):
    """What a letter in the person’s own words is for."""

    CHANGE = "change"  # I ask for a change
    PACK = "pack"  # I ask for the papers before the meeting
    ADVOCATE = "advocate"  # I ask somebody to stand beside me


class LetterDraft(Protected, Versioned):
    """A letter being written; private until it is shared."""

    __tablename__ = "letter_draft"
    resource = Resource.DRAFT

    kind_of: Mapped[LetterKind]
    text: Mapped[str]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    written_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Nobody else sees it before it is shared."""
        return or_(cls.shared_at.is_not(None), cls.written_by_id == account)
