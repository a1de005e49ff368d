"""What happened, append-only and hash-chained, written in the same transaction as the change itself.

Events keep ids, amounts, days and states, never names or texts: those are looked up when someone who may see them
reads.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, ClassVar, cast, get_type_hints
from uuid import UUID

from sqlalchemy import (
    DDL,
    LargeBinary,
    Row,
    String,
    Table,
    bindparam,
    event as sqlalchemy_event,
    func,
    insert,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import NullType

from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.words import Name, Words
from portal.db import Base, changes
from portal.reads import reads_of

Called = Name | Words  # as somebody typed it, or a name of ours in the reader's language
Resolve = Callable[[UUID], Called]

KINDS: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, in the past tense; subclasses add typed fields and a sentence.

    ``kind`` is the stored name and never changes; ``subject`` is the record it is about.
    """

    kind: ClassVar[str]
    private: ClassVar[bool] = False  #: kept out of every client history (complaints, restrictions)
    client_id: UUID | None
    subject: UUID | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "kind" in cls.__dict__:
            if cls.kind in KINDS:
                raise ValueError(f"two events are called {cls.kind}")
            KINDS[cls.kind] = cls

    def words(self, name: Resolve) -> Words:
        """What happened, as one sentence without its actor; ``name`` gives what the reader may call a record."""
        raise NotImplementedError(type(self).__name__)


class JournalEntry(Base):
    """One link of the chain; every column is covered by ``hash``."""

    __tablename__ = "journal_entry"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_kind: Mapped[str] = mapped_column(String(12))
    on_behalf_of: Mapped[UUID | None]
    authority_id: Mapped[UUID | None]
    session_ref: Mapped[str | None] = mapped_column(String(16))
    strength: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(60), index=True)
    client_id: Mapped[UUID | None] = mapped_column(index=True)
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    decision: Mapped[str] = mapped_column(String(40))
    request_id: Mapped[str] = mapped_column(String(32))
    data: Mapped[str]  #: the event's own fields as canonical JSON
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class JournalEnd(Base):
    """Where the chain ends, in one row that moves with every entry: without it a cut-off end leaves a whole chain."""

    __tablename__ = "journal_end"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    seal: Mapped[bytes] = mapped_column(LargeBinary(32))  #: by the audit key; empty once it did not fit


_ENTRIES = cast(Table, JournalEntry.__table__)
_ENDS = cast(Table, JournalEnd.__table__)
COVERED = tuple(column.name for column in _ENTRIES.columns if column.name not in ("hash", "prev_hash"))
START = bytes(32)

_REFUSE_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_{table}_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
_TRIGGER = """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_{table}_change()"""

_ONLY_GROWING: list[str] = []


Kept = Callable[[Session, "Event"], bool]
KEPT: list[Kept] = []


def kept(about: Kept) -> Kept:
    """Register what tells whether an event is about something that somebody keeps to themselves.

    Such an event stands in the chain without its client, so that no history, count or job that follows it can tell.
    """
    KEPT.append(about)
    return about


def append_only(table: Table) -> None:
    """Have the database itself refuse any change to the rows of a table that only grows."""
    _ONLY_GROWING.append(table.name)
    for dialect in ("sqlite", "postgresql"):
        for statement in _refusing(table.name, dialect):
            sqlalchemy_event.listen(table, "after_create", _on(dialect, statement))


def protections(dialect: str) -> tuple[str, ...]:
    """The statements that make the database refuse changes to every such table, for a first revision."""
    return tuple(statement for table in sorted(_ONLY_GROWING) for statement in _refusing(table, dialect))


def _refusing(table: str, dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(_REFUSE_SQLITE.format(table=table, verb=what.lower(), what=what) for what in ("UPDATE", "DELETE"))
    return _FUNCTION.format(table=table), _TRIGGER.format(table=table)


def _on(dialect: str, statement: str) -> Any:
    make: Any = DDL  # SQLAlchemy leaves its constructor untyped
    return make(statement.replace("%", "%%")).execute_if(dialect=dialect)


append_only(_ENTRIES)


@dataclass(frozen=True)
class Circumstances:
    """Who did it and how: the same for every event of one unit of work."""

    at: datetime
    actor_id: UUID | None
    actor_kind: str
    session_ref: str | None = None
    strength: str = "none"
    request_id: str = ""
    on_behalf_of: UUID | None = None
    authority_id: UUID | None = None
    decision: str = "allowed"


_LAST = select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
_NEWEST = select(func.max(JournalEntry.seq)).scalar_subquery().label("newest")
_END = select(JournalEnd.seq, JournalEnd.hash, JournalEnd.seal, _NEWEST)
_MOVE = update(_ENDS).values({name: bindparam(name) for name in ("seq", "hash", "seal")})


class Journal:
    """Appends to the chain with the audit key, and verifies it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def append(self, session: Session, event: Event, how: Circumstances) -> JournalEntry:
        """Add one event after the last, in the caller's transaction; numbers have no gaps.

        It goes on where the chain is said to end, not after the last entry there is: so an end that was cut off is
        missed for ever, and so is a mark of the end that somebody changed or took away. Entries behind it came from
        an older version of the portal that still ran while this one started; they are in the chain like any other.
        """
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(7265761)"))
        session.flush()
        reads = reads_of(session)
        end = reads.one(_END, {})
        last = end if end and (end.newest or 0) <= end.seq else reads.one(_LAST, {})
        seq, prev = (1, START) if last is None else (last.seq + 1, last.hash)
        entry = JournalEntry(
            seq=seq,
            at=how.at,
            actor_id=how.actor_id,
            actor_kind=how.actor_kind,
            session_ref=how.session_ref,
            on_behalf_of=how.on_behalf_of,
            authority_id=how.authority_id,
            strength=how.strength,
            kind=event.kind,
            client_id=event.client_id,
            subject_id=event.subject,
            decision=how.decision,
            request_id=how.request_id,
            data=encode(event),
            prev_hash=prev,
        )
        entry.hash = self.seal(entry)
        connection = session.connection()
        connection.execute(insert(_ENTRIES), {one.name: getattr(entry, one.name) for one in _ENTRIES.columns})
        session.info["changes"] = changes(session) + 1
        moved = {"seq": seq, "hash": entry.hash, "seal": self.seal_of_end(seq, entry.hash)}
        if end is not None:
            connection.execute(_MOVE, moved if self._holds(end) else {**moved, "seal": b""})
        elif last is None:
            connection.execute(insert(_ENDS), {"id": 1, **moved})
        return entry

    def seal(self, entry: JournalEntry) -> bytes:
        """The keyed hash of one entry and the one before it."""
        columns = {name: _plain(getattr(entry, name)) for name in COVERED}
        body = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        return hmac.new(self._key, b"audit-v1" + entry.prev_hash + body, hashlib.sha256).digest()

    def seal_of_end(self, seq: int, last: bytes) -> bytes:
        """The keyed hash of where the chain ends."""
        return hmac.new(self._key, b"audit-end-v1" + seq.to_bytes(8) + last, hashlib.sha256).digest()

    def length(self, session: Session) -> int:
        """How many entries there are."""
        return session.scalar(select(func.count()).select_from(JournalEntry)) or 0

    def first_break(self, session: Session) -> int | None:
        """The number of the first entry that is missing or was changed, or None when the chain is whole.

        One more than there are entries: some are missing at the end, or the mark of where it ends was changed.
        """
        expected, prev = 1, START
        try:
            for entry in _as_kept(session):
                if entry is None or entry.seq != expected or entry.prev_hash != prev or entry.hash != self.seal(entry):
                    return expected
                expected, prev = expected + 1, entry.hash
            end = session.execute(_END).one_or_none()
        except (TypeError, ValueError):  # it holds what no entry of ours can
            return expected
        except DBAPIError as problem:
            if problem.connection_invalidated:
                raise
            return expected
        if end is None:
            return None if expected == 1 else expected
        return None if (end.seq, end.hash) == (expected - 1, prev) and self._holds(end) else expected

    def _holds(self, end: Row[Any]) -> bool:
        return hmac.compare_digest(end.seal, self.seal_of_end(end.seq, end.hash))


def _as_kept(session: Session) -> Iterator[JournalEntry | None]:
    """Every entry in order; None for one that SQLite, which lets anything be kept, has in other bytes than we write."""
    dialect = session.get_bind().dialect
    kinds = [one.type.dialect_impl(dialect) for one in _ENTRIES.columns]
    back = [one.result_processor(dialect, None) for one in kinds]
    into = [one.bind_processor(dialect) for one in kinds]
    bytes_kept = select(*(type_coerce(one, NullType()).label(one.name) for one in _ENTRIES.columns))
    at_once = 1 if dialect.name == "sqlite" else 500  # one: text that is none ends the whole batch it is read with
    for row in session.execute(bytes_kept.order_by(_ENTRIES.c.seq).execution_options(yield_per=at_once)):
        values = [read(one) if read else one for read, one in zip(back, row, strict=True)]
        again = [write(one) if write else one for write, one in zip(into, values, strict=True)]
        other = dialect.name == "sqlite" and again != list(row)
        yield None if other else JournalEntry(**dict(zip(_ENTRIES.columns.keys(), values, strict=True)))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID) else value


# Events to JSON and back: every type is written with its name, so old entries read the same for ever.

_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    Money: lambda v: {"money": [v.minor, v.currency]},
    Percent: lambda v: {"ppm": v.ppm},
    Minutes: lambda v: {"minutes": v.count},
    Quantity: lambda v: {"thousandths": v.thousandths},
    UUID: lambda v: {"id": str(v)},
    datetime: lambda v: {"instant": v.astimezone(UTC).isoformat()},
    date: lambda v: {"day": v.isoformat()},
    time: lambda v: {"time": v.isoformat()},
}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "money": lambda v: Money(v[0], v[1]),
    "ppm": Percent,
    "minutes": Minutes,
    "thousandths": Quantity,
    "id": UUID,
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
}


def _write(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_write(part) for part in value]
    if type(value) in _WRITERS:
        return _WRITERS[type(value)](value)
    raise TypeError(f"an event may not carry {type(value).__name__}: ids, amounts, days and states only")


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_read, value))
    if isinstance(value, dict):
        ((kind, inner),) = value.items()
        return _READERS[kind](inner)
    return value


def encode(event: Event) -> str:
    """An event's fields as canonical JSON; free text is refused with a TypeError."""
    values = {f.name: _write(getattr(event, f.name)) for f in fields(event) if f.name not in ("client_id", "subject")}
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def decode(entry: JournalEntry) -> Event:
    """The event a stored entry stands for."""
    kind = KINDS[entry.kind]
    hints = get_type_hints(kind)
    values = {name: _read(value) for name, value in json.loads(entry.data).items()}
    for name, value in values.items():
        hint = hints.get(name)
        if isinstance(hint, type) and issubclass(hint, Enum):
            values[name] = hint(value)
    return kind(client_id=entry.client_id, subject=entry.subject_id, **values)
