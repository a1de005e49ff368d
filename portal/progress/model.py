"""Notes about what was done towards a goal, and what the client says beside them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned


class Went(StrEnum):
    """How it went, as whoever was there saw it."""

    WELL = "well"
    MIXED = "mixed"
    HARD = "hard"


class ProgressNote(Protected, Versioned):
    """What was done for a support or a goal, on one day. It is never edited: a correction is a new note."""

    __tablename__ = "progress_note"
    resource = Resource.PROGRESS

    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"), index=True)
    line_id: Mapped[UUID | None]  #: the line of the plan it is about; the same in every version that keeps it
    support: Mapped[str] = mapped_column(default="")  #: what the support was called when this was written
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    happened_on: Mapped[date]
    done: Mapped[str]
    went: Mapped[Went]
    how_it_went: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("progress_note.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The organisation whose people wrote it."""
        return and_(cls.organisation_id.is_not(None), cls.organisation_id.in_(organisations))


class NoteReply(Protected, Versioned):
    """What somebody says beside a note; it stays there for as long as the note does."""

    __tablename__ = "progress_reply"
    resource = Resource.PROGRESS

    note_id: Mapped[UUID] = mapped_column(ForeignKey("progress_note.id"), index=True)
    text: Mapped[str]
    disagrees: Mapped[bool] = mapped_column(default=False)
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Whoever the note belongs to."""
        return cls.note_id.in_(select(ProgressNote.id).where(ProgressNote.addressed_to(organisations, account)))
