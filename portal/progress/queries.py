"""Notes of progress and what was said beside them, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from budgeting.words import Name, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Resource
from portal.accounts.queries import names as account_names
from portal.db import among
from portal.journal import JournalEntry
from portal.people import history, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.sharing_model import Shared
from portal.plans.sharing_parts import Sensitive
from portal.plans.sharing_queries import may_be_read
from portal.plans.states import PartState
from portal.progress.events import NoteRead
from portal.progress.model import NoteReply, ProgressNote
from portal.proposals.frozen import FrozenLine, thaw
from portal.work import NotVisible, Work

history.about("progress.", Resource.PROGRESS)


def of_client(work: Work, client: Client) -> Sequence[ProgressNote]:
    """Every note about this client the reader may see, the latest day first."""
    wanted = visible(work, ProgressNote).where(ProgressNote.client_id == client.id)
    return work.session.scalars(wanted.order_by(ProgressNote.happened_on.desc(), ProgressNote.at.desc())).all()


def note(work: Work, client: Client, note_id: UUID) -> ProgressNote:
    """One note about this client; NotVisible otherwise."""
    found = next((one for one in of_client(work, client) if one.id == note_id), None)
    if found is None:
        raise NotVisible
    return found


def ours(work: Work) -> Sequence[ProgressNote]:
    """What the people of the reader's own organisations wrote, the latest day first."""
    wanted = visible(work, ProgressNote).where(ProgressNote.organisation_id.in_(organisations(work)))
    return work.session.scalars(wanted.order_by(ProgressNote.happened_on.desc(), ProgressNote.at.desc())).all()


def our_note(work: Work, note_id: UUID) -> ProgressNote:
    """One note of the reader's own organisation; NotVisible otherwise."""
    found = next((one for one in ours(work) if one.id == note_id), None)
    if found is None:
        raise NotVisible
    return found


def replies(work: Work, notes: Collection[ProgressNote]) -> Mapping[UUID, list[NoteReply]]:
    """What was said beside some notes, in order, as far as the reader may see it."""
    wanted = visible(work, NoteReply).where(NoteReply.note_id.in_([one.id for one in notes]))
    found: dict[UUID, list[NoteReply]] = {}
    for one in work.session.scalars(wanted.order_by(NoteReply.at, NoteReply.id)):
        found.setdefault(one.note_id, []).append(one)
    return found


def our_parts(work: Work) -> Sequence[PlanPart]:
    """The parts that the reader's own organisations deliver now, of every client."""
    wanted = visible(work, PlanPart).where(
        PlanPart.provider_id.in_(organisations(work)), PlanPart.state == PartState.GOING_ON
    )
    return work.session.scalars(wanted.order_by(PlanPart.client_id, PlanPart.position)).all()


def our_part(work: Work, part_id: UUID) -> PlanPart:
    """One part that the reader's own organisation delivers now; NotVisible otherwise."""
    found = next((one for one in our_parts(work) if one.id == part_id), None)
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Served:
    """A goal that a client shows a provider, in their words, and one of the parts by which it is served."""

    goal_id: UUID
    text: str
    part: PlanPart


def served(work: Work, parts: Sequence[PlanPart]) -> list[Served]:
    """The goals that these parts of the reader's own organisations serve, each once, where the client shows them."""
    showing = select(Shared.client_id).where(Shared.part == Sensitive.GOAL, Shared.shows)  # by decision alone
    wanted = select(Client).where(Client.id.in_(showing), among(Client.id, {one.client_id for one in parts}))
    clients = {one.id: one for one in work.session.scalars(unscoped(wanted, "whose parts were found"))}
    found: dict[UUID, Served] = {}
    for part in (one for one in parts if one.client_id in clients):
        if Sensitive.GOAL in may_be_read(work, clients[part.client_id], (part.provider_id, part.provider_name)):
            line = line_of(work, part)
            if line.terms.goal_id and line.purpose:
                found.setdefault(line.terms.goal_id, Served(line.terms.goal_id, line.purpose, part))
    return list(found.values())


def line_of(work: Work, part: PlanPart) -> FrozenLine:
    """The line of a plan that a part was cut from, with what it is for; only for a part that was found."""
    wanted = select(PlanVersion.content).where(PlanVersion.id == part.version_id)
    return thaw(work.session.scalars(unscoped(wanted, "the goal of a part that was found")).one()).line(part.line_id)


def client_names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    """The names of clients whose parts the reader's organisation delivers (access table, IDENTITY, cell R i)."""
    wanted = select(Client.id, Client.name).where(among(Client.id, set(ids)))
    rows = work.session.execute(unscoped(wanted, "named in a brief that was found"))
    return {row.id: Name(row.name) for row in rows}


@dataclass(frozen=True)
class Reading:
    """Somebody who read the notes, and when last."""

    who: Name
    at: datetime


def readers(work: Work, client: Client) -> list[Reading]:
    """Who read the notes of this client, the latest first, each once; asked only for who may know."""
    wanted = select(JournalEntry).where(
        JournalEntry.client_id == client.id, JournalEntry.kind == NoteRead.kind, JournalEntry.actor_id.is_not(None)
    )
    entries = work.session.scalars(wanted.order_by(JournalEntry.seq.desc()).limit(200)).all()
    called = account_names(work.session, {entry.actor_id for entry in entries if entry.actor_id})
    latest: dict[UUID, Reading] = {}
    for entry in entries:
        if entry.actor_id and entry.actor_id in called:
            latest.setdefault(entry.actor_id, Reading(Name(called[entry.actor_id]), entry.at))
    return list(latest.values())


@next_steps.of_clients
def said_otherwise(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Notes that the client said were otherwise, and that no correction stands beside: for whoever wrote them."""
    answered = limit(select(ProgressNote.corrects_id), work, ProgressNote).where(ProgressNote.corrects_id.is_not(None))
    wanted = (
        limit(select(ProgressNote.client_id).distinct(), work, ProgressNote)
        .join(NoteReply, NoteReply.note_id == ProgressNote.id)
        .where(
            NoteReply.disagrees,
            among(ProgressNote.client_id, clients),
            ProgressNote.by == work.account_id,
            ProgressNote.id.not_in(answered),
        )
    )
    for client_id in work.session.scalars(wanted):
        text = words("The person says that one of your notes was otherwise. Read what they say.")
        yield client_id, NextStep(text, f"/people/{client_id}/progress")
