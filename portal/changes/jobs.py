"""A change holds from its day on: at once when that is today, otherwise early on the day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.changes import commands
from portal.changes.drafts import SOURCES
from portal.changes.model import ChangeRequest
from portal.changes.states import WAITS, RequestState
from portal.jobs import job
from portal.people.model import Client
from portal.work import Work


@job("changes.take_effect")
def take_effect(work: Work, request_id: str) -> None:
    """An agreed change, when its day has come; before that, nothing."""
    wanted = select(ChangeRequest).where(ChangeRequest.id == UUID(request_id))
    request = work.session.scalar(unscoped(wanted, "a job knows the id"))
    if request is not None:
        commands.take_effect(work, request)


@job("changes.draft_from")
def draft_from(work: Work, source: str, about: str, request_id: str, account_id: str) -> None:
    """Draft the change that another part of the portal suggests, for the one who asked for it."""
    suggested = SOURCES[source](work, UUID(about))
    if suggested is not None:
        commands.draft_for(work, suggested, UUID(request_id), UUID(account_id))


@job("changes.new_day", cron="0 10 14,20 * * *", many=True)
def new_day(open_work: Callable[[], AbstractContextManager[Work]]) -> None:
    """Early each morning (and again, for zones further west): changes whose day has come, and those that are stale."""
    with open_work() as work:
        waiting = select(ChangeRequest.client_id).where(ChangeRequest.state.in_(WAITS))
        agreed = select(ChangeRequest.id).where(ChangeRequest.state == RequestState.AGREED)
        clients = set(work.session.scalars(unscoped(waiting, "changes that wait")))
        in_order = agreed.order_by(ChangeRequest.effective, ChangeRequest.agreed_at)
        due = work.session.scalars(unscoped(in_order, "changes that wait for their day")).all()
    for request_id in due:
        with open_work() as work:
            take_effect(work, str(request_id))
    for client_id in sorted(clients, key=str):
        with open_work() as work:
            wanted = unscoped(select(Client), "whose plan it is").where(Client.id == client_id)
            commands.supersede_stale(work, work.session.scalars(wanted).one())
