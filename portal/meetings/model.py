"""A meeting: what is talked about, who is there, what the pack holds; and each version of the pack as it was sent."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.meetings.states import MEETING, MeetingAct, MeetingState, PointState, must_permit


class Content(StrEnum):
    """What a pack can hold, in its order; the list of points is always in it."""

    DRAFT = "draft"  # the draft with its amounts
    OPTIONS = "options"
    QUESTIONS = "questions"
    ABOUT = "about"  # we heard you say
    MONEY = "money"  # what is left of the money
    LIBRARY = "library"
    ROUTES = "routes"  # how to complain, and to whom


class Meeting(Protected, Versioned):
    """A talk about the plan. The person may ask for it, and for the pack, before anybody else does."""

    __tablename__ = "meeting"
    resource = Resource.DRAFT

    title: Mapped[str]
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    day: Mapped[date | None]
    begins_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")  #: for which language, or who; "" when nobody is needed
    others: Mapped[str] = mapped_column(default="")  #: who comes besides, by name, without a place in this portal
    contents: Mapped[str] = mapped_column(String(120), default="")  #: each between commas: ",draft,money,"
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PREPARING)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    pack_wanted_at: Mapped[datetime | None]  #: the person asked for the pack first
    notes: Mapped[str] = mapped_column(default="")  #: what was said, once it was held
    explained_at: Mapped[datetime | None]  #: the person says: how to complain was explained to me, in my language
    explained_in: Mapped[str] = mapped_column(String(12), default="")

    @property
    def chosen(self) -> frozenset[Content]:
        """What the pack holds."""
        return frozenset(map(Content, filter(None, self.contents.split(","))))

    def choose(self, contents: frozenset[Content]) -> None:
        """Have the pack hold these and no others."""
        self.contents = f",{','.join(sorted(contents))}," if contents else ""

    def must_permit(self, act: MeetingAct) -> None:
        """Refuse what is not possible any more."""
        must_permit(frozenset(MEETING[self.state]), act)

    def permits(self, act: MeetingAct) -> bool:
        return act in MEETING[self.state]


class MeetingPoint(Protected, Versioned):
    """Something to talk about. What others suggest is on the list once the person says so."""

    __tablename__ = "meeting_point"
    resource = Resource.DRAFT

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    state: Mapped[PointState]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class MeetingGuest(Protected, Versioned):
    """Somebody of the circle who is invited."""

    __tablename__ = "meeting_guest"
    __table_args__ = (UniqueConstraint("meeting_id", "account_id"),)
    resource = Resource.DRAFT

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class MeetingPack(Protected, Versioned):
    """One version of the pack as it was sent; it never changes. Each reader is shown the parts they may see."""

    __tablename__ = "meeting_pack"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)
    resource = Resource.DRAFT

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    content: Mapped[str]  #: canonical JSON, see pack.py
    hash: Mapped[str] = mapped_column(String(64))  #: SHA-256 of the content, in hexadecimal
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime]
