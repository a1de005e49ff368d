"""A problem in somebody's own words, and ideas for it; each idea can be worked out in money as a kept scenario."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.meetings.states import PROBLEM, IdeaState, ProblemAct, ProblemState, must_permit


class Problem(Protected, Versioned):
    """Something that is not good as it is. Whoever decides opens it; nobody has to begin it for them."""

    __tablename__ = "problem"
    resource = Resource.DRAFT

    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(12))
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"))
    state: Mapped[ProblemState] = mapped_column(default=ProblemState.OPEN)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    ended: Mapped[str] = mapped_column(default="")  #: how it ended, in own words

    def must_permit(self, act: ProblemAct) -> None:
        """Refuse what is not possible any more."""
        must_permit(frozenset(PROBLEM[self.state]), act)

    def permits(self, act: ProblemAct) -> bool:
        return act in PROBLEM[self.state]


class Idea(Protected, Versioned):
    """One idea for a problem. What others suggest counts as an idea once whoever decides says so."""

    __tablename__ = "problem_idea"
    resource = Resource.DRAFT

    problem_id: Mapped[UUID] = mapped_column(ForeignKey("problem.id"), index=True)
    text: Mapped[str]
    state: Mapped[IdeaState]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]
    scenario_id: Mapped[UUID | None] = mapped_column(index=True)  #: where its cost is worked out, once asked for
