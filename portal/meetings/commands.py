"""The verbs of meetings: ask for one, say what it is about, send the papers, hold it. The person sets the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import func, select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.meetings import events
from portal.meetings.model import Content, Meeting, MeetingGuest, MeetingPack, MeetingPoint
from portal.meetings.pack import gathered
from portal.meetings.states import GONE_ON, MeetingAct, MeetingState, PointState
from portal.people.model import Client
from portal.plans import telling
from portal.proposals import others as proposals
from portal.work import NotVisible, Refusal, Work, command

DRAFT = Resource.DRAFT
MOST_POINTS = 40
LONGEST_AHEAD = timedelta(days=730)


@dataclass(frozen=True)
class MeetingTold:
    """What a meeting is about, when and where, what its pack holds, and who comes besides the circle."""

    title: str
    day: date | None = None
    begins_at: time | None = None
    place: str = ""
    interpreter: str = ""
    others: str = ""
    contents: frozenset[Content] = frozenset()
    proposal_id: UUID | None = None


@command(DRAFT, Action.COMMENT)
def ask(work: Work, client: Client, told: MeetingTold) -> Meeting:
    """Ask for a meeting; nothing is sent by that. Whoever looks after the plan is told that there is something new."""
    row = Meeting(client_id=client.id, title=told.title, asked_by=work.account_id, asked_at=work.now)
    _take(work, row, told)
    work.session.add(row)
    work.session.flush()
    work.record(events.MeetingAsked(client_id=client.id, subject=row.id))
    _tell(work, row, telling.keepers(work, client.id) | telling.holders(work, client.id, telling.SELF), "asked")
    return row


@command(DRAFT, Action.WRITE)
def change(work: Work, row: Meeting, told: MeetingTold, guests: frozenset[UUID]) -> None:
    """Write anew when, where and with whom. Only whoever decides says who of the circle is invited."""
    row.must_permit(MeetingAct.CHANGE)
    theirs = row.asked_by == work.account_id
    if told.proposal_id and not theirs and proposals.kept_by(work, told.proposal_id) is not None:
        raise Refusal(words("Choose one of the answers."), "proposal")  # or nobody else would find the meeting again
    _take(work, row, told)
    if work.can(DRAFT, Action.APPROVE, row.client_id):
        _invite(work, row, guests)
    work.record(events.MeetingChanged(client_id=row.client_id, subject=row.id))


def _take(work: Work, row: Meeting, told: MeetingTold) -> None:
    if told.day is not None and told.day > work.day + LONGEST_AHEAD:
        raise Refusal(words("Choose a day within the next two years."), "day")
    row.title, row.day, row.begins_at, row.place = told.title, told.day, told.begins_at, told.place
    row.interpreter, row.others, row.proposal_id = told.interpreter, told.others, told.proposal_id
    row.choose(told.contents)


def _invite(work: Work, row: Meeting, guests: frozenset[UUID]) -> None:
    wanted = select(MeetingGuest).where(MeetingGuest.meeting_id == row.id)
    there = {one.account_id: one for one in work.session.scalars(unscoped(wanted, "guests of a permitted meeting"))}
    for account_id in there.keys() - guests:
        work.session.delete(there[account_id])
    for account_id in sorted(guests - there.keys(), key=str):
        if account_id not in telling.holders(work, row.client_id, Relationship):
            raise NotVisible
        work.session.add(MeetingGuest(client_id=row.client_id, meeting_id=row.id, account_id=account_id))


@command(DRAFT, Action.COMMENT)
def want_pack(work: Work, row: Meeting) -> None:
    """Ask for the papers before the meeting."""
    row.must_permit(MeetingAct.SEND)
    if row.pack_wanted_at is None:
        row.pack_wanted_at = work.now
        work.record(events.PackWanted(client_id=row.client_id, subject=row.id))
        _tell(work, row, telling.keepers(work, row.client_id), "wanted")


@command(DRAFT, Action.COMMENT)
def add_point(work: Work, row: Meeting, text: str) -> MeetingPoint:
    """Something to talk about: on the list at once from whoever decides, a suggestion from everybody else."""
    row.must_permit(MeetingAct.CHANGE)
    if work.account_id is None:
        raise NotVisible
    counted = select(func.count()).select_from(MeetingPoint).where(MeetingPoint.meeting_id == row.id)
    number = work.session.scalar(unscoped(counted, "points of a permitted meeting")) or 0
    if number >= MOST_POINTS:
        raise Refusal(words("There is room for {most} points.", most=MOST_POINTS))
    decides = work.can(DRAFT, Action.APPROVE, row.client_id)
    point = MeetingPoint(
        client_id=row.client_id,
        meeting_id=row.id,
        position=number + 1,
        text=text,
        state=PointState.ON if decides else PointState.SUGGESTED,
        said_by=work.account_id,
    )
    work.session.add(point)
    work.session.flush()
    if decides:
        work.record(events.MeetingChanged(client_id=row.client_id, subject=row.id))
    else:
        work.record(events.PointSuggested(client_id=row.client_id, subject=row.id))
    return point


@command(DRAFT, Action.APPROVE)
def answer_point(work: Work, point: MeetingPoint, row: Meeting, *, on: bool) -> None:
    """Put a point on the list, or say: not this time."""
    row.must_permit(MeetingAct.CHANGE)
    point.state = PointState.ON if on else PointState.OFF
    work.record(events.MeetingChanged(client_id=row.client_id, subject=row.id))


@command(DRAFT, Action.APPROVE)
def move_point(work: Work, point: MeetingPoint, row: Meeting) -> None:
    """Talk about a point earlier: it changes places with the one before it on the list."""
    row.must_permit(MeetingAct.CHANGE)
    before = select(MeetingPoint).where(
        MeetingPoint.meeting_id == row.id,
        MeetingPoint.state == PointState.ON,
        MeetingPoint.position < point.position,
    )
    other = work.session.scalars(
        unscoped(before.order_by(MeetingPoint.position.desc()), "points of a permitted meeting")
    ).first()
    if other is None or point.state is not PointState.ON:
        raise Refusal(GONE_ON)
    point.position, other.position = other.position, point.position
    work.record(events.MeetingChanged(client_id=row.client_id, subject=row.id))


@command(DRAFT, Action.WRITE)
def send(work: Work, row: Meeting, client: Client) -> MeetingPack:
    """Freeze the papers as they are now, as the next version, and tell everybody who is invited and may read them."""
    row.must_permit(MeetingAct.SEND)
    text, digest = gathered(work, client, row)
    counted = select(func.count()).select_from(MeetingPack).where(MeetingPack.meeting_id == row.id)
    number = (work.session.scalar(unscoped(counted, "versions of a permitted meeting")) or 0) + 1
    pack = MeetingPack(
        client_id=row.client_id,
        meeting_id=row.id,
        number=number,
        content=text,
        hash=digest,
        sent_by=work.account_id,
        sent_at=work.now,
    )
    work.session.add(pack)
    row.state = MeetingState.SENT
    work.session.flush()
    work.record(events.PackSent(client_id=row.client_id, subject=row.id, number=number))
    invited = select(MeetingGuest.account_id).where(MeetingGuest.meeting_id == row.id)
    guests = set(work.session.scalars(unscoped(invited, "whom to tell")))
    here = telling.holders(work, row.client_id, Relationship)
    _tell(work, row, (guests & here) | telling.holders(work, row.client_id, telling.SELF), f"pack-{number}")
    return pack


@command(DRAFT, Action.WRITE)
def hold(work: Work, row: Meeting, notes: str) -> None:
    """Write down that it was held, and what was said."""
    row.must_permit(MeetingAct.HOLD)
    row.state, row.notes = MeetingState.HELD, notes
    work.record(events.MeetingEnded(client_id=row.client_id, subject=row.id, held=True))


@command(DRAFT, Action.WRITE)
def call_off(work: Work, row: Meeting) -> None:
    """There is no such meeting any more; everybody who was to come is told."""
    row.must_permit(MeetingAct.CALL_OFF)
    row.state = MeetingState.CALLED_OFF
    work.record(events.MeetingEnded(client_id=row.client_id, subject=row.id, held=False))
    invited = select(MeetingGuest.account_id).where(MeetingGuest.meeting_id == row.id)
    guests = set(work.session.scalars(unscoped(invited, "whom to tell")))
    _tell(work, row, guests & telling.holders(work, row.client_id, Relationship), "off")


@command(DRAFT, Action.APPROVE)
def say_explained(work: Work, row: Meeting, language: str, *, yes: bool) -> None:
    """The person says that it was explained to them, in their language, how to complain; or takes that back."""
    row.explained_at, row.explained_in = (work.now, language) if yes else (None, "")
    work.record(events.RoutesExplained(client_id=row.client_id, subject=row.id, yes=yes))


def _tell(work: Work, row: Meeting, accounts: set[UUID], key: str) -> None:
    telling.tell(work, accounts, f"meeting-{row.id}-{key}", f"/people/{row.client_id}/meetings/{row.id}")
