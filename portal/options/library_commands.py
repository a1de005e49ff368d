"""The verbs of the library. Coordinators and administrators look after it; each verb looks whether one is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy import select

from budgeting.words import words
from portal.journal import JournalEntry
from portal.options import events
from portal.options.library_model import LibraryEntry, LibraryKind
from portal.options.library_queries import entry, may_keep
from portal.work import NotVisible, Refusal, Work, open_command


@dataclass(frozen=True)
class Material:
    """What is written down of one piece of material."""

    title: str
    kind: LibraryKind
    owner: str
    language: str
    review_by: date
    about: str = ""
    link: str = ""
    text: str = ""


@open_command
def keep(work: Work, told: Material, entry_id: UUID | None = None, version: int | None = None) -> LibraryEntry:
    """Take material into the library, or write it anew when ``entry_id`` names one; NotVisible for others."""
    if not may_keep(work):
        raise NotVisible
    if not (told.link or told.text):
        raise Refusal(words("Give a link, or write the text here."), "text")
    if told.link and (urlsplit(told.link).scheme != "https" or not urlsplit(told.link).hostname):
        raise Refusal(words("A link begins with https://."), "link")
    if told.review_by < work.day:
        raise Refusal(words("This day has passed. By when is it looked at again?"), "review_by")
    if entry_id is None:
        row = LibraryEntry(kept_by=work.account_id, kept_at=work.now)
        work.session.add(row)
    else:
        row = entry(work, entry_id)
        row.expect(version or 0)
    for name in Material.__dataclass_fields__:
        setattr(row, name, getattr(told, name))
    row.looked_on = work.day
    work.session.flush()
    work.record(events.LibraryKept(client_id=None, subject=row.id))
    return row


@open_command
def look_again(work: Work, entry_id: UUID, version: int, review_by: date) -> None:
    """Say that material was read again today and is right, and by when it is to be read the next time."""
    if not may_keep(work):
        raise NotVisible
    row = entry(work, entry_id)
    row.expect(version)
    if review_by <= work.day:
        raise Refusal(words("Choose a day after today."), "review_by")
    row.looked_on, row.review_by = work.day, review_by
    work.record(events.LibraryLookedAt(client_id=None, subject=row.id))


@open_command
def tell_out_of_date(work: Work, row: LibraryEntry) -> None:
    """Tell whoever keeps material, once, that the day by which it was to be looked at again has passed."""
    event = events.LibraryOutOfDate(client_id=None, subject=row.id)
    passed = datetime.combine(row.review_by, time.min, UTC)
    told = select(JournalEntry.seq).where(
        JournalEntry.subject_id == row.id, JournalEntry.kind == event.kind, JournalEntry.at >= passed
    )
    if not row.out_of_date(work.day) or work.session.scalar(told.limit(1)) is not None:
        return
    work.record(event)
    work.later("accounts.tell", account_id=row.kept_by, key=str(uuid4()), path=f"/library/{row.id}")


@open_command
def remove(work: Work, entry_id: UUID, version: int) -> None:
    """Take material out of the library."""
    if not may_keep(work):
        raise NotVisible
    row = entry(work, entry_id)
    row.expect(version)
    row.removed_at = work.now
    work.record(events.LibraryRemoved(client_id=None, subject=row.id))
