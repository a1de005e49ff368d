"""Making, renewing and ending the secret address from which a calendar fetches visits."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import select

from portal.access.table import Action, Resource
from portal.accounts.model import Account
from portal.accounts.queries import hashed
from portal.plans.feed_events import FeedEnded, FeedMade
from portal.plans.feed_model import CalendarFeed, FeedTitle
from portal.work import NotVisible, Work, command, open_command

OWN = Resource.ACCOUNT


@command(OWN, Action.WRITE)
def make_feed(work: Work, account: Account, client_id: UUID | None, title: FeedTitle) -> str:
    """Make an address and give its secret back, which is shown once: only its hash is kept.

    What it covers is decided at each fetch; who asks for a client they may not see gets an address that shows nothing.
    """
    secret = secrets.token_urlsafe(32)
    row = CalendarFeed(
        account_id=account.id, covers_id=client_id, token_hash=hashed(secret), title=title, made_at=work.now
    )
    work.session.add(row)
    work.session.flush()
    work.record(FeedMade(client_id=client_id, subject=row.id))
    return secret


@command(OWN, Action.WRITE)
def end_feed(work: Work, account: Account, feed_id: UUID) -> CalendarFeed:
    """End an address at once: from now on it answers as if it had never been. NotVisible for somebody else's."""
    wanted = select(CalendarFeed).where(
        CalendarFeed.id == feed_id, CalendarFeed.account_id == account.id, CalendarFeed.revoked_at.is_(None)
    )
    row = work.session.scalar(wanted)
    if row is None:
        raise NotVisible
    row.revoked_at = work.now
    work.record(FeedEnded(client_id=row.covers_id, subject=row.id))
    return row


@open_command
def mark_used(work: Work, feed_id: UUID) -> None:
    """When a calendar last fetched from it, so that its holder notices an address that should not be in use."""
    row = work.session.get(CalendarFeed, feed_id)
    if row is not None:
        row.used_at = work.now
