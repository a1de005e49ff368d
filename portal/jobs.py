"""Durable jobs: a thin declaration over DBOS, enqueued in the transaction that wants them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import column, event as sqlalchemy_event, func, select, table
from sqlalchemy.orm import Session

from portal.settings import JobsMode, Settings

if TYPE_CHECKING:
    from dbos import DBOSClient

QUEUE = "coplan"
LETTERS = "coplan_letters"  # so that a mail server that is away keeps nothing but letters waiting
WORKFLOW = "coplan_job"
VERSION = "1"  # changes only when the order of steps of a workflow changes
AT_ONCE = 16  # jobs of each queue in one process
LETTERS_TRIED = 480  # once a minute: a mail server may be away for eight hours
LETTERS_WAIT = 60  # seconds
FORGOTTEN_AT_ONCE = 500
LOOKS_EVERY = 0.2  # seconds between looks into the queue: AT_ONCE jobs each time, so about eighty a second


class Opens(Protocol):
    """Opens units of work as the system, for jobs: the assembled portal does."""

    def open_work(self) -> AbstractContextManager[Any]:
        """One that commits at its end."""

    def open_reading(self) -> AbstractContextManager[Any]:
        """One that only reads."""


@dataclass(frozen=True)
class Job:
    """A named piece of work that runs after commit, in a transaction of its own, and again if it failed."""

    name: str
    run: Callable[..., None]  # (work, **ids)
    cron: str | None = None  # "second minute hour day month weekday"; scheduled jobs take no ids
    many: bool = False  # takes (open_work, **ids) and opens as many units of work as it needs
    follows: tuple[str, ...] = ()  # beginnings of the kinds of event after which it runs, with their client_id if any
    queue: str = QUEUE  # a letter takes (opens, **ids): it mostly only reads, and leaves outside any transaction


JOBS: dict[str, Job] = {}


def job(
    name: str, cron: str | None = None, many: bool = False, follows: tuple[str, ...] = (), queue: str = QUEUE
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a job under a name that is stored and therefore never changes."""

    def declare(run: Callable[..., None]) -> Callable[..., None]:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = Job(name, run, cron, many, follows, queue)
        return run

    return declare


def following(kind: str) -> list[str]:
    """The jobs that run after an event of this kind, so that a slice need not know who builds on what it does."""
    return [one.name for one in JOBS.values() if one.follows and kind.startswith(one.follows)]


def run_now(name: str, ids: Mapping[str, Any], opens: Opens) -> None:
    """Run a job in this thread."""
    found = JOBS[name]
    if found.queue == LETTERS or found.many:
        found.run(opens if found.queue == LETTERS else opens.open_work, **ids)
        return
    with opens.open_work() as work:
        found.run(work, **ids)


class Jobs:
    """Enqueues jobs; where they run is the settings' choice."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: DBOSClient | None = None
        self._waiting: list[tuple[str, dict[str, Any]]] = []
        self.opens: Opens | None = None  # handed in by the composition root

    def later(self, session: Session, name: str, ids: Mapping[str, UUID | int | str | None]) -> None:
        """Enqueue a job in the session's own transaction; only ids travel."""
        if name not in JOBS:
            raise LookupError(f"no job is called {name}")
        plain = {key: str(value) if isinstance(value, UUID) else value for key, value in ids.items()}
        if self._settings.jobs is JobsMode.INLINE:
            self._after_commit(session, name, plain)
            return
        self.client.enqueue_in_transaction(
            session.connection(),
            {"workflow_name": WORKFLOW, "queue_name": JOBS[name].queue, "workflow_id": str(uuid4())},
            name,
            plain,
        )

    def _after_commit(self, session: Session, name: str, ids: dict[str, Any]) -> None:
        if not session.info.setdefault("jobs", []):
            sqlalchemy_event.listen(session, "after_commit", self._collect, once=True)
        session.info["jobs"].append((name, ids))

    def _collect(self, session: Session) -> None:
        self._waiting += session.info.pop("jobs", [])

    def run_waiting(self) -> None:
        """Run what inline commits have left, one after the other (the caller holds no transaction)."""
        while self._waiting:
            name, ids = self._waiting.pop(0)
            assert self.opens is not None, "the composition root hands itself in"
            run_now(name, ids, self.opens)

    @property
    def client(self) -> DBOSClient:
        if self._client is None:
            from dbos import DBOSClient

            self._client = DBOSClient(system_database_url=system_url(self._settings))
        return self._client

    def forget_done(self, before: datetime) -> None:
        """Delete what is kept of jobs that were done before an instant; those that failed stay to be looked at."""
        if self._settings.jobs is JobsMode.INLINE:
            return
        last = before.isoformat()
        while found := self.client.list_workflows(status="SUCCESS", completed_before=last, limit=FORGOTTEN_AT_ONCE):
            self.client.delete_workflows([one.workflow_id for one in found])

    def close(self) -> None:
        if self._client is not None:
            self._client.destroy()
            self._client = None


def system_url(settings: Settings) -> str:
    """DBOS keeps its tables in the same database as ours, so that enqueuing is part of our transaction."""
    return settings.database_url


def prepare(settings: Settings) -> None:
    """Make the tables that jobs are kept in, so that enqueuing works before any worker has run."""
    from dbos import DBOS

    DBOS.migrate(system_url(settings))


def launch(settings: Settings, opens: Opens) -> None:
    """Start running jobs in this process (embedded, or the worker)."""
    import socket

    from dbos import DBOS

    role = "worker" if settings.jobs is JobsMode.WORKER else "web"
    DBOS(
        config={
            "name": "coplan",
            "system_database_url": system_url(settings),
            "executor_id": f"{socket.gethostname()}-{role}",
            "application_version": VERSION,
            "log_level": "WARNING",
        }
    )

    @DBOS.step(name="coplan_step", retries_allowed=True, max_attempts=8, interval_seconds=2, backoff_rate=2)
    def step(name: str, ids: dict[str, Any]) -> None:
        run_now(name, ids, opens)

    @DBOS.step(
        name="coplan_letter",
        retries_allowed=True,
        max_attempts=LETTERS_TRIED,
        interval_seconds=LETTERS_WAIT,
        backoff_rate=1,
    )
    def letter(name: str, ids: dict[str, Any]) -> None:
        run_now(name, ids, opens)

    @DBOS.workflow(name=WORKFLOW)
    def workflow(name: str, ids: dict[str, Any]) -> None:
        (letter if JOBS[name].queue == LETTERS else step)(name, ids)

    @DBOS.workflow(name="coplan_scheduled")
    def scheduled(planned: Any, name: Any) -> None:
        step(name, {})

    DBOS.launch()
    for queue in (QUEUE, LETTERS):
        DBOS.register_queue(
            queue, worker_concurrency=AT_ONCE, polling_interval_sec=LOOKS_EVERY, on_conflict="always_update"
        )
    for found in JOBS.values():
        if found.cron:
            _schedule(found, found.cron, scheduled)


def _schedule(found: Job, cron: str, workflow: Callable[..., None]) -> None:
    from dbos import DBOS

    name = found.name.replace(".", "_")
    if DBOS.get_schedule(name) is None:
        DBOS.create_schedule(schedule_name=name, workflow_fn=workflow, schedule=cron, context=found.name)


def unfinished(session: Session) -> int:
    """How many jobs were asked for and have neither ended nor failed for good (never for INLINE jobs)."""
    states = ("ENQUEUED", "PENDING", "DELAYED")
    waiting = select(func.count()).select_from(table("workflow_status", schema=_schema(session)))
    named = waiting.where(column("name") == WORKFLOW, column("status").in_(states))
    return session.scalar(named) or 0


def _schema(session: Session) -> str | None:
    """Where DBOS keeps its tables: beside ours on SQLite, in a schema of their own on PostgreSQL."""
    return "dbos" if session.get_bind().dialect.name == "postgresql" else None


def shut_down() -> None:
    """Stop taking jobs; what is unfinished resumes at the next start."""
    from dbos import DBOS

    DBOS.destroy()
