"""The library: reference and promotional material with an owner and a day by which it is looked at again."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Versioned


class LibraryKind(StrEnum):
    """What material is for. Promotional material is always marked as what it is."""

    REFERENCE = "reference"
    PROMOTIONAL = "promotional"
    EASY_READ = "easy_read"


class LibraryEntry(Versioned):
    """One piece of material, as a link, as text, or both. It is about no client."""

    __tablename__ = "library_entry"

    title: Mapped[str]
    kind: Mapped[LibraryKind]
    owner: Mapped[str]  #: who answers for what it says: a person or an organisation, by name
    language: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(default="")  #: in one or two sentences, what it says
    link: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    review_by: Mapped[date]  #: the last day on which it counts as up to date
    kept_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kept_at: Mapped[datetime]
    looked_on: Mapped[date]  #: the day on which somebody last read it and found it right
    removed_at: Mapped[datetime | None]

    def out_of_date(self, today: date) -> bool:
        """Whether the day by which it was to be looked at again has passed."""
        return today > self.review_by
