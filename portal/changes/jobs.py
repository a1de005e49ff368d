"""A change holds from its day on: at once when that is today, otherwise early on the day. Nothing ends in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.changes import commands, effect_commands, helped_commands
from portal.changes.drafts import SOURCES
from portal.changes.model import ChangeRequest
from portal.changes.rules import asked_after
from portal.changes.settling import client_of, tell_asker
from portal.changes.states import WAITS, RequestState
from portal.jobs import job
from portal.work import OpenWork, Work


@job("changes.take_effect")
def take_effect(work: Work, request_id: str) -> None:
    """An agreed change, when its day has come; before that, nothing."""
    if request := _request(work, request_id):
        effect_commands.take_effect(work, request)


@job("changes.ask_anew", follows=("people.authority_", "people.joined", "people.left"))
def ask_anew(work: Work, client_id: str) -> None:
    """Somebody came to have a say about a plan, or has none any more: whoever must agree to what waits is asked now."""
    effect_commands.ask_anew(work, client_of(work, UUID(client_id)))


@job("changes.draft_from")
def draft_from(work: Work, source: str, about: str, request_id: str, account_id: str) -> None:
    """Draft the change that another part of the portal suggests, for the one who asked for it.

    What it comes from is kept beside it under the name of its source (causes.py).
    """
    suggested = SOURCES[source](work, UUID(about))
    if suggested is not None:
        because = suggested.because or (source, UUID(about))
        commands.draft_for(work, replace(suggested, because=because), UUID(request_id), UUID(account_id))


@job("changes.new_day", cron="0 10 14,20 * * *", many=True)
def new_day(open_work: OpenWork) -> None:
    """Early each morning (and again, for zones further west): changes whose day has come, and those that are stale."""
    with open_work() as work:
        waiting = select(ChangeRequest.client_id).where(ChangeRequest.state.in_(WAITS))
        clients = set(work.session.scalars(unscoped(waiting, "changes that wait")))
    for request_id in _in(open_work, RequestState.OPEN, RequestState.AGREED):
        with open_work() as work:
            take_effect(work, str(request_id))
    for client_id in sorted(clients, key=str):
        with open_work() as work:
            effect_commands.bring_up_to_date(work, client_of(work, client_id))


@job("changes.watch", cron="0 15 14,20 * * *", many=True)
def watch(open_work: OpenWork) -> None:
    """Each morning: urgent changes near their last day or past it, what was put aside, and whether a change helped."""
    for request_id in _in(open_work, RequestState.RUNNING):
        with open_work() as work:
            if request := _request(work, str(request_id)):
                effect_commands.remind(work, request)
                effect_commands.lapse(work, request)
    for request_id in _in(open_work, RequestState.PARKED):
        with open_work() as work:
            request = _request(work, str(request_id))
            if request and request.parked_until == work.today(client_of(work, request.client_id)):
                tell_asker(work, request, f"parked-{request.parked_until.isoformat()}")
    for request_id in _in(open_work, RequestState.DONE):
        with open_work() as work:
            request = _request(work, str(request_id))
            if request and request.help_asked_at is None and _long_enough(work, request):
                helped_commands.ask_whether_it_helped(work, request)


def _long_enough(work: Work, request: ChangeRequest) -> bool:
    day = request.effective + timedelta(days=asked_after())
    return work.today(client_of(work, request.client_id)) >= day


def _in(open_work: OpenWork, *states: RequestState) -> list[UUID]:
    """The changes in some states, in the order of their days; those about which nothing is left to ask are left out."""
    wanted = select(ChangeRequest.id).where(ChangeRequest.state.in_(states), ChangeRequest.help_asked_at.is_(None))
    in_order = wanted.order_by(ChangeRequest.effective, ChangeRequest.agreed_at, ChangeRequest.id)
    with open_work() as work:
        return list(work.session.scalars(unscoped(in_order, "changes that wait for their day")))


def _request(work: Work, request_id: str) -> ChangeRequest | None:
    wanted = select(ChangeRequest).where(ChangeRequest.id == UUID(request_id)).with_for_update()
    return work.session.scalar(unscoped(wanted, "a job knows the id"))
