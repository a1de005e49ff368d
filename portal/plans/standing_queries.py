"""Whether the plan in force holds, or its days are over and the next one is to be begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from budgeting.words import Words, words
from portal.access.scope import limit
from portal.access.table import Action, Resource
from portal.db import among
from portal.people import next_steps, queries as people
from portal.people.model import Client
from portal.people.next_steps import Glance, NextStep
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.queries import UP_TO_DATE, current
from portal.plans.states import PartState, VersionState
from portal.proposals.frozen import thaw
from portal.proposals.model import Proposal, ProposalState
from portal.work import Work


def over(work: Work, clients: next_steps.Clients) -> Mapping[UUID, date]:
    """The last day of each plan whose days are over, by client, where no later version is agreed."""
    latest = max((work.today(client) for client in clients.values()), default=work.day)
    left = limit(select(PlanPart.client_id), work, PlanPart).where(
        among(PlanPart.client_id, clients), PlanPart.state != PartState.ENDED
    )
    spent = work.session.scalars(left.group_by(PlanPart.client_id).having(func.max(PlanPart.ends) < latest)).all()
    if not spent:
        return {}
    newest = limit(select(PlanVersion.client_id, PlanVersion.content), work, PlanVersion).where(
        PlanVersion.client_id.in_(spent), PlanVersion.state.in_(UP_TO_DATE)
    )
    contents = {row.client_id: row.content for row in work.session.execute(newest.order_by(PlanVersion.number))}
    last = {client_id: thaw(content).period.last for client_id, content in contents.items()}
    return {client_id: day for client_id, day in last.items() if day < work.today(clients[client_id])}


def has_ended(last: date) -> Words:
    """That a plan is over, and what comes next."""
    return words("The plan ended on {day}. Begin a new draft.", day=last)


@next_steps.of_clients
def plans_over(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Whose plan is over, for whoever may begin the next, while nobody works on one for the days that come."""
    if not (ended := over(work, clients)):
        return
    drafts = limit(select(Proposal.client_id), work, Proposal).where(
        Proposal.client_id.in_(ended), Proposal.state == ProposalState.DRAFT, Proposal.ends >= work.day
    )
    begun = set(work.session.scalars(drafts))
    for client_id in people.those(work, Resource.DRAFT, Action.WRITE, {one: clients[one] for one in ended}):
        if client_id not in begun:
            yield client_id, NextStep(has_ended(ended[client_id]), f"/people/{client_id}/proposals", urgent=True)


@next_steps.at_a_glance(order=40)
def plan_at_a_glance(work: Work, client: Client) -> Iterable[Glance]:
    """Which version of the plan holds."""
    version = current(work, client)
    if version is not None and version.state is VersionState.IN_FORCE:
        own, page, number = people.is_own(work, client), f"/people/{client.id}/plan", version.number
        if over(work, {client.id: client}):
            label, value = words("My plan") if own else words("The plan"), words("This plan has ended")
            yield Glance(label, value, page, words("Version {number}", number=number))
            return
        label = words("My plan, in force since") if own else words("The plan, in force since")
        yield Glance(label, version.starts, page, words("Version {number}", number=number))
