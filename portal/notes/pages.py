"""The pages of a client's own notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.language import plain, show
from portal.notes import commands, queries
from portal.notes.model import PrivateNote
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

HOME = "/people/{client_id:uuid}/notes"
ONE = HOME + "/{note_id:uuid}"
READ, WRITE, SHARE = (Resource.NOTE, Action.READ), (Resource.NOTE, Action.WRITE), (Resource.NOTE, Action.SHARE)


@get(HOME, access=READ)
def notes(work: Work, client_id: UUID) -> View:
    """What the client wrote down for themselves, or what they showed to the reader; else there is no such page."""
    client = people.client(work, client_id)
    found = queries.notes(work, client)
    writes = work.can(Resource.NOTE, Action.WRITE, client.id)
    if not found and not writes:
        raise NotVisible
    values = {
        "notes": [_shown(work, one) for one in found],
        "writes": writes,
        "people": _people(work, client) if writes else [],
        "base": f"/people/{client.id}/notes",
    }
    return View("notes/notes.html", values, fragment="notes/_notes.html", client=client)


def _shown(work: Work, one: PrivateNote) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "text": one.text,
        "when": show(one.written_at),
        "with": str(one.shared_with or ""),
        "mine": one.writer == work.account_id,
    }


def _people(work: Work, client: Client) -> list[tuple[str, str]]:
    members = queries.whom_to_show(work, client)
    called = [(str(one.tie.account_id), plain(words("{name}", name=Name(one.name.text)))) for one in members]
    return [("", plain(words("Nobody"))), *called]


@dataclass(frozen=True)
class NoteForm:
    text: str = forms.text(8000)


@post(HOME, access=WRITE, form=NoteForm, view=notes)
def write(work: Work, form: NoteForm, client_id: UUID) -> Stay:
    """Keep a note."""
    commands.write(work, people.client(work, client_id), form.text)
    return Stay(words("Kept. Only you see it."))


@dataclass(frozen=True)
class ChangeForm:
    text: str = forms.text(8000)
    version: int = forms.version()


@post(ONE, access=WRITE, form=ChangeForm, view=notes)
def change(work: Work, form: ChangeForm, client_id: UUID, note_id: UUID) -> Stay:
    """Write a note anew."""
    commands.change(work, queries.note(work, people.client(work, client_id), note_id), form.text, form.version)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class ShowForm:
    who: UUID | None = forms.record_id(required=False)


@post(ONE + "/show", access=SHARE, form=ShowForm, view=notes)
def show_to(work: Work, form: ShowForm, client_id: UUID, note_id: UUID) -> Stay:
    """Let one person read a note, or nobody."""
    client = people.client(work, client_id)
    commands.show_to(work, queries.note(work, client, note_id), client, form.who)
    if form.who is None:
        return Stay(words("Only you see this note now."))
    return Stay(words("This person can read this note now. You can change that at any time."))


@post(ONE + "/delete", access=WRITE, form=forms.VersionForm, view=notes)
def delete(work: Work, form: forms.VersionForm, client_id: UUID, note_id: UUID) -> Go:
    """Delete a note for good."""
    commands.delete(work, queries.note(work, people.client(work, client_id), note_id), form.version)
    return Go(f"/people/{client_id}/notes", words("The note is deleted. Nothing of it is kept."))
