"""The plan in force played through its days: its calendar, its weeks, the money going down, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from budgeting import programs
from budgeting.forecast.rehearsal import Rehearsal, rehearse
from budgeting.package import Package
from budgeting.pricing import quote
from budgeting.quotation import Quote
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.funding import held, queries as funding
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries
from portal.plans.model import PlanVersion
from portal.proposals import away, checking, queries as proposals, scenario_commands, scenarios, trying, year_view
from portal.proposals.away import Away, Leave
from portal.proposals.frozen import thaw
from portal.proposals.try_pages import kept_as_scenario, title_of
from portal.site import forms
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

SEE, KEEP = (Resource.BUDGET, Action.READ), (Resource.DRAFT, Action.COMMENT)


@get("/people/{client_id:uuid}/plan/year", access=SEE)
def plan_year(work: Work, asked: Asked, client_id: UUID) -> View:
    """The year of the plan in force; for those who may see the money."""
    client = people.client(work, client_id)
    own, person = people.is_own(work, client), Name(client.name)
    version = queries.current(work, client)
    if version is None:
        return View("plans/none.html", {"own": own, "person": person, "example": "year"}, client=client)
    aways, today = away.everybody(work, client), work.today(client)
    seen = _rehearsed(work, client, version, aways)
    package = seen.quote.package
    fixes = [trying.fix(number, each) for number, each in enumerate(seen.fixes, start=1)]
    values = {
        "own": own,
        "person": person,
        "period": package.period,
        "unknown": package.funding is not None and package.funding.untold(today),
        "first": {"day": show(seen.first.day), "why": show(seen.first.words)} if seen.first else None,
        "others": [(show(each.day), show(each.words)) for each in seen.breaks[1:]],
        "fixes": fixes,
        "lost": year_view.lost(seen.events),
        "aways": year_view.told(aways, package),
        "may_tell": False,
        "may_keep": work.can(*KEEP, client.id),
        "decides": False,  # nothing is put into a plan in force: a change is asked for
        "may_suggest": False,
        "base": f"/people/{client.id}/plan/year",
        **year_view.values(year_view.Played(seen.quote, seen.events, seen.breaks, aways), asked, today, fixes),
    }
    return View("plans/year.html", values, client=client)


def _rehearsed(work: Work, client: Client, version: PlanVersion, aways: Sequence[Away | Leave]) -> Rehearsal:
    """The plan in force played through its days, with what was told of who is away."""
    package, today = priced_now(work, client, version).package, work.today(client)
    editions, since = catalogue.editions(work, package.program), today if today in package.period else None
    absent, instead = away.absences(aways), away.backups(work, client, aways)
    ends = checking.agreed_until(work, client, [(str(one.id), one.terms) for one in thaw(version.content).lines])
    calendar = programs.calendar()
    return rehearse(package, editions, calendar, since=since, agreed_until=ends, away=absent, backups=instead)


@dataclass(frozen=True)
class TryForm:
    choice: int = forms.number(most=20)
    seen: str = forms.text(64)


@post("/people/{client_id:uuid}/plan/year", access=KEEP, form=TryForm, view=plan_year)
def try_fix(work: Work, form: TryForm, client_id: UUID) -> Go:
    """Try what would mend the year in a copy of the plan in force that only the reader sees."""
    client = people.client(work, client_id)
    version = queries.current(work, client) if work.can(*SEE, client.id) else None
    if version is None:
        raise NotVisible
    seen = _rehearsed(work, client, version, away.everybody(work, client))
    chosen = seen.fixes[form.choice - 1] if 0 < form.choice <= len(seen.fixes) else None
    if chosen is None or trying.seen(chosen) != form.seen:
        old = words("Something changed since you opened this page. Look at it again, then press.")
        return Go(f"/people/{client.id}/plan/year", old)
    return keep_copy(work, client, version, seen.quote.package, chosen.package, title_of(chosen.words))


def keep_copy(work: Work, client: Client, version: PlanVersion, now: Package, tried: Package, title: str) -> Go:
    """Keep what was tried with a version as a scenario, and lead to it."""
    side = scenarios.of_plan(client, thaw(version.content))
    lines = scenarios.lines_of(tried, now, {str(one.key): one.terms for one in side.lines})
    agreed = proposals.proposal(work, client, side.proposal.id)
    return kept_as_scenario(scenario_commands.keep(work, client, agreed, lines, title, side))


def priced_now(work: Work, client: Client, version: PlanVersion) -> Quote:
    """What was agreed, on the prices in force and against the funding as it is now, where the reader may see it.

    The parts of the funding are as they are beside the money that is held in them.
    """
    agreed = thaw(version.content)
    plan = funding.current(work, client, on=max(work.today(client), agreed.period.first))
    granted = funding.funding_values(plan, work.today(client)) if plan and plan.program == agreed.program else None
    package = held.counted(work, client, agreed.package(granted))
    return quote(package, catalogue.editions(work, agreed.program), programs.calendar())
