"""The verbs of briefings of staff: prepared by a coordinator, read by named people."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.people.model import Client
from portal.plans.telling import members, tell
from portal.work import NotVisible, Refusal, Work, command
from portal.workers import events
from portal.workers.model import BriefingPart, BriefingRead, StaffBriefing, Worker

REQUEST = Resource.REQUEST


@command(REQUEST, Action.WRITE)
def begin(work: Work, client: Client, provider_id: UUID, day: date, begins_at: time, place: str) -> StaffBriefing:
    """Prepare a meeting with a provider's staff; ``client`` is the first whom it is about."""
    if day < work.day:
        raise Refusal(words("This day has passed. Choose one to come."), "day")
    row = StaffBriefing(
        provider_id=provider_id,
        day=day,
        begins_at=begins_at,
        place=place,
        made_by=work.account_id,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    _add(work, client, row)
    return row


@command(REQUEST, Action.WRITE)
def add_part(work: Work, client: Client, row: StaffBriefing) -> BriefingPart:
    """One more client whom the same meeting is about; their part stays apart from the others'."""
    return _add(work, client, row)


def _add(work: Work, client: Client, row: StaffBriefing) -> BriefingPart:
    if work.decision is None or work.decision.relationship is not Relationship.LEAD:
        raise NotVisible
    part = BriefingPart(client_id=client.id, briefing_id=row.id)
    work.session.add(part)
    work.session.flush()
    work.record(events.BriefingMade(client_id=client.id, subject=part.id, day=row.day))
    page = f"/staff-briefings/{row.id}#part-{part.id}"
    tell(work, _going(work, client.id, row.provider_id), f"briefing-{part.id}", page)
    return part


def _going(work: Work, client_id: UUID, provider_id: UUID) -> set[UUID]:
    wanted = select(Worker.account_id).where(
        Worker.client_id == client_id,
        Worker.provider_id == provider_id,
        Worker.going(work.day),
        Worker.account_id.is_not(None),
    )
    found = {one for one in work.session.scalars(unscoped(wanted, "whom to tell")) if one}
    return found & members(work, provider_id, client_id)


@command(REQUEST, Action.WRITE)
def write_agenda(work: Work, part: BriefingPart, row: StaffBriefing, agenda: str) -> None:
    """What is to be spoken about for one client."""
    if work.decision is None or work.decision.relationship is not Relationship.LEAD:
        raise NotVisible
    part.agenda = agenda
    work.record(events.BriefingMade(client_id=part.client_id, subject=part.id, day=row.day))


@command(REQUEST, Action.WRITE)
def note_read(work: Work, part: BriefingPart, row: StaffBriefing, name: str = "") -> None:
    """A named person has read one part: the worker themselves, or whoever a coordinator names who heard it."""
    by_lead = work.decision is not None and work.decision.relationship is Relationship.LEAD
    if not by_lead and (work.decision is None or work.decision.relationship is not Relationship.PROVIDER):
        raise NotVisible
    if by_lead and not name:
        raise Refusal(words("Who was it?"), "name")
    who = name if by_lead else _own_name(work, part)
    same = select(BriefingRead.id).where(BriefingRead.part_id == part.id, BriefingRead.name == who)
    if work.session.scalar(unscoped(same, "told twice")) is not None:
        return
    account_id = None if by_lead else work.account_id
    read = BriefingRead(client_id=part.client_id, part_id=part.id, name=who, account_id=account_id, read_at=work.now)
    work.session.add(read)
    work.session.flush()
    work.record(events.BriefingHeard(client_id=part.client_id, subject=read.id, day=row.day))


def _own_name(work: Work, part: BriefingPart) -> str:
    """What the person who acts is called as a worker of this client; an account may be written otherwise."""
    wanted = select(Worker.name).where(Worker.client_id == part.client_id, Worker.account_id == work.account_id)
    found = work.session.scalars(unscoped(wanted, "their own name")).first()
    if found is None:
        raise NotVisible
    return found
