"""The database: base classes, column types that refuse wrong values, engines, and sessions."""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import threading
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Boolean,
    ClauseElement,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum as SqlEnum,
    Executable,
    MetaData,
    Text,
    Uuid,
    bindparam,
    create_engine,
    event,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, declared_attr, mapped_column, sessionmaker
from sqlalchemy.sql import coercions, roles, visitors
from sqlalchemy.sql.schema import Table
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeDecorator, TypeEngine

from budgeting.money import Money
from portal.settings import Settings

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; a value without a time zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Cents(TypeDecorator[Money]):
    """Money as whole cents of the operator's currency."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if not isinstance(value, Money):
            raise TypeError("only Money goes into a money column")
        return value.minor

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(value)


class _Ids(TypeDecorator[Any]):
    """Any number of ids as one value: an array, or text where a database has none."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        array = dialect.name == "postgresql"
        return dialect.type_descriptor(cast(TypeEngine[Any], ARRAY(Uuid()) if array else Text()))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return list(value) if dialect.name == "postgresql" else json.dumps([one.hex for one in value])


class Among(ColumnElement[bool]):
    """Whether an id is one of many that travel as a single value, however many they are."""

    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012  # as in SQLAlchemy: what makes two of these the same statement
        ("column", InternalTraversal.dp_clauseelement),
        ("ids", InternalTraversal.dp_clauseelement),
    ]
    type = Boolean()

    def __init__(self, column: Any, ids: BindParameter[Any]) -> None:
        self.column = coercions.expect(roles.ExpressionElementRole, column)
        self.ids = ids


def among(column: Any, ids: Iterable[UUID] | str) -> ColumnElement[bool]:
    """``column`` is one of ``ids``: for thousands of them, where ``in_`` would write each into the statement.

    The name of a value, for a statement that is written before its ids are known.
    """
    if isinstance(ids, str):
        return Among(column, bindparam(ids, type_=_Ids()))
    return Among(column, bindparam(None, tuple(ids), type_=_Ids(), unique=True))


@compiles(Among)
def _among(one: Among, compiler: Any, **options: Any) -> str:
    column, ids = compiler.process(one.column, **options), compiler.process(one.ids, **options)
    return f"{column} IN (SELECT value FROM json_each({ids}))"


@compiles(Among, "postgresql")
def _among_array(one: Among, compiler: Any, **options: Any) -> str:
    column, ids = compiler.process(one.column, **options), compiler.process(one.ids, **options)
    return f"{column} = ANY ({ids})"


class Base(DeclarativeBase):
    """Every table: named constraints, text for strings, enums stored by value."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        Money: Cents,
        str: Text,
        int: BigInteger,
        Enum: SqlEnum(
            Enum, native_enum=False, length=40, values_callable=lambda kind: [member.value for member in kind]
        ),
    }


class Record(Base):
    """A row with a random id, known from the moment it is made."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", uuid4())
        super().__init__(**values)


class Stale(Exception):
    """Someone else changed the record after this form was shown; nothing was saved."""


class Versioned(Record):
    """A record that people edit: it counts its versions, and a save made from an older one is refused."""

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def expect(self, version: int) -> None:
        """Refuse (Stale) unless the form was made from this very version."""
        if self.version != version:
            raise Stale


class Vault:
    """Seals and opens text with AES-GCM, bound to its table, row and column."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._mark = hmac.new(key, b"mark", hashlib.sha256).digest()

    def mark(self, text: str) -> bytes:
        """A keyed digest by which a sealed value is found again; it tells nothing without the key."""
        return hmac.new(self._mark, text.encode(), hashlib.sha256).digest()

    def seal(self, text: str, place: str) -> bytes:
        nonce = os.urandom(12)
        return b"\x01" + nonce + self._cipher.encrypt(nonce, text.encode(), place.encode())

    def open(self, box: bytes, place: str) -> str:
        return self._cipher.decrypt(box[1:13], box[13:], place.encode()).decode()


VAULTS: dict[str, Vault] = {}  # filled once at start-up: "sealed" and "complaints"


class Sealed:
    """Text kept encrypted in the bytes column ``<name>_sealed``; reads and writes look like a plain attribute.

    ``key`` names the vault. The associated data is table, row and column, so a box moved elsewhere does not open.
    """

    def __init__(self, key: str = "sealed") -> None:
        self._key = key

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, record: Any, owner: type) -> Any:
        if record is None:
            return self
        box = getattr(record, f"{self._name}_sealed")
        return None if box is None else VAULTS[self._key].open(box, self._place(record))

    def __set__(self, record: Any, text: str | None) -> None:
        box = None if text is None else VAULTS[self._key].seal(text, self._place(record))
        setattr(record, f"{self._name}_sealed", box)

    def _place(self, record: Any) -> str:
        return f"{record.__tablename__}|{record.id}|{self._name}"


class Memory(dict[Hashable, Any]):
    """Values read from one database that can never be different under the same key, such as a row of one version.

    Only a reading transaction may fill it: what a write transaction sees may be rolled back, and come otherwise.
    """

    SIZE = 20_000

    def keep(self, key: Hashable, value: Any) -> None:
        """Remember a value; when there are too many, all are forgotten and read again as they are needed."""
        if len(self) >= self.SIZE:
            self.clear()
        self[key] = value


WRITERS_WAIT = 20  #: seconds for those before them in this process; by then a browser has given up


class Database:
    """Two views of one database: sessions that read and sessions that write."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine = make_engine(settings)
        self._reading = sessionmaker(self.engine.execution_options(readonly=True), expire_on_commit=False)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._one_writer = threading.Lock() if settings.sqlite else None
        for maker in (self._reading, self._writing):
            event.listen(maker, "do_orm_execute", refuse_unscoped)
        event.listen(self._writing, "do_orm_execute", _count_statement)
        event.listen(self._writing, "after_flush", _count_flush)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction; whatever it changed is thrown away."""
        with self._reading() as session, session.begin():
            session.autoflush = False
            yield session
            session.expunge_all()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One short write transaction: committed when the block ends well, otherwise rolled back whole."""
        if self._one_writer is not None and not self._one_writer.acquire(timeout=WRITERS_WAIT):
            raise TimeoutError
        try:
            with self._writing() as session, session.begin():
                yield session
        finally:
            if self._one_writer is not None:
                self._one_writer.release()


def changes(session: Session) -> int:
    """How often this session has written something: what was read before may be different after."""
    return int(session.info.get("changes", 0))


def _count_flush(session: Session, _: Any) -> None:
    session.info["changes"] = changes(session) + 1


def _count_statement(state: ORMExecuteState) -> None:
    if not state.is_select:
        _count_flush(state.session, None)


def make_engine(settings: Settings) -> Engine:
    """The engine with the settings each database needs to keep what it has promised."""
    if settings.sqlite:
        settings.data.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            settings.database_url,
            pool_size=8,
            max_overflow=8,
            connect_args={"check_same_thread": False},
            hide_parameters=True,  # what people wrote never gets into a log
            paramstyle="named",  # who reads, and on which day, is handed over once however often a statement asks
        )
        file = _SameFile(engine.url.database or "")
        event.listen(engine, "do_connect", file.before)
        event.listen(engine, "checkout", file.look)
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            settings.database_url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True
        )
        event.listen(engine, "begin", _begin_postgresql)
    return engine


class _SameFile:
    """The file of a database as it was first opened: one that was moved away, or replaced, is an OSError.

    SQLite would go on writing into a file that nobody finds again, and make an empty one in its place.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._first: tuple[int, int] | None = None

    def before(self, *_: Any) -> None:
        if self._first is not None:
            self.look()

    def look(self, *_: Any) -> None:
        found = os.stat(self._path)
        now = found.st_dev, found.st_ino
        self._first = self._first or now
        if self._first != now:
            raise FileNotFoundError(errno.ENOENT, "It was replaced: start the portal again", self._path)


def _tune_sqlite(dbapi: Any, _: Any) -> None:
    dbapi.isolation_level = None  # we say ourselves when a transaction begins
    cursor = dbapi.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("readonly")
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("readonly"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


PROTECTED: set[Table] = set()  # tables about a client; filled by portal.access.table.Protected


class Unscoped(Exception):
    """A statement touched a protected table without going through portal.access.scope; a bug, never shown."""


def refuse_unscoped(state: ORMExecuteState) -> None:
    """Fail closed: every statement on a protected table carries the mark of the scope that limited it.

    Eager loads from a scoped parent are let through; lazy ones are not (and relationships are ``lazy="raise"``).
    """
    if state.execution_options.get("scoped") or (state.is_relationship_load and state.lazy_loaded_from is None):
        return
    if not state.is_column_load:
        refuse_unmarked(state.statement)


def refuse_unmarked(statement: Executable) -> None:
    """Unscoped for a statement on a protected table that does not carry the mark itself."""
    if statement.get_execution_options().get("scoped"):
        return
    tables = {part for part in visitors.iterate(cast(ClauseElement, statement)) if isinstance(part, Table)}
    if touched := tables & PROTECTED:
        raise Unscoped(", ".join(sorted(table.name for table in touched)))
