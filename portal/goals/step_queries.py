"""Small steps, answers about how far a goal is, and plans to do more oneself, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from budgeting.words import nwords
from portal.access.scope import limit, visible
from portal.access.table import Action
from portal.db import among
from portal.goals.model import Goal
from portal.goals.step_model import GoalRating, SmallStep, StepDown
from portal.goals.step_states import StepState
from portal.people import next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.work import NotVisible, Work

SOON = timedelta(days=3)


def steps(work: Work, goal: Goal) -> Sequence[SmallStep]:
    """The small steps of a goal in the order in which they were said."""
    wanted = visible(work, SmallStep).where(SmallStep.goal_id == goal.id)
    return work.session.scalars(wanted.order_by(SmallStep.said_at, SmallStep.id)).all()


def step(work: Work, goal: Goal, step_id: UUID) -> SmallStep:
    """One of them; NotVisible otherwise."""
    found = work.session.scalar(visible(work, SmallStep).where(SmallStep.goal_id == goal.id, SmallStep.id == step_id))
    if found is None:
        raise NotVisible
    return found


def ratings(work: Work, goal: Goal) -> Sequence[GoalRating]:
    """Every answer about how far it is, the newest first."""
    wanted = visible(work, GoalRating).where(GoalRating.goal_id == goal.id)
    return work.session.scalars(wanted.order_by(GoalRating.rated_at.desc(), GoalRating.id)).all()


def step_downs(work: Work, client: Client) -> Sequence[StepDown]:
    """Every plan to do more oneself, the first day first."""
    wanted = visible(work, StepDown).where(StepDown.client_id == client.id, StepDown.removed_at.is_(None))
    return work.session.scalars(wanted.order_by(StepDown.first, StepDown.id)).all()


def step_down(work: Work, goal: Goal, step_down_id: UUID) -> StepDown:
    """One of this goal; NotVisible otherwise."""
    wanted = visible(work, StepDown).where(
        StepDown.goal_id == goal.id, StepDown.id == step_down_id, StepDown.removed_at.is_(None)
    )
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


@next_steps.of_clients
def _next(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Steps with a reminder whose day is near, for whoever may say that they are done."""
    due = limit(select(SmallStep.client_id, SmallStep.goal_id, func.count()), work, SmallStep, Action.WRITE).where(
        among(SmallStep.client_id, clients),
        SmallStep.state == StepState.OPEN,
        SmallStep.remind.is_(True),
        SmallStep.due <= work.day + SOON,
    )
    for client_id, goal_id, number in work.session.execute(due.group_by(SmallStep.client_id, SmallStep.goal_id)):
        text = nwords("{n} small step is due.", "{n} small steps are due.", number)
        yield client_id, NextStep(text, f"/people/{client_id}/goals/{goal_id}")
