"""Letters to accounts, sent after the transaction that wanted them."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.model import Account
from portal.jobs import job
from portal.mail import Letter, deliver
from portal.work import Work


@job("accounts.tell")
def tell(work: Work, account_id: str, key: str, path: str = "/") -> None:
    """Tell someone that there is something new, without saying what."""
    account = work.session.get(Account, UUID(account_id))
    if account is None or account.closed_at is not None:
        return
    deliver(Letter(key=key, to=account.login, language=account.language or "en", path=path), work.house.settings)
