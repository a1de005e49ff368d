"""The first page and an overview, when they are open, ask here whether something else waits now."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.scope import limit
from portal.access.table import Action, Resource
from portal.changes import queries as changes
from portal.home import everybody, waiting
from portal.people import next_steps, queries as people
from portal.people.model import Client
from portal.site.page import Listen
from portal.site.routing import get
from portal.work import NotVisible, Work

PATIENCE = 10  # seconds between two looks for somebody with many people
PATIENCE_WITH_ONE = 2


@get("/live", access=(Resource.PRICES, Action.READ), by_itself=True)
def live(work: Work) -> Listen:
    """A mark that changes with what waits around everybody the reader works with."""
    if work.account_id is None:
        raise NotVisible
    known = frozenset(work.session.scalars(limit(select(Client.id), work, Client)))
    around = known | {one.id for one in changes.served(work)}
    mark = waiting.together(everybody.marks(work, known), next_steps.own(work))
    return Listen(None, work.account_id, work.account_id, mark, around, PATIENCE)


@get("/people/{client_id:uuid}/live", access=(Resource.IDENTITY, Action.READ), by_itself=True)
def live_overview(work: Work, client_id: UUID) -> Listen:
    """The same around one client."""
    client = people.client(work, client_id)
    if work.account_id is None:
        raise NotVisible
    mark = waiting.mark(next_steps.steps_of(work, [client]), next_steps.own(work))
    return Listen(client.id, client.id, work.account_id, mark, patience=PATIENCE_WITH_ONE)
