"""Who may open an address: its own rule, and every record that it names. For requests, and for letters on their way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, CompoundSelect, Uuid, bindparam, literal, select, union_all

from portal.access.policy import Reason, decide
from portal.access.scope import Written, unscoped
from portal.access.table import PORTAL_WIDE, Action, Protected, Resource, grants
from portal.db import Base
from portal.site.routing import Route
from portal.work import NeedsStepUp, NotVisible, Work

ONE: BindParameter[UUID] = bindparam("one", type_=Uuid())
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def permit(work: Work, rule: tuple[Resource, Action] | None, client_id: UUID | None) -> None:
    """A route's own rule: could this reader ever, for this client? Query and command decide on the record."""
    if rule is None:
        return
    if work.account_id is None:
        raise NotVisible
    resource, action = rule
    if client_id is None and not any(grants(resource, who, action) for who in PORTAL_WIDE):
        return
    facts = work.facts_of(client_id)
    decision = decide(resource, action, replace(facts, addressed=True, own=True), work.day)
    if not decision.allowed:
        raise NeedsStepUp if decision.reason is Reason.STEP_UP else NotVisible


class Opening:
    """Whether an address opens for somebody now, so that no letter leads to a page that is closed to its reader."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._pages = [one for one in routes if one.method == "GET"]
        self._models: tuple[Any, ...] = tuple(
            mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Protected)
        )

    def __call__(self, work: Work, address: str) -> bool:
        """Whether the reader of this work may open the page, and every record that its address names (#… too)."""
        path = re.split("[?#]", address)[0]
        route = next((one for one in self._pages if one.pattern.match(path)), None)
        if route is None:
            raise LookupError("a letter leads to no page")
        named = list(map(UUID, ID.findall(address)))
        client_id = named.pop(0) if "{client_id:uuid}" in route.path else None
        try:
            permit(work, route.access, client_id)
        except NeedsStepUp:
            pass  # they can show that it is them
        except NotVisible:
            return False
        which = _which(self._models)
        return all(
            self._sees(work, self._models[at], one) for one in named for (at,) in work.reads.all(which, {"one": one})
        )

    def _sees(self, work: Work, model: Any, one: UUID) -> bool:
        """The record itself, or a part of it that is theirs: of a change, a provider is shown its own part."""
        return any(work.reads.one(*ask(work, one=one)) is not None for ask in _ways(model, self._models))


@cache
def _which(models: tuple[Any, ...]) -> CompoundSelect[Any]:
    """The question which of these models a record is of; made once, when the first letter asks."""
    of_each = (select(literal(at).label("at")).where(one.id == ONE) for at, one in enumerate(models))
    return unscoped(union_all(*of_each), "which records an address names")


@cache
def _ways(model: Any, models: tuple[Any, ...]) -> Sequence[Written]:
    """The questions whether a reader sees a record of this model, or any part of it; made once, as the one above."""
    parts = (
        (each, column)
        for each in models
        if each is not model and each.resource is model.resource
        for column in each.__table__.columns
        if any(key.column.table is model.__table__ for key in column.foreign_keys)
    )
    return [_seen_by(each, column) for each, column in ((model, model.id), *parts)]


def _seen_by(model: Any, column: Any) -> Written:
    return Written(lambda seen: seen(model, model.id).where(column == ONE).limit(1))
