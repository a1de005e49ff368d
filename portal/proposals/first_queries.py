"""What the first draft of a client is made from."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from portal.access.scope import unscoped
from portal.funding import queries as funding
from portal.funding.model import FundingPlan
from portal.funding.week import WeekLine
from portal.people.model import Client
from portal.proposals.model import Proposal
from portal.work import Work


def told_at_the_start(work: Work, client_id: UUID) -> tuple[Client, FundingPlan, Sequence[WeekLine]] | None:
    """What the first draft of a client is made from; None without funding, or when there is a proposal already."""
    made = work.session.scalar(
        unscoped(select(func.count()).where(Proposal.client_id == client_id), "a job makes nothing twice")
    )
    client = work.session.scalar(unscoped(select(Client).where(Client.id == client_id), "a job's own client"))
    plan = funding.current_for_job(work, client) if client else None
    if made or client is None or plan is None:
        return None
    return client, plan, funding.ordinary_week(work, client_id)
