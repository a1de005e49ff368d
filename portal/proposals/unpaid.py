"""Members of the circle who may be named as giving a support without pay: they are asked when it touches their time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import limit, unscoped
from portal.access.table import Relationship
from portal.accounts.model import Account
from portal.people.model import Client, Tie
from portal.work import Work

HELPING = (Relationship.FAMILY, Relationship.SUPPORTER)


def helpers_of(work: Work, client: Client) -> Mapping[UUID, str]:
    """What each of them is called in the plan, as far as the reader may see the circle; no two are called alike."""
    wanted = (
        limit(select(Account.id, Account.name, Tie.label), work, Tie)
        .join(Account, Account.id == Tie.account_id)
        .where(Tie.client_id == client.id, Tie.relationship.in_(HELPING), Tie.holds_on(work.day))
        .order_by(Account.name, Tie.starts, Tie.id)
    )
    by_account = {row.id: row for row in work.session.execute(wanted)}
    alike = Counter(row.name for row in by_account.values())
    called = {key: row.name if alike[row.name] == 1 else f"{row.name} ({row.label})" for key, row in by_account.items()}
    same = Counter(called.values())
    return {key: name for key, name in called.items() if same[name] == 1}


def present(work: Work, client_id: UUID) -> frozenset[UUID]:
    """Accounts of those who have such a place in the circle today, whoever asks: others are asked nothing."""
    wanted = select(Tie.account_id).where(
        Tie.client_id == client_id, Tie.relationship.in_(HELPING), Tie.holds_on(work.day)
    )
    found = work.session.scalars(unscoped(wanted, "who is asked about their own time"))
    return frozenset(one for one in found if one)
