"""Until when the money lasts, wherever a plan stands: the draft, the plan in force, or the week that was told first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from budgeting import programs
from budgeting.forecast import Outlook, lasts_until
from budgeting.package import Package
from budgeting.period import Period
from budgeting.quotation import ComponentTotal, Quote
from budgeting.words import Name, Words, nwords, words
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
    pool = quoted.sharing(part)
    periods = [period for one in pool for period in one.periods]
    dry = {period.runs_dry for period in periods if period.runs_dry}
    later = sorted({one.period.first for one in periods if one.period.first > first and one.released})
    released = next((day for day in later if day not in dry), None)
    return Gap(first, released, any(day > released for day in dry) if released else False)


def first_gap(found: Outlook) -> Gap | None:
    """The first days that are not paid, of the part of the funding that runs dry first; None when all lasts."""
    quoted = found.quote
    return next((gap(quoted, one) for one in quoted.components if one.runs_dry == found.runs_dry), None)


def said(short: Gap) -> Words | None:
    """The days that are not paid, where more money comes after them; None where none does."""
    if short.released is None:
        return None
    first, last, released = short.first, short.released - timedelta(days=1), short.released
    if first == last and short.again:
        return words(
            "It is short on {day}; more is released on {released}, and it is short again later.",
            day=first,
            released=released,
        )
    if first == last:
        return words("It is short on {day}; more is released on {released}.", day=first, released=released)
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
        """The first days that are not paid; None when all lasts."""
        return first_gap(self.outlook)


def outlook(work: Work, client: Client) -> Lasts | None:
    """How long the money lasts, and where that is planned; None while there is nothing to say it from.

    Only for readers who may see the funding and the drafts. The plan in force counts, with every change that was agreed
    since, as it does for alarms; else the newest draft, else what was accepted last, else the week that was told.
    """
    plan = _funding(work, client)
    if plan is None:
        return None
    agreed = _in_force(work, client, plan)
    if agreed is not None:
        return _lasts(work, client, agreed, f"/people/{client.id}/plan")
    newest = _newest(work, client)
    if newest is None:
        return _lasts(work, client, _told(work, client, plan), f"/people/{client.id}/proposals")
    return _of(work, client, plan, newest)


def beside(work: Work, client: Client, agreed: Lasts) -> tuple[Words, str] | None:
    """What the draft that is being worked on would make of the day that holds today, and the page of that draft.

    None without such a draft, or where it is the draft already that is told.
    """
    plan = None if agreed.draft else _funding(work, client)
    newest = _newest(work, client) if plan else None
    if plan is None or newest is None or newest.state is not ProposalState.DRAFT:
        return None
    drafted = _of(work, client, plan, newest)
    before, after = agreed.outlook.until, drafted.outlook.until if drafted else None
    if drafted is None or before is None or after is None:
        return None
    return _compared(Name(newest.title), before, after), drafted.page


def _compared(draft: Name, before: date, after: date) -> Words:
    days = (after - before).days
    if days > 0:
        return nwords(
            "In the draft “{draft}” it lasts until {day}: {n} day more.",
            "In the draft “{draft}” it lasts until {day}: {n} days more.",
            days,
            draft=draft,
            day=after,
        )
    if days < 0:
        return nwords(
            "In the draft “{draft}” it lasts until {day}: {n} day less.",
            "In the draft “{draft}” it lasts until {day}: {n} days less.",
            -days,
            draft=draft,
            day=after,
        )
    return words("In the draft “{draft}” it lasts just as long.", draft=draft)


def _funding(work: Work, client: Client) -> FundingPlan | None:
    allowed = all(work.can(part, Action.READ, client.id) for part in (Resource.BUDGET, Resource.DRAFT))
    return funding.current(work, client) if allowed else None


def _newest(work: Work, client: Client) -> Proposal | None:
    """The newest draft whose days are not over, else what was accepted last."""
    found = [one for one in queries.proposals(work, client) if one.state is not ProposalState.CLOSED]
    drafts = [one for one in found if one.state is ProposalState.DRAFT and one.ends >= work.today(client)]
    return next(iter(drafts or [one for one in found if one.state is not ProposalState.DRAFT] or found), None)


def _of(work: Work, client: Client, plan: FundingPlan, one: Proposal) -> Lasts | None:
    page = f"/people/{client.id}/proposals/{one.id}"
    return _lasts(work, client, _planned(work, client, plan, one), page, one.state is ProposalState.DRAFT)


def _lasts(work: Work, client: Client, found: Package | None, page: str, draft: bool = False) -> Lasts | None:
    if found is None or not found.lines:
        return None
    editions = catalogue.editions(work, found.program)
    return Lasts(lasts_until(held.counted(work, client, found), editions, programs.calendar()), page, draft)


def _in_force(work: Work, client: Client, plan: FundingPlan) -> Package | None:
    """The plan in force against the funding as it is now; None when it is of another program, or its days are over."""
    agreed, today = scenarios.in_force(work, client), work.today(client)
    plan = (funding.current(work, client, on=max(today, agreed.period.first)) if agreed else None) or plan
    if agreed is None or agreed.program != plan.program or agreed.period.last < today:
        return None
    return agreed.package(funding.funding_values(plan, today))


def _planned(work: Work, client: Client, plan: FundingPlan, proposal: Proposal) -> Package | None:
    """The lines of a draft, or of what was accepted, against the funding of the day on which it starts."""
    plan = funding.current(work, client, on=proposal.starts) or plan
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
