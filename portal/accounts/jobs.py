"""Letters to accounts, sent after the transaction that wanted them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from budgeting.words import words
from portal import checkpoints
from portal.accounts import commands
from portal.accounts.model import Account
from portal.jobs import LETTERS, Opens, job
from portal.mail import Letter, deliver
from portal.work import OpenWork, Work


@job("accounts.forget_tries", cron="0 23 * * * *")
def forget_counted(work: Work) -> None:
    """Every hour: delete the counts of tries that are no longer looked at."""
    commands.forget_tries(work)


@job("accounts.forget_ended", cron="0 35 15 * * *", many=True)
def forget_ended(open_work: OpenWork) -> None:
    """Every night: sessions that are over, keys of forms that nothing is left to send again, and jobs done long ago."""
    with open_work() as work:
        commands.forget_ended(work)
        house, now = work.house, work.now
    house.jobs.forget_done(now - timedelta(days=30))


@job("accounts.tell", queue=LETTERS)
def tell(opens: Opens, account_id: str, key: str, path: str = "/", again: str = "") -> None:
    """Tell someone that there is something new, without saying what: only what they may open as the letter leaves.

    It is asked once more when they may not, since what lets somebody in may run at the same time.
    """
    with opens.open_reading() as work:
        account = _reader(work, account_id)
        if account is None:
            return
        may_open = work.house.opens(work.as_seen_by(account.id), path)
    if may_open:
        deliver(Letter(key, account.address, account.language or "en", work.now, path=path), work.house.settings)
        return
    with opens.open_work() as work:
        if again:
            commands.hold_back(work, account)
        else:
            work.later("accounts.tell", account_id=account_id, key=key, path=path, again="yes")


def _reader(work: Work, account_id: str) -> Account | None:
    account = work.session.get(Account, UUID(account_id))
    return None if account is None or account.closed_at is not None else account


@job("journal.checkpoint", cron="0 50 * * * *")
def checkpoint(work: Work) -> None:
    """Keep a signed checkpoint of the journal outside the database, every hour in which something happened."""
    checkpoints.keep(work)


SHARED = words(
    "Someone made a new account in Coplan with your e-mail address and a password of their own. If it was you, sign in "
    "with that password, or with the one you had: each opens what belongs to it. If it was not you, nothing of yours "
    "was shown or changed."
)


@job("accounts.tell_shared", queue=LETTERS)
def tell_shared(opens: Opens, account_id: str, key: str) -> None:
    """Tell the holder of an address that another account was made with it: the page did not say so."""
    with opens.open_reading() as work:
        account = _reader(work, account_id)
    if account is not None:
        letter = Letter(key, account.address, account.language or "en", work.now, body=SHARED, path="/sign-in")
        deliver(letter, work.house.settings)
