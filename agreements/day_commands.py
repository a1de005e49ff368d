"""The verbs of the days of an agreement: something is done, or it is not after all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from agreements import day_queries, ending_queries, events, queries
from agreements.day_model import DayDone
from agreements.model import Agreement
from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.db import Stale
from portal.work import NotVisible, Refusal, Work, command


@command(Resource.AGREEMENT, Action.WRITE)
def note_done(work: Work, agreement: Agreement, what: str, due: date, on: date) -> None:
    """Say on which day something was done that is due by one; the client's side says it, never the provider."""
    _clients_side(work)
    client = queries.client_of(work, agreement)
    lock = select(Agreement.id).where(Agreement.id == agreement.id).with_for_update()
    work.session.execute(unscoped(lock, "one at a time"))
    if (what, due) in day_queries.done_of(work, agreement):
        raise Stale
    if (what, due) not in {(one.what, one.due) for one in ending_queries.days_of(work, client, agreement)}:
        raise NotVisible
    if on > work.today(client):
        raise Refusal(words("This day has not come yet. Enter today or a day before."), "done_on")
    row = DayDone(
        client_id=agreement.client_id,
        agreement_id=agreement.id,
        what=what,
        due=due,
        done_on=on,
        noted_by=work.account_id,
        noted_at=work.now,
    )
    work.session.add(row)
    work.record(events.DayNoted(**_about(agreement), due=due, on=on))


@command(Resource.AGREEMENT, Action.WRITE)
def take_back(work: Work, row: DayDone, agreement: Agreement) -> None:
    """Say that it is to be done after all."""
    _clients_side(work)
    work.session.delete(row)
    work.record(events.DayOpenAgain(**_about(agreement), due=row.due))


def _clients_side(work: Work) -> None:
    if work.decision is None or work.decision.relationship is Relationship.PROVIDER:
        raise NotVisible


def _about(agreement: Agreement) -> dict[str, UUID]:
    return {"client_id": agreement.client_id, "subject": agreement.id, "provider_id": agreement.provider_id}
