"""The walls around a draft that somebody keeps to themselves: for every row that hangs on it, and for the journal.

A row hangs on a draft when it has a ``proposal_id``, or names a row that has one: by a foreign key, or as a
``meeting_id`` names a ``meeting``, also where such a name is only a synonym. So a new table stands behind the wall by
its columns.
Letters need no wall of their own: none is sent that leads to what its reader may not open (``site/opening.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.access.table import Protected, Resource, wall
from portal.db import Base
from portal.journal import Event, kept
from portal.proposals.model import Proposal
from portal.reads import reads_of

#: Before a yes: what was agreed was never private, since nobody can say yes to a draft that only they see.
BEFORE_A_YES = frozenset({Resource.DRAFT, Resource.REQUEST})
Condition = Callable[[Any], ColumnElement[bool]]


def _hangs_on(model: Any, draft: Condition) -> ColumnElement[bool] | None:
    """The rows of a table that hang on a draft of which something is so; None for a table whose rows never do."""
    ways = []
    if hasattr(model, "proposal_id"):
        one = aliased(Proposal)
        ways.append(exists().where(one.id == model.proposal_id, draft(one)))
    for over, key in _named_by(model):
        row, one = aliased(over), aliased(Proposal)
        ways.append(exists().where(row.id == key, one.id == row.proposal_id, draft(one)))
    return or_(*ways) if ways else None


def _named_by(model: Any) -> Iterator[tuple[Any, Any]]:
    """The tables with a draft of their own that a table names rows of, and by which column."""
    table = getattr(model, "__table__", None)
    if table is None or "proposal_id" in table.columns or model.resource not in BEFORE_A_YES:
        return
    for over in _protected():
        if over is model or "proposal_id" not in over.__table__.columns:
            continue
        keys = [one.name for one in table.columns if any(k.column.table is over.__table__ for k in one.foreign_keys)]
        for name in dict.fromkeys([*keys, f"{over.__tablename__}_id"]):
            if over.resource in BEFORE_A_YES and hasattr(model, name):
                yield over, getattr(model, name)


def _protected() -> list[Any]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Protected)]


@wall
def _hangs_on_a_kept_draft(model: Any, account: ColumnElement[UUID]) -> ColumnElement[bool] | None:
    """Whatever belongs to a draft that somebody keeps to themselves is open to them alone, in every table."""
    hangs = _hangs_on(model, lambda draft: draft.kept_by.is_not(None) & (draft.kept_by != account))
    return None if hangs is None else ~hangs


_KEPT_DRAFTS = (
    select(Proposal.id)
    .where(Proposal.client_id == bindparam("client"), Proposal.kept_by.is_not(None))
    .execution_options(scoped="what is kept to oneself")
)


@kept
def _about_a_kept_draft(session: Session, event: Event) -> bool:
    """Whether an event is about a draft that somebody keeps to themselves, or about anything that belongs to one."""
    private = {one.id for one in reads_of(session).all(_KEPT_DRAFTS, {"client": event.client_id})}
    if not private:
        return False
    ids = {value for each in fields(event) if isinstance(value := getattr(event, each.name), UUID)}
    return bool(ids & private) or any(
        session.scalar(
            select(model.id)
            .where(model.id.in_(ids), hangs)
            .limit(1)
            .execution_options(scoped="what is kept to oneself")
        )
        for model in _protected()
        if (hangs := _hangs_on(model, lambda draft: draft.id.in_(private))) is not None
    )
