"""The walls around a draft that somebody keeps to themselves: for rows, for the journal, and for messages."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from portal.access.table import wall
from portal.db import Base
from portal.journal import Event, kept
from portal.proposals.model import Proposal
from portal.work import Ids, untold


@wall
def _hangs_on_a_kept_draft(model: Any, account: ColumnElement[UUID]) -> ColumnElement[bool] | None:
    """Whatever belongs to a draft that somebody keeps to themselves is open to them alone, in every table."""
    if not hasattr(model, "proposal_id"):
        return None
    one = aliased(Proposal)
    return ~exists().where(one.id == model.proposal_id, one.kept_by.is_not(None), one.kept_by != account)


@kept
def _about_a_kept_draft(session: Session, event: Event) -> bool:
    """Whether an event is about a draft that somebody keeps to themselves, or about anything that belongs to one."""
    private = set(
        session.scalars(
            select(Proposal.id)
            .where(Proposal.client_id == event.client_id, Proposal.kept_by.is_not(None))
            .execution_options(scoped="what is kept to oneself")
        )
    )
    if not private:
        return False
    ids = {value for each in fields(event) if isinstance(value := getattr(event, each.name), UUID)}
    return bool(ids & private) or any(
        session.scalar(
            select(model.id)
            .where(model.id.in_(ids), model.proposal_id.in_(private))
            .limit(1)
            .execution_options(scoped="what is kept to oneself")
        )
        for mapper in Base.registry.mappers
        if hasattr(model := mapper.class_, "proposal_id") and hasattr(model, "id")
    )


@untold
def _to_somebody_else(session: Session, ids: Ids) -> bool:
    """Whether a message would lead somebody else to a draft that is kept from them."""
    _, _, rest = str(ids.get("path", "")).partition("/proposals/")
    try:
        kept_by = session.scalar(
            select(Proposal.kept_by).where(Proposal.id == UUID(rest[:36])).execution_options(scoped="who keeps a draft")
        )
    except ValueError:  # about no draft
        return False
    return kept_by is not None and str(kept_by) != str(ids.get("account_id"))
