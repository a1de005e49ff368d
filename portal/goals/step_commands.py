"""The verbs of the way to a goal: small steps, saying how far it is, and planning to do more oneself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.goals import step_events as events
from portal.goals.model import Goal, GoalState
from portal.goals.step_model import GoalRating, SmallStep, StepDown
from portal.goals.step_states import StepAct, StepState
from portal.work import NotVisible, Refusal, Work, command, open_command

STORY = Resource.STORY


@command(STORY, Action.COMMENT)
def suggest_step(work: Work, goal: Goal, text: str, due: date | None) -> SmallStep:
    """Think of a small step for somebody; it waits for the person."""
    return _new(work, goal, text, due, StepState.SUGGESTED, remind=False)


@command(STORY, Action.WRITE)
def add_step(work: Work, goal: Goal, text: str, due: date | None, *, remind: bool) -> SmallStep:
    """A small step of one's own; a reminder only by choice, and only for a day."""
    if remind and due is None:
        raise Refusal(words("Say until when, so that we can remind you."), "due")
    return _new(work, goal, text, due, StepState.OPEN, remind=remind)


def _new(work: Work, goal: Goal, text: str, due: date | None, state: StepState, *, remind: bool) -> SmallStep:
    goal.must_be(GoalState.AGREED)
    step = SmallStep(
        client_id=goal.client_id,
        goal_id=goal.id,
        text=text,
        due=due,
        remind=remind,
        state=state,
        said_by=work.account_id,
        said_at=work.now,
    )
    work.session.add(step)
    work.session.flush()
    work.record(events.StepAdded(client_id=goal.client_id, subject=goal.id, suggested=state is StepState.SUGGESTED))
    return step


@command(STORY, Action.WRITE)
def move_step(work: Work, step: SmallStep, act: StepAct) -> None:
    """Take a suggested step, say that one is done, put one away, or take one up again."""
    step.move(act, work.now)
    work.record(events.StepMoved(client_id=step.client_id, subject=step.goal_id, act=act))


@command(STORY, Action.WRITE)
def choose_reminder(work: Work, step: SmallStep, due: date | None, *, remind: bool) -> None:
    """Another day for a step, and whether to be reminded."""
    if remind and due is None:
        raise Refusal(words("Say until when, so that we can remind you."), "due")
    step.due, step.remind, step.reminded_on = due, remind, None
    work.record(events.StepMoved(client_id=step.client_id, subject=step.goal_id, act=None))


@open_command
def remind(work: Work, step: SmallStep) -> None:
    """Remind whoever wrote the step down, once for each day, as long as they may see it; for the job alone."""
    step.reminded_on = work.day
    if not work.as_seen_by(step.said_by).can(STORY, Action.READ, step.client_id, step):
        return
    work.record(events.StepReminded(client_id=step.client_id, subject=step.goal_id))
    work.later(
        "accounts.tell",
        account_id=step.said_by,
        key=f"step-{step.id}-{step.version}",
        path=f"/people/{step.client_id}/goals/{step.goal_id}",
    )


@command(STORY, Action.WRITE)
def rate(work: Work, goal: Goal, value: int, points: int, said: str) -> GoalRating:
    """Say how far a goal is, on three or five points, with own words if one likes; earlier answers stay."""
    if points not in (3, 5) or not 1 <= value <= points:
        raise Refusal(words("Choose one of the answers."), "value")
    if work.account_id is None:
        raise NotVisible
    row = GoalRating(
        client_id=goal.client_id,
        goal_id=goal.id,
        points=points,
        value=value,
        said=said,
        rated_by=work.account_id,
        rated_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.GoalRated(client_id=goal.client_id, subject=goal.id, value=value, points=points))
    return row


@command(STORY, Action.WRITE)
def plan_step_down(
    work: Work, goal: Goal, line_id: UUID, first: date, minutes: int, said: str, visits: int = 0
) -> StepDown:
    """Plan to do more oneself: from a day on so many minutes less of a support each week, or visits each month.

    The plan stays as it is.
    """
    goal.must_be(GoalState.AGREED)
    if minutes + visits < 1:
        raise Refusal(words("Say how much less."), "much")
    row = StepDown(
        client_id=goal.client_id,
        goal_id=goal.id,
        line_id=line_id,
        first=first,
        minutes=minutes,
        visits=visits,
        said=said,
        written_by_id=work.account_id,
        written_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.StepDownPlanned(client_id=goal.client_id, subject=goal.id, first=first))
    return row


@command(STORY, Action.WRITE)
def remove_step_down(work: Work, row: StepDown) -> None:
    """Not less after all."""
    row.removed_at = work.now
    work.record(events.StepDownRemoved(client_id=row.client_id, subject=row.goal_id))
