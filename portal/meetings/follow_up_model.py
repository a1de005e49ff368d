"""What was agreed to be done after a talk: what, by whom, until when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, synonym

from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.meetings.states import FOLLOW_UP, FollowUpAct, FollowUpState, must_permit


class FollowUp(Protected, Versioned):
    """Something somebody said they would do. ``about_id`` is the proposal, meeting or review it was agreed at."""

    __tablename__ = "follow_up"
    resource = Resource.DRAFT

    what: Mapped[str]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    owner_name: Mapped[str] = mapped_column(default="")  #: who, when they have no place in this portal
    due: Mapped[date]
    first_due: Mapped[date]  #: as it was agreed at first
    about: Mapped[str] = mapped_column(default="")  #: "proposal", "meeting", "look", or "" for none of them
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    proposal_id: Mapped[UUID | None] = synonym("about_id")  #: the names that walls look for (privacy_model.py)
    meeting_id: Mapped[UUID | None] = synonym("about_id")
    state: Mapped[FollowUpState]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    later_until: Mapped[date | None]  #: the day that was asked for
    later_why: Mapped[str] = mapped_column(default="")
    ended: Mapped[str] = mapped_column(default="")  #: how it ended, in own words
    reminded_on: Mapped[date | None]

    def must_permit(self, act: FollowUpAct) -> None:
        """Refuse what is not possible any more."""
        must_permit(frozenset(FOLLOW_UP[self.state]), act)

    def permits(self, act: FollowUpAct) -> bool:
        return act in FOLLOW_UP[self.state]
