"""How history names things and what each event is about: each slice says its part, the history page reads them.

Events keep ids. A slice registers, in its ``queries.py``, how to name its records by id, where the reader may see them:

    @history.naming
    def lines(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
        rows = work.session.execute(limit(select(Line.id, Line.name), work, Line).where(Line.id.in_(ids)))
        return {row.id: Name(row.name) for row in rows}

and, if not already in ``ABOUT``, which part of the record its events belong to:

    history.about("care.", Resource.STORY)          # every event whose kind begins with "care."
    history.about("care.note_read", Resource.SAFETY)  # one kind; the longest match wins

A reader of a history sees an event only when they may read the part it is about. Events without a part are not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, false, func, or_, select

from budgeting.words import Name, Words, words
from portal.access.table import Action, Relationship, Resource
from portal.accounts.events import Looked, TakenAlong
from portal.journal import KINDS, Called, JournalEntry, decode, encode
from portal.people.model import Client
from portal.work import ActorKind, Work

Naming = Callable[[Work, Collection[UUID]], Mapping[UUID, Called]]

_NAMINGS: list[Naming] = []
ABOUT: dict[str, Resource] = {
    "people.": Resource.CIRCLE,
    "goals.": Resource.STORY,
    "proposals.": Resource.DRAFT,
    "plans.": Resource.PLAN,
    "agreements.": Resource.AGREEMENT,
    "funding.": Resource.BUDGET,
    "start.": Resource.BUDGET,
    "payments.": Resource.PAYMENT,
}  # the beginning of a kind -> the part of the record it is about


def naming(name: Naming) -> Naming:
    """Register how a slice names its records: of any ids asked, answer those that are yours and visible."""
    _NAMINGS.append(name)
    return name


def about(beginning: str, resource: Resource) -> None:
    """Say which part of the record the events with this beginning of their kind belong to."""
    ABOUT[beginning] = resource


def part_of(kind: str) -> Resource | None:
    """The part of the record an event of this kind is about; None when nobody said (then nobody is shown it)."""
    fitting = [beginning for beginning in ABOUT if kind.startswith(beginning)]
    return ABOUT[max(fitting, key=len)] if fitting else None


def kinds_about(parts: Collection[Resource]) -> list[str]:
    """The kinds of event someone may read who may read these parts; private ones never."""
    return sorted(name for name, kind in KINDS.items() if not kind.private and part_of(name) in parts)


def names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Called]:
    """What the reader may call these records; ids that are missing are not theirs to see."""
    found: dict[UUID, Called] = {}
    for name in _NAMINGS:
        if left := set(ids) - found.keys():
            found.update(name(work, left))
    return found


# Reading a history


@dataclass(frozen=True)
class Happening:
    """One line of a history, ready for a page."""

    at: datetime
    what: Words
    who: Words | Name
    on_behalf_of: Name | None
    looked: bool


PAGE = 50
LOOKED = (Looked.kind, TakenAlong.kind)  # what was read, or taken along as a file; both say the same of it


def of_client(work: Work, client: Client, show: str, page: int) -> tuple[Sequence[Happening], int]:
    """One page of what happened around a client, newest first, and how many entries there are in all.

    ``show`` is "changes" (what was done), "looked" (who opened what), anything else is both.
    """
    entries = _entries(work, client, show)
    total = work.session.scalar(select(func.count()).select_from(entries.subquery())) or 0
    rows = work.session.scalars(entries.order_by(JournalEntry.seq.desc()).limit(PAGE).offset((page - 1) * PAGE)).all()
    return happenings(work, client, rows), total


def latest(work: Work, client: Client, most: int) -> Sequence[Happening]:
    """The last few things that were done around a client, for the overview."""
    rows = work.session.scalars(_entries(work, client, "changes").order_by(JournalEntry.seq.desc()).limit(most)).all()
    return happenings(work, client, rows)


def _entries(work: Work, client: Client, show: str) -> Select[JournalEntry]:
    """The entries this reader may read: each only as far as they may read the part of the record it is about."""
    readable = {part for part in Resource if work.can(part, Action.READ, client.id)}
    if Resource.LOOKED not in readable:
        return select(JournalEntry).where(false())
    done = JournalEntry.kind.in_([kind for kind in kinds_about(readable) if kind not in LOOKED])
    opened = and_(
        JournalEntry.kind.in_(LOOKED),
        JournalEntry.data.in_([encode(Looked(client_id=client.id, resource=part)) for part in readable]),
    )
    shown = {"changes": done, "looked": opened}.get(show, or_(done, opened))
    return select(JournalEntry).where(JournalEntry.client_id == client.id, shown)


def happenings(work: Work, client: Client, entries: Sequence[JournalEntry]) -> Sequence[Happening]:
    """Entries in words, with the names this reader may see."""
    events = [(entry, decode(entry)) for entry in entries]
    ids = {value for _, event in events for f in fields(event) if isinstance(value := getattr(event, f.name), UUID)}
    ids |= {entry.actor_id for entry in entries if entry.actor_id}
    known = names(work, ids)
    unknown = words("something that is not shown to you")

    def name(record: UUID) -> Called:
        return known.get(record, unknown)

    reads_own = any(tie is Relationship.CLIENT for tie in _relationships(work, client))
    return [
        Happening(
            entry.at,
            event.words(name),
            _who(work, entry, known, hide_others=entry.kind in LOOKED and not reads_own),
            Name(client.name) if entry.on_behalf_of else None,
            entry.kind in LOOKED,
        )
        for entry, event in events
    ]


def _relationships(work: Work, client: Client) -> Sequence[Relationship]:
    facts = work.facts_of(client.id)
    return [tie.relationship for tie in facts.ties if tie.valid(work.day)]


def _who(work: Work, entry: JournalEntry, known: Mapping[UUID, Called], hide_others: bool) -> Called:
    """Who it was. Only the client is told who else looked (SECURITY, section 2.2): nobody can then tell what is kept
    from them by a name that is missing."""
    if entry.actor_kind == ActorKind.SYSTEM:
        return words("Coplan, by itself")
    if entry.actor_kind == ActorKind.LINK:
        return words("Someone with a one-time link")
    if entry.actor_id is None:
        return words("Someone who was not signed in")
    if entry.actor_id == work.account_id:
        return words("You")
    if hide_others or entry.actor_id not in known:
        return words("Someone in the circle")
    return known[entry.actor_id]
