"""The other people who may see a draft: who can be asked to see to something, and what somebody else may do."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from budgeting.words import Name, words
from portal.access.scope import limit, unscoped
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Account
from portal.people.model import Client, Tie
from portal.proposals.model import Proposal
from portal.work import Refusal, Work

COORDINATION = (Relationship.LEAD, Relationship.STAFF)


def may(work: Work, account_id: UUID, action: Action, proposal: Proposal) -> bool:
    """Whether somebody else may do this with a draft, today; one that is kept private is there for nobody else."""
    return work.as_seen_by(account_id).can(Resource.DRAFT, action, proposal.client_id, proposal)


def kept_by(work: Work, proposal_id: UUID) -> UUID | None:
    """Who keeps a draft to themselves; None when nobody does, or there is no such draft."""
    wanted = select(Proposal.kept_by).where(Proposal.id == proposal_id)
    return work.session.scalar(unscoped(wanted, "who keeps a draft"))


def coordinates(work: Work) -> bool:
    """Whether what is done now is permitted because the reader coordinates for this client."""
    return work.decision is not None and work.decision.relationship in COORDINATION


def must_see(work: Work, account_id: UUID | None, proposal: Proposal, field: str = "owner") -> None:
    """Refuse to hand something to somebody who does not see this draft."""
    if account_id is not None and not may(work, account_id, Action.READ, proposal):
        raise Refusal(words("Choose one of the answers."), field)


def who_see(
    work: Work, client: Client, proposal: Proposal, also: Sequence[UUID | None] = ()
) -> Sequence[tuple[UUID, Name]]:
    """People of the circle who may see a draft, by name, as far as the reader may know them.

    ``also`` are accounts that the reader has met anyway, for instance because they said something here.
    """
    today = work.today(client)
    known = work.session.scalars(
        limit(select(Tie.account_id), work, Tie).where(
            Tie.client_id == client.id,
            Tie.account_id.is_not(None),
            Tie.holds_on(today),
        )
    )
    wanted = {one for one in (*known, *also) if one}
    named = select(Account.id, Account.name).where(Account.id.in_(wanted), Account.closed_at.is_(None))
    rows = work.session.execute(unscoped(named.order_by(Account.name, Account.id), "people of a circle")).all()
    return [(row.id, Name(row.name)) for row in rows if may(work, row.id, Action.READ, proposal)]
