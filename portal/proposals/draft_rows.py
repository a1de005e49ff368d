"""The rows of a draft as columns: lines and comments that are shown and never changed, each version read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, String, bindparam, exists, type_coerce

from portal.access.scope import CLIENT, Written
from portal.proposals.model import (
    UNSETTLED,
    Act,
    Comment,
    Line,
    Proposal,
    Reaction,
    Suggestion,
    SuggestionKind,
    SuggestionState,
    acts_of,
    terms_of,
)
from portal.proposals.terms import Terms
from portal.work import Work

T = TypeVar("T")


def _spelled(column: Any) -> ColumnElement[Any]:
    """An id as the database spells it, which is all that a memory is asked by: most rows were read before."""
    return type_coerce(column, String).label("id")


_ONE: BindParameter[UUID] = bindparam("proposal")
_VERSIONS = Written(  # and whether there is anything else at all: each of these is then asked for by itself
    lambda seen: (
        seen(
            Line,
            _spelled(Line.id),
            Line.version,
            exists().where(Suggestion.proposal_id == _ONE, Suggestion.state.in_(UNSETTLED)).label("suggested"),
            exists().where(Comment.proposal_id == _ONE).label("said"),
            exists().where(Reaction.proposal_id == _ONE).label("felt"),
            client=CLIENT,
        )
        .where(Line.proposal_id == _ONE)
        .order_by(Line.position, Line.id)
    )
)
_DRAFT_LINES = Written(
    lambda seen: seen(Line, *Line.__table__.columns).where(Line.id.in_(bindparam("ids", expanding=True)))
)
_SAID_VERSIONS = Written(
    lambda seen: (
        seen(Comment, _spelled(Comment.id), Comment.version, client=CLIENT)
        .where(Comment.proposal_id == _ONE)
        .order_by(Comment.said_at, Comment.id)
    )
)
_DRAFT_SAID = Written(
    lambda seen: seen(Comment, *Comment.__table__.columns).where(Comment.id.in_(bindparam("ids", expanding=True)))
)
_ASKED_VERSIONS = Written(
    lambda seen: (
        seen(Suggestion, _spelled(Suggestion.id), Suggestion.version, client=CLIENT)
        .where(Suggestion.proposal_id == _ONE, Suggestion.state.in_(UNSETTLED))
        .order_by(Suggestion.suggested_at, Suggestion.id)
    )
)
_DRAFT_ASKED = Written(
    lambda seen: seen(Suggestion, *Suggestion.__table__.columns).where(
        Suggestion.id.in_(bindparam("ids", expanding=True))
    )
)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line as the budget sheet shows it: read as columns, since a sheet has many and changes none."""

    id: UUID
    key: UUID
    version: int
    terms: Terms
    before: str | None
    edited_by: UUID | None
    parked_at: datetime | None
    removed_at: datetime | None
    park_owner_id: UUID | None = None
    park_due: date | None = None
    ref: str = field(init=False)  #: ``key`` as the calculator has it
    name: str = field(init=False)
    counts: bool = field(init=False)  #: whether the line is part of what is being worked out

    def __post_init__(self) -> None:
        object.__setattr__(self, "ref", str(self.key))
        object.__setattr__(self, "name", self.terms.name)
        object.__setattr__(self, "counts", self.removed_at is None and self.parked_at is None)


def lines(work: Work, proposal: Proposal) -> Sequence[DraftLine]:
    """Every line of a proposal in order, those taken out too, to be shown and priced only.

    A line of a version that was read before is not read again: every edit gives it another version.
    """
    return lines_of(work, versions(work, proposal))


def versions(work: Work, proposal: Proposal) -> Sequence[Any]:
    """Each line's id and version, in order, and whether there is anything else at all."""
    return work.reads.all(*_VERSIONS(work, proposal=proposal.id, client=proposal.client_id))


def lines_of(work: Work, versions: Sequence[Any]) -> Sequence[DraftLine]:
    """The lines of these versions; only those that were not read before are asked for."""
    return _read_once(work, versions, _DRAFT_LINES, _draft_line)


def _read_once(work: Work, versions: Sequence[Any], written: Written, make: Callable[[Any], T]) -> Sequence[T]:
    """Rows in the order of their versions; what was read before of the same version is not read again."""
    memory = work.memory
    found: dict[Any, T | None] = {row.id: memory.get((row.id, row.version)) for row in versions}
    if unread := {_id(one): one for one, known in found.items() if known is None}:
        for row in work.reads.all(*written(work, ids=list(unread))):
            spelled = unread[row.id]
            found[spelled] = made = make(row)
            memory.keep((spelled, row.version), made)
    return [one for one in found.values() if one is not None]


def _id(spelled: UUID | str) -> UUID:
    return UUID(spelled) if isinstance(spelled, str) else spelled


def _draft_line(row: Any) -> DraftLine:
    kept = (row.before, row.edited_by, row.parked_at, row.removed_at, row.park_owner_id, row.park_due)
    return DraftLine(row.id, row.key, row.version, terms_of(row), *kept)


@dataclass(frozen=True, slots=True)
class DraftComment:
    """Something said, as a draft shows it: read as columns, since a draft has many and changes none."""

    id: UUID
    version: int
    line_id: UUID | None
    text: str
    said_by: UUID
    said_at: datetime
    disagrees: bool
    answers_id: UUID | None
    suggestion_id: UUID | None
    answered_at: datetime | None
    third_id: UUID | None
    third_asked_at: datetime | None
    resolved_at: datetime | None
    resolved_by: UUID | None

    @classmethod
    def of(cls, row: Any) -> DraftComment:
        """From a row that has all of its columns."""
        return cls(**{field: getattr(row, field) for field in cls.__slots__})


def comments(work: Work, proposal: Proposal) -> Sequence[DraftComment]:
    """Everything said about a proposal, the oldest first, to be shown only; what was read before is not read again."""
    versions = work.reads.all(*_SAID_VERSIONS(work, proposal=proposal.id, client=proposal.client_id))
    return _read_once(work, versions, _DRAFT_SAID, DraftComment.of)


@dataclass(frozen=True, slots=True)
class DraftSuggestion:
    """A suggestion that waits or was put off, as a draft shows it: read as columns, since a draft changes none."""

    id: UUID
    version: int
    line_id: UUID | None
    suggests: SuggestionKind
    acts: Sequence[Act]
    reason: str
    suggested_by: UUID
    suggested_at: datetime
    answers_id: UUID | None
    asked_id: UUID | None
    state: SuggestionState
    park_owner_id: UUID | None
    park_due: date | None

    @classmethod
    def of(cls, row: Any) -> DraftSuggestion:
        """From a row that has all of its columns."""
        plain = {field: getattr(row, field) for field in cls.__slots__ if field != "acts"}
        return cls(acts=acts_of(row), **plain)


Asked = Suggestion | DraftSuggestion


def unsettled(work: Work, proposal: Proposal) -> Sequence[DraftSuggestion]:
    """What waits for an answer and what was put off, the oldest first, to be shown only."""
    versions = work.reads.all(*_ASKED_VERSIONS(work, proposal=proposal.id, client=proposal.client_id))
    return _read_once(work, versions, _DRAFT_ASKED, DraftSuggestion.of)
