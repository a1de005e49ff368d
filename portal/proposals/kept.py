"""What is kept beside a draft: named copies to try things out with, and every edit, so that it can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String, or_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.period import Period
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.options.model import Came
from portal.proposals.terms import Terms, canonical, from_mapping


@dataclass(frozen=True)
class KeptLine:
    """One support of a scenario. ``key`` is that of the line it was made from; ``out``: left out, and not forgotten."""

    key: UUID
    terms: Terms
    out: bool = False


class Scenario(Protected, Versioned):
    """A named copy of a package to try things out with. It is its maker's own until they share it."""

    __tablename__ = "scenario"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)  #: where it could go
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  #: what it is about, in own words
    program: Mapped[str] = mapped_column(String(40))
    starts: Mapped[date]
    ends: Mapped[date]
    content: Mapped[str]  #: canonical JSON of its lines in order
    before: Mapped[str | None]  #: the lines before the last edit, for one "Undo"
    came: Mapped[Came | None]  #: how it came to be there; None: its maker did not say
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    @classmethod
    def written_by(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        return cls.made_by == account

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Its maker, and once it is shared everybody who may see the draft."""
        return or_(cls.shared_at.is_not(None), cls.made_by == account)

    @property
    def period(self) -> Period:
        return Period(self.starts, self.ends)

    @property
    def lines(self) -> Sequence[KeptLine]:
        """Its supports in order, those left out too."""
        return kept_lines(self.content)

    def put(self, lines: Iterable[KeptLine]) -> bool:
        """Make these its supports and remember those before; False when nothing is different."""
        content = as_content(lines)
        if content == self.content:
            return False
        self.before, self.content = self.content, content
        return True


def kept_lines(content: str) -> Sequence[KeptLine]:
    """The lines that ``as_content`` wrote."""
    return [KeptLine(UUID(one["key"]), from_mapping(one["terms"]), one["out"]) for one in json.loads(content)]


def as_content(lines: Iterable[KeptLine]) -> str:
    """Lines as canonical JSON: the same lines always give the same text."""
    return canonical([{"key": str(one.key), "terms": json.loads(one.terms.as_json()), "out": one.out} for one in lines])


class EditKind(StrEnum):
    """What somebody did with a line of a draft."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    PARKED = "parked"
    BROUGHT_BACK = "brought_back"


class Edit(Protected, Versioned):
    """One edit of one line of a draft. Edits of one press share their ``step`` and are undone together."""

    __tablename__ = "proposal_edit"
    resource = Resource.DRAFT

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_line.id"), index=True)
    step: Mapped[UUID]
    number: Mapped[int]  #: in the order in which they were made, from 1
    kind: Mapped[EditKind]
    before: Mapped[str]  #: how the line was: canonical JSON; "" when it was not there yet
    after: Mapped[str]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class WayKind(StrEnum):
    """How else somebody could be paid for the same support."""

    PROVIDER = "provider"
    PLATFORM = "platform"
    EMPLOYMENT = "employment"


class OtherWay(Protected, Versioned):
    """Prices or wages that somebody told, to see what the same week would cost when it is bought in that way."""

    __tablename__ = "other_way"
    resource = Resource.DRAFT

    kind: Mapped[WayKind]
    name: Mapped[str]
    program: Mapped[str] = mapped_column(String(40))
    content: Mapped[str]  #: canonical JSON, see ways.py
    told_on: Mapped[date]
    told_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    removed_at: Mapped[datetime | None]
