"""Days by which something about an agreement was to be done, and on which it was."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agreements.model import as_its_agreement
from portal.access.table import Protected, Resource
from portal.db import Record


class DayDone(Protected, Record):
    """What was due by a day is done: somebody on the client's side said so. Taken back, the row is gone."""

    __tablename__ = "agreement_day_done"
    __table_args__ = (UniqueConstraint("agreement_id", "what", "due"),)
    resource = Resource.AGREEMENT

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    what: Mapped[str] = mapped_column(String(40))  #: "review", or a key of the program's days after leaving
    due: Mapped[date]
    done_on: Mapped[date]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """As its agreement."""
        return as_its_agreement(cls.agreement_id, organisations, account)
