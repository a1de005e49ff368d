"""One goal: small steps, how far it is, doing more oneself and what that would free, and its supports over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting import programs
from budgeting.choosing.step_down import Less, cost_figure, freed, may_step_down, monthly_visits, weekly_minutes
from budgeting.explain import Figure
from budgeting.money import Minutes
from budgeting.package import Line
from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.accounts.queries import called
from portal.catalogue import queries as catalogue
from portal.funding import held, queries as funding
from portal.goals import queries as goals, step_commands as commands, step_queries as steps
from portal.goals.model import Goal, GoalState
from portal.goals.step_model import SmallStep, StepDown
from portal.goals.step_states import STEP, StepAct, StepState
from portal.language import plain, show, spoken_in
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries as plans
from portal.proposals.frozen import FrozenLine, FrozenProposal, thaw
from portal.review import look_queries
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

READ, WRITE = (Resource.STORY, Action.READ), (Resource.STORY, Action.WRITE)
HOME = "/people/{client_id:uuid}/goals"
ONE = HOME + "/{goal_id:uuid}"
NOBODY = Name("")
SCALES: dict[int, tuple[Words, ...]] = {
    3: (words("Not yet"), words("Partly"), words("Yes")),
    5: (words("Not at all"), words("A little"), words("Half way"), words("Nearly"), words("I am there")),
}
WEEK, MONTH = "week", "month"
LESS_BY = {WEEK: words("minutes each week"), MONTH: words("visits or sessions each month")}
STATES = {
    StepState.SUGGESTED: ("wait", words("Suggested")),
    StepState.OPEN: ("", words("To do")),
    StepState.DONE: ("ok", words("Done")),
    StepState.OFF: ("", words("Not wanted any more")),
}


def found(work: Work, client_id: UUID, goal_id: UUID) -> tuple[Client, Goal]:
    """A goal of this client that the reader may see."""
    client = people.client(work, client_id)
    return client, goals.goal(work, client, goal_id)


@get(ONE, access=READ)
def goal(work: Work, client_id: UUID, goal_id: UUID) -> View:
    """The way to one goal."""
    client, one = found(work, client_id, goal_id)
    agreed = look_queries.plan(work, client)
    rated = steps.ratings(work, one)
    small = steps.steps(work, one)
    names = called(work, [one.said_by, *(each.rated_by for each in rated), *(each.said_by for each in small)])
    values: dict[str, Any] = {
        "goal": one,
        "html_lang": spoken_in(one.language),
        "who": names.get(one.said_by, NOBODY),
        "agreed": one.state is GoalState.AGREED,
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "writes": work.can(*WRITE, client.id),
        "helps": work.can(Resource.STORY, Action.COMMENT, client.id),
        "looks_again": work.can(Resource.DRAFT, Action.COMMENT, client.id),
        "steps": [_step(each, names) for each in small],
        "ratings": [_rating(each, names) for each in rated],
        "scale": [(str(number), plain(text)) for number, text in enumerate(SCALES[5], 1)],
        "short_scale": [(str(number), plain(text)) for number, text in enumerate(SCALES[3], 1)],
        "looks": look_queries.of_goal(work, one) if work.can(Resource.DRAFT, Action.READ, client.id) else (),
        "ledger": _ledger(work, client, one),
        **_down(work, client, one, agreed),
        "base": f"/people/{client.id}/goals/{one.id}",
        "home": f"/people/{client.id}",
    }
    return View("review/goal.html", values, fragment="review/_goal.html", client=client)


def _step(one: SmallStep, names: Mapping[UUID, Name]) -> dict[str, Any]:
    kind, text = STATES[one.state]
    acts = STEP[one.state]
    return {
        "row": one,
        "kind": kind,
        "text": text,
        "who": names.get(one.said_by, NOBODY),
        "take": StepAct.TAKE in acts,
        "finish": StepAct.FINISH in acts,
        "drop": StepAct.DROP in acts,
        "again": StepAct.OPEN_AGAIN in acts,
    }


def _rating(one: Any, names: Mapping[UUID, Name]) -> dict[str, Any]:
    return {
        "answer": SCALES[one.points][one.value - 1],
        "value": one.value,
        "points": one.points,
        "said": one.said,
        "who": names.get(one.rated_by, NOBODY),
        "when": one.rated_at,
    }


def _ledger(work: Work, client: Client, one: Goal) -> list[tuple[int, date, list[Name], Figure | None]]:
    """In each version of the plan: the supports that served this goal, and what they were to cost."""
    told = []
    money = work.can(Resource.BUDGET, Action.READ, client.id)
    for version in plans.versions(work, client):
        lines = [line for line in thaw(version.content).lines if line.terms.goal_id == one.id]
        label = words("Agreed for this goal, version {number}", number=version.number)
        figure = cost_figure(label, [(Name(line.name), line.amount) for line in lines]) if money and lines else None
        told.append((version.number, version.starts, [Name(line.name) for line in lines], figure))
    return told


def _down(work: Work, client: Client, one: Goal, agreed: FrozenProposal | None) -> dict[str, Any]:
    """Supports that could become less, what is planned for this goal, and what it would free if it came true."""
    planned = [row for row in steps.step_downs(work, client) if row.goal_id == one.id]
    lines = {line.id: line for line in agreed.lines} if agreed else {}
    can_step = []
    figure = None
    if agreed is not None:
        package = agreed.package(_granted(work, client, agreed))
        may = {line.id for line in package.lines if _most(line, WEEK) or _most(line, MONTH)}
        can_step = [(str(line.id), show(Name(line.name))) for line in agreed.lines if str(line.id) in may]
        today = work.today(client)
        wanted = [
            Less(str(row.line_id), max(row.first, today), row.minutes, row.visits)
            for row in planned
            if str(row.line_id) in may
        ]
        if wanted and work.can(Resource.BUDGET, Action.READ, client.id):
            editions = catalogue.editions(work, agreed.program)
            figure = freed(package, wanted, editions, programs.calendar()).figure
    return {
        "can_step_down": can_step,
        "step_downs": [(row, _less(row, lines.get(row.line_id)), row.said) for row in planned],
        "less_by": [(value, plain(text)) for value, text in LESS_BY.items()],
        "frees": figure,
    }


def _most(line: Line, by: str) -> int:
    """How much of a line there is in a week, in minutes, or in a month, in visits; 0 where it cannot become less so."""
    if by == MONTH:
        return monthly_visits(line)
    return weekly_minutes(line) if may_step_down(line) else 0


def _less(row: StepDown, line: FrozenLine | None) -> Words:
    """A step in a sentence."""
    if line is None:
        return words("From {day}: less of a support that is no longer in the plan.", day=row.first)
    support = Name(line.name)
    if row.visits:
        return nwords(
            "From {day}: {n} visit less of {support} each month.",
            "From {day}: {n} visits less of {support} each month.",
            row.visits,
            day=row.first,
            support=support,
        )
    less = Minutes(row.minutes)
    return words("From {day}: {less} less of {support} each week.", day=row.first, less=less, support=support)


def _granted(work: Work, client: Client, agreed: FrozenProposal) -> Any:
    plan = funding.current(work, client)
    if plan is None or plan.program != agreed.program:
        return None
    return held.beside(work, client, funding.funding_values(plan, work.today(client)))


# What is sent


@dataclass(frozen=True)
class StepForm:
    text: str = forms.text(400)
    due: date | None = forms.day(required=False)
    remind: bool = forms.tick()


@post(ONE + "/steps", access=(Resource.STORY, Action.COMMENT), form=StepForm, view=goal)
def suggest_step(work: Work, form: StepForm, client_id: UUID, goal_id: UUID) -> Stay:
    """Think of a step for somebody."""
    _client, one = found(work, client_id, goal_id)
    commands.suggest_step(work, one, form.text, form.due)
    return Stay(words("Suggested. The person decides."))


@post(ONE + "/own-steps", access=WRITE, form=StepForm, view=goal)
def add_step(work: Work, form: StepForm, client_id: UUID, goal_id: UUID) -> Stay:
    """A small step of one's own."""
    _client, one = found(work, client_id, goal_id)
    commands.add_step(work, one, form.text, form.due, remind=form.remind)
    return Stay(words("Added."))


@dataclass(frozen=True)
class MoveForm:
    act: StepAct = forms.choice(StepAct)
    version: int = forms.version()


@post(ONE + "/steps/{step_id:uuid}", access=WRITE, form=MoveForm, view=goal)
def move_step(work: Work, form: MoveForm, client_id: UUID, goal_id: UUID, step_id: UUID) -> Stay:
    """Done, wanted, not wanted, or once more."""
    _client, one = found(work, client_id, goal_id)
    row = steps.step(work, one, step_id)
    row.expect(form.version)
    commands.move_step(work, row, form.act)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class DayForm:
    due: date | None = forms.day(required=False)
    remind: bool = forms.tick()
    version: int = forms.version()


@post(ONE + "/steps/{step_id:uuid}/day", access=WRITE, form=DayForm, view=goal)
def choose_day(work: Work, form: DayForm, client_id: UUID, goal_id: UUID, step_id: UUID) -> Stay:
    """Another day, and whether to be reminded."""
    _client, one = found(work, client_id, goal_id)
    row = steps.step(work, one, step_id)
    row.expect(form.version)
    commands.choose_reminder(work, row, form.due, remind=form.remind)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class RateForm:
    value: str = forms.one_of(("1", "2", "3", "4", "5"))
    points: str = forms.one_of(("3", "5"))
    said: str = forms.text(1000, required=False)


@post(ONE + "/rate", access=WRITE, form=RateForm, view=goal)
def rate(work: Work, form: RateForm, client_id: UUID, goal_id: UUID) -> Stay:
    """How far it is, in the person's own words."""
    _client, one = found(work, client_id, goal_id)
    commands.rate(work, one, int(form.value), int(form.points), form.said)
    return Stay(words("Kept. You can see how it was before."))


@dataclass(frozen=True)
class DownForm:
    line: UUID = forms.record_id()
    first: date = forms.day()
    much: int = forms.number(most=10_000)
    by: str = forms.one_of((WEEK, MONTH))
    said: str = forms.text(600, required=False)


@post(ONE + "/less", access=WRITE, form=DownForm, view=goal)
def plan_step_down(work: Work, form: DownForm, client_id: UUID, goal_id: UUID) -> Stay:
    """Plan to do more oneself."""
    client, one = found(work, client_id, goal_id)
    agreed = look_queries.plan(work, client)
    line = next((each for each in agreed.lines if each.id == form.line), None) if agreed else None
    if line is None or agreed is None:
        raise NotVisible
    most = next(_most(each, form.by) for each in agreed.package().lines if each.id == str(line.id))
    if form.by == WEEK and form.much > most:
        raise Refusal(words("There are {length} of it in a week.", length=Minutes(most)), "much")
    if form.by == MONTH and form.much > most:
        raise Refusal(nwords("There is {n} visit in a month.", "There are {n} visits in a month.", most), "much")
    if not work.today(client) <= form.first <= line.terms.ends:
        raise Refusal(words("Choose a day until {day}, the last one of this support.", day=line.terms.ends), "first")
    minutes, visits = (form.much, 0) if form.by == WEEK else (0, form.much)
    commands.plan_step_down(work, one, line.id, form.first, minutes, form.said, visits)
    return Stay(words("Kept as a plan of yours. Nothing changes by itself."))


@post(ONE + "/less/{row_id:uuid}/remove", access=WRITE, form=forms.VersionForm, view=goal)
def remove_step_down(work: Work, form: forms.VersionForm, client_id: UUID, goal_id: UUID, row_id: UUID) -> Stay:
    """Not less after all."""
    _client, one = found(work, client_id, goal_id)
    row: StepDown = steps.step_down(work, one, row_id)
    row.expect(form.version)
    commands.remove_step_down(work, row)
    return Stay(words("Taken out again."))
