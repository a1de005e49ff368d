"""Whose idea something in a plan was, as the person says it themselves, and whose acts are at their word."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned


class Idea(StrEnum):
    """Whose idea a support was, in the words of the person whose plan it is."""

    MINE = "mine"
    LIKED = "liked"  # somebody suggested it, and I like it
    GOING_ALONG = "going_along"
    NOT_MINE = "not_mine"


class WhoseIdea(Protected, Versioned):
    """One answer of a client about one support. Nobody else sees it until they share it, and they can stop sharing."""

    __tablename__ = "whose_idea"
    __table_args__ = (UniqueConstraint("proposal_id", "line_key", "said_by"),)
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    line_key: Mapped[UUID]
    idea: Mapped[Idea]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.said_by == account

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The client alone; once shared, everybody who may see the draft."""
        return or_(cls.shared_at.is_not(None), cls.said_by == account)


class AtTheirWord(Protected, Versioned):
    """The client said: what this person does here from now on, they do at my word. Nobody else sees it."""

    __tablename__ = "at_their_word"
    resource = Resource.DRAFT

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.said_by == account

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The client alone."""
        return cls.said_by == account
