"""Of which ends people were told already, so that each is told once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class EndingTold(Record):
    """Somebody was told of an end; ``mark`` is a fingerprint of what, its day and how long before, and says no more."""

    __tablename__ = "ending_told"
    __table_args__ = (UniqueConstraint("account_id", "mark"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    mark: Mapped[str] = mapped_column(String(64))
    told_on: Mapped[date]
