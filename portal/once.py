"""Idempotency: what a form did the first time it was sent, so that sending it again leads to the same place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, bindparam, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base


class Done(Base):
    """A form that was carried out: who sent it, the key it was shown with, and where its sender was led."""

    __tablename__ = "done"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str]
    at: Mapped[datetime]


_FIRST = select(Done.address).where(Done.sender == bindparam("sender"), Done.key == bindparam("key"))
_DONE = insert(Done)


def first_address(session: Session, sender: str, key: str) -> str | None:
    """Where the first sending led, or None when this is the first."""
    found: str | None = session.connection().scalar(_FIRST, {"sender": sender, "key": key})
    return found


def remember(session: Session, sender: str, key: str, address: str, at: datetime) -> None:
    """Keep the outcome in the same transaction; a second writer with the same key fails on the primary key."""
    session.connection().execute(_DONE, {"sender": sender, "key": key, "address": address, "at": at})
