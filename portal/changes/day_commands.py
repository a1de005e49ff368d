"""The verbs of the days after a change has left a provider: something is done, or it is not after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from portal.access.table import Action, Resource
from portal.changes import events, leaving
from portal.changes.effect_commands import DECIDERS
from portal.changes.model import ChangeRequest
from portal.changes.settling import client_of
from portal.changes.states import IN_FORCE
from portal.people import due_days
from portal.work import NotVisible, Work, command


@command(Resource.CHANGE, Action.APPROVE)
def note_done(work: Work, request: ChangeRequest, key: str, due: date, on: date) -> None:
    """Say on which day something was done that is due by one; the client's side says it, never the provider."""
    client, left = client_of(work, request.client_id), _left(work, request)
    first = client.by_the_clock(request.asked_at or request.made_at).date()
    found = due_days.note(work, client, leaving.days_of(left), key, due, on, first)
    work.record(events.ChangeDayNoted(**_about(request, left, found), due=due, on=on))


@command(Resource.CHANGE, Action.APPROVE)
def take_back(work: Work, request: ChangeRequest, done_id: UUID) -> None:
    """Say that it is to be done after all."""
    client, left = client_of(work, request.client_id), _left(work, request)
    found = due_days.take_back(work, client, leaving.days_of(left), done_id)
    work.record(events.ChangeDayOpenAgain(**_about(request, left, found), due=found.due))


def _left(work: Work, request: ChangeRequest) -> Sequence[leaving.Left]:
    """What can be said to be done: once the change holds, by those who decide and the lead."""
    if work.decision is None or work.decision.relationship not in DECIDERS or request.state not in IN_FORCE:
        raise NotVisible
    return leaving.due(work, client_of(work, request.client_id), request)


def _about(request: ChangeRequest, left: Sequence[leaving.Left], found: due_days.Day) -> dict[str, UUID | None]:
    provider = next(one.party[0] for one in left if found.about in {day.about for day in one.days})
    return {"client_id": request.client_id, "subject": request.id, "provider_id": provider}
