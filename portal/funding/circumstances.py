"""A change of what the person's own share depends on, and the day by which the agency is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from budgeting import programs
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.funding.model import FundingPlan
from portal.people import due, due_days, next_steps
from portal.people.due_days import LATE, Day
from portal.people.model import Client
from portal.work import Work

TOLD = "circumstances"  #: what such a day is
TELL = words("Tell Services Australia by")


def days(work: Work, client: Client, plan: FundingPlan) -> Sequence[Day]:
    """The days by which changes are told that somebody wrote down, done or not."""
    found = []
    for row in due_days.told(work, [client.id], TOLD):
        figure = programs.rules(plan.program).told_by(row.since) if row.since else None
        if figure is not None:
            found.append(Day(client.id, TOLD, figure.label, row.due, figure, told=row.id))
    return due_days.with_done(work, client, found)


def told_by(plan: FundingPlan, change: date) -> date | None:
    """The day by which a change of a day is told; None where the program knows no such day."""
    figure = programs.rules(plan.program).told_by(change)
    return figure.value if figure and isinstance(figure.value, date) else None


@due.of_clients
def still_to_tell(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Changes that the agency has still to be told of."""
    for row in due_days.told(work, clients, TOLD):
        client = clients[row.client_id]
        open_yet = row.done_on is None and row.due >= work.today(client) - LATE
        if open_yet and work.can(Resource.BUDGET, Action.READ, client.id):
            href = f"/people/{client.id}/funding#circumstances"
            yield due.Due(client.id, due.Kind.FUNDING, row.due, TELL, href)
