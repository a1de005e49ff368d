"""Reminders of small steps, for those who chose them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.goals import step_commands as commands
from portal.goals.step_model import SmallStep
from portal.goals.step_states import StepState
from portal.jobs import job
from portal.work import OpenWork

BEFORE = timedelta(days=1)


@job("goals.remind", cron="0 25 21 * * *", many=True)
def remind(open_work: OpenWork) -> None:
    """Each morning: steps due by tomorrow whose writer chose to be reminded, and who was not told of that day yet."""
    with open_work() as work:
        due = select(SmallStep.id).where(
            SmallStep.state == StepState.OPEN,
            SmallStep.remind.is_(True),
            SmallStep.due <= work.day + BEFORE,
            SmallStep.reminded_on.is_(None),
        )
        found = work.session.scalars(unscoped(due, "steps that are due")).all()
    for step_id in found:
        with open_work() as work:
            wanted = select(SmallStep).where(SmallStep.id == step_id, SmallStep.state == StepState.OPEN)
            step = work.session.scalar(unscoped(wanted, "a step that is due"))
            if step is not None:
                commands.remind(work, step)
