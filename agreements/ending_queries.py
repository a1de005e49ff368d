"""What is due after an agreement has ended: who does what until when, by the rules of its program."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from agreements import queries
from agreements.model import Agreement
from agreements.states import State
from budgeting import programs
from budgeting.explain import Figure
from budgeting.words import Words
from portal.access.scope import limit
from portal.db import among
from portal.funding import queries as funding
from portal.people import ahead, due, due_days, next_steps
from portal.people.due_days import LATE, LONGEST, Day
from portal.people.model import Client
from portal.work import Work


def last_day(client: Client, found: Agreement, today: date) -> date | None:
    """The last day of an agreement that held and is over; None of any other."""
    if found.in_force_at is None:
        return None
    if found.closed_at is not None:
        return client.by_the_clock(found.closed_at).date()
    return found.ends if found.ends < today else None


def after(work: Work, client: Client, found: Agreement, last: date) -> Mapping[str, Figure]:
    """What is due when an agreement ends on a day; nothing while another with the same provider goes on."""
    if (found.provider_id, found.program) in _going_on(work, [client.id], besides=found.id).get(client.id, ()):
        return {}
    return _after(work, client, found, last)


def _after(work: Work, client: Client, found: Agreement, last: date) -> Mapping[str, Figure]:
    plan = funding.current(work, client)
    values = funding.funding_values(plan, work.today(client)) if plan and plan.program == found.program else None
    return programs.rules(found.program).after_leaving(values, last)


def days_of(work: Work, client: Client, found: Agreement) -> Sequence[Day]:
    """What can be said to be done: looking again while an agreement is in force, and what is due once it is over."""
    last = last_day(client, found, work.today(client))
    if last is None:
        review = Day(found.id, queries.REVIEW, queries.LOOKED_AT, found.review)
        days = [review] if found.state is State.IN_FORCE else []
    else:
        known, left = after(work, client, found, last).items(), found.provider_id
        days = [Day(left, what, one.label, one.value, one) for what, one in known if isinstance(one.value, date)]
    return due_days.with_done(work, client, days)


def _going_on(work: Work, clients: Collection[UUID], besides: UUID | None = None) -> dict[UUID, set[tuple[UUID, str]]]:
    """With which provider and in which program clients have an agreement in force."""
    wanted = limit(select(Agreement.client_id, Agreement.provider_id, Agreement.program), work, Agreement).where(
        among(Agreement.client_id, clients),
        Agreement.state == State.IN_FORCE,
        Agreement.ends >= work.day,
        *([Agreement.id != besides] if besides else ()),
    )
    found: dict[UUID, set[tuple[UUID, str]]] = {}
    for client_id, provider_id, program in work.session.execute(wanted):
        found.setdefault(client_id, set()).add((provider_id, program))
    return found


def _over(work: Work, clients: Collection[UUID]) -> Sequence[tuple[Agreement, Client]]:
    """Agreements that ended not long ago in a program that knows what is due then, and that nothing follows."""
    asking = [key for key in programs.PROGRAMS if programs.rules(key).after_leaving(None, work.day)]
    over = or_(
        Agreement.closed_at >= work.now - LONGEST,
        and_(Agreement.closed_at.is_(None), Agreement.ends >= work.day - LONGEST, Agreement.ends < work.day),
    )
    wanted = limit(select(Agreement, Client), work, Agreement).join(Client, Client.id == Agreement.client_id)
    held = wanted.where(
        among(Agreement.client_id, clients), Agreement.in_force_at.is_not(None), Agreement.program.in_(asking), over
    )
    found = [(row.Agreement, row.Client) for row in work.session.execute(held)] if asking else []
    goes_on = _going_on(work, clients) if found else {}
    return [(one, client) for one, client in found if (one.provider_id, one.program) not in goes_on.get(client.id, ())]


def _days(work: Work, clients: Collection[UUID], late: timedelta) -> Iterable[tuple[Agreement, date, Words]]:
    """Each day that is still to come, or went by not long ago, and what is due by then and not done."""
    over = _over(work, clients)
    done = due_days.done(work, clients) if over else frozenset()
    for found, client in over:
        today = work.today(client)
        last = last_day(client, found, today)
        for what, one in (_after(work, client, found, last) if last else {}).items():
            if not isinstance(one.value, date) or one.value < today - late:
                continue
            if (client.id, found.provider_id, what, one.value) not in done:
                yield found, one.value, one.summary


@due.of_clients
def after_endings(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """What a provider still has to do after its agreement has ended."""
    for found, day, what in _days(work, clients, LATE):
        href = f"/people/{found.client_id}/agreements/{found.id}#what-is-due"
        yield due.Due(found.client_id, due.Kind.AGREEMENT, day, what, href, found.provider_id)


@ahead.of_clients
def days_after_endings(work: Work, clients: Collection[UUID], today: date) -> Iterable[tuple[UUID, date, Words]]:
    """The same days, among those that come up."""
    for found, day, what in _days(work, clients, timedelta()):
        yield found.client_id, day, what
