"""The private draft of someone without an account: one sealed text that ends by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record, Sealed


class StartDraft(Record):
    """What a visitor typed, sealed. Only a hash of the visitor's cookie says whose it is."""

    __tablename__ = "start_draft"

    visitor_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    content = Sealed()
