"""How a draft was at some moment, who saw it so, and each time it was handed over to somebody else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.proposals.terms import Terms, canonical, from_mapping


@dataclass(frozen=True, slots=True)
class PastLine:
    """One support of a draft at some moment; ``parked``: it was left out for now."""

    key: UUID
    terms: Terms
    parked: bool = False


class AnyLine(Protocol):
    """A line of a draft, as a row or as the sheet has it."""

    @property
    def key(self) -> UUID: ...
    @property
    def terms(self) -> Terms: ...
    @property
    def parked_at(self) -> datetime | None: ...
    @property
    def removed_at(self) -> datetime | None: ...


def past_lines(lines: Iterable[AnyLine]) -> tuple[PastLine, ...]:
    """The lines that are in a draft, those left out for now too, in their order."""
    return tuple(
        PastLine(line.key, line.terms, line.parked_at is not None) for line in lines if line.removed_at is None
    )


class PastDraft(Protected, Versioned):
    """The supports of a draft at some moment. It is kept once for everybody who saw the same, and never changes."""

    __tablename__ = "past_draft"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    content: Mapped[str]  #: canonical JSON of its lines
    hash: Mapped[str] = mapped_column(String(64))  #: SHA-256 of ``content`` in hexadecimal
    kept_at: Mapped[datetime]

    @property
    def lines(self) -> Sequence[PastLine]:
        """Its supports in order."""
        return lines_in(self.content)


def content_of(lines: Iterable[PastLine]) -> tuple[str, str]:
    """Lines as canonical JSON, and its SHA-256: the same lines always give the same."""
    told = [{"key": str(one.key), "terms": json.loads(one.terms.as_json()), "parked": one.parked} for one in lines]
    text = canonical(told)
    return text, hashlib.sha256(text.encode()).hexdigest()


def lines_in(content: str) -> tuple[PastLine, ...]:
    """The lines that ``content_of`` wrote."""
    return tuple(PastLine(UUID(one["key"]), from_mapping(one["terms"]), one["parked"]) for one in json.loads(content))


class Sight(Protected, Versioned):
    """What somebody saw of a draft when they last said so. Nobody else learns when that was."""

    __tablename__ = "draft_sight"
    __table_args__ = (UniqueConstraint("proposal_id", "account_id"),)
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    past_id: Mapped[UUID] = mapped_column(ForeignKey("past_draft.id"))
    seen_at: Mapped[datetime]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.account_id == account

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Only the person themselves."""
        return cls.account_id == account


class Round(Protected, Versioned):
    """One time a draft was handed over: by whom, to whom, how it was then, and a word to go with it."""

    __tablename__ = "proposal_round"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    number: Mapped[int]  #: 1, 2, 3 … for each proposal
    past_id: Mapped[UUID] = mapped_column(ForeignKey("past_draft.id"))
    handed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    handed_to: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    handed_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
