"""The plan in words for the client, and the brief for each provider: by account or by a one-time link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from budgeting.compare.who_comes import who_comes
from budgeting.explain import Figure
from budgeting.explain.totals import quote_figures
from budgeting.forecast.reach import reaches
from budgeting.package import Role
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.accounts import queries as accounts
from portal.accounts.model import Role as WorksAs
from portal.changes.beside import since_proposal
from portal.funding import held
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import commands, queries, rows, sharing_commands, sharing_queries, standing_queries
from portal.plans.brief_showing import shown
from portal.plans.model import Brief, PlanPart, PlanVersion
from portal.plans.states import BriefState, PartState, VersionState
from portal.plans.visits import going
from portal.plans.year_pages import priced_now
from portal.proposals import people_known
from portal.proposals.files import of_plan
from portal.proposals.frozen import thaw
from portal.proposals.reasons import proposal_figure, shares_figure
from portal.proposals.unpaid import present
from portal.site import forms
from portal.site.appendix import appendix
from portal.site.page import Stay, View
from portal.site.pictures import burning
from portal.site.routing import get, post
from portal.work import Work

READ_PLAN = (Resource.PLAN, Action.READ)
ASK = (Resource.REQUEST, Action.WRITE)
SEE = (Resource.REQUEST, Action.READ)
GIVEN = (BriefState.CAN.value, BriefState.CANNOT.value)


@get("/people/{client_id:uuid}/plan", access=READ_PLAN)
def plan(work: Work, client_id: UUID) -> View:
    """My plan in words: who comes when, what it costs, and what each provider answered."""
    client = people.client(work, client_id)
    own = people.is_own(work, client)
    version = queries.current(work, client)
    if version is None:
        return View("plans/none.html", {"own": own, "person": Name(client.name), "example": "reach"}, client=client)
    every = queries.parts(work, client)
    parts = [part for part in every if part.version_id == version.id]
    earlier = [part for part in every if part.version_id != version.id and part.state is PartState.GOING_ON]
    later = [one for one in queries.versions(work, client) if one.number > version.number]
    briefs = queries.briefs(work, client, later[0] if later else version)
    names = queries.provider_names(work, [*(p.provider_id for p in every), *(b.provider_id for b in briefs)])
    taken_by = accounts.names(work.session, {by for b in briefs for by in (b.answered_by, b.read_by) if by})
    here = sharing_queries.with_people(work, {brief.provider_id for brief in briefs if brief.provider_id})
    holds = [part for part in every if part.state is PartState.GOING_ON]
    frozen = thaw(version.content)
    sees_money = work.can(Resource.BUDGET, Action.READ, client.id)
    unable = {queries.called(one, names) for one in briefs if one.state is BriefState.CANNOT} if not later else ()
    helping = present(work, client.id) if work.can(Resource.CIRCLE, Action.READ, client.id) else None
    before, supports = rows.said_once([rows.support(part, names, unable, helping) for part in parts])
    values: dict[str, Any] = {
        "version": version,
        "in_force": version.state is VersionState.IN_FORCE,
        "ended": standing_queries.over(work, {client.id: client}).get(client.id),
        "later": later[0] if later else None,
        "changes": since_proposal(work, client),
        "week": rows.week(holds or parts, names, parts, unable),
        "people": _people(work, client, holds or parts),
        "before": before,
        "supports": supports,
        "earlier": [rows.support(part, names, (), helping) for part in earlier],
        "answers": [rows.answer_row(brief, names, taken_by, rows.given_by(every), here) for brief in briefs],
        "together": proposal_figure(frozen).brief,
        "costs": frozen if sees_money else None,
        **_money(work, client, version, sees_money),
        "files": of_plan(frozen) if sees_money else None,
        "counted": rows.counted(frozen),
        "left": rows.left(frozen, queries.parts_named(work, client, frozen)),
        "shares": shares_figure(frozen).brief if frozen.contribution.minor > 0 else None,
        "own": own,
        "person": Name(client.name),
        "may_ask": work.can(Resource.REQUEST, Action.WRITE, client.id),
    }
    return View("plans/plan.html", values, fragment="plans/_answers.html", client=client)


def _people(work: Work, client: Client, parts: Sequence[PlanPart]) -> Figure | None:
    """How many different people come; None while nobody said who."""
    coming = [one.line for one in going(parts) if one.weekly and one.line.role is not Role.BACKUP]
    found = who_comes(coming, people_known.known(work, client))
    return found if found.value is not None else None


def _money(work: Work, client: Client, version: PlanVersion, sees_money: bool) -> dict[str, Any]:
    """How the money goes down, and what the numbers rest on; nothing for those who do not see the money."""
    if not sees_money:
        return {"burning": [], "appendix": None, "reaches": [], "held": []}
    priced, today = priced_now(work, client, version), work.today(client)
    return {
        "burning": burning(priced, today),
        "appendix": appendix(quote_figures(priced)),
        "reaches": [(one.words, one.left) for one in reaches(priced, today)],
        "held": list(held.by_part(work, client).values()),
    }


@dataclass(frozen=True)
class TelephoneForm:
    answer: str = forms.one_of(GIVEN)
    spoke_with: str = forms.text(120)
    said: str = forms.text(1000)
    version: int = forms.version()


@post("/people/{client_id:uuid}/plan/briefs/{brief_id:uuid}/telephone", access=ASK, form=TelephoneForm, view=plan)
def telephone(work: Work, form: TelephoneForm, client_id: UUID, brief_id: UUID) -> Stay:
    """Keep what a provider said on the telephone."""
    brief = queries.brief_of_client(work, people.client(work, client_id), brief_id)
    brief.expect(form.version)
    commands.record_telephone_answer(work, brief, BriefState(form.answer), form.spoke_with, form.said)
    return Stay(words("Saved. The answer is in the plan."))


@post("/people/{client_id:uuid}/plan/briefs/{brief_id:uuid}/link", access=ASK, view=plan)
def make_link(work: Work, client_id: UUID, brief_id: UUID) -> View:
    """Make a one-time link; its address is shown once."""
    client = people.client(work, client_id)
    brief = queries.brief_of_client(work, client, brief_id)
    token = commands.make_link(work, brief)
    names = queries.provider_names(work, [brief.provider_id])
    assert brief.token_ends_at is not None, "a link was just made"
    values = {
        "address": f"{work.house.settings.base_url}/brief/{token}",
        "provider": queries.called(brief, names),
        "ends": brief.token_ends_at,
        "back_href": f"/people/{client.id}/plan",
    }
    return View("plans/link.html", values, client=client)


@get("/briefs", access=SEE)
def briefs(work: Work) -> View:
    """Every plan in which the reader's organisation, or the reader as a helper, has a part."""
    found = queries.briefs_for_us(work)
    started = queries.starts_of(work, found)
    newest: dict[object, Brief] = {}
    for brief in sorted(found, key=lambda b: started[b.version_id].number):
        newest[brief.client_id, brief.helper_id] = brief
    listed = [
        {
            "href": f"/briefs/{brief.id}",
            "client": Name(queries.client_of(work, brief.client_id).name),
            "starts": started[brief.version_id].starts,
            "badge": rows.BADGES[brief.state],
            "state": (rows.HELPERS if brief.helper_id else rows.ANSWERS)[brief.state],
        }
        for brief in sorted(newest.values(), key=lambda b: (not b.open, b.sent_at))
    ]
    works = WorksAs.PROVIDER_STAFF in accounts.roles(work)
    return View("plans/briefs.html", {"briefs": listed, "works": works})


@get("/briefs/{brief_id:uuid}", access=SEE)
def brief(work: Work, brief_id: UUID) -> View:
    """What one provider delivers for one person, and its answer."""
    found = queries.brief_for_us(work, brief_id)
    newer = queries.newer_for(work, found)
    view = _shown(work, found)
    values = {**view.values, "newer": f"/briefs/{newer.id}" if newer else None}
    return replace(view, values=values, fragment="plans/_brief_answer.html")


def _shown(work: Work, found: Brief) -> View:
    """What whoever opens this brief reads, and the note that they did."""
    client = queries.client_of(work, found.client_id)
    only = sharing_queries.read_by_provider(work, found, client)
    values = shown(work, found, only)
    brief_id, number, said = found.id, values["number"], values["told"].parts

    def looked(noting: Work) -> None:
        sharing_commands.note_opened(noting, brief_id, number, said)

    return View("plans/brief.html", values, looked=looked)


@dataclass(frozen=True)
class AnswerForm:
    answer: str = forms.one_of(GIVEN)
    said: str = forms.text(1000, required=False)
    version: int = forms.version()


@post("/briefs/{brief_id:uuid}/answer", access=ASK, form=AnswerForm, view=brief)
def answer(work: Work, form: AnswerForm, brief_id: UUID) -> Stay:
    """The provider's own answer."""
    found = queries.brief_for_us(work, brief_id)
    found.expect(form.version)
    commands.answer(work, found, BriefState(form.answer), form.said)
    return Stay(words("Thank you. Your answer is saved."))


@post("/briefs/{brief_id:uuid}/read", access=ASK, view=brief)
def mark_read(work: Work, brief_id: UUID) -> Stay:
    """The provider has read it, and answers later."""
    commands.mark_read(work, queries.brief_for_us(work, brief_id))
    return Stay(words("Saved: you have read this."))


@get("/brief/{token:str}")
def by_link(work: Work, token: str) -> View:
    """The one brief a link opens, for a provider without an account; opening it changes nothing."""
    found = queries.by_link(work, token)
    if found is None:
        return View("plans/link_ended.html", {"written": ""}, status=404)
    view = _shown(work, found)
    return replace(view, template="plans/by_link.html", values={**view.values, "token": token})


@dataclass(frozen=True)
class LinkForm:
    answer: str = forms.one_of(GIVEN)
    who: str = forms.text(120)
    said: str = forms.text(1000, required=False)


@post("/brief/{token:str}", form=LinkForm, view=by_link)
def answer_by_link(work: Work, form: LinkForm, token: str) -> View:
    """Answer once; the link has ended after that."""
    if queries.by_link(work, token) is None:
        return View("plans/link_ended.html", {"written": form.said}, status=404)
    commands.answer_by_link(work, token, BriefState(form.answer), form.who, form.said)
    return View("plans/link_thanks.html")
