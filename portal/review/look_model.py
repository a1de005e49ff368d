"""Looking again at something: who is asked first, what they say, what the person says, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, and_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.review.look_states import LOOK, Cause, LookAct, LookState, Outcome
from portal.work import Refusal


@dataclass(frozen=True)
class About:
    """What is looked at: a support of the plan or a goal, and the providers whose own supports it is about."""

    what: str
    line_id: UUID | None = None
    goal_id: UUID | None = None
    asks: tuple[tuple[UUID | None, str, str], ...] = ()  #: organisation, name where there is none, its support


class Look(Protected, Versioned):
    """One time at which something is looked at again. It never changes a plan by itself."""

    __tablename__ = "look"
    resource = Resource.DRAFT

    cause: Mapped[Cause]
    line_id: Mapped[UUID | None]  #: the support of the plan it is about
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"))
    what: Mapped[str]  #: the name of the support, or the words of the goal, on that day
    why: Mapped[str] = mapped_column(default="")
    state: Mapped[LookState] = mapped_column(default=LookState.ASKING)
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    view: Mapped[str] = mapped_column(default="")  #: what the person says
    view_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    ended_why: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    next_day: Mapped[date | None]  #: when it is looked at again
    next_told_on: Mapped[date | None]
    change_id: Mapped[UUID | None]  #: the change request that was drafted from it

    def must_permit(self, act: LookAct) -> None:
        """Refuse what is not possible any more."""
        if act not in LOOK[self.state]:
            raise Refusal(words("This has ended already. The page shows it as it is now."))


class LookQuestion(Protected, Versioned):
    """A short question to one provider about its own support, answered here, or told and written down by somebody."""

    __tablename__ = "look_question"
    resource = Resource.REQUEST

    look_id: Mapped[UUID] = mapped_column(ForeignKey("look.id"), index=True)
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")
    support: Mapped[str]  #: its own support, and nothing else
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    spoke_with: Mapped[str] = mapped_column(default="")  #: who said it, when somebody else wrote it down
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The organisation that is asked."""
        return and_(cls.provider_id.is_not(None), cls.provider_id.in_(organisations))
