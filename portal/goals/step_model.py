"""The way to a goal: small steps, how far it is in the person's own words, and a plan to do more oneself."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.goals.step_states import STEP, StepAct, StepState
from portal.work import Refusal


class SmallStep(Protected, Versioned):
    """One small step towards a goal, with a day and a reminder if somebody wants them."""

    __tablename__ = "small_step"
    resource = Resource.STORY

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"), index=True)
    text: Mapped[str]
    due: Mapped[date | None]
    remind: Mapped[bool] = mapped_column(default=False)  #: only by choice
    reminded_on: Mapped[date | None]
    state: Mapped[StepState]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]  #: when it was done or put away

    def move(self, act: StepAct, now: datetime) -> None:
        """Go on by one act; Refusal when that is not possible any more."""
        if act not in STEP[self.state]:
            raise Refusal(words("This has gone on since. The page shows it as it is now."))
        self.state, self.moved_at = STEP[self.state][act], now


class GoalRating(Protected, Versioned):
    """How far somebody feels they are with a goal, on three or five points; never changed, the next one follows."""

    __tablename__ = "goal_rating"
    resource = Resource.STORY

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"), index=True)
    points: Mapped[int]  #: 3 or 5: how many answers there were
    value: Mapped[int]  #: from 1 (not at all) to ``points``
    said: Mapped[str] = mapped_column(default="")  #: own words
    rated_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    rated_at: Mapped[datetime]


class StepDown(Protected, Versioned):
    """A plan to do more oneself: from a day on less of one support, by time or by visits. It changes nothing."""

    __tablename__ = "step_down"
    resource = Resource.STORY

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"), index=True)
    line_id: Mapped[UUID]  #: the support of the plan, the same in every version
    first: Mapped[date]  #: from this day on
    minutes: Mapped[int]  #: less in an ordinary week; 0 where visits are counted
    visits: Mapped[int] = mapped_column(default=0)  #: less in each month
    said: Mapped[str] = mapped_column(default="")  #: what I will do myself, in own words
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
