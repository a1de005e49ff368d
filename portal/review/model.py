"""What a person adds to the pack for their plan meeting, what they leave out of it, and who may read it when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned


class Part(StrEnum):
    """The parts of the pack, in their order; each can be left out."""

    MONEY = "money"
    UNUSED = "unused"
    UNPAID = "unpaid"
    GOALS = "goals"
    NEXT = "next"


class ReviewPack(Protected, Versioned):
    """The pack about one funding plan. Others read it only once it is shown, and never what is left out."""

    __tablename__ = "review_pack"
    __table_args__ = (UniqueConstraint("client_id", "plan_id"),)
    resource = Resource.STORY

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("funding_plan.id"))
    left_out: Mapped[str] = mapped_column(String(120), default="")  #: parts, each between commas: ",money,goals,"
    wishes: Mapped[str] = mapped_column(default="")  #: what is asked for next time, in own words
    unused: Mapped[str] = mapped_column(default="")  #: why money was not used, in own words
    written_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    shown_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    @property
    def hidden(self) -> frozenset[Part]:
        """The parts that are left out."""
        return frozenset(map(Part, filter(None, self.left_out.split(","))))

    def leave_out(self, parts: frozenset[Part]) -> None:
        """Leave out these parts and no others."""
        self.left_out = f",{','.join(sorted(parts))}," if parts else ""


class GoalWord(Protected, Versioned):
    """What somebody says about one goal in the pack: what worked, and what did not; own words."""

    __tablename__ = "review_goal_word"
    __table_args__ = (UniqueConstraint("pack_id", "goal_id"),)
    resource = Resource.STORY

    pack_id: Mapped[UUID] = mapped_column(ForeignKey("review_pack.id"), index=True)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"))
    worked: Mapped[str] = mapped_column(default="")
    did_not: Mapped[str] = mapped_column(default="")
