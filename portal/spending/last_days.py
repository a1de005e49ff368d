"""The last days to claim what was delivered, for many clients at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from budgeting import programs
from budgeting.package import Management
from budgeting.words import nwords
from portal.access.scope import limit
from portal.db import among
from portal.funding.by_day import counts_on
from portal.funding.model import FundingPlan
from portal.people import due, next_steps
from portal.spending.claim_queries import TO_CLAIM
from portal.spending.model import Delivered
from portal.work import Work

SOON = timedelta(days=60)  # from when on such a day is due; before, there are years for it


def last_day(program: str, service: date, today: date) -> date | None:
    """The last day to claim a support of a day, to be safe; None where the program has none, or none that we know."""
    by = programs.rules(program).claim_by(service)
    if by is None:
        return None
    return by.sooner if by.sooner and by.sooner >= today else by.day


@due.of_endings
def to_claim(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """How many supports are still to be claimed by a day that is near; what the agency is asked for is left out."""
    wanted = limit(select(FundingPlan.client_id, FundingPlan.program), work, FundingPlan)
    letters = wanted.where(among(FundingPlan.client_id, clients), counts_on(work.day))
    program = {row.client_id: row.program for row in work.session.execute(letters)}
    open_ones = limit(select(Delivered.client_id, Delivered.first, func.count()), work, Delivered).where(
        among(Delivered.client_id, program),
        Delivered.state.in_(TO_CLAIM),
        Delivered.removed_at.is_(None),
        or_(Delivered.management.is_(None), Delivered.management != Management.AGENCY),
    )
    found: Counter[tuple[UUID, date]] = Counter()
    for client_id, first, many in work.session.execute(open_ones.group_by(Delivered.client_id, Delivered.first)):
        today = work.today(clients[client_id])
        last = last_day(program[client_id], first, today)
        if last is not None and today <= last <= today + SOON:
            found[client_id, last] += many
    for (client_id, last), many in found.items():
        text = nwords(
            "{n} support is still to be claimed, to be safe by {day}.",
            "{n} supports are still to be claimed, the first of them to be safe by {day}.",
            many,
            day=last,
        )
        href = f"/people/{client_id}/claims"
        yield due.Due(client_id, due.Kind.CLAIM, last, text, href, program=program[client_id])
