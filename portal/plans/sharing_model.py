"""What a provider reads in its brief besides its own supports: the client decides, part by part, for each provider."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.plans.sharing_parts import Sensitive


class Shared(Protected, Versioned):
    """One decision of the client about one part and one provider; the latest that has not ended holds.

    Days are inclusive. A decision is never changed: the next one ends it and stands beside it.
    """

    __tablename__ = "shared_part"
    resource = Resource.CONSENTS

    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")  #: for someone without a place in this portal
    part: Mapped[Sensitive]
    shows: Mapped[bool]
    starts: Mapped[date]
    ends: Mapped[date | None]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def holds(self, day: date) -> bool:
        """Whether this decision is the one that counts on a day."""
        return self.ended_at is None and self.starts <= day and (self.ends is None or day <= self.ends)
