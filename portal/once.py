"""Idempotency: what a form did the first time it was sent, so that sending it again leads to the same place.

Only the same form again is led there: other words under the same key (after going back) were never carried out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base
from portal.reads import reads_of


class Done(Base):
    """A form that was carried out: who sent it, the key it was shown with, and what came of it (see ``First``)."""

    __tablename__ = "done"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str]
    at: Mapped[datetime]


_FIRST = select(Done.address).where(Done.sender == bindparam("sender"), Done.key == bindparam("key"))
_DONE = insert(Done)


@dataclass(frozen=True)
class First:
    """The first sending under a key: where it led, and the mark of what was sent."""

    address: str
    mark: str

    def kept(self) -> str:
        """As it is stored: the mark behind the address."""
        return f"{self.address} {self.mark}"


def first(session: Session, sender: str, key: str) -> First | None:
    """What the first sending under this key did, or None when this is the first."""
    found = reads_of(session).one(_FIRST, {"sender": sender, "key": key})
    if found is None:
        return None
    address, _, mark = found.address.rpartition(" ")
    return First(address, mark) if address else First(found.address, "")


def remember(session: Session, sender: str, key: str, done: First, at: datetime) -> None:
    """Keep the outcome in the same transaction; a second writer with the same key fails on the primary key."""
    session.connection().execute(_DONE, {"sender": sender, "key": key, "address": done.kept(), "at": at})
