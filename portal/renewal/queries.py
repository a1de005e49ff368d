"""The letter somebody is typing in, the week it is held against, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from budgeting import programs
from budgeting.forecast import Outlook, lasts_until
from budgeting.package import Funding, Package
from budgeting.period import Period
from budgeting.words import words
from portal.access.scope import limit, visible
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.changes.effect import over
from portal.db import among
from portal.funding import held, queries as funding
from portal.funding.by_day import counts_on, followed
from portal.funding.kept import from_json
from portal.funding.model import FundingPlan
from portal.people import history, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.plans import queries as plans
from portal.proposals import pricing, queries as proposals
from portal.proposals.carrying import Carried, Line, carried
from portal.proposals.frozen import thaw
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.terms import Terms
from portal.renewal.model import Renewal, RenewalState
from portal.start.draft import Draft
from portal.work import Work

history.about("renewal.", Resource.BUDGET)

SOON = timedelta(days=60)  # our own choice: from when on a person is reminded that the plan ends


def open_renewal(work: Work, client: Client) -> Renewal | None:
    """The letter that is being typed in; None when there is none, or the reader may not type one in."""
    wanted = visible(work, Renewal, Action.WRITE).where(
        Renewal.client_id == client.id, Renewal.state == RenewalState.OPEN
    )
    return work.session.scalars(wanted.order_by(Renewal.begun_at.desc())).first()


def draft_of(renewal: Renewal | None, client: Client) -> Draft:
    """What was typed so far; a new letter begins with where the client lives."""
    content = renewal.content if renewal is not None else None
    return from_json(Draft, content) if content else Draft(state=client.state, zone=client.zone)


@dataclass(frozen=True)
class Week:
    """The supports to carry over: those of the plan in force, else of the newest draft."""

    program: str
    period: Period
    lines: tuple[Line, ...]
    package: Package | None = None  #: the same with the money of now


@dataclass(frozen=True)
class Held:
    """The week held against a new letter. ``now`` is the same week with the money of now, where there is any."""

    plan: FundingPlan
    week: Week
    carried: Carried
    now: Outlook | None
    then: Outlook | None


def week(work: Work, client: Client) -> Week | None:
    """What is carried over; None while there is neither a plan nor a draft that the reader may see."""
    version = plans.current(work, client)
    money = funding.current(work, client)
    if version is not None:
        earlier = [one for one in plans.versions(work, client) if one.number <= version.number]
        frozen = thaw(version.content)
        lines = tuple((line.id, line.terms) for line in frozen.lines)
        counted = over(sorted(earlier, key=lambda one: one.number)) + [(str(key), terms) for key, terms in lines]
        values = _as_it_stands(work, client, frozen.program, money)
        package = _package(work, client, frozen.program, frozen.period, values, counted)
        return Week(frozen.program, frozen.period, lines, package)
    found = [one for one in proposals.proposals(work, client) if one.state is not ProposalState.CLOSED]
    if not found:
        return None
    newest = found[0]
    lines = tuple((one.key, one.terms) for one in proposals.lines(work, newest) if one.counts)
    counted = [(str(key), terms) for key, terms in lines]
    values = _as_it_stands(work, client, newest.program, money)
    package = _package(work, client, newest.program, newest.period, values, counted)
    return Week(newest.program, newest.period, lines, package)


def held_against(work: Work, client: Client, draft: Draft) -> Held | None:
    """The week on the days and from the money of a new letter; None while the letter says too little."""
    if not draft.funded or draft.letter is None:
        return None
    plan = draft.plan(work.now, client.id)
    found = week(work, client)
    today = work.today(client)
    values = funding.funding_values(plan, today)
    days = Period(max(plan.starts, min(funding.first_unspent(plan), values.period.last)), values.period.last)
    if found is None or found.program != plan.program:
        return Held(plan, found or Week(plan.program, days, ()), Carried((), ()), None, None)
    parts = [one.key for one in programs.rules(plan.program).components(values)]
    moved = carried(found.lines, found.period, days, parts)
    then = _package(work, client, plan.program, days, values, [(str(key), terms) for key, terms in moved.lines])
    editions, calendar = catalogue.editions(work, plan.program), programs.calendar()
    now = lasts_until(found.package, editions, calendar) if found.package and found.package.funding else None
    return Held(plan, found, moved, now, lasts_until(then, editions, calendar))


def _as_it_stands(work: Work, client: Client, program: str, plan: FundingPlan | None) -> Funding | None:
    if plan is None or plan.program != program:
        return None
    return held.beside(work, client, funding.funding_values(plan, work.today(client)))


def _package(
    work: Work, client: Client, program: str, days: Period, money: Funding | None, lines: Sequence[tuple[str, Terms]]
) -> Package:
    proposal = Proposal(client_id=client.id, program=program, starts=days.first, ends=days.last)
    at = pricing.Setting(client, proposal, {}, {}, money)
    return pricing.package(at, lines, catalogue.editions(work, program))


@next_steps.of_clients
def new_plans(work: Work, clients: Mapping[UUID, Client]) -> Iterable[tuple[UUID, NextStep]]:
    """Going on with a letter that was begun; and when a plan soon ends, where the next one is typed in."""
    begun = limit(select(Renewal.client_id), work, Renewal, Action.WRITE).where(
        among(Renewal.client_id, clients), Renewal.state == RenewalState.OPEN
    )
    waiting = set(work.session.scalars(begun))
    soon = max((work.today(client) for client in clients.values()), default=work.day) + SOON
    ending = limit(select(FundingPlan.client_id, FundingPlan.ends), work, FundingPlan, Action.WRITE).where(
        among(FundingPlan.client_id, clients), counts_on(work.day), ~followed(), FundingPlan.ends <= soon
    )
    ends = {row.client_id: row.ends for row in work.session.execute(ending)}
    for client_id in clients:
        page = f"/people/{client_id}/funding/new-plan"
        if client_id in waiting:
            yield client_id, NextStep(words("Go on with the letter of the new plan. What was typed is kept."), page)
        elif client_id in ends:
            day, over = ends[client_id], ends[client_id] < work.today(clients[client_id])
            text = words("The plan ends on {day}. Type in the new letter when it comes.", day=day)
            if over:
                text = words("The plan ended on {day}. Type in the new letter when it comes.", day=day)
            yield client_id, NextStep(text, page)
