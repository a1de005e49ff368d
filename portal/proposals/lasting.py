"""Until when the money lasts, wherever a plan stands: the draft, the plan in force, or the week that was told first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from budgeting import programs
from budgeting.forecast import Outlook, lasts_until
from budgeting.package import Package
from budgeting.period import Period
from budgeting.quotation import ComponentTotal, Quote
from budgeting.words import Words, words
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.funding import held, queries as funding
from portal.funding.model import FundingPlan
from portal.funding.week import package_line
from portal.people.model import Client
from portal.proposals import pricing, queries, scenarios
from portal.proposals.frozen import others, thaw
from portal.proposals.model import Proposal, ProposalState
from portal.work import Work


@dataclass(frozen=True)
class Gap:
    """From which day on the money does not pay, and the day on which more is released; None where none comes."""

    first: date
    released: date | None
    again: bool  #: whether it runs dry once more after that day


def gap(quoted: Quote, part: ComponentTotal) -> Gap | None:
    """The first days that a part of the funding does not pay for; None when it lasts.

    Days between two releases count as short as long as the money that comes does not pay for its own first day.
    """
    first = part.runs_dry
    if first is None:
        return None
    pool = [quoted.component(key) for key in part.pool] or [part]
    periods = [period for one in pool for period in one.periods]
    dry = {period.runs_dry for period in periods if period.runs_dry}
    later = sorted({one.period.first for one in periods if one.period.first > first and one.released})
    released = next((day for day in later if day not in dry), None)
    return Gap(first, released, any(day > released for day in dry) if released else False)


def said(short: Gap) -> Words | None:
    """The days that are not paid, where more money comes after them; None where none does."""
    if short.released is None:
        return None
    first, last, released = short.first, short.released - timedelta(days=1), short.released
    if short.again:
        return words(
            "It is short from {first} to {last}; more is released on {released}, and it is short again later.",
            first=first,
            last=last,
            released=released,
        )
    return words(
        "It is short from {first} to {last}; more is released on {released}.", first=first, last=last, released=released
    )


@dataclass(frozen=True)
class Lasts:
    """How long the money lasts, the page where that is planned, and whether that page is a draft still worked on."""

    outlook: Outlook
    page: str
    draft: bool

    @property
    def gap(self) -> Gap | None:
        """The first days that are not paid, of the part of the funding that runs dry first; None when all lasts."""
        quoted = self.outlook.quote
        return next((gap(quoted, one) for one in quoted.components if one.runs_dry == self.outlook.runs_dry), None)


def outlook(work: Work, client: Client) -> Lasts | None:
    """How long the money lasts, and where that is planned; None while there is nothing to say it from.

    Only for readers who may see the funding and the drafts. The newest draft counts, else the plan in force with every
    change that was agreed since, else what was accepted last, else the week that was told.
    """
    allowed = all(work.can(part, Action.READ, client.id) for part in (Resource.BUDGET, Resource.DRAFT))
    plan = funding.current(work, client) if allowed else None
    if plan is None:
        return None
    open_or_accepted = [one for one in queries.proposals(work, client) if one.state is not ProposalState.CLOSED]
    drafts = [one for one in open_or_accepted if one.state is ProposalState.DRAFT]
    newest = next(iter(drafts or open_or_accepted), None)
    found = None if drafts else _in_force(work, client, plan)
    page = f"/people/{client.id}/plan"
    if found is None:
        found = _told(work, client, plan) if newest is None else _planned(work, client, plan, newest)
        page = f"/people/{client.id}/proposals" + (f"/{newest.id}" if newest else "")
    if found is None or not found.lines:
        return None
    editions, tomorrow = catalogue.editions(work, found.program), work.today(client) + timedelta(days=1)
    if tomorrow in found.period:  # what is held for equipment is not there for the supports
        found = replace(found, lines=(*found.lines, *held.lines(work, client, tomorrow)))
    return Lasts(lasts_until(found, editions, programs.calendar()), page, newest in drafts)


def _in_force(work: Work, client: Client, plan: FundingPlan) -> Package | None:
    """The plan in force against the funding as it is now; None when it is of another program, or its days are over."""
    agreed, today = scenarios.in_force(work, client), work.today(client)
    if agreed is None or agreed.program != plan.program or agreed.period.last < today:
        return None
    return agreed.package(funding.funding_values(plan, today))


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
    return Package(plan.program, values.period, place, values, tuple(lines), others(values, lines))
