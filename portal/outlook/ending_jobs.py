"""Each morning: whoever decides for somebody, and who leads, is told of what ends soon."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.accounts.model import Account
from portal.db import among
from portal.jobs import job
from portal.outlook import ending_commands as commands
from portal.people.model import Client, Tie
from portal.plans import telling
from portal.work import OpenWork, Work

TOLD = (*telling.SELF, Relationship.LEAD)
WHY = "whom to tell before something ends"


@job("outlook.before_endings", cron="0 40 21 * * *", many=True)
def before_endings(open_work: OpenWork) -> None:
    """Each morning, after the money was looked at: one letter to each, about everything of theirs that ends soon."""
    with open_work() as work:
        commands.forget(work)
        ties = select(Tie.account_id).where(
            Tie.relationship.in_(TOLD), Tie.account_id.is_not(None), Tie.holds_on(work.day)
        )
        accounts = set(work.session.scalars(unscoped(ties, WHY)))
    for account_id in sorted(accounts, key=str):
        with open_work() as work:
            account = work.session.get(Account, account_id)
            if account is not None and account.closed_at is None:
                commands.tell(work, account, _clients(work, account))


def _clients(work: Work, account: Account) -> dict[UUID, Client]:
    """Those whom somebody decides for or leads, without those who hide something from them."""
    ties = select(Tie.client_id).where(Tie.account_id == account.id, Tie.relationship.in_(TOLD), Tie.holds_on(work.day))
    ids = set(work.session.scalars(unscoped(ties, WHY)))
    found = work.session.scalars(unscoped(select(Client).where(among(Client.id, ids)), WHY))
    return {one.id: one for one in found if account.id not in telling.kept_from(work, one.id)}
