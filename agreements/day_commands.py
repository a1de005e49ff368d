"""The verbs of the days of an agreement: something is done, or it is not after all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from agreements import ending_queries, events, queries
from agreements.model import Agreement
from portal.access.table import Action, Relationship, Resource
from portal.people import due_days
from portal.work import NotVisible, Work, command


@command(Resource.AGREEMENT, Action.WRITE)
def note_done(work: Work, agreement: Agreement, key: str, due: date, on: date) -> None:
    """Say on which day something was done that is due by one; the client's side says it, never the provider."""
    _clients_side(work)
    client = queries.client_of(work, agreement)
    held = agreement.in_force_at
    first = min(agreement.starts, client.by_the_clock(held).date()) if held else agreement.starts
    due_days.note(work, client, ending_queries.days_of(work, client, agreement), key, due, on, first)
    work.record(events.DayNoted(**_about(agreement), due=due, on=on))


@command(Resource.AGREEMENT, Action.WRITE)
def take_back(work: Work, agreement: Agreement, done_id: UUID) -> None:
    """Say that it is to be done after all."""
    _clients_side(work)
    client = queries.client_of(work, agreement)
    found = due_days.take_back(work, client, ending_queries.days_of(work, client, agreement), done_id)
    work.record(events.DayOpenAgain(**_about(agreement), due=found.due))


def _clients_side(work: Work) -> None:
    if work.decision is None or work.decision.relationship is Relationship.PROVIDER:
        raise NotVisible


def _about(agreement: Agreement) -> dict[str, UUID]:
    return {"client_id": agreement.client_id, "subject": agreement.id, "provider_id": agreement.provider_id}
