"""The plan in force played through its days: its calendar, its weeks, the money going down, and what would mend it."""

from __future__ import annotations

from uuid import UUID

from budgeting import programs
from budgeting.forecast.rehearsal import rehearse
from budgeting.pricing import quote
from budgeting.quotation import Quote
from budgeting.words import Name
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.funding import held, queries as funding
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries
from portal.plans.model import PlanVersion
from portal.proposals import away, trying, year_view
from portal.proposals.frozen import thaw
from portal.site.page import Asked, View
from portal.site.routing import get
from portal.work import Work


@get("/people/{client_id:uuid}/plan/year", access=(Resource.BUDGET, Action.READ))
def plan_year(work: Work, asked: Asked, client_id: UUID) -> View:
    """The year of the plan in force; for those who may see the money."""
    client = people.client(work, client_id)
    own, person = people.is_own(work, client), Name(client.name)
    version = queries.current(work, client)
    if version is None:
        return View("plans/none.html", {"own": own, "person": person}, client=client)
    priced = priced_now(work, client, version)
    editions, today = catalogue.editions(work, priced.package.program), work.today(client)
    since = today if today in priced.package.period else None
    aways = away.aways(work, client)
    absent, instead = away.absences(aways), away.backups(work, client, aways)
    seen = rehearse(priced.package, editions, programs.calendar(), since=since, away=absent, backups=instead)
    fixes = [trying.fix(number, each, seen.quote) for number, each in enumerate(seen.fixes, start=1)]
    values = {
        "own": own,
        "person": person,
        "period": priced.package.period,
        "first": {"day": show(seen.first.day), "why": show(seen.first.words)} if seen.first else None,
        "others": [(show(each.day), show(each.words)) for each in seen.breaks[1:]],
        "fixes": fixes,
        "lost": year_view.lost(seen.events),
        "aways": year_view.told(aways, priced.package),
        "may_tell": False,
        **year_view.values(year_view.Played(seen.quote, seen.events, seen.breaks, aways), asked, today, fixes),
    }
    return View("plans/year.html", values, client=client)


def priced_now(work: Work, client: Client, version: PlanVersion) -> Quote:
    """What was agreed, on the prices in force and against the funding as it is now, where the reader may see it.

    The parts of the funding are as they are beside the money that is held in them.
    """
    agreed = thaw(version.content)
    plan = funding.current(work, client, on=max(work.today(client), agreed.period.first))
    granted = funding.funding_values(plan, work.today(client)) if plan and plan.program == agreed.program else None
    package = held.counted(work, client, agreed.package(granted))
    return quote(package, catalogue.editions(work, agreed.program), programs.calendar())
