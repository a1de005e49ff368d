"""Statements that are written once and read columns: SQLAlchemy writes each out a single time, the driver runs it.

A page asks the same few statements again and again. What SQLAlchemy does around each run (its own context, result and
rows) takes four times as long as SQLite itself, so it is done once for a statement and kept.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, ref

from sqlalchemy import BindParameter, ClauseElement, CompoundSelect, Connection, Dialect, Executable, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, SessionTransaction, class_mapper, make_transient_to_detached
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

from portal.db import Record, refuse_unmarked

M = TypeVar("M", bound=Record)
_ROW: Any = namedtuple  # with names that only a statement knows


class Ready:
    """One statement written out for one kind of database: its text, its values on the way in, its columns back."""

    def __init__(self, compiled: SQLCompiler, expanded: ExpandedState, asked: Iterable[str]) -> None:
        dialect, self.text = compiled.dialect, expanded.statement
        self._driver: Any = dialect.dbapi
        into = {name: one.type.dialect_impl(dialect).bind_processor(dialect) for name, one in compiled.binds.items()}
        convert: Mapping[str, Any] = {name: one for name, one in {**into, **expanded.processors}.items() if one}
        named = set(asked)
        self._asked = [(name, convert.get(name)) for name in expanded.parameters if name in named]
        self._fixed = {
            name: convert[name](value) if name in convert else value
            for name, value in expanded.parameters.items()
            if name not in named
        }
        assert isinstance(compiled.statement, Select | CompoundSelect)
        columns = list(compiled.statement.selected_columns)
        self._row = _ROW("row", [one.key for one in columns], rename=True)._make
        self._back = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]

    def run(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Every row as a named tuple. DBAPIError as SQLAlchemy raises it, when the database refuses."""
        asked = {name: convert(values[name]) if convert else values[name] for name, convert in self._asked}
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self.text, {**self._fixed, **asked})
            found = cursor.fetchall()
        except Exception as problem:
            raise DBAPIError.instance(self.text, None, problem, self._driver.Error, hide_parameters=True) from problem
        finally:
            cursor.close()
        if found and any(self._back):
            columns = zip(*found, strict=True)
            turned = [map(back, one) if back else one for back, one in zip(self._back, columns, strict=True)]
            found = list(zip(*turned, strict=True))
        return list(map(self._row, found))


_READY: WeakKeyDictionary[Executable, dict[str, Ready | None]] = WeakKeyDictionary()


class Reads:
    """What a transaction reads as columns rather than records."""

    def __init__(self, session: Session) -> None:
        self._session = ref(session)  # which holds this
        self._connection = session.connection()
        transaction = session.get_transaction()
        assert transaction is not None
        self._transaction = ref(transaction)  # which holds the session

    def belong_to(self, transaction: SessionTransaction | None) -> bool:
        """Whether these are the reads of this transaction; none is no transaction."""
        return transaction is not None and self._transaction() is transaction

    def all(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Any]:
        """Every row of a statement that is kept for the life of the process; what was changed before is written first.

        Unscoped for a statement on a protected table that does not say what limits it.
        """
        session = self._session()
        if session is not None and session.autoflush:
            session.flush()
        dialect = self._connection.dialect
        kept = _READY.setdefault(statement, {})
        if dialect.name not in kept:
            kept[dialect.name] = _written_out(statement, dialect, values)
        ready = kept[dialect.name]
        if ready is None:
            return self._connection.execute(statement, values).all()
        return ready.run(self._connection, values)

    def one(self, statement: Executable, values: Mapping[str, Any]) -> Any:
        """The only row, or the first; None when there is none."""
        found = self.all(statement, values)
        return found[0] if found else None

    def record(self, model: type[M], statement: Executable, values: Mapping[str, Any]) -> M | None:
        """The record that a statement on whole rows of ``model`` finds, as the session itself would have loaded it."""
        row, session = self.one(statement, values), self._session()
        if row is None or session is None:
            return None
        known: M | None = session.identity_map.get(identity_key(model, row.id))
        if known is None:
            known = class_mapper(model).class_manager.new_instance()
            vars(known).update(row._asdict())  # the columns of a record are called as its attributes are
            make_transient_to_detached(known)
            session.add(known)
        return known


def reads_of(session: Session) -> Reads:
    """The reads of a session's transaction, the same ones as long as it goes on."""
    known: Reads | None = session.info.get("reads")
    if known is None or not known.belong_to(session.get_transaction()):
        known = session.info["reads"] = Reads(session)
    return known


def _written_out(statement: Executable, dialect: Dialect, values: Mapping[str, Any]) -> Ready | None:
    """None for a statement whose text depends on how many values it is given."""
    assert isinstance(statement, ClauseElement)
    refuse_unmarked(statement)
    for part in visitors.iterate(statement):
        if isinstance(part, BindParameter) and part.callable is not None:
            raise TypeError("a value that is found anew each time cannot be written out once: see scope.Written")
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    expanded = compiled.construct_expanded_state(values)
    return None if values.keys() & expanded.parameter_expansion.keys() else Ready(compiled, expanded, values)
