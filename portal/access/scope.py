"""The access table as SQL: what a reader may see, and the mark every statement must carry.

``tests/portal/test_access_in_sql.py`` holds this equal to ``policy.decide``: change both or neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    exists,
    false,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import InternalTraversal

from portal.access.table import COLUMNS, PORTAL_WIDE, SCOPE_OF, WALLS, Action, Relationship, Resource, Scope, grants
from portal.accounts.model import Membership, Role
from portal.db import Base, Instant
from portal.people.model import Authority, Client, Consent, Restriction, Tie

M = TypeVar("M", bound=Base)
S = TypeVar("S", bound=Any)

BY_ORGANISATION = frozenset({Relationship.PROVIDER, Relationship.PLAN_MANAGER})
ROLES = {
    Relationship.ADMINISTRATOR: Role.ADMINISTRATOR,
    Relationship.AUDITOR: Role.AUDITOR,
    Relationship.OFFICER: Role.OFFICER,
}


class Reader(Protocol):
    """Who reads, and when: the part of ``Work`` this module needs."""

    @property
    def account_id(self) -> UUID | None: ...
    @property
    def day(self) -> date: ...
    @property
    def now(self) -> datetime: ...
    @property
    def stepped_up(self) -> bool: ...


def unscoped(statement: S, why: str) -> S:
    """Mark a statement that may see every row, and say why (jobs, sign-in, facts of access itself)."""
    result: S = statement.execution_options(scoped=why)
    return result


def visible(reader: Reader, model: type[M], action: Action = Action.READ) -> Select[M]:
    """Rows of a protected table on which this reader may do this: the start of every query."""
    return limit(select(model), reader, model, action)


def limit(statement: S, reader: Reader, model: type[Base], action: Action = Action.READ) -> S:
    """Narrow any select on ``model`` (columns, counts, joins) to what this reader may see, and mark it so."""
    result: S = statement.where(allowed(reader, model, action)).execution_options(scoped="visible")
    return result


def allowed(reader: Reader, model: Any, action: Action) -> ColumnElement[bool]:
    """The condition itself, for one table of a larger statement."""
    if reader.account_id is None:
        return false()
    account, day, now = reader.account_id, reader.day, reader.now
    given = Given(
        bindparam(None, callable_=lambda: account, type_=Uuid(), unique=True),
        bindparam(None, callable_=lambda: day, type_=Date(), unique=True),
        bindparam(None, callable_=lambda: now, type_=Instant(), unique=True),
    )
    return Permitted(given, model, action, reader.stepped_up)


class Seen(Protocol):
    """``visible`` for a statement that is written before its reader is known; ``columns`` instead of whole rows.

    ``client``: ``CLIENT``, when all rows are of one client; what is true of that client is then asked once, and not
    for every row.
    """

    def __call__(
        self, model: type[Base], *columns: Any, action: Action = Action.READ, client: BindParameter[Any] | None = None
    ) -> Select[Any]: ...


class Written:
    """A statement that is written once and run for many readers: for pages where making it anew would be felt.

    ``make`` is handed a ``Seen`` and leaves every value as a ``bindparam``; called with a reader and those values it
    gives the statement and its parameters, to be run at once: ``session.scalars(*COMMENTS(work, proposal=one.id))``.
    """

    def __init__(self, make: Callable[[Seen], Select[Any]]) -> None:
        self._make = make
        self._made: dict[tuple[bool, bool], Select[Any]] = {}

    def __call__(self, reader: Reader, **values: Any) -> tuple[Select[Any], dict[str, Any]]:
        signed_in, stepped_up = reader.account_id is not None, reader.stepped_up
        statement = self._made.get((signed_in, stepped_up))
        if statement is None:
            statement = self._made[signed_in, stepped_up] = self._make(_seen(signed_in, stepped_up))
        return statement, {**values, **values_of(reader)}


def values_of(reader: Reader) -> dict[str, Any]:
    return {"reader": reader.account_id, "day": reader.day, "now": reader.now}


def _seen(signed_in: bool, stepped_up: bool) -> Seen:
    def seen(
        model: type[Base], *columns: Any, action: Action = Action.READ, client: BindParameter[Any] | None = None
    ) -> Select[Any]:
        given = READER if client is None else replace(READER, client=client)
        condition = Permitted(given, model, action, stepped_up) if signed_in else false()
        rows = select(*(columns or (model,))).where(condition).execution_options(scoped="visible")
        return rows if client is None else rows.where(_client_of(model) == client)

    return seen


@dataclass(frozen=True)
class Given:
    """The three values of a reader that a condition is about, as parameters of a statement.

    ``client``: whose rows they are, where that is known beforehand; else each row says it.
    """

    account: ColumnElement[Any]
    day: ColumnElement[Any]
    now: ColumnElement[Any]
    client: ColumnElement[Any] | None = None

    def client_of(self, model: Any) -> Any:
        return _client_of(model) if self.client is None else self.client


def given_of(reader: Reader) -> Given:
    return Given(literal(reader.account_id, Uuid()), literal(reader.day, Date()), literal(reader.now, Instant()))


READER = Given(bindparam("reader", type_=Uuid()), bindparam("day", type_=Date()), bindparam("now", type_=Instant()))


CLIENT: BindParameter[Any] = bindparam("client", type_=Uuid())


class Permitted(ColumnElement[bool]):
    """The condition of one model, action and step-up; it is written out only when a statement is compiled.

    Compiled statements are kept by ``rule`` alone. The reader's values are parameters that nobody can read while the
    condition is made (they are given when the statement runs), so they can never be compiled into it.
    """

    _traverse_internals = [  # noqa: RUF012  # as in SQLAlchemy: what makes two of these the same statement
        ("rule", InternalTraversal.dp_plain_obj),
        ("account", InternalTraversal.dp_clauseelement),
        ("day", InternalTraversal.dp_clauseelement),
        ("now", InternalTraversal.dp_clauseelement),
        ("client", InternalTraversal.dp_clauseelement),
    ]
    type = Boolean()

    def __init__(self, given: Given, model: Any, action: Action, stepped_up: bool) -> None:
        self.rule = (model, action, stepped_up)
        self.account, self.day, self.now, self.client = given.account, given.day, given.now, given.client


@compiles(Permitted)
def _written_out(permitted: Permitted, compiler: Any, **options: Any) -> str:
    given = Given(permitted.account, permitted.day, permitted.now, permitted.client)
    text: str = compiler.process(_condition(given, *permitted.rule).self_group(), **options)
    return text


def _condition(given: Given, model: Any, action: Action, stepped_up: bool) -> ColumnElement[bool]:
    resource: Resource = model.resource
    alike: dict[tuple[Relationship | str, frozenset[str]], list[Relationship]] = {}
    for who in COLUMNS:
        for grant in grants(resource, who, action):
            if "s" not in grant.conditions or stepped_up:
                alike.setdefault((_kind_of(who), grant.conditions - {"s"}), []).append(who)
    ways = [
        _way(given, model, resource, action, kind, conditions, found) for (kind, conditions), found in alike.items()
    ]
    return and_(or_(false(), *ways), ~_hidden(given, model, resource), kept_open(model, given))


def _kind_of(who: Relationship) -> Relationship | str:
    """Relationships that are looked up alike share one part of the condition."""
    if who is Relationship.ANYONE or who in PORTAL_WIDE:
        return who
    return "organisation" if who in BY_ORGANISATION else "account"


def _client_of(model: Any) -> Any:
    return model.id if model is Client else model.client_id


def _way(
    given: Given,
    model: Any,
    resource: Resource,
    action: Action,
    kind: Relationship | str,
    conditions: frozenset[str],
    found: list[Relationship],
) -> ColumnElement[bool]:
    record: list[ColumnElement[bool]] = []
    if "i" in conditions:
        record.append(addressed(given, model))
    if "o" in conditions:
        record.append(own(model, given.account))
    if kind is Relationship.ANYONE:
        return and_(*record) if record else literal(True)
    if isinstance(kind, Relationship):
        return and_(_member(given, ROLES[kind]), *record)
    tie = aliased(Tie)
    parts = [
        tie.client_id == given.client_of(model),
        or_(*(tie.relationship == fixed(who) for who in found)),
        tie.starts <= given.day,
        or_(tie.ends.is_(None), tie.ends >= given.day),
        tie.revoked_at.is_(None),
        tie.organisation_id.in_(organisations_of(given)) if kind == "organisation" else tie.account_id == given.account,
    ]
    if "c" in conditions:
        parts.append(_consented(given, tie, resource, action))
    if "l" in conditions:
        parts.append(_authorised(given, tie, resource, action))
    return and_(exists().where(*parts), *record)


def fixed(word: StrEnum) -> ColumnElement[str]:
    """A word of the access table itself, as part of the statement: one value less to hand over each time it runs."""
    if not word.value.replace("_", "").isalpha():
        raise ValueError(word)
    return literal_column(f"'{word.value}'", String())


def addressed(given: Given, model: Any) -> ColumnElement[bool]:
    clause: ColumnElement[bool] = (
        model.addressed_to(organisations_of(given), given.account) if hasattr(model, "addressed_to") else false()
    )
    return clause


def own(model: Any, account: ColumnElement[Any]) -> ColumnElement[bool]:
    clause: ColumnElement[bool] = model.written_by(account) if hasattr(model, "written_by") else false()
    return clause


def kept_open(model: Any, given: Given) -> ColumnElement[bool]:
    walls = [condition for wall in WALLS if (condition := wall(model, given.account)) is not None]
    return and_(model.open_on(given.account, given.day) if hasattr(model, "open_on") else true(), *walls)


def organisations(reader: Reader) -> Select[UUID]:
    """Organisations in which the reader is a member today."""
    return organisations_of(given_of(reader))


def organisations_of(given: Given) -> Select[UUID]:
    return select(Membership.organisation_id).where(
        Membership.account_id == given.account,
        Membership.starts <= given.day,
        or_(Membership.ends.is_(None), Membership.ends >= given.day),
    )


def _member(given: Given, role: Role) -> ColumnElement[bool]:
    return exists().where(
        Membership.account_id == given.account,
        Membership.role == fixed(role),
        Membership.starts <= given.day,
        or_(Membership.ends.is_(None), Membership.ends >= given.day),
    )


def _consented(given: Given, tie: Any, resource: Resource, action: Action) -> ColumnElement[bool]:
    parts = [
        Consent.tie_id == tie.id,
        Consent.covers == fixed(resource),
        Consent.withdrawn_at.is_(None),
        Consent.starts <= given.day,
        or_(Consent.ends.is_(None), Consent.ends >= given.day),
    ]
    if action is not Action.READ:
        parts.append(Consent.comments.is_(True))
    return exists().where(*parts)


def _authorised(given: Given, tie: Any, resource: Resource, action: Action) -> ColumnElement[bool]:
    needed = Authority.scopes.contains(f",{SCOPE_OF.get(resource, Scope.PLANNING)},")
    if action is Action.READ:
        needed = or_(needed, Authority.scopes.contains(f",{Scope.INFORMATION},"))
    return exists().where(
        Authority.tie_id == tie.id,
        Authority.checked_at.is_not(None),
        Authority.starts <= given.day,
        or_(Authority.ends.is_(None), Authority.ends >= given.day),
        needed,
    )


def _hidden(given: Given, model: Any, resource: Resource) -> ColumnElement[bool]:
    wall = aliased(Restriction)  # a name of its own, since the rows asked for may be restrictions themselves
    return exists().where(
        wall.client_id == given.client_of(model),
        wall.hidden_from == given.account,
        wall.lifted_at.is_(None),
        wall.set_at <= given.now,
        or_(wall.hides.is_(None), wall.hides == fixed(resource)),
    )
