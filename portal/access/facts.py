"""What is true between a reader and a client, and of one record, for ``policy.decide``: read in few statements.

``tests/portal/test_access_in_sql.py`` holds ``decide`` on these facts equal to ``scope.visible``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from portal.access import scope
from portal.access.policy import Authorised, Consented, Facts, Tie as TieFact
from portal.access.table import Relationship, Resource
from portal.accounts.model import Membership
from portal.db import Instant
from portal.people.model import Authority, Consent, Restriction, Tie
from portal.reads import Reads, reads_of


def facts(
    session: Session, reader: scope.Reader, client_id: UUID | None, record: Any = None, known: Facts | None = None
) -> Facts:
    """What is true now between this reader and this client (and this record), for ``policy.decide``.

    ``known``: the facts about the client, when they were asked for already; then only the record is looked at.
    """
    if reader.account_id is None:
        return Facts()
    found = known or _facts_of_client(session, reader, client_id)
    if record is None:
        return found
    if session.autoflush:
        session.flush()
    asked = {"record": record.id, **scope.values_of(reader)}
    model: Any = type(record)
    statement = _asked(model, scope.given_of(reader)) if getattr(model, "told_by_mark", False) else _of_record(model)
    row = reads_of(session).one(statement, asked)
    addressed, own, kept_private = (bool(row[0]), bool(row[1]), not row[2]) if row else (False, False, False)
    return replace(found, addressed=addressed, own=own, kept_private=kept_private)


@cache
def _of_record(model: Any) -> Select[Any]:
    """The same, written once for every reader: it is asked before every act on a record."""
    return _asked(model, scope.READER)


def _asked(model: Any, given: scope.Given) -> Select[Any]:
    """Whether a record is addressed to its reader, their own, and open to them."""
    parts: list[Any] = [scope.addressed(given, model), scope.own(model, given.account), scope.kept_open(model, given)]
    return scope.unscoped(select(*parts).where(model.id == bindparam("record", type_=Uuid())), "facts of access")


def _facts_of_client(session: Session, reader: scope.Reader, client_id: UUID | None) -> Facts:
    who = {"client": client_id, **scope.values_of(reader)}
    ties = [TieFact(Relationship.ANYONE, reader.day)]
    reading = reads_of(session)
    found: dict[str, list[Any]] = {"role": [], "tie": [], "hides": []}
    for row in reading.all(_HELD if client_id is None else _BETWEEN, who):
        found[row.kind].append(row)
    for row in found["role"]:
        ties += [TieFact(one, row.starts, row.ends) for one, meant in scope.ROLES.items() if meant == row.word]
    ties += _ties(reading, who, found["tie"])
    hidden = frozenset(Resource(row.word) if row.word else None for row in found["hides"])
    return Facts(tuple(ties), hidden, stepped_up=reader.stepped_up)


_CLIENT = bindparam("client", type_=Uuid())
_NO_ID, _NO_DAY, _NEVER = cast(null(), Uuid()), cast(null(), Date()), cast(null(), Instant())


def _rows(kind: str, word: Any, *rest: Any) -> Select[Any]:
    """Rows of one kind in the columns that all kinds share: what it is, its word, id, first day, last day, end."""
    names = ("id", "starts", "ends", "at")
    columns = [one.label(name) for name, one in zip(names, rest, strict=True)]
    called = literal_column(f"'{kind}'", String()).label("kind")
    return select(called, type_coerce(word, String).label("word"), *columns)


_HELD = _rows("role", Membership.role, _NO_ID, Membership.starts, Membership.ends, _NEVER).where(
    Membership.account_id == scope.READER.account
)
_HIDES = _rows("hides", Restriction.hides, _NO_ID, _NO_DAY, _NO_DAY, _NEVER).where(
    Restriction.client_id == _CLIENT,
    Restriction.hidden_from == scope.READER.account,
    Restriction.lifted_at.is_(None),
    Restriction.set_at <= scope.READER.now,
)
_BY_ORGANISATION = or_(*(Tie.relationship == scope.fixed(who) for who in sorted(scope.BY_ORGANISATION)))
_THEIRS = and_(
    Tie.client_id == _CLIENT,
    or_(
        and_(Tie.account_id == scope.READER.account, ~_BY_ORGANISATION),
        and_(Tie.organisation_id.in_(scope.organisations_of(scope.READER)), _BY_ORGANISATION),
    ),
)
_TIES = _rows("tie", Tie.relationship, Tie.id, Tie.starts, Tie.ends, Tie.revoked_at).where(_THEIRS)
# In one statement, since every page asks it first.
_BETWEEN = scope.unscoped(union_all(_HELD, _TIES, _HIDES), "facts of access")
_CONSENTS = scope.unscoped(
    select(Consent.tie_id, Consent.covers, Consent.comments, Consent.starts, Consent.ends, Consent.withdrawn_at).where(
        Consent.tie_id == Tie.id, _THEIRS
    ),
    "facts of access",
)
_AUTHORITIES = scope.unscoped(
    select(
        Authority.tie_id, Authority.id, Authority.scopes, Authority.starts, Authority.ends, Authority.checked_at
    ).where(Authority.tie_id == Tie.id, _THEIRS),
    "facts of access",
)


def _ties(reading: Reads, who: Mapping[str, Any], rows: Sequence[Any]) -> list[TieFact]:
    if all(row.word == Relationship.CLIENT for row in rows):  # consents and authorities are other people's
        return [TieFact(Relationship.CLIENT, row.starts, row.ends, row.at is not None) for row in rows]
    consents: dict[UUID, list[Consented]] = {}
    for tie_id, covers, comments, starts, ends, withdrawn_at in reading.all(_CONSENTS, who):
        consents.setdefault(tie_id, []).append(Consented(covers, comments, starts, ends, withdrawn_at is not None))
    authorities: dict[UUID, list[Authorised]] = {}
    for tie_id, authority_id, scopes, starts, ends, checked_at in reading.all(_AUTHORITIES, who):
        checked = Authorised(authority_id, Authority.unpack(scopes), starts, ends, checked_at is not None)
        authorities.setdefault(tie_id, []).append(checked)
    return [
        TieFact(Relationship(row.word), row.starts, row.ends, row.at is not None, tuple(given), tuple(legal))
        for row in rows
        for given, legal in ((consents.get(row.id, ()), authorities.get(row.id, ())),)
    ]
