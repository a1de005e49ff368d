"""Briefings of staff: what one meeting says about several clients, each part read only by those who go there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from budgeting.words import Name, Words, nwords, words
from portal.access.scope import limit, organisations, unscoped, visible
from portal.access.table import Action
from portal.db import among
from portal.people import due, next_steps
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.plans.model import PlanPart
from portal.plans.narrowed import the_line
from portal.plans.states import PartState
from portal.work import NotVisible, Work
from portal.workers.model import BriefingPart, BriefingRead, StaffBriefing, Worker

BRIEFING = words("Briefing of staff")


@dataclass(frozen=True)
class Briefing:
    """One meeting with the parts the reader may see, and who has read each."""

    row: StaffBriefing
    parts: tuple[BriefingPart, ...]
    reads: Mapping[UUID, tuple[BriefingRead, ...]]


def briefings(work: Work) -> list[Briefing]:
    """Meetings of which the reader sees at least one part, the latest first; of the others they see no trace."""
    parts = work.session.scalars(visible(work, BriefingPart)).all()
    return _with(work, parts)


def briefing(work: Work, briefing_id: UUID) -> Briefing:
    """One of them; NotVisible when the reader may see none of its parts."""
    parts = work.session.scalars(visible(work, BriefingPart).where(BriefingPart.briefing_id == briefing_id)).all()
    found = _with(work, parts)
    if not found:
        raise NotVisible
    return found[0]


def _with(work: Work, parts: Sequence[BriefingPart]) -> list[Briefing]:
    if not parts:
        return []
    reads: dict[UUID, list[BriefingRead]] = {}
    wanted = visible(work, BriefingRead).where(BriefingRead.part_id.in_([part.id for part in parts]))
    for read in work.session.scalars(wanted.order_by(BriefingRead.read_at)):
        reads.setdefault(read.part_id, []).append(read)
    rows = work.session.scalars(
        select(StaffBriefing)
        .where(StaffBriefing.id.in_({part.briefing_id for part in parts}))
        .order_by(StaffBriefing.day.desc(), StaffBriefing.begins_at.desc(), StaffBriefing.id)
    )
    return [
        Briefing(
            row,
            tuple(part for part in parts if part.briefing_id == row.id),
            {key: tuple(some) for key, some in reads.items()},
        )
        for row in rows
    ]


def part_of(work: Work, briefing_id: UUID, part_id: UUID) -> BriefingPart:
    """One part of this meeting the reader may see; NotVisible otherwise."""
    wanted = visible(work, BriefingPart).where(BriefingPart.id == part_id, BriefingPart.briefing_id == briefing_id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def may_brief(work: Work) -> Mapping[UUID, Sequence[tuple[UUID, str]]]:
    """For each provider, the clients of the reader who are served by it: whom a coordinator can prepare a part for."""
    wanted = limit(select(PlanPart.provider_id, Client.id, Client.name), work, PlanPart, Action.WRITE).join(
        Client, Client.id == PlanPart.client_id
    )
    wanted = wanted.where(
        PlanPart.state != PartState.ENDED,
        PlanPart.provider_id.is_not(None),
        PlanPart.provider_id.not_in(organisations(work)),
    )
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for provider_id, client_id, name in work.session.execute(wanted.distinct().order_by(Client.name)):
        if provider_id is not None:
            found.setdefault(provider_id, []).append((client_id, name))
    return found


def lines_of(work: Work, part: BriefingPart, provider_id: UUID) -> Sequence[PlanPart]:
    """What this provider delivers to this client now or soon; the part of the briefing was found first."""
    wanted = select(PlanPart).where(
        PlanPart.client_id == part.client_id,
        PlanPart.provider_id == provider_id,
        PlanPart.state != PartState.ENDED,
    )
    return work.session.scalars(unscoped(wanted.order_by(PlanPart.position), "the part was found first")).all()


def changed_since(work: Work, part: BriefingPart, row: StaffBriefing) -> list[Words]:
    """What is new in this provider's own lines since its last briefing about this client, in sentences."""
    before = select(func.max(StaffBriefing.day)).join(BriefingPart, BriefingPart.briefing_id == StaffBriefing.id)
    before = before.where(
        BriefingPart.client_id == part.client_id,
        StaffBriefing.provider_id == row.provider_id,
        StaffBriefing.day < row.day,
    )
    since = work.session.scalar(unscoped(before, "the day of the last one"))
    if since is None:
        return []
    return _changes(work, part, row.provider_id, since)


def _changes(work: Work, part: BriefingPart, provider_id: UUID, since: date) -> list[Words]:
    own = (PlanPart.client_id == part.client_id, PlanPart.provider_id == provider_id)
    wanted = select(PlanPart).where(*own, or_(PlanPart.since >= since, PlanPart.until >= since))
    found: list[Words] = []
    rows = work.session.scalars(unscoped(wanted.order_by(PlanPart.position), "the part was found first")).all()
    begun = {one.line_id for one in rows if one.since and one.since >= since}
    for one in rows:
        name = Name(the_line(one.content).name)
        if one.since and one.since >= since:
            found.append(words("{support} is as it stands here since {day}.", support=name, day=one.since))
        elif one.until and one.line_id not in begun:
            found.append(words("{support} ended on {day}.", support=name, day=one.until))
    return found


def clients_named(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Client]:
    """The clients of parts that were found: name and how to communicate are what a briefing is for."""
    wanted = unscoped(select(Client), "named in a part that was found").where(among(Client.id, ids))
    return {one.id: one for one in work.session.scalars(wanted)}


def going_there(work: Work, part: BriefingPart, provider_id: UUID) -> Sequence[Worker]:
    """The workers of the provider who go to this client; only for who may see them."""
    wanted = visible(work, Worker).where(
        Worker.client_id == part.client_id, Worker.provider_id == provider_id, Worker.going(work.day)
    )
    return work.session.scalars(wanted.order_by(Worker.name)).all()


@next_steps.of_reader
def _ours(work: Work) -> Iterable[NextStep]:
    read = select(BriefingRead.part_id).where(BriefingRead.account_id == work.account_id)
    theirs = select(StaffBriefing.id).where(
        StaffBriefing.provider_id.in_(organisations(work)), StaffBriefing.day >= work.day
    )
    wanted = limit(select(func.count()), work, BriefingPart).where(
        BriefingPart.briefing_id.in_(theirs), BriefingPart.id.not_in(unscoped(read, "their own"))
    )
    waiting = work.session.scalar(wanted) or 0
    if waiting:
        text = nwords("{n} briefing waits for you.", "{n} briefings wait for you.", waiting)
        yield NextStep(text, "/staff-briefings")


@due.of_clients
def _to_be_told(work: Work, clients: next_steps.Clients) -> Iterable[due.Due]:
    """Briefings that are to come, and those that somebody who goes there has not read or heard."""
    told = exists().where(BriefingRead.part_id == BriefingPart.id, BriefingRead.name == Worker.name)
    missing = exists().where(
        Worker.client_id == BriefingPart.client_id,
        Worker.provider_id == StaffBriefing.provider_id,
        Worker.going(work.day),
        ~told,
    )
    told_of = (StaffBriefing.id, StaffBriefing.day, StaffBriefing.provider_id)
    wanted = (
        limit(select(BriefingPart.client_id, *told_of), work, BriefingPart)
        .join(StaffBriefing, StaffBriefing.id == BriefingPart.briefing_id)
        .where(among(BriefingPart.client_id, clients), or_(StaffBriefing.day >= work.day, missing))
    )
    for client_id, briefing_id, day, provider_id in work.session.execute(wanted):
        yield due.Due(client_id, due.Kind.BRIEFING, day, BRIEFING, f"/staff-briefings/{briefing_id}", provider_id)
