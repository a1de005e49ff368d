"""What a client says about talking with them, in another language: marked as a translation, never in its place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned


class CommunicateTranslation(Protected, Versioned):
    """``Client.how_to_communicate`` in one other language, with who translated it."""

    __tablename__ = "communicate_translation"
    __table_args__ = (UniqueConstraint("client_id", "language"),)
    resource = Resource.IDENTITY

    language: Mapped[str] = mapped_column(String(12))
    text: Mapped[str]
    made_of: Mapped[str]  #: the words it translates: when they change, it counts no more until somebody looked
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
