"""Until when the money lasts, wherever a plan stands: the draft, what was accepted, or the week that was told first."""

from __future__ import annotations

from budgeting import programs
from budgeting.forecast import Outlook, lasts_until
from budgeting.package import Package
from budgeting.period import Period
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.funding import queries as funding
from portal.funding.model import FundingPlan
from portal.funding.week import package_line
from portal.people.model import Client
from portal.proposals import pricing, queries
from portal.proposals.frozen import thaw
from portal.proposals.model import Proposal, ProposalState
from portal.work import Work


def outlook(work: Work, client: Client) -> tuple[Outlook, str] | None:
    """How long the money lasts, and the page where that is planned; None while there is nothing to say it from.

    Only for readers who may see the funding and the drafts. The newest draft counts, else what was accepted last.
    """
    allowed = all(work.can(part, Action.READ, client.id) for part in (Resource.BUDGET, Resource.DRAFT))
    plan = funding.current(work, client) if allowed else None
    if plan is None:
        return None
    open_or_accepted = [one for one in queries.proposals(work, client) if one.state is not ProposalState.CLOSED]
    drafts = [one for one in open_or_accepted if one.state is ProposalState.DRAFT]
    newest = next(iter(drafts or open_or_accepted), None)
    found = _told(work, client, plan) if newest is None else _planned(work, client, plan, newest)
    if found is None or not found.lines:
        return None
    page = f"/people/{client.id}/proposals" + (f"/{newest.id}" if newest else "")
    editions = catalogue.editions(work, found.program)
    return lasts_until(found, editions, programs.calendar()), page


def _planned(work: Work, client: Client, plan: FundingPlan, proposal: Proposal) -> Package | None:
    """The lines of a draft, or of what was accepted, against the funding as it is now."""
    if plan.program != proposal.program:
        return None
    at = pricing.Setting(client, proposal, {}, {}, funding.funding_values(plan, work.today(client)))
    lines = pricing.counted(queries.lines(work, proposal))
    if proposal.frozen is not None:
        lines = [(str(line.id), line.terms) for line in thaw(proposal.frozen).lines]
    return pricing.package(at, lines, catalogue.editions(work, proposal.program))


def _told(work: Work, client: Client, plan: FundingPlan) -> Package:
    """The ordinary week that was told before there was a draft, from the first day that is not paid."""
    values, place = funding.funding_values(plan, work.today(client)), funding.place(client)
    editions = catalogue.editions(work, plan.program)
    first = funding.first_unspent(plan)
    days = Period(first, values.period.last) if first <= values.period.last else None
    week = funding.ordinary_week(work, client.id) if days else ()
    lines = [package_line(line, n, days, plan.program, place, editions) for n, line in enumerate(week, 1) if days]
    return Package(plan.program, values.period, place, values, tuple(lines))
