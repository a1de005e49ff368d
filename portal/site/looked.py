"""What is kept of reading: who looked at which part of whose record, once a day."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.access.table import Resource
from portal.accounts.events import Looked
from portal.journal import JournalEntry, encode
from portal.site import taking
from portal.work import Work

_NOTED = (
    select(JournalEntry.seq)
    .where(
        JournalEntry.client_id == bindparam("client"),
        JournalEntry.actor_id == bindparam("actor"),
        JournalEntry.kind == bindparam("kind"),
        JournalEntry.at >= bindparam("since"),
        JournalEntry.data == bindparam("data"),
    )
    .limit(1)
)


def note_looks(work: Work, clients: Iterable[UUID], resource: Resource) -> None:
    """Note that somebody saw the same part of the records of many clients on one page."""
    for event in [unnoted(work, client_id, resource) for client_id in clients]:
        if event is not None:
            work.record(event)


def unnoted(work: Work, client_id: UUID, resource: Resource) -> Looked | None:
    """That somebody looks at a client's record, once a day; None when it is their own."""
    if taking.own(work, client_id):
        return None
    event = Looked(client_id=client_id, resource=resource)
    today = work.now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = {"client": client_id, "actor": work.account_id, "kind": event.kind, "since": today, "data": encode(event)}
    return event if work.reads.one(_NOTED, asked) is None else None
