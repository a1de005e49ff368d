"""The day on which something is looked at again: a look is opened, and nothing else happens by it."""

from __future__ import annotations

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.goals.model import Goal, GoalState
from portal.jobs import job
from portal.people import queries as people
from portal.review import look_commands as commands, look_queries as queries
from portal.review.look_model import About, Look
from portal.work import OpenWork, Work


@job("looks.new_day", cron="0 30 14,20 * * *", many=True)
def new_day(open_work: OpenWork) -> None:
    """Early each morning (and again, for zones further west): what was to be looked at again by today."""
    with open_work() as work:
        due = select(Look.id).where(Look.next_day.is_not(None), Look.next_day <= work.day, Look.next_told_on.is_(None))
        found = work.session.scalars(unscoped(due, "what is looked at again")).all()
    for look_id in found:
        with open_work() as work:
            before = work.session.scalar(
                unscoped(select(Look).where(Look.id == look_id, Look.next_told_on.is_(None)), "what was looked at")
            )
            if before is not None:
                _again(work, before)


def _again(work: Work, before: Look) -> None:
    client = people.client_of(work, before.client_id, "whose it is")
    commands.open_by_day(work, before, client, _about(work, before))


def _about(work: Work, before: Look) -> About:
    """What it is about as it is now; what is no longer in the plan has nobody to ask."""
    agreed = queries.in_force_for_job(work, before.client_id)
    line = next((one for one in agreed.lines if one.id == before.line_id), None) if agreed else None
    if line is not None:
        return queries.about_line(line)
    goal = work.session.scalar(unscoped(select(Goal).where(Goal.id == before.goal_id), "a goal that is looked at"))
    if goal is not None and goal.state is GoalState.AGREED:
        return queries.about_goal(goal, agreed)
    return About(before.what, before.line_id, before.goal_id)
