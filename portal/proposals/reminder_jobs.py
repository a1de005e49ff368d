"""Early each morning: whoever sees to something that was put off is reminded on its day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from portal.access.scope import unscoped
from portal.jobs import job
from portal.people import queries as people
from portal.proposals import queries, talk_commands
from portal.proposals.mark_model import Challenge
from portal.proposals.mark_states import Asked
from portal.proposals.model import Line, Suggestion, SuggestionState
from portal.work import OpenWork, Work

PutOff = Line | Suggestion | Challenge
WAITS = {
    Line: Line.parked_at.is_not(None),
    Suggestion: Suggestion.state == SuggestionState.PARKED,
    Challenge: Challenge.state == Asked.PARKED,
}


@job("proposals.new_day", cron="0 25 14,20 * * *", many=True)
def new_day(open_work: OpenWork) -> None:
    """Early each morning (and again, for zones further west): remind those who see to what was put off."""
    with open_work() as work:
        due = [(model, one) for model in (Line, Suggestion, Challenge) for one in _due(work, model)]
    for model, record_id in due:
        with open_work() as work:
            _remind(work, model, record_id)


def _due(work: Work, model: type[PutOff]) -> list[UUID]:
    """What may be due today wherever the client is; the day itself is looked at one by one."""
    wanted = select(model.id).where(
        model.park_owner_id.is_not(None),
        model.park_reminded_at.is_(None),
        model.park_due <= work.day + timedelta(days=1),
    )
    for of, waits in WAITS.items():
        wanted = wanted.where(waits) if of is model else wanted
    return list(work.session.scalars(unscoped(wanted, "what was put off until today")))


def _remind(work: Work, model: type[PutOff], record_id: UUID) -> None:
    wanted: Select[Any] = select(model).where(model.id == record_id)
    about: PutOff = work.session.scalars(unscoped(wanted, "a reminder of what was put off")).one()
    client = people.client_of(work, about.client_id, "whose draft it is")
    proposal = queries.for_job(work, about.proposal_id)
    if proposal is not None and about.park_due is not None and about.park_due <= work.today(client):
        talk_commands.remind(work, proposal, about)
