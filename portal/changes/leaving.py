"""What is due when a change leaves a provider with nothing more to do, by the rules of the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Row, literal, select

from budgeting import programs
from budgeting.explain import Figure
from budgeting.words import Name
from portal.access.scope import limit, organisations
from portal.changes.edits import NOBODY, Edit, Party, after_lines, moves, provider_of, unpack
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.settling import newest, path_of, versions_to
from portal.changes.states import IN_FORCE, RequestState
from portal.db import among
from portal.funding import queries as funding
from portal.people import due as what_is_due, due_days, next_steps
from portal.people.due_days import Day
from portal.people.model import Client
from portal.plans import queries as plans
from portal.plans.model import PlanVersion
from portal.proposals.frozen import FrozenProposal, thaw
from portal.work import Work

OVER = (RequestState.WITHDRAWN, RequestState.SUPERSEDED, RequestState.ENDED)


@dataclass(frozen=True)
class Left:
    """A provider that a change leaves: by when what is due from it, and what is due without a day."""

    party: Party
    name: Name
    days: tuple[Day, ...]
    beside: tuple[Figure, ...]


def left_by(plan: FrozenProposal, edits: Iterable[Edit], effective: date) -> frozenset[Party]:
    """The providers that deliver something on the day before a change, and nothing from its day on."""
    before = {provider_of(line.terms) for line in plan.lines if line.terms.ends >= effective}
    after = {provider_of(one) for _, one in after_lines(plan, moves(plan, edits, effective)) if one.ends >= effective}
    return frozenset(before - after - {NOBODY})


def due(work: Work, client: Client, found: ChangeRequest, only: Party | None = None) -> Sequence[Left]:
    """What is due from each provider a change leaves, or from ``only`` this one; who may see neither is asked before.

    Nothing is due where the program knows no rule.
    """
    plan = thaw(versions_to(work, found)[-1].content)
    parties = left_by(plan, unpack(found.edits), found.effective) if found.state not in OVER else frozenset()
    parties = parties if only is None else parties & {only}
    money = funding.current(work, client) if parties else None
    values = funding.funding_values(money, work.today(client)) if money and money.program == plan.program else None
    told = programs.rules(plan.program).after_leaving(values, last_day(found)) if parties else {}
    names = plans.provider_names(work, [one for one, _ in parties]) if told else {}
    left = []
    for one, name in parties if told else ():
        about = due_days.provider_left(client, one, name)
        days = [Day(about, key, f.label, f.value, f) for key, f in told.items() if isinstance(f.value, date)]
        beside = tuple(figure for figure in told.values() if not isinstance(figure.value, date))
        called = names.get(one, Name(name)) if one else Name(name)
        left.append(Left((one, name), called, tuple(due_days.with_done(work, client, days)), beside))
    return sorted(left, key=lambda one: one.name.text)


def days_of(left: Iterable[Left]) -> list[Day]:
    """Every day of them."""
    return [day for one in left for day in one.days]


def last_day(found: ChangeRequest) -> date:
    """The day before a change: the last with a provider it leaves."""
    return found.effective - timedelta(days=1)


def _not_done(work: Work, clients: next_steps.Clients) -> Iterable[tuple[ChangeRequest, Left, Day]]:
    """What is due and not done from the providers that changes in force have left; who delivers again is not left.

    A provider finds what it is to do itself, of changes that it was asked about.
    """
    recent = ChangeRequest.state.in_(IN_FORCE), ChangeRequest.effective >= work.day - due_days.LONGEST
    whole = limit(select(ChangeRequest, PlanVersion.content, literal(None)), work, ChangeRequest)
    parts = limit(select(ChangeRequest, PlanVersion.content, Authorisation.organisation_id), work, Authorisation)
    parts = parts.join(Authorisation, Authorisation.request_id == ChangeRequest.id)
    parts = parts.where(Authorisation.organisation_id.in_(organisations(work)))
    for wanted in (whole, parts):
        wanted = wanted.join(PlanVersion, PlanVersion.id == ChangeRequest.base_id)
        found = work.session.execute(wanted.where(among(ChangeRequest.client_id, clients), *recent)).all()
        yield from _open(work, clients, found)


def _open(
    work: Work, clients: next_steps.Clients, rows: Iterable[Row[ChangeRequest, str, UUID | None]]
) -> Iterable[tuple[ChangeRequest, Left, Day]]:
    """What is open after some changes; of those with a provider, what is open from it alone."""
    for found, content, provider in rows:
        client, plan = clients[found.client_id], thaw(content)
        asks = programs.rules(plan.program).after_leaving(None, last_day(found))
        if not asks or not left_by(plan, unpack(found.edits), found.effective):
            continue
        today, now = work.today(client), thaw(newest(work, client.id).content)
        delivers = {provider_of(line.terms) for line in now.lines if line.terms.ends >= today}
        for left in due(work, client, found, (provider, "") if provider else None):
            for one in left.days if left.party not in delivers else ():
                if not one.done and one.due >= today - due_days.LATE:
                    yield found, left, one


@what_is_due.of_clients
def after_leaving(work: Work, clients: next_steps.Clients) -> Iterable[what_is_due.Due]:
    """What a provider still has to do after a change has left it."""
    for found, left, one in _not_done(work, clients):
        href, who = f"{path_of(found)}#what-is-due", left.party[0] or left.name
        yield what_is_due.Due(found.client_id, what_is_due.Kind.CHANGE, one.due, one.said, href, who)
