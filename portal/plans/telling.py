"""Who is told when something about a plan needs a look, by a letter that says nothing private."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.accounts.model import Membership
from portal.people.model import Restriction, Tie
from portal.plans.model import Brief
from portal.proposals.unpaid import present
from portal.work import Work

SELF = (Relationship.CLIENT, Relationship.AUTHORITY)


def holders(work: Work, client_id: UUID, relationships: Iterable[Relationship]) -> set[UUID]:
    """Accounts that have one of these relationships with a client today, without those a restriction hides it from."""
    ties = select(Tie.account_id).where(
        Tie.client_id == client_id,
        Tie.relationship.in_(list(relationships)),
        Tie.account_id.is_not(None),
        Tie.holds_on(work.day),
    )
    return {one for one in work.session.scalars(unscoped(ties, "whom to tell")) if one} - kept_from(work, client_id)


def kept_from(work: Work, client_id: UUID) -> set[UUID]:
    """Accounts from which a restriction hides something of a client: they get no letter that has to do with them."""
    hidden = select(Restriction.hidden_from).where(
        Restriction.client_id == client_id, Restriction.lifted_at.is_(None), Restriction.set_at <= work.now
    )
    return set(work.session.scalars(unscoped(hidden, "whom not to tell")))


def keepers(work: Work, client_id: UUID) -> set[UUID]:
    """Who looks after a plan: the lead, or without one the client and whoever decides for them."""
    return holders(work, client_id, [Relationship.LEAD]) or holders(work, client_id, SELF)


def members(work: Work, organisation_id: UUID, client_id: UUID) -> set[UUID]:
    """Accounts of an organisation to tell about a client, without those a restriction hides the client from."""
    return members_of(work, organisation_id) - kept_from(work, client_id)


def readers(work: Work, brief: Brief) -> set[UUID]:
    """Accounts that read a brief and answer it: of its organisation, or the helper while they are in the circle."""
    if brief.provider_id is not None:
        return members(work, brief.provider_id, brief.client_id)
    here = {brief.helper_id} & present(work, brief.client_id)
    return {one for one in here if one} - kept_from(work, brief.client_id)


def members_of(work: Work, organisation_id: UUID) -> set[UUID]:
    """Accounts that belong to an organisation today."""
    return members_of_each(work, [organisation_id]).get(organisation_id, set())


def members_of_each(work: Work, organisations: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The same for several organisations at once; one where nobody works is missing."""
    wanted = select(Membership.organisation_id, Membership.account_id).where(
        Membership.organisation_id.in_(list(organisations)), Membership.holds_on(work.day)
    )
    found: dict[UUID, set[UUID]] = {}
    for organisation_id, account_id in work.session.execute(wanted):
        found.setdefault(organisation_id, set()).add(account_id)
    return found


def tell(work: Work, accounts: Iterable[UUID], key: str, path: str) -> None:
    """Send each account, except whoever acts now, a letter that there is something to read at ``path``."""
    for account_id in sorted(set(accounts) - {work.account_id}, key=str):
        work.later("accounts.tell", account_id=account_id, key=f"{key}-{account_id}", path=path)
