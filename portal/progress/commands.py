"""Writing what was done towards a goal, replying beside it for ever, and noting who read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.table import Action, Relationship, Resource
from portal.goals.model import Goal
from portal.journal import JournalEntry
from portal.people.model import Client
from portal.plans.model import PlanPart
from portal.plans.narrowed import the_line
from portal.plans.telling import SELF, holders, kept_from, members, tell
from portal.progress import events
from portal.progress.model import NoteReply, ProgressNote, Went
from portal.progress.queries import line_of
from portal.work import NotVisible, Refusal, Work, command, open_command


@dataclass(frozen=True)
class Told:
    """What somebody writes: on which day, what was done, and how it went."""

    happened_on: date
    done: str
    went: Went
    how_it_went: str


@command(Resource.PROGRESS, Action.WRITE)
def write_about_part(work: Work, part: PlanPart, told: Told, *, whole_goal: bool = False) -> ProgressNote:
    """Somebody of the provider writes about one of its own parts; the goal it is for goes with it by itself.

    With ``whole_goal`` it is about the goal the part serves, whichever of the provider's supports it was.
    Refusal for a day to come, or for a day before the part began.
    """
    if work.decision is None or work.decision.relationship is not Relationship.PROVIDER:
        raise NotVisible
    if told.happened_on < part.starts:
        raise Refusal(words("This day is before the support began."), "happened_on")
    made = ProgressNote(
        client_id=part.client_id,
        goal_id=line_of(work, part).terms.goal_id,
        organisation_id=part.provider_id,
    )
    if not whole_goal:
        made.line_id, made.support = part.line_id, the_line(part.content).name
    return _keep(work, made, told)


@command(Resource.PROGRESS, Action.WRITE)
def write_about_goal(work: Work, client: Client, goal: Goal | None, told: Told) -> ProgressNote:
    """A coordinator or another member of staff writes about a goal, or about the plan as a whole."""
    made = ProgressNote(client_id=client.id, goal_id=goal.id if goal else None)
    return _keep(work, made, told)


@command(Resource.PROGRESS, Action.WRITE)
def correct(work: Work, note: ProgressNote, told: Told) -> ProgressNote:
    """Put a correction beside one's own note, or one of one's own organisation; the note itself stays as it was."""
    provider = work.decision is not None and work.decision.relationship is Relationship.PROVIDER
    if note.by != work.account_id and not provider:
        raise NotVisible
    made = ProgressNote(
        client_id=note.client_id,
        goal_id=note.goal_id,
        line_id=note.line_id,
        support=note.support,
        organisation_id=note.organisation_id,
        corrects_id=note.corrects_id or note.id,
    )
    return _keep(work, made, told)


def _keep(work: Work, made: ProgressNote, told: Told) -> ProgressNote:
    if told.happened_on > work.day:
        raise Refusal(words("Write a note once it has happened."), "happened_on")
    if work.account_id is None:
        raise NotVisible
    made.happened_on, made.done, made.went, made.how_it_went = (
        told.happened_on,
        told.done,
        told.went,
        told.how_it_went,
    )
    made.by, made.at = work.account_id, work.now
    work.session.add(made)
    work.session.flush()
    work.record(
        events.NoteWritten(
            client_id=made.client_id,
            subject=made.id,
            happened_on=made.happened_on,
            corrects=made.corrects_id is not None,
        )
    )
    tell(work, holders(work, made.client_id, SELF), f"note-{made.id}", f"/people/{made.client_id}/progress")
    return made


@command(Resource.PROGRESS, Action.COMMENT)
def reply(work: Work, note: ProgressNote, text: str, disagrees: bool) -> NoteReply:
    """The client (or who decides for them) says something beside a note; it stays for as long as the note does."""
    if work.account_id is None:
        raise NotVisible
    made = NoteReply(
        client_id=note.client_id, note_id=note.id, text=text, disagrees=disagrees, by=work.account_id, at=work.now
    )
    work.session.add(made)
    work.session.flush()
    work.record(events.NoteReplied(client_id=note.client_id, subject=note.id, disagrees=disagrees))
    to_tell = {note.by} - kept_from(work, note.client_id)
    if note.organisation_id:
        to_tell &= members(work, note.organisation_id, note.client_id)
    path = "/progress" if note.organisation_id else f"/people/{note.client_id}/progress"
    tell(work, to_tell, f"reply-{made.id}", path)
    return made


@open_command
def note_read(work: Work, client_id: UUID) -> None:
    """Somebody opened the notes; once a day for each reader. For the page, which has decided that they may."""
    noted = select(JournalEntry.seq).where(
        JournalEntry.client_id == client_id,
        JournalEntry.actor_id == work.account_id,
        JournalEntry.kind == events.NoteRead.kind,
        JournalEntry.at >= work.now.replace(hour=0, minute=0, second=0, microsecond=0),
    )
    if work.session.scalar(noted.limit(1)) is None:
        work.record(events.NoteRead(client_id=client_id))
