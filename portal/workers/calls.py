"""Visits to which nobody came, limited to what the reader may see; and which clocks have run out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from budgeting.words import Name, nwords, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.db import among
from portal.people import due, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.work import Work
from portal.workers.model import Call
from portal.workers.queries import or_nothing
from portal.workers.rules import rules
from portal.workers.states import CallState


def calls(work: Work, client: Client) -> Sequence[Call]:
    """Visits to which nobody came, the latest first."""
    wanted = visible(work, Call).where(Call.client_id == client.id)
    return work.session.scalars(wanted.order_by(Call.told_at.desc(), Call.id)).all()


def call(work: Work, client: Client, call_id: UUID) -> Call:
    """One of them; NotVisible otherwise."""
    return or_nothing(work.session.scalar(visible(work, Call).where(Call.id == call_id, Call.client_id == client.id)))


def our_calls(work: Work) -> Sequence[Call]:
    """Visits that the reader's own organisations missed and have still to answer, the oldest first."""
    wanted = visible(work, Call).where(Call.provider_id.in_(organisations(work)), Call.state == CallState.WAITING)
    return work.session.scalars(wanted.order_by(Call.told_at, Call.id)).all()


def our_call(work: Work, call_id: UUID) -> Call:
    """One of them, answered or not; NotVisible otherwise."""
    wanted = visible(work, Call).where(Call.provider_id.in_(organisations(work)), Call.id == call_id)
    return or_nothing(work.session.scalar(wanted))


def overdue(work: Work) -> Sequence[Call]:
    """Calls whose provider has not answered in time, for the reminder."""
    again = timedelta(minutes=int(rules().text("remind_minutes", work.day)))
    wanted = select(Call).where(
        Call.state == CallState.WAITING,
        Call.provider_id.is_not(None),
        Call.answer_by < work.now,
        or_(Call.reminded_at.is_(None), Call.reminded_at < work.now - again),
        Call.told_at > work.now - timedelta(days=2),
    )
    return work.session.scalars(unscoped(wanted, "a job looks at every clock")).all()


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    waiting = limit(select(Call.client_id, Call.id, Call.day), work, Call)
    waiting = waiting.where(among(Call.client_id, clients), Call.state == CallState.WAITING)
    for client_id, call_id, day in work.session.execute(waiting.order_by(Call.told_at)):
        text = words("Nobody came on {day}. The provider has still to answer.", day=day)
        yield client_id, NextStep(text, f"/people/{client_id}/nobody-came/{call_id}", urgent=True)


@due.of_clients
def _unanswered(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Visits to which nobody came and of which nobody has said what happens now; to the provider, its own to answer."""
    told = (Call.client_id, Call.id, Call.day, Call.provider_id, Call.provider_name)
    own = Call.provider_id.in_(organisations(work))
    waiting = limit(select(*told, own), work, Call).where(
        among(Call.client_id, clients), Call.state == CallState.WAITING
    )
    for client_id, call_id, day, provider_id, provider_name, ours in work.session.execute(waiting):
        if ours:
            said = words("Nobody came to {person}", person=Name(clients[client_id].name))
            page = f"/workers#call-{call_id}"
        else:
            said = words("Nobody came on {day}. The provider has still to answer.", day=day)
            page = f"/people/{client_id}/nobody-came/{call_id}"
        who = provider_id or Name(provider_name)
        yield due.Due(client_id, due.Kind.NOBODY_CAME, day, said, page, who, urgent=True)


@next_steps.of_reader
def _ours(work: Work) -> Iterable[NextStep]:
    waiting = len(our_calls(work))
    if waiting:
        text = nwords(
            "{n} visit was missed and waits for your answer.",
            "{n} visits were missed and wait for your answer.",
            waiting,
        )
        yield NextStep(text, "/workers", urgent=True)
