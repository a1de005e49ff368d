"""Where are we? The same for the plan: from the yes to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.language import show
from portal.people import next_steps, queries as people
from portal.people.model import Client
from portal.plans import queries, standing_queries
from portal.plans.model import PlanVersion
from portal.plans.states import VersionState
from portal.proposals import where
from portal.proposals.where import NOBODYS, YOURS, Stage, Where
from portal.site.page import View
from portal.site.routing import get
from portal.work import NotVisible, Work

STAGES: Mapping[VersionState, Stage] = {
    VersionState.AGREED: Stage.AGREED,
    VersionState.IN_FORCE: Stage.IN_FORCE,
    VersionState.REPLACED: Stage.ENDED,
}


@where.once_agreed
def _of_proposal(work: Work, client: Client, proposal_id: UUID) -> Where | None:
    versions = queries.versions(work, client)
    found = next((one for one in versions if one.proposal_id == proposal_id), None)
    return of_version(work, client, found) if found else None


def of_version(work: Work, client: Client, version: PlanVersion) -> Where:
    """How far a version of a plan has come."""
    ended = standing_queries.over(work, {client.id: client}) if version.state is VersionState.IN_FORCE else {}
    stage, plan = Stage.ENDED if ended else STAGES[version.state], f"/people/{client.id}/plan"
    passed = [one for one in Stage if list(Stage).index(one) < list(Stage).index(stage)]
    if ended:
        return _next_plan(work, client, standing_queries.has_ended(ended[client.id]), passed)
    if stage is Stage.ENDED:
        return Where(stage, words("Read the version that took its place."), NOBODYS, plan, passed)
    pages = (plan, f"/people/{client.id}/agreements", f"/people/{client.id}/changes")
    for step in next_steps.steps(work, client):
        earlier = stage is Stage.AGREED and step.accepted not in (None, version.proposal_id)
        if step.href.startswith(pages) and not earlier:
            return Where(stage, step.words, step.waiting_for or YOURS, step.href, passed)
    if stage is Stage.AGREED:
        return Where(stage, words("It begins by itself on {day}.", day=version.starts), NOBODYS, plan, passed)
    if not work.can(Resource.CHANGE, Action.READ, client.id):
        return Where(stage, words("Nothing at the moment."), NOBODYS, plan, passed)
    change = words("Nothing. You can ask for a change at any time.")
    return Where(stage, change, NOBODYS, f"/people/{client.id}/changes", passed)


def _next_plan(work: Work, client: Client, text: Words, passed: Sequence[Stage]) -> Where:
    """What follows a plan whose days are over: the letter of the next one, or else a new draft."""
    begin = f"/people/{client.id}/proposals"
    pages = (f"/people/{client.id}/funding/new-plan", begin)
    steps = sorted(next_steps.steps(work, client), key=lambda step: not step.href.startswith(pages[0]))
    for step in steps:
        if step.href.startswith(pages):
            return Where(Stage.ENDED, step.words, step.waiting_for or YOURS, step.href, passed)
    mine = work.can(Resource.DRAFT, Action.WRITE, client.id)
    turn = YOURS if mine else words("It is the turn of {person}.", person=Name(client.name))
    return Where(Stage.ENDED, text, turn, begin if mine else f"/people/{client.id}/plan", passed)


@get("/people/{client_id:uuid}/plan/where", access=(Resource.PLAN, Action.READ))
def where_is_the_plan(work: Work, client_id: UUID) -> View:
    """How far the plan has come."""
    client = people.client(work, client_id)
    version = queries.current(work, client)
    if version is None:
        raise NotVisible
    values = {
        "where": of_version(work, client, version),
        "stages": [(stage.value, show(means)) for stage, means in where.MEANS.items()],
        "back_to": f"/people/{client.id}/plan",
        "title": show(words("The plan")),
    }
    return View("proposals/where.html", values, fragment="proposals/_where.html", client=client)
