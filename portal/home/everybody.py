"""What waits around everybody a reader works with: remembered, until something happens around one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from portal.access.scope import visible
from portal.db import among
from portal.happened import happened
from portal.home import waiting
from portal.people import next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.work import Work

ANEW = timedelta(minutes=30)  # everybody is looked at again as often: at some of these a day begins somewhere


@dataclass(frozen=True)
class Known:
    """What a reader's last look at everybody found, and the newest entry of the journal then."""

    since: int
    holds: tuple[object, ...]  #: as long as this is the same
    marks: Mapping[UUID, str]


def steps_of(work: Work, clients: Iterable[Client]) -> tuple[Mapping[UUID, Sequence[NextStep]], Mapping[UUID, str]]:
    """What is next for everybody the reader works with, and the marks of it, which are kept for the next look."""
    newest = happened(work.memory).last(work.reads)  # before anything else: what happens meanwhile is looked at again
    steps = next_steps.steps_of(work, clients)
    marks = waiting.marks(steps)
    _keep(work, newest, marks)
    return steps, marks


def marks(work: Work, people: frozenset[UUID]) -> Mapping[UUID, str]:
    """The marks of what waits around some people; all are looked at after what the reader did beside any client."""
    before = _kept(work)
    newest, around = happened(work.memory).since(work.reads, before.since if before else -1)
    known: Mapping[UUID, str] = {}
    if before is not None and around is not None and work.account_id not in around:
        known = {one: mark for one, mark in before.marks.items() if one in people - around}
    if missing := people - known.keys():
        wanted = visible(work, Client).where(among(Client.id, list(missing)))
        known = {**known, **waiting.marks(next_steps.steps_of(work, work.session.scalars(wanted)))}
    _keep(work, newest, known)
    return known


def _kept(work: Work) -> Known | None:
    known: Known | None = work.memory.get(_slot(work))
    return known if known and known.holds == _holds(work) else None


def _keep(work: Work, newest: int, marks: Mapping[UUID, str]) -> None:
    work.memory.keep(_slot(work), Known(newest, _holds(work), marks))


def _slot(work: Work) -> tuple[object, ...]:
    return "what waits", work.account_id


def _holds(work: Work) -> tuple[object, ...]:
    return work.now.timestamp() // ANEW.total_seconds(), work.stepped_up
