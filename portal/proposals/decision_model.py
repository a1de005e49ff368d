"""Decisions: the question, who decides it, the options with everybody's view, and what was decided, with dissent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.proposals.model import Feeling
from portal.work import Refusal


class Level(StrEnum):
    """How far the person takes part in a decision; the first is what holds unless somebody says why not."""

    CLIENT = "client"  # the person decides
    TOGETHER = "together"
    ASK = "ask"  # they are asked before somebody else decides
    INFORM = "inform"  # they are told


class Method(StrEnum):
    """How it was decided."""

    CHOSE = "chose"
    TALKED = "talked"
    WEIGHED = "weighed"
    TRIED = "tried"
    RULE = "rule"


class DecisionState(StrEnum):
    """How a decision stands."""

    OPEN = "open"
    DECIDED = "decided"
    AGAIN = "again"  # looked at again: another decision follows it
    DROPPED = "dropped"


class DecisionAct(StrEnum):
    """What can be done with a decision."""

    TALK = "talk"  # add an option, say one's view, say who decides
    DECIDE = "decide"
    DROP = "drop"
    AGAIN = "again"


PERMITTED: Mapping[DecisionState, Mapping[DecisionAct, DecisionState]] = {
    DecisionState.OPEN: {
        DecisionAct.TALK: DecisionState.OPEN,
        DecisionAct.DECIDE: DecisionState.DECIDED,
        DecisionAct.DROP: DecisionState.DROPPED,
    },
    DecisionState.DECIDED: {DecisionAct.AGAIN: DecisionState.AGAIN},
    DecisionState.AGAIN: {},
    DecisionState.DROPPED: {DecisionAct.AGAIN: DecisionState.AGAIN},
}
"""What each state permits, and the state it leads to: what was decided is never written over."""


class Decision(Protected, Versioned):
    """One question with its answer. ``follows_id`` is the decision that was looked at again."""

    __tablename__ = "decision"
    resource = Resource.DRAFT

    question: Mapped[str]
    level: Mapped[Level] = mapped_column(default=Level.CLIENT)
    level_reason: Mapped[str] = mapped_column(default="")  #: why it is not the person who decides
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.OPEN)
    line_key: Mapped[UUID | None]  #: the line it is about, in whichever draft or version
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"))
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    method: Mapped[Method | None]
    chosen_id: Mapped[UUID | None]  #: the option that was chosen; None: something else, in ``outcome``
    outcome: Mapped[str] = mapped_column(default="")  #: what was decided, in own words
    dissent: Mapped[str] = mapped_column(default="")  #: who sees it otherwise, and why
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    review_on: Mapped[date | None]
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"))
    meeting_id: Mapped[UUID | None]  #: the meeting at which it was decided

    def levels(self, *, decides: bool) -> tuple[Level, ...]:
        """Who may be said to decide: only who decides may give a part of it away, others may only give it back."""
        return tuple(Level) if decides else tuple(Level)[: tuple(Level).index(self.level) + 1]

    def must(self, act: DecisionAct) -> DecisionState:
        """The state an act leads to; refuse what the state does not permit."""
        then = PERMITTED[self.state].get(act)
        if then is None:
            raise Refusal(words("This was decided already. You can look at it again: what was decided stays written."))
        return then


class DecisionOption(Protected, Versioned):
    """One of the things that could be decided."""

    __tablename__ = "decision_option"
    resource = Resource.DRAFT

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class DecisionView(Protected, Versioned):
    """How one person sees one option. ``whose`` is somebody without an account, whose view another wrote down."""

    __tablename__ = "decision_view"
    __table_args__ = (UniqueConstraint("option_id", "account_id", "whose"),)
    resource = Resource.DRAFT

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    option_id: Mapped[UUID] = mapped_column(ForeignKey("decision_option.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    whose: Mapped[str] = mapped_column(default="")
    feeling: Mapped[Feeling]
    text: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.account_id == account
