"""The clocks of providers that were told that nobody came."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from portal.jobs import job
from portal.work import Work
from portal.workers import call_commands, calls, kept as kept  # kept: what is held counts in jobs too


@job("workers.look_at_clocks", cron="0 */10 * * * *", many=True)
def look_at_clocks(open_work: Callable[[], AbstractContextManager[Work]]) -> None:
    """Every ten minutes: who has not answered in time is told again, and the coordinator with them."""
    with open_work() as work:
        for row in calls.overdue(work):
            call_commands.remind(work, row)
