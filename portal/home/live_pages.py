"""The first page and an overview, when they are open, ask here whether something else waits now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from portal.access.scope import limit, visible
from portal.access.table import Action, Resource
from portal.changes import queries as changes
from portal.db import among
from portal.home import waiting
from portal.journal import JournalEntry
from portal.people import next_steps, queries as people
from portal.people.model import Client
from portal.site.page import Listen
from portal.site.routing import get
from portal.work import NotVisible, Work

PATIENCE = 10  # seconds between two looks for somebody with many people
PATIENCE_WITH_ONE = 2
ANEW = timedelta(minutes=30)  # everybody is looked at again as often: at some of these a day begins somewhere


@dataclass(frozen=True)
class Known:
    """What a reader's last look at everybody found, and the newest entry of the journal then."""

    since: int
    holds: tuple[object, ...]  #: as long as this is the same
    marks: Mapping[UUID, str]


@get("/live", access=(Resource.PRICES, Action.READ), by_itself=True)
def live(work: Work) -> Listen:
    """A mark that changes with what waits around everybody the reader works with."""
    if work.account_id is None:
        raise NotVisible
    known = frozenset(work.session.scalars(limit(select(Client.id), work, Client)))
    around = known | {one.id for one in changes.served(work)}
    mark = waiting.together(_marks(work, known), next_steps.own(work))
    return Listen(None, work.account_id, work.account_id, mark, around, PATIENCE)


def _marks(work: Work, people: frozenset[UUID]) -> Mapping[UUID, str]:
    """What waits around each of them: only those are looked at again around whom something happened."""
    slot, holds = ("home.live", work.account_id), (work.now.timestamp() // ANEW.total_seconds(), work.stepped_up)
    newest = work.session.scalar(select(func.max(JournalEntry.seq))) or 0
    before: Known | None = work.memory.get(slot)
    kept = before.marks if before and before.holds == holds else {}
    stirred = _stirred(work, before.since) if before and kept else frozenset()
    marks = dict(kept) if stirred is not None else {}
    marks = {one: mark for one, mark in marks.items() if one in people and one not in (stirred or ())}
    if missing := people - marks.keys():
        wanted = visible(work, Client).where(among(Client.id, list(missing)))
        marks.update(waiting.marks(next_steps.steps_of(work, work.session.scalars(wanted))))
    work.memory.keep(slot, Known(newest, holds, marks))
    return marks


def _stirred(work: Work, since: int) -> Collection[UUID] | None:
    """Around whom something happened; None for anybody, after what the reader did apart from any one client."""
    wanted = select(JournalEntry.client_id, JournalEntry.actor_id).where(JournalEntry.seq > since).distinct()
    rows = work.session.execute(wanted).all()
    if any(row.client_id is None and row.actor_id == work.account_id for row in rows):
        return None
    return frozenset(row.client_id for row in rows if row.client_id)


@get("/people/{client_id:uuid}/live", access=(Resource.IDENTITY, Action.READ), by_itself=True)
def live_overview(work: Work, client_id: UUID) -> Listen:
    """The same around one client."""
    client = people.client(work, client_id)
    if work.account_id is None:
        raise NotVisible
    mark = waiting.mark(next_steps.steps_of(work, [client]), next_steps.own(work))
    return Listen(client.id, client.id, work.account_id, mark, patience=PATIENCE_WITH_ONE)
