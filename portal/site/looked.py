"""What is kept of reading: who looked at which part of whose record, once a day."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.table import Resource
from portal.accounts.events import Looked
from portal.journal import JournalEntry, encode
from portal.site import taking
from portal.work import Work


def unnoted(work: Work, client_id: UUID, resource: Resource) -> Looked | None:
    """That somebody looks at a client's record, once a day; None when it is their own."""
    if taking.own(work, client_id):
        return None
    event = Looked(client_id=client_id, resource=resource)
    noted = work.session.scalar(
        select(JournalEntry.seq)
        .where(
            JournalEntry.client_id == client_id,
            JournalEntry.actor_id == work.account_id,
            JournalEntry.kind == event.kind,
            JournalEntry.at >= work.now.replace(hour=0, minute=0, second=0, microsecond=0),
            JournalEntry.data == encode(event),
        )
        .limit(1)
    )
    return event if noted is None else None
