"""The verbs of preparing to speak: what is written stays private until its writer shares it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.db import Stale
from portal.meetings import events
from portal.meetings.speaking_model import LetterDraft, LetterKind, SpeakingSheet
from portal.people.model import Client
from portal.work import NotVisible, Work, command

DRAFT = Resource.DRAFT


@dataclass(frozen=True)
class Spoken:
    """What somebody wants to say and to ask, what they leave out, who may speak for them, and what helps."""

    points: str = ""
    questions: str = ""
    leave_out: str = ""
    speaks_for: str = ""
    helps: str = ""


@command(DRAFT, Action.READ)
def prepare(work: Work, client: Client, said: Spoken, version: int) -> SpeakingSheet:
    """Keep one's own sheet; ``version`` is 0 while there is none. Stale when it was written elsewhere meanwhile."""
    if work.account_id is None:
        raise NotVisible
    wanted = select(SpeakingSheet).where(
        SpeakingSheet.client_id == client.id, SpeakingSheet.written_by_id == work.account_id
    )
    row = work.session.scalar(unscoped(wanted, "one's own sheet"))
    if row is None:
        if version:
            raise Stale
        row = SpeakingSheet(client_id=client.id, written_by_id=work.account_id)
        work.session.add(row)
    else:
        row.expect(version)
    row.points, row.questions, row.leave_out = said.points, said.questions, said.leave_out
    row.speaks_for, row.helps, row.written_at = said.speaks_for, said.helps, work.now
    work.session.flush()
    work.record(events.Prepared(client_id=client.id, subject=row.id))
    return row


@command(DRAFT, Action.READ)
def write_letter(work: Work, client: Client, kind: LetterKind, text: str) -> LetterDraft:
    """Begin a letter of one's own."""
    row = LetterDraft(client_id=client.id, kind_of=kind, text=text, written_by_id=work.account_id, written_at=work.now)
    work.session.add(row)
    work.session.flush()
    work.record(events.Prepared(client_id=client.id, subject=row.id))
    return row


@command(DRAFT, Action.READ)
def change_letter(work: Work, row: LetterDraft, text: str) -> None:
    """Write one's own letter anew."""
    _must_be_mine(work, row)
    row.text, row.written_at = text, work.now
    work.record(events.Prepared(client_id=row.client_id, subject=row.id))


@command(DRAFT, Action.READ)
def remove_letter(work: Work, row: LetterDraft) -> None:
    """Put one's own letter away."""
    _must_be_mine(work, row)
    row.removed_at = work.now
    work.record(events.Prepared(client_id=row.client_id, subject=row.id))


@command(DRAFT, Action.READ)
def share(work: Work, row: SpeakingSheet | LetterDraft, *, yes: bool) -> None:
    """Let those who may see the draft read it, or keep it to oneself again."""
    _must_be_mine(work, row)
    if (row.shared_at is not None) != yes:
        row.shared_at = work.now if yes else None
        work.record(events.Shared(client_id=row.client_id, subject=row.id, shared=yes))


def _must_be_mine(work: Work, row: SpeakingSheet | LetterDraft) -> None:
    if row.written_by_id != work.account_id:
        raise NotVisible
