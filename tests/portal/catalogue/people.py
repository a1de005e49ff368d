"""Who the tests of price lists are about."""

from __future__ import annotations

from portal.accounts.model import Account, OrganisationKind, Role
from portal.work import Work
from tests.builders import a_membership, an_account, an_organisation


def an_administrator(work: Work) -> Account:
    """Someone who keeps the price lists."""
    account = an_account(work, "Sam Taylor")
    a_membership(work, account, an_organisation(work, "Harbour", OrganisationKind.COORDINATION), Role.ADMINISTRATOR)
    return account
