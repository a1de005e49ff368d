"""Reminders of what was agreed to be done: to both sides, once for each day that was agreed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.jobs import job
from portal.meetings import follow_up_commands as commands
from portal.meetings.follow_up_model import FollowUp
from portal.meetings.queries import WAITING
from portal.work import OpenWork

BEFORE = timedelta(days=2)


@job("meetings.remind", cron="0 20 21 * * *", many=True)
def remind(open_work: OpenWork) -> None:
    """Each morning: what is due within two days or is over its day, and nobody was told of that day yet."""
    with open_work() as work:
        due = select(FollowUp.id).where(
            FollowUp.state.in_(WAITING),
            FollowUp.due <= work.day + BEFORE,
            FollowUp.reminded_on.is_(None),  # a new day that is agreed makes it empty again
        )
        found = work.session.scalars(unscoped(due, "what is due")).all()
    for follow_up_id in found:
        with open_work() as work:
            wanted = select(FollowUp).where(FollowUp.id == follow_up_id, FollowUp.state.in_(WAITING))
            row = work.session.scalar(unscoped(wanted, "what is due"))
            if row is not None:
                commands.remind(work, row)
