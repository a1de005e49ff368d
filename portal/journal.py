"""What happened, append-only and hash-chained, written in the same transaction as the change itself.

Events keep ids, amounts, days and states, never names or texts: those are looked up when someone who may see them
reads.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, ClassVar, cast, get_type_hints
from uuid import UUID

from sqlalchemy import DDL, LargeBinary, String, Table, event as sqlalchemy_event, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.words import Name, Words
from portal.db import Base
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


COVERED = tuple(column.name for column in JournalEntry.__table__.columns if column.name not in ("hash", "prev_hash"))
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


append_only(cast(Table, JournalEntry.__table__))


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


class Journal:
    """Appends to the chain with the audit key, and verifies it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def append(self, session: Session, event: Event, how: Circumstances) -> JournalEntry:
        """Add one event after the last, in the caller's transaction; numbers have no gaps."""
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(7265761)"))
        session.flush()
        last = reads_of(session).one(_LAST, {})
        seq, prev = (1, START) if last is None else (last.seq + 1, last.hash)
        entry = JournalEntry(
            seq=seq,
            at=how.at,
            actor_id=how.actor_id,
            actor_kind=how.actor_kind,
            on_behalf_of=how.on_behalf_of,
            authority_id=how.authority_id,
            session_ref=how.session_ref,
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
        session.add(entry)
        session.flush()
        return entry

    def seal(self, entry: JournalEntry) -> bytes:
        """The keyed hash of one entry and the one before it."""
        columns = {name: _plain(getattr(entry, name)) for name in COVERED}
        body = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        return hmac.new(self._key, b"audit-v1" + entry.prev_hash + body, hashlib.sha256).digest()

    def length(self, session: Session) -> int:
        """How many entries there are."""
        return session.scalar(select(func.count()).select_from(JournalEntry)) or 0

    def first_break(self, session: Session) -> int | None:
        """The number of the first entry that is missing or was changed, or None when the chain is whole."""
        expected, prev = 1, START
        for entry in session.scalars(select(JournalEntry).order_by(JournalEntry.seq).execution_options(yield_per=500)):
            if entry.seq != expected or entry.prev_hash != prev or entry.hash != self.seal(entry):
                return expected
            expected, prev = expected + 1, entry.hash
        return None


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
