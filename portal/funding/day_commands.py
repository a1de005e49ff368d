"""The verbs of a change of circumstances: it happened or did not, the agency was told of it, or was not after all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.funding import circumstances, events
from portal.funding.model import FundingPlan
from portal.people import due_days, queries as people
from portal.people.model import Client
from portal.work import NotVisible, Refusal, Work, command


@command(Resource.BUDGET, Action.WRITE)
def circumstances_changed(work: Work, plan: FundingPlan, on: date) -> None:
    """Write down the day on which income, assets or the household changed."""
    client = _client_of(work, plan)
    last = work.today(client)
    first = last - due_days.LONGEST
    if not first <= on <= last:
        raise Refusal(words("Choose a day from {first} to {last}.", first=first, last=last), "on")
    by = circumstances.told_by(plan, on)
    if by is None:
        raise NotVisible
    due_days.tell(work, client, client.id, circumstances.TOLD, on, by)
    work.record(events.CircumstancesChanged(client_id=client.id, subject=plan.id, on=on, due=by))


@command(Resource.BUDGET, Action.WRITE)
def take_back_changed(work: Work, plan: FundingPlan, told_id: UUID) -> None:
    """Say that they did not change on a day after all, which was typed wrongly; what is done is opened again first."""
    found = due_days.untell(work, _client_of(work, plan), circumstances.TOLD, told_id)
    assert found.since is not None, "only what somebody told of"
    work.record(events.ChangeTakenBack(client_id=plan.client_id, subject=plan.id, on=found.since))


@command(Resource.BUDGET, Action.WRITE)
def note_told(work: Work, plan: FundingPlan, key: str, due: date, on: date) -> None:
    """Say on which day the agency was told of it."""
    client = _client_of(work, plan)
    days = circumstances.days(work, client, plan)
    told = due_days.told(work, [client.id], circumstances.TOLD)
    first = next((row.since for row in told if row.since and row.due == due), due)
    due_days.note(work, client, days, key, due, on, first)
    work.record(events.DayNoted(client_id=client.id, subject=plan.id, due=due, on=on))


@command(Resource.BUDGET, Action.WRITE)
def take_back_told(work: Work, plan: FundingPlan, done_id: UUID) -> None:
    """Say that the agency is to be told after all."""
    client = _client_of(work, plan)
    found = due_days.take_back(work, client, circumstances.days(work, client, plan), done_id)
    work.record(events.DayOpenAgain(client_id=client.id, subject=plan.id, due=found.due))


def _client_of(work: Work, plan: FundingPlan) -> Client:
    return people.client_of(work, plan.client_id, "whose funding it is")
