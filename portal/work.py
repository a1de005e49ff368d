"""One unit of work: who acts, for whom, at what instant, in which transaction; and the mark of a command."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from budgeting.words import Words
from portal.access.policy import Decision, Facts, Reason, decide
from portal.access.table import Action, Resource
from portal.db import Memory, changes
from portal.here import Here
from portal.jobs import Jobs, following
from portal.journal import KEPT, Circumstances, Event, Journal
from portal.reads import Reads, reads_of
from portal.settings import Keys, Settings

STEP_UP_LASTS = timedelta(minutes=5)


class Refusal(Exception):
    """A rule said no, and the reader can do something about it; ``field`` names the input it belongs to, if any.

    ``found`` is every input that needs another look with its sentence: more than one when ``refuse`` found them.
    """

    def __init__(self, sentence: Words, field: str | None = None, found: Mapping[str, Words] | None = None) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence
        self.field = field
        self.found = found or ({field: sentence} if field else {})


def refuse(**inputs: Words | None) -> None:
    """Refuse every input that has a sentence, all at once and in this order; nothing happens when none has one."""
    found = {name: sentence for name, sentence in inputs.items() if sentence is not None}
    for first, sentence in found.items():
        raise Refusal(sentence, first, found)


class NotVisible(Exception):
    """There is nothing here for this reader, whether or not it exists."""


class NeedsStepUp(Exception):
    """Permitted, once the person has shown again that it is them."""


class ActorKind(StrEnum):
    """What acts: somebody with an account, whoever holds a one-time link, a visitor, or the portal itself."""

    ACCOUNT = "account"
    LINK = "link"  # someone without an account, by a one-time link
    VISITOR = "visitor"  # signed out
    SYSTEM = "system"  # a job or the command line


@dataclass(frozen=True)
class Actor:
    """Who acts in this unit of work."""

    kind: ActorKind
    account_id: UUID | None = None
    name: str = ""
    language: str | None = None
    session_ref: str | None = None
    stepped_up_at: datetime | None = None
    idle: timedelta = timedelta(minutes=30)  #: how long a session may rest before it ends


VISITOR = Actor(ActorKind.VISITOR)
SYSTEM = Actor(ActorKind.SYSTEM)


class FactsOf(Protocol):
    def __call__(
        self, session: Session, reader: Work, client_id: UUID | None, record: Any = None, known: Facts | None = None
    ) -> Facts: ...


@dataclass(frozen=True)
class House:
    """What every unit of work needs, made once at start-up by the composition root."""

    settings: Settings
    keys: Keys
    journal: Journal
    jobs: Jobs
    facts: FactsOf
    leads_home: Callable[[str], bool] = lambda address: False
    opens: Callable[[Work, str], bool] = lambda work, address: True  #: whether a reader may open an address now
    demonstration: Callable[[Work], Sequence[Any]] | None = None
    memory: Memory = field(default_factory=Memory, repr=False)
    here: Here = field(default_factory=Here, repr=False)


def utc_now() -> datetime:
    """The present instant; the only clock in the system."""
    return datetime.now(UTC)


@dataclass
class Work:
    """A unit of work. Commands and queries take it first; only this module reads the clock."""

    house: House
    session: Session
    actor: Actor
    now: datetime
    request_id: str = ""
    decision: Decision | None = None
    reading: bool = False
    _facts: dict[tuple[object, ...], Facts] = field(default_factory=dict)

    @property
    def account_id(self) -> UUID | None:
        return self.actor.account_id

    @functools.cached_property
    def day(self) -> date:
        """Today where the operator is; use ``today(client)`` for a client's own day."""
        return self.now.astimezone(ZoneInfo(self.house.settings.time_zone)).date()

    def today(self, client: HasTimeZone) -> date:
        """Today where the client is."""
        return self.now.astimezone(ZoneInfo(client.time_zone)).date()

    def unnamed(self) -> Work:
        """The same transaction as nobody in particular, some time today: for what is told to us in confidence."""
        midnight = datetime.combine(self.day, time(), ZoneInfo(self.house.settings.time_zone))
        return replace(self.as_seen_by(VISITOR), now=midnight.astimezone(UTC), request_id="")

    def by_link(self) -> Work:
        """The same transaction as whoever holds a one-time link, where nobody is signed in."""
        return self.as_seen_by(Actor(ActorKind.LINK)) if self.actor.kind is ActorKind.VISITOR else self

    def as_seen_by(self, actor: Actor | UUID) -> Work:
        """The same transaction as somebody else (an account by its id): to ask what they may see or do now."""
        who = actor if isinstance(actor, Actor) else Actor(ActorKind.ACCOUNT, actor)
        return replace(self, actor=who, decision=None, _facts={})

    @functools.cached_property
    def reads(self) -> Reads:
        """What this transaction reads as columns rather than records."""
        return reads_of(self.session)

    @property
    def memory(self) -> Memory:
        """What was read before and cannot be different: shared while this only reads, forgotten where it writes."""
        return self.house.memory if self.reading else Memory()

    @property
    def moment(self) -> str:
        """This moment to the microsecond: what tells the letters of one act from those of the next."""
        return f"{self.now:%Y%m%dT%H%M%S%f}"

    @property
    def stepped_up(self) -> bool:
        at = self.actor.stepped_up_at
        return at is not None and timedelta() <= self.now - at <= STEP_UP_LASTS

    def decide(self, resource: Resource, action: Action, client_id: UUID | None, record: Any = None) -> Decision:
        """Ask the policy about one client, or one record of theirs, at this moment."""
        if self.actor.kind is ActorKind.SYSTEM:
            return Decision(True, Reason.ALLOWED)
        return decide(resource, action, self.facts_of(client_id, record), self.day)

    def facts_of(self, client_id: UUID | None, record: Any = None) -> Facts:
        """What decides between this actor and a client; kept until something in this transaction changes."""
        if not self.reading and (self.session.new or self.session.dirty or self.session.deleted):
            return self.house.facts(self.session, self, client_id, record)
        key = (client_id, 0 if self.reading else changes(self.session))
        known = self._facts.get(key)
        if known is None:
            known = self._facts[key] = self.house.facts(self.session, self, client_id)
        return known if record is None else self.house.facts(self.session, self, client_id, record, known)

    def can(self, resource: Resource, action: Action, client_id: UUID | None = None, record: Any = None) -> bool:
        """Whether to offer something; only hides what would be refused (a missing step-up is not hidden)."""
        decision = self.decide(resource, action, client_id, record)
        return decision.allowed or decision.reason is Reason.STEP_UP

    def demand(self, resource: Resource, action: Action, client_id: UUID | None, record: Any = None) -> Decision:
        """Permit or raise: NotVisible when it may not be seen or done, NeedsStepUp when only that is missing."""
        decision = self.decide(resource, action, client_id, record)
        if not decision.allowed:
            raise NeedsStepUp if decision.reason is Reason.STEP_UP else NotVisible
        self.decision = decision
        return decision

    def record(self, event: Event) -> None:
        """Write what happened into the journal, in this transaction."""
        if event.client_id is not None and any(about(self.session, event) for about in KEPT):
            event = replace(event, client_id=None)
            self.house.journal.append(self.session, event, self._circumstances(event))
            return
        self.house.journal.append(self.session, event, self._circumstances(event))
        for name in following(event.kind):
            self._once(name, event.client_id)

    def _once(self, job: str, client_id: UUID | None) -> None:
        """Have a job follow what happened to a client: one time, however many things happened in this transaction."""
        followed = self.session.info.setdefault("followed", set())
        if (job, client_id) not in followed:
            followed.add((job, client_id))
            self.later(job, **({"client_id": client_id} if client_id else {}))

    def later(self, job: str, **ids: UUID | int | str | None) -> None:
        """Have a named job run after this transaction commits; a rollback takes it back."""
        self.house.jobs.later(self.session, job, ids)

    def _circumstances(self, event: Event) -> Circumstances:
        by_authority = self.decision.authority if self.decision else None
        return Circumstances(
            at=self.now,
            actor_id=self.actor.account_id,
            actor_kind=self.actor.kind.value,
            session_ref=self.actor.session_ref,
            strength="step_up" if self.stepped_up else "session" if self.actor.account_id else "none",
            request_id=self.request_id,
            on_behalf_of=event.client_id if by_authority else None,
            authority_id=by_authority,
            decision=self.decision.relationship.value if self.decision and self.decision.relationship else "allowed",
        )


OpenWork = Callable[[], AbstractContextManager[Work]]  #: how a job opens one short unit of work after the other


class HasTimeZone(Protocol):
    @property
    def time_zone(self) -> Any: ...


P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Verb = Callable[Concatenate[Work, T, P], R]

COMMANDS: dict[str, tuple[Resource, Action] | None] = {}


def command(resource: Resource, action: Action) -> Callable[[Verb[T, P, R]], Verb[T, P, R]]:
    """Mark a verb: the only code that changes rows, permitted by the access table before it begins.

    The verb's second argument is the record it acts on, or the client for something new. It must record an event.
    """

    def mark(verb: Verb[T, P, R]) -> Verb[T, P, R]:
        COMMANDS[f"{verb.__module__}.{verb.__qualname__}"] = (resource, action)

        @functools.wraps(verb)
        def permitted(work: Work, target: T, *args: P.args, **named: P.kwargs) -> R:
            client_id, record = _about(target)
            work.demand(resource, action, client_id, record)
            return verb(work, target, *args, **named)

        permitted.is_command = True  # type: ignore[attr-defined]  # read by tests/house
        return cast(Verb[T, P, R], permitted)

    return mark


def open_command(verb: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Work, P], R]:
    """Mark a verb that signed-out people may use (sign in, speak up, answer a link), or that only the system calls.

    What it protects, it protects itself: by a password, a one-time code, a rate limit. It must record an event.
    """
    COMMANDS[f"{verb.__module__}.{verb.__qualname__}"] = None
    verb.is_command = True  # type: ignore[attr-defined]  # read by tests/house
    return verb


def _about(target: object) -> tuple[UUID | None, Any]:
    """The client a target belongs to, and the record itself when it is one of a client's."""
    if target is None:
        return None, None
    if getattr(target, "__tablename__", None) == "client":
        return target.id, None  # type: ignore[attr-defined]  # a Client; this module is below the models
    client_id = getattr(target, "client_id", None)
    return client_id, target if hasattr(type(target), "resource") else None
