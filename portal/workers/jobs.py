"""The clocks of providers that were told that nobody came, and shifts to learn that go with their visits."""

from __future__ import annotations

from uuid import UUID

from portal.jobs import job
from portal.people import queries as people
from portal.work import OpenWork, Work
from portal.workers import call_commands, calls, commands, kept as kept  # kept: what is held counts in jobs too


@job("workers.look_at_clocks", cron="0 */10 * * * *", many=True)
def look_at_clocks(open_work: OpenWork) -> None:
    """Every ten minutes: who has not answered in time is told again, and the coordinator with them."""
    with open_work() as work:
        for row in calls.overdue(work):
            call_commands.remind(work, row)


#: After these a visit is another one, or will be: also when a change that everybody had agreed to comes to nothing.
MOVING = (
    *("plans.version_agreed", "plans.parts_changed_over", "changes.agreed", "changes.answered", "changes.edited"),
    *("changes.renewed", "changes.split", "changes.parked", "changes.superseded", "changes.withdrawn"),
)


@job("workers.follow_visits", follows=MOVING)
def follow_visits(work: Work, client_id: str) -> None:
    """When a plan changed, or will: shifts to learn go with the visits they are about."""
    commands.follow_visits(work, people.client_of(work, UUID(client_id), "whose plan it is"))
