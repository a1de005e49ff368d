"""Notes of progress as ready values: under each goal, with corrections and what was said beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.progress.model import NoteReply, ProgressNote, Went

WENT: Mapping[Went, Words] = {
    Went.WELL: words("It went well"),
    Went.MIXED: words("Some of it went well"),
    Went.HARD: words("It was hard"),
}
BADGES: Mapping[Went, str] = {Went.WELL: "ok", Went.MIXED: "info", Went.HARD: "warn"}


@dataclass(frozen=True)
class Said:
    """Somebody's words beside a note."""

    who: Name
    text: str
    disagrees: bool
    at: datetime


@dataclass(frozen=True)
class NoteRow:
    """One note, ready for a page; ``corrections`` are notes that were put beside it later."""

    id: UUID
    day: date
    support: Name | Words | None
    who: Name
    provider: Name | None
    badge: str
    went: Words
    done: str
    how_it_went: str
    replies: tuple[Said, ...]
    corrections: tuple[NoteRow, ...]
    mine: bool


@dataclass(frozen=True)
class Names:
    """What people and organisations are called."""

    accounts: Mapping[UUID, str]
    providers: Mapping[UUID, Name]
    supports: Mapping[tuple[UUID, str], Name | Words]  #: by line and what it is called in the plan


def notes(
    found: Sequence[ProgressNote], replies: Mapping[UUID, list[NoteReply]], names: Names, mine: UUID | None
) -> list[NoteRow]:
    """Each note with its corrections and replies, in the order given; a correction stands only beside its note."""
    beside: dict[UUID, list[ProgressNote]] = {}
    for one in found:
        if one.corrects_id:
            beside.setdefault(one.corrects_id, []).append(one)

    def row(one: ProgressNote) -> NoteRow:
        corrections = sorted(beside.get(one.id, ()), key=lambda note: note.at)
        return NoteRow(
            id=one.id,
            day=one.happened_on,
            support=_support(one, names),
            who=Name(names.accounts.get(one.by, "")),
            provider=names.providers.get(one.organisation_id) if one.organisation_id else None,
            badge=BADGES[one.went],
            went=WENT[one.went],
            done=one.done,
            how_it_went=one.how_it_went,
            replies=tuple(_said(reply, names) for reply in replies.get(one.id, ())),
            corrections=tuple(row(correction) for correction in corrections),
            mine=one.by == mine,
        )

    return [row(one) for one in found if one.corrects_id is None]


def _support(one: ProgressNote, names: Names) -> Name | Words | None:
    if not one.support:
        return None
    return names.supports.get((one.line_id, one.support), Name(one.support)) if one.line_id else Name(one.support)


def _said(reply: NoteReply, names: Names) -> Said:
    return Said(Name(names.accounts.get(reply.by, "")), reply.text, reply.disagrees, reply.at)
