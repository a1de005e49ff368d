"""A new plan letter that somebody is typing in, kept until it is taken over or thrown away."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Sealed, Versioned
from portal.work import Refusal


class RenewalState(StrEnum):
    """What became of a letter that was typed in."""

    OPEN = "open"
    TAKEN = "taken"  #: it became the funding that counts
    THROWN_AWAY = "thrown_away"


class Renewal(Protected, Versioned):
    """The letter of a new plan as far as it is typed in (a ``portal.start.draft.Draft``); it changes nothing yet."""

    __tablename__ = "renewal"
    resource = Resource.BUDGET

    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  #: None once it was thrown away
    state: Mapped[RenewalState] = mapped_column(default=RenewalState.OPEN)
    begun_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    begun_at: Mapped[datetime]
    edited_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("funding_plan.id"))  #: the funding it became
    proposal_id: Mapped[UUID | None]  #: the draft the week was carried over to

    content = Sealed()

    def must_be_open(self) -> None:
        """Refuse when it was taken over or thrown away."""
        if self.state is not RenewalState.OPEN:
            raise Refusal(words("This letter was taken over or thrown away already. The page shows it as it is now."))
