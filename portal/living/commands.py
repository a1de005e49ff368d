"""The verbs of visits that did not happen, of groups and of stays. Nothing here changes a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import select

from budgeting.money import Minutes, Money
from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.living import events
from portal.living.model import GroupChange, Missed, Stay
from portal.living.queries import must_be_a_provider
from portal.living.states import MissedState, StayState, Who
from portal.people.model import Client
from portal.work import Refusal, Work, command

BUDGET = Resource.BUDGET


@dataclass(frozen=True)
class MissedVisit:
    """What is told about a visit that did not happen; ``fee`` and ``item`` as the calculator has them."""

    support: str
    day: date
    begins_at: time
    minutes: int
    who: Who
    line_id: UUID | None = None
    provider_id: UUID | None = None
    provider_name: str = ""
    told_at: datetime | None = None
    charge_agreed: bool = False
    other_work: bool = False
    item: str | None = None
    fee: Money | None = None
    note: str = ""


@command(BUDGET, Action.WRITE)
def note_missed(
    work: Work,
    client: Client,
    told: MissedVisit,
    *,
    charged: bool,
    by: UUID | None = None,
    missed_id: UUID | None = None,
) -> Missed:
    """Write down a visit that did not happen; hours are owed when it was the provider's doing.

    A job says ``by`` whom it was told, and under which id it is found again. Refusal for a visit that is written down
    already.
    """
    if told.day > work.today(client):
        raise Refusal(words("This day is still to come. Write it down when it has passed."), "day")
    must_be_a_provider(work, told.provider_id)
    if _is_written_down(work, client, told):
        raise Refusal(words("This visit is written down already. You find it in the list below."), "day")
    by_person = MissedState.CHARGED if charged else MissedState.NOT_CHARGED
    row = Missed(
        id=missed_id or uuid4(),
        client_id=client.id,
        **{name: getattr(told, name) for name in MissedVisit.__dataclass_fields__},
        state=MissedState.OWED if told.who is Who.PROVIDER else by_person,
        written_by_id=by or work.account_id,
        written_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    time_of = Minutes(told.minutes)
    work.record(events.VisitMissed(client_id=client.id, subject=row.id, day=told.day, minutes=time_of, who=told.who))
    return row


def _is_written_down(work: Work, client: Client, told: MissedVisit) -> bool:
    """Whether the visit of a support at this day and time is there: nobody is owed the same hours twice."""
    at = (Missed.client_id == client.id, Missed.day == told.day, Missed.begins_at == told.begins_at)
    lock = select(Client.id).where(Client.id == client.id).with_for_update()
    work.session.execute(unscoped(lock, "one after the other, so that two tabs do not both find nothing"))
    found = work.session.scalars(unscoped(select(Missed).where(*at), "the command has permitted it"))
    return any(_same_visit(one, told) for one in found)


def _same_visit(one: Missed, told: MissedVisit) -> bool:
    if one.line_id is not None and told.line_id is not None:
        return one.line_id == told.line_id
    return one.support.casefold().split() == told.support.casefold().split()


@command(BUDGET, Action.WRITE)
def settle_missed(work: Work, row: Missed, state: MissedState, day: date | None) -> None:
    """Say what became of hours that are owed; offered and made-up hours need their day."""
    row.must_be_open()
    if state in (MissedState.OFFERED, MissedState.MADE_UP):
        if day is None:
            raise Refusal(words("Say on which day."), "other_day")
        if day < row.day:
            raise Refusal(words("This is before the visit that did not happen."), "other_day")
        if state is MissedState.MADE_UP and day > _today(work, row):
            raise Refusal(words("This day is still to come. Write it down when it has passed."), "other_day")
    row.state = state
    row.other_day = day if state in (MissedState.OFFERED, MissedState.MADE_UP) else None
    work.record(events.MissedSettled(client_id=row.client_id, subject=row.id, day=row.day, state=state))


def _today(work: Work, row: Missed) -> date:
    """Today where the person lives."""
    theirs = select(Client).where(Client.id == row.client_id)
    return work.today(work.session.scalars(unscoped(theirs, "the command has permitted it")).one())


@command(BUDGET, Action.WRITE)
def open_again(work: Work, row: Missed) -> None:
    """Take back how it was settled: the hours are owed again."""
    if row.who is not Who.PROVIDER:
        raise Refusal(words("No hours are owed for a visit that you called off."))
    row.state, row.other_day = MissedState.OWED, None
    work.record(events.MissedSettled(client_id=row.client_id, subject=row.id, day=row.day, state=row.state))


@command(BUDGET, Action.WRITE)
def say_charged(work: Work, row: Missed, *, charged: bool) -> None:
    """Say whether a visit that the person called off was charged."""
    if row.who is not Who.PERSON:
        raise Refusal(words("A visit to which nobody came is never charged."))
    row.state = MissedState.CHARGED if charged else MissedState.NOT_CHARGED
    work.record(events.MissedSettled(client_id=row.client_id, subject=row.id, day=row.day, state=row.state))


@command(BUDGET, Action.WRITE)
def remove_missed(work: Work, row: Missed) -> None:
    """Take out a note that was a mistake; the history keeps that it was there."""
    work.record(events.MissedRemoved(client_id=row.client_id, subject=row.id, day=row.day))
    work.session.delete(row)


@command(BUDGET, Action.WRITE)
def prepare_group(
    work: Work, client: Client, line_id: UUID, people_now: int, people_then: int, workers: int, starts: date, note: str
) -> GroupChange:
    """Keep what a smaller or larger group would do to one line, so that the person can look at it first."""
    if people_now == people_then:
        raise Refusal(words("Say another number: this is how many share it now."), "people_then")
    row = GroupChange(
        client_id=client.id,
        line_id=line_id,
        people_now=people_now,
        people_then=people_then,
        workers=workers,
        starts=starts,
        note=note,
        prepared_by=work.account_id,
        prepared_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(
        events.GroupPrepared(
            client_id=client.id, subject=row.id, people_now=people_now, people_then=people_then, starts=starts
        )
    )
    return row


@command(BUDGET, Action.WRITE)
def close_group(work: Work, row: GroupChange) -> None:
    """Put away what was worked out."""
    row.closed_at = work.now
    work.record(events.GroupClosed(client_id=row.client_id, subject=row.id))


@dataclass(frozen=True)
class StayTerms:
    """What a stay is: where, from when to when, and what it costs (None: not told)."""

    place: str
    arrives: date
    leaves: date
    provider_id: UUID | None = None
    per_night: Money | None = None
    minutes_a_day: int | None = None
    per_hour: Money | None = None
    bed_per_night: Money | None = None
    skips_visits: bool = True
    note: str = ""

    def must_make_sense(self) -> None:
        """Refuse a stay without a night, or with hours that have no price."""
        if self.leaves <= self.arrives:
            raise Refusal(words("The morning of leaving comes after the first night."), "leaves")
        if (self.minutes_a_day is None) != (self.per_hour is None):
            field = "hours" if self.minutes_a_day is None else "per_hour"
            raise Refusal(words("Support by the hour needs both: how long each day, and what an hour costs."), field)


@command(BUDGET, Action.WRITE)
def plan_stay(work: Work, client: Client, terms: StayTerms) -> Stay:
    """Plan some nights; nothing is booked by it."""
    terms.must_make_sense()
    must_be_a_provider(work, terms.provider_id)
    row = Stay(client_id=client.id, written_by_id=work.account_id, written_at=work.now, **_fields(terms))
    work.session.add(row)
    work.session.flush()
    work.record(events.StayPlanned(client_id=client.id, subject=row.id, arrives=terms.arrives, nights=row.nights))
    return row


@command(BUDGET, Action.WRITE)
def change_stay(work: Work, row: Stay, terms: StayTerms) -> None:
    """Write a stay anew."""
    terms.must_make_sense()
    must_be_a_provider(work, terms.provider_id)
    if row.state in (StayState.HAPPENED, StayState.CANCELLED):
        raise Refusal(words("This stay is over. You can plan another one."))
    for name, value in _fields(terms).items():
        setattr(row, name, value)
    work.record(events.StayChanged(client_id=row.client_id, subject=row.id, arrives=terms.arrives, nights=row.nights))


def _fields(terms: StayTerms) -> dict[str, object]:
    return {name: getattr(terms, name) for name in StayTerms.__dataclass_fields__}


@command(BUDGET, Action.WRITE)
def move_stay(work: Work, row: Stay, state: StayState) -> None:
    """Booked, happened, called off, or planned again."""
    if state is row.state:
        return
    row.state = state
    work.record(events.StayMoved(client_id=row.client_id, subject=row.id, arrives=row.arrives, state=state))
