"""The outlook made anew: when a plan, the funding, the spending or the prices change, and every night."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.funding.model import FundingPlan, FundingState
from portal.jobs import job
from portal.outlook import commands, looking as looking
from portal.outlook.kinds import MOVING
from portal.outlook.model import Outlook
from portal.people.model import Client
from portal.work import OpenWork, Work


@job("outlook.refresh", follows=MOVING)
def refresh(work: Work, client_id: str) -> None:
    """Work out anew how far the money of one client reaches; a client who is gone has none."""
    wanted = select(Client).where(Client.id == UUID(client_id))
    client = work.session.scalar(unscoped(wanted, "a job's own client"))
    if client is not None:
        commands.work_out(work, client)


@job("outlook.refresh_all", cron="0 50 14,20 * * *", many=True, follows=("catalogue.list_imported",))
def refresh_all(open_work: OpenWork, client_id: str | None = None) -> None:
    """Early each morning (and again, for zones further west), and after new prices: everybody with funding."""
    with open_work() as work:
        funded = select(FundingPlan.client_id).where(FundingPlan.state == FundingState.CURRENT)
        everyone = funded.union(select(Outlook.client_id))
        clients = set(work.session.scalars(unscoped(everyone, "everybody whose money is looked at")))
    for one in sorted(clients, key=str):
        with open_work() as work:
            refresh(work, str(one))
