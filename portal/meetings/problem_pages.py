"""Problems and ideas: said in own words, each idea worked out in money, one picked; nobody else has to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.accounts.queries import called
from portal.goals import queries as goals
from portal.goals.queries import shortened
from portal.language import show, spoken_in
from portal.meetings import problem_commands as commands, queries
from portal.meetings.pages import DECIDE, READ, TALK, may
from portal.meetings.problem_model import Idea, Problem
from portal.meetings.states import IdeaState, ProblemAct, ProblemState
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import queries as proposals, scenario_commands, scenarios
from portal.proposals.model import ProposalState
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

HOME = "/people/{client_id:uuid}/problems"
ONE = HOME + "/{problem_id:uuid}"
IDEA = ONE + "/ideas/{idea_id:uuid}"
STATES: dict[ProblemState, tuple[str, Words]] = {
    ProblemState.OPEN: ("wait", words("Not solved yet")),
    ProblemState.TRYING: ("info", words("An idea is being tried")),
    ProblemState.SOLVED: ("ok", words("Solved")),
    ProblemState.PUT_AWAY: ("", words("Put away")),
}


@get(HOME, access=READ)
def problems(work: Work, client_id: UUID) -> View:
    """Every problem, and saying a new one."""
    client = people.client(work, client_id)
    rows = queries.problems(work, client)
    values = {
        **may(work, client),
        "problems": [(one, STATES[one.state], spoken_in(one.language)) for one in rows],
        "goals": [(str(one), show(Name(shortened(text)))) for one, text in goals.agreed(work, client)],
        "base": f"/people/{client.id}",
    }
    return View("meetings/problems.html", values, client=client)


@dataclass(frozen=True)
class ProblemForm:
    text: str = forms.text(2000)
    goal: UUID | None = forms.record_id(required=False)


@post(HOME, access=TALK, form=ProblemForm, view=problems)
def open_problem(work: Work, form: ProblemForm, asked: Asked, client_id: UUID) -> Go:
    """Say that something is not good as it is."""
    client = people.client(work, client_id)
    goal = goals.goal(work, client, form.goal) if form.goal else None
    row = commands.open_problem(work, client, form.text, asked.language.tag, goal.id if goal else None)
    return Go(address(row), words("Written down in your own words. Now add an idea, if you have one."))


def address(row: Problem) -> str:
    """Where a problem is."""
    return f"/people/{row.client_id}/problems/{row.id}"


def found(work: Work, client_id: UUID, problem_id: UUID) -> tuple[Client, Problem]:
    """A problem of this client that the reader may see."""
    client = people.client(work, client_id)
    return client, queries.problem(work, client, problem_id)


@get(ONE, access=READ)
def problem(work: Work, client_id: UUID, problem_id: UUID) -> View:
    """One problem with its ideas, and what each would cost."""
    client, row = found(work, client_id, problem_id)
    ideas = queries.ideas(work, row)
    names = called(work, [row.opened_by, *(one.said_by for one in ideas)])
    goal = goals.texts(work, client).get(row.goal_id) if row.goal_id else None
    values: dict[str, Any] = {
        **may(work, client),
        "row": row,
        "html_lang": spoken_in(row.language),
        "state": STATES[row.state],
        "who": names.get(row.opened_by),
        "goal": Name(shortened(goal)) if goal else None,
        "open": row.permits(ProblemAct.CHANGE),
        "may_open_again": row.permits(ProblemAct.OPEN_AGAIN),
        "ideas": [_idea(work, client, one, names.get(one.said_by)) for one in ideas if one.state is not IdeaState.OFF],
        "off": [one for one in ideas if one.state is IdeaState.OFF],
        "packages": [(one.key, show(one.title)) for one in scenarios.sides(work, client)],
        "base": address(row),
        "home": f"/people/{client.id}",
    }
    return View("meetings/problem.html", values, fragment="meetings/_problem.html", client=client)


def _idea(work: Work, client: Client, one: Idea, who: Name | None) -> dict[str, Any]:
    kept = None
    if one.scenario_id is not None:
        kept = next((each for each in scenarios.scenarios(work, client) if each.id == one.scenario_id), None)
    return {
        "row": one,
        "who": who,
        "picked": one.state is IdeaState.PICKED,
        "suggested": one.state is IdeaState.SUGGESTED,
        "figure": scenarios.as_draft(work, scenarios.around(work, client), kept).quote.figure if kept else None,
        "href": scenarios.address(kept) if kept else None,
    }


@dataclass(frozen=True)
class IdeaForm:
    text: str = forms.text(1000)


@post(ONE + "/ideas", access=TALK, form=IdeaForm, view=problem)
def add_idea(work: Work, form: IdeaForm, client_id: UUID, problem_id: UUID) -> Stay:
    """Add an idea."""
    _client, row = found(work, client_id, problem_id)
    made = commands.add_idea(work, row, form.text)
    return Stay(words("Suggested. The person decides.") if made.state is IdeaState.SUGGESTED else words("Added."))


@dataclass(frozen=True)
class CostForm:
    of: str = forms.text(60)
    version: int = forms.version()


@post(IDEA + "/cost", access=TALK, form=CostForm, view=problem)
def cost(work: Work, form: CostForm, client_id: UUID, problem_id: UUID, idea_id: UUID) -> Go:
    """Keep a scenario named after the idea, to work out there what it costs."""
    client, row = found(work, client_id, problem_id)
    idea = queries.idea(work, row, idea_id)
    idea.expect(form.version)
    side = next((one for one in scenarios.sides(work, client) if one.key == form.of), None)
    drafts = [one for one in proposals.proposals(work, client) if one.state is not ProposalState.CLOSED]
    if side is None or not drafts:
        raise Refusal(words("Choose what the idea begins from."), "of")
    into = next((one for one in drafts if one.id == side.proposal.id), drafts[0])
    made = scenario_commands.keep(work, client, into, side.lines, shortened(idea.text), side)
    commands.cost(work, idea, row, made.id)
    said = words("Here is a copy to try the idea in. Nobody but you sees it, and nothing changes.")
    return Go(scenarios.address(made), said)


@dataclass(frozen=True)
class AnswerForm:
    answer: str = forms.one_of(("yes", "no", "pick"))
    version: int = forms.version()


@post(IDEA, access=DECIDE, form=AnswerForm, view=problem)
def answer(work: Work, form: AnswerForm, client_id: UUID, problem_id: UUID, idea_id: UUID) -> Stay:
    """Take an idea up, leave it out, or try it."""
    _client, row = found(work, client_id, problem_id)
    idea = queries.idea(work, row, idea_id)
    idea.expect(form.version)
    if form.answer == "pick":
        commands.pick(work, idea, row)
        return Stay(words("You try this one. Say how it went when you know."))
    commands.answer_idea(work, idea, row, yes=form.answer == "yes")
    return Stay(words("Saved."))


@dataclass(frozen=True)
class MoveForm:
    ended: str = forms.text(1000, required=False)
    act: str = forms.one_of((ProblemAct.SOLVE.value, ProblemAct.PUT_AWAY.value, ProblemAct.OPEN_AGAIN.value))
    version: int = forms.version()


@post(ONE, access=DECIDE, form=MoveForm, view=problem)
def move(work: Work, form: MoveForm, client_id: UUID, problem_id: UUID) -> Stay:
    """Solved, put away, or open again."""
    _client, row = found(work, client_id, problem_id)
    row.expect(form.version)
    commands.move(work, row, ProblemAct(form.act), form.ended)
    return Stay(words("Saved."))
