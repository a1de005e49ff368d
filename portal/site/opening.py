"""Who may open an address: its own rule, and every record that it names. For requests, and for letters on their way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Uuid, bindparam, literal, select, union_all

from portal.access.policy import Reason, decide
from portal.access.scope import limit, unscoped
from portal.access.table import PORTAL_WIDE, Action, Protected, Resource, grants
from portal.db import Base
from portal.site.routing import Route
from portal.work import NeedsStepUp, NotVisible, Work

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
        return not named or all(self._sees(work, model, one) for model, one in self._records(work, named))

    def _records(self, work: Work, ids: list[UUID]) -> Iterator[tuple[Any, UUID]]:
        found = work.session.execute(unscoped(_which(self._models), "which records an address names"), {"ids": ids})
        for at, one in found.all():
            yield self._models[at], one

    def _sees(self, work: Work, model: Any, one: UUID) -> bool:
        """The record itself, or a part of it that is theirs: of a change, a provider is shown its own part."""
        ways: list[tuple[Any, Any]] = [(model, model.id), *self._parts(model)]
        found = (limit(select(each.id), work, each).where(column == one) for each, column in ways)
        return any(work.session.scalar(statement.limit(1)) is not None for statement in found)

    def _parts(self, model: Any) -> Iterator[tuple[Any, Any]]:
        for each in self._models:
            if each is not model and each.resource is model.resource:
                for column in each.__table__.columns:
                    if any(key.column.table is model.__table__ for key in column.foreign_keys):
                        yield each, column


@cache
def _which(models: tuple[Any, ...]) -> CompoundSelect[Any]:
    """The question which of these models some records are of; made once, when the first letter asks."""
    asked = bindparam("ids", expanding=True, type_=Uuid())
    of_each = (select(literal(at).label("at"), one.id).where(one.id.in_(asked)) for at, one in enumerate(models))
    return union_all(*of_each)
