"""What a client says about their own life, and their goals: own words stay as they were said."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.work import Refusal


class Prompt(StrEnum):
    """The questions of "about me", strengths first; every one may stay empty."""

    STRENGTHS = "strengths"  # strengths, and what I already do
    MATTERS = "matters"
    WENT_WELL = "went_well"
    WENT_BADLY = "went_badly"
    PLEASE = "please"  # how I like things done: please do, please don't


class Answer(Protected, Versioned):
    """What the client says to one prompt, word for word, in the language they said it in."""

    __tablename__ = "story_answer"
    __table_args__ = (UniqueConstraint("client_id", "prompt"),)
    resource = Resource.STORY

    prompt: Mapped[Prompt]
    text: Mapped[str]  #: own words, never edited by staff
    language: Mapped[str] = mapped_column(String(12))
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]
    wording: Mapped[str] = mapped_column(default="")  #: other wording that staff suggest beside it
    wording_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class GoalState(StrEnum):
    """How a goal stands: only the person’s yes makes it one."""

    PROPOSED = "proposed"  # by someone else, waiting for the client
    AGREED = "agreed"
    DECLINED = "declined"
    DONE = "done"


class Goal(Protected, Versioned):
    """Something the client wants, in own words, with a professional wording beside it where a funder asks for one."""

    __tablename__ = "goal"
    resource = Resource.STORY

    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(12))
    wording: Mapped[str] = mapped_column(default="")
    wording_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    state: Mapped[GoalState]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]
    first_text: Mapped[str] = mapped_column(default="")  #: as it was proposed, when the client changed it
    answer: Mapped[str] = mapped_column(default="")  #: the reason given with a yes or a no
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]

    def must_be(self, *states: GoalState) -> None:
        """Refuse unless the goal is in one of these states."""
        if self.state not in states:
            raise Refusal(words("This goal was answered already. The page shows it as it is now."))
