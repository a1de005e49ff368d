"""The verbs of a client's own notes: write, change, show to one person, delete."""

from __future__ import annotations

from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.notes import events, queries
from portal.notes.model import PrivateNote
from portal.people.model import Client
from portal.work import NotVisible, Refusal, Work, command


@command(Resource.NOTE, Action.WRITE)
def write(work: Work, client: Client, text: str) -> PrivateNote:
    """Keep a note that nobody else reads."""
    if work.account_id is None:
        raise NotVisible
    made = PrivateNote(client_id=client.id, writer=work.account_id, written_at=work.now)
    made.text = text
    work.session.add(made)
    work.session.flush()
    work.record(events.NoteWritten(client_id=None, subject=made.id))
    return made


@command(Resource.NOTE, Action.WRITE)
def change(work: Work, note: PrivateNote, text: str, version: int) -> None:
    """Write a note anew; Stale when it was changed meanwhile at another device."""
    note.expect(version)
    if note.text != text:
        note.text, note.written_at = text, work.now
        work.record(events.NoteChanged(client_id=None, subject=note.id))


@command(Resource.NOTE, Action.SHARE)
def show_to(work: Work, note: PrivateNote, client: Client, account_id: UUID | None) -> None:
    """Let one person of the circle read this note, or (None) nobody any more; Refusal for somebody outside it."""
    known = {member.tie.account_id for member in queries.whom_to_show(work, client)}
    if account_id is not None and account_id not in known:
        raise Refusal(words("Choose somebody who is in your circle now."), "who")
    note.shared_with, note.shared_at = account_id, work.now if account_id else None
    work.record(events.NoteShown(client_id=None, subject=note.id))


@command(Resource.NOTE, Action.WRITE)
def delete(work: Work, note: PrivateNote, version: int) -> None:
    """Delete a note for good; nothing of it is kept."""
    note.expect(version)
    work.session.delete(note)
    work.record(events.NoteDeleted(client_id=None, subject=note.id))
