"""Days by which something was to be done, and on which it was."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class DueDay(Record):
    """Somebody on the client's side told of something that is due by a day, or said that it is done.

    Whoever found what it is about reads it too, so it is looked for by that alone (due_days.py).
    """

    __tablename__ = "due_day"
    __table_args__ = (UniqueConstraint("client_id", "about", "what", "due"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    about: Mapped[UUID]  #: an agreement, the provider that was left, or the client
    what: Mapped[str] = mapped_column(String(40))  #: a word of the slice that asks for it
    due: Mapped[date]
    since: Mapped[date | None]  #: the day it is counted from, where somebody told of it
    done_on: Mapped[date | None]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime]
