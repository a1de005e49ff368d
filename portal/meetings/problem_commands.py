"""The verbs of problems and ideas. Whoever decides needs nobody to begin: they open, add, work out and pick."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.meetings import events
from portal.meetings.problem_model import Idea, Problem
from portal.meetings.states import GONE_ON, IdeaState, ProblemAct, ProblemState
from portal.people.model import Client
from portal.plans import telling
from portal.work import NotVisible, Refusal, Work, command

DRAFT = Resource.DRAFT
MOVES = {
    ProblemAct.SOLVE: ProblemState.SOLVED,
    ProblemAct.PUT_AWAY: ProblemState.PUT_AWAY,
    ProblemAct.OPEN_AGAIN: ProblemState.OPEN,
}


@command(DRAFT, Action.COMMENT)
def open_problem(work: Work, client: Client, text: str, language: str, goal_id: UUID | None) -> Problem:
    """Say that something is not good as it is, in own words."""
    row = Problem(
        client_id=client.id,
        text=text,
        language=language,
        goal_id=goal_id,
        opened_by=work.account_id,
        opened_at=work.now,
        state=ProblemState.OPEN,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.ProblemOpened(client_id=client.id, subject=row.id))
    return row


@command(DRAFT, Action.COMMENT)
def add_idea(work: Work, problem: Problem, text: str) -> Idea:
    """Add an idea: it counts at once from whoever decides, and is a suggestion from everybody else."""
    problem.must_permit(ProblemAct.CHANGE)
    if work.account_id is None:
        raise NotVisible
    decides = work.can(DRAFT, Action.APPROVE, problem.client_id)
    idea = Idea(
        client_id=problem.client_id,
        problem_id=problem.id,
        text=text,
        state=IdeaState.OPEN if decides else IdeaState.SUGGESTED,
        said_by=work.account_id,
        said_at=work.now,
    )
    work.session.add(idea)
    work.session.flush()
    work.record(events.IdeaAdded(client_id=problem.client_id, subject=problem.id))
    if not decides:
        self_ = telling.holders(work, problem.client_id, telling.SELF)
        telling.tell(work, self_, f"idea-{idea.id}", f"/people/{problem.client_id}/problems/{problem.id}")
    return idea


@command(DRAFT, Action.APPROVE)
def answer_idea(work: Work, idea: Idea, problem: Problem, *, yes: bool) -> None:
    """Take a suggested idea up, or leave it out."""
    problem.must_permit(ProblemAct.CHANGE)
    if idea.state is IdeaState.PICKED:
        raise Refusal(GONE_ON)
    idea.state = IdeaState.OPEN if yes else IdeaState.OFF
    work.record(events.IdeaAdded(client_id=problem.client_id, subject=problem.id))


@command(DRAFT, Action.COMMENT)
def cost(work: Work, idea: Idea, problem: Problem, scenario_id: UUID) -> None:
    """Keep where the cost of an idea is worked out: a scenario that only its maker sees until it is shared."""
    problem.must_permit(ProblemAct.CHANGE)
    idea.scenario_id = scenario_id
    work.record(events.IdeaCosted(client_id=problem.client_id, subject=problem.id))


@command(DRAFT, Action.APPROVE)
def pick(work: Work, idea: Idea, problem: Problem) -> None:
    """Try this idea; one that was picked before is an idea again."""
    problem.must_permit(ProblemAct.PICK)
    before = select(Idea).where(Idea.problem_id == problem.id, Idea.state == IdeaState.PICKED)
    for other in work.session.scalars(unscoped(before, "ideas of a permitted problem")):
        other.state = IdeaState.OPEN
    idea.state, problem.state = IdeaState.PICKED, ProblemState.TRYING
    work.record(events.ProblemMoved(client_id=problem.client_id, subject=problem.id, state=problem.state))


@command(DRAFT, Action.APPROVE)
def move(work: Work, problem: Problem, act: ProblemAct, ended: str) -> None:
    """Say that it is solved, put it away, or open it again."""
    problem.must_permit(act)
    problem.state, problem.ended = MOVES[act], ended
    work.record(events.ProblemMoved(client_id=problem.client_id, subject=problem.id, state=problem.state))
