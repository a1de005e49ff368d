"""The verbs around workers: proposed by a provider, answered by the person, away, stopped; shadow shifts too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.accounts.model import Account, Membership
from portal.people.model import Client
from portal.plans.model import PlanPart
from portal.plans.states import PartState
from portal.plans.telling import SELF, holders, keepers, members, tell
from portal.work import NotVisible, Refusal, Work, command, open_command, refuse
from portal.workers import events
from portal.workers.along import Along, along_on, as_agreed, standing_on
from portal.workers.model import NotAgain, ShadowShift, Worker
from portal.workers.states import THE_PERSONS, ShadowState, Told, WorkerAct

REQUEST, PLAN = Resource.REQUEST, Resource.PLAN
DECIDERS = frozenset({Relationship.CLIENT, Relationship.AUTHORITY})


@dataclass(frozen=True)
class Proposed:
    """What a provider says about a new worker; ``check_until`` is the last day of the screening check, as it says."""

    name: str
    starts: date
    languages: str = ""
    can_do: str = ""
    check_name: str = ""
    check_until: date | None = None
    weekdays: Sequence[str] = ()
    login: str = ""


@command(PLAN, Action.WRITE)
def propose(work: Work, part: PlanPart, told: Proposed) -> Worker:
    """Propose a worker for one line; nobody comes before the person has said yes.

    Refusal for a line that has ended, a day gone by, and an account that is none of the provider's.
    """
    if part.provider_id is None or part.state is PartState.ENDED:
        raise Refusal(words("This support has ended, so nobody new is needed."))
    early = told.check_until is not None and told.check_until < told.starts
    refuse(
        starts=words("This day has passed. Choose one to come.") if told.starts < work.day else None,
        check_until=words("The check ends before the first day. It must still hold then.") if early else None,
    )
    row = Worker(
        client_id=part.client_id,
        line_id=part.line_id,
        provider_id=part.provider_id,
        account_id=_account(work, part.provider_id, told.login),
        name=told.name,
        languages=told.languages,
        can_do=told.can_do,
        check_name=told.check_name,
        check_until=told.check_until,
        weekdays=",".join(told.weekdays),
        starts=told.starts,
        proposed_by=work.account_id,
        proposed_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.WorkerProposed(client_id=row.client_id, subject=row.id, starts=row.starts))
    whom = holders(work, row.client_id, SELF) | keepers(work, row.client_id)
    tell(work, whom, f"worker-{row.id}", _page(row.client_id, row.id))
    return row


def _account(work: Work, provider_id: UUID, login: str) -> UUID | None:
    """The account of somebody who works there; the same refusal for one that is elsewhere, or nowhere."""
    if not login:
        return None
    wanted = select(Account.id).join(Membership, Membership.account_id == Account.id)
    found = work.session.scalar(
        wanted.where(
            Account.login == login.strip().lower(),
            Account.closed_at.is_(None),
            Membership.organisation_id == provider_id,
            Membership.holds_on(work.day),
        )
    )
    if found is None:
        raise Refusal(words("Nobody of your organisation signs in with this address. You can leave it out."), "login")
    return found


def _must_decide(work: Work, *, told: bool) -> Told:
    """Only the person or who decides for them says yes; a coordinator writes down what they were told, marked so."""
    by = work.decision.relationship if work.decision else None
    if by in DECIDERS:
        return Told.SELF
    if by is not Relationship.LEAD:
        raise NotVisible
    if not told:
        raise Refusal(words("Only the person says yes or no. Tick the box if they told you their answer."), "told")
    return Told.SAID


@command(REQUEST, Action.WRITE)
def answer(work: Work, row: Worker, act: WorkerAct, *, told: bool = False) -> None:
    """The person's answer: yes, not this one, or meet first. Nobody else's counts; NotVisible for a provider."""
    if act not in THE_PERSONS:
        raise Refusal(words("Choose one of the answers."), "answer")
    row.answered_how = _must_decide(work, told=told)
    row.move(act)
    row.answered_by, row.answered_at = work.account_id, work.now
    work.record(events.WorkerMoved(client_id=row.client_id, subject=row.id, act=act))
    _tell_provider(work, row, row.id, f"worker-answer-{row.id}-{row.version}")


def _tell_provider(work: Work, row: Worker | ShadowShift, worker_id: UUID, key: str) -> None:
    tell(work, members(work, row.provider_id, row.client_id), key, f"/workers#worker-{worker_id}")


def _page(client_id: UUID, worker_id: UUID) -> str:
    """Where the person reads of one worker; it names the worker, so that a letter is held back once that is closed."""
    return f"/people/{client_id}/workers#worker-{worker_id}"


@command(PLAN, Action.WRITE)
def withdraw(work: Work, row: Worker) -> None:
    """Take a proposal back before the person has answered."""
    row.move(WorkerAct.WITHDRAW)
    work.record(events.WorkerMoved(client_id=row.client_id, subject=row.id, act=WorkerAct.WITHDRAW))


@command(PLAN, Action.WRITE)
def set_away(work: Work, row: Worker, first: date, last: date) -> None:
    """Say when a worker is away, both days included; the person is told, and sees it in their week."""
    if last < first:
        raise Refusal(words("The last day comes after the first."), "last")
    if last < work.day:
        raise Refusal(words("This day has passed. Choose one to come."), "last")
    row.move(WorkerAct.AWAY)
    row.away_from, row.away_until = first, last
    work.record(events.WorkerAway(client_id=row.client_id, subject=row.id, first=first, last=last))
    _tell_person(work, row, f"worker-away-{row.id}-{first}")


@command(PLAN, Action.WRITE)
def stop(work: Work, row: Worker, day: date) -> None:
    """Say from which day a worker does not come any more; until then they do, and the support itself goes on.

    Refusal for a day before the one from which they came.
    """
    row.move(WorkerAct.STOP)
    if day < min(row.starts, work.day):
        raise Refusal(words("Choose a day after {day}.", day=row.starts - timedelta(days=1)), "day")
    row.stopped_on = day
    work.record(events.WorkerStopped(client_id=row.client_id, subject=row.id, day=day))
    _tell_person(work, row, f"worker-stop-{row.id}")


def _tell_person(work: Work, row: Worker, key: str) -> None:
    whom = holders(work, row.client_id, SELF) | keepers(work, row.client_id)
    tell(work, whom, key, _page(row.client_id, row.id))


@command(REQUEST, Action.SHARE)
def say_not_again(work: Work, row: Worker, why: str) -> None:
    """The person does not want somebody again: read by them and by the lead, who sees to it; nobody else is told."""
    if work.decision is None or work.decision.relationship not in (Relationship.CLIENT, Relationship.LEAD):
        raise NotVisible
    wanted = select(NotAgain).where(NotAgain.worker_id == row.id)
    found = work.session.scalar(unscoped(wanted, "the command has permitted it"))
    if found is None:
        found = NotAgain(client_id=row.client_id, worker_id=row.id, said_at=work.now)
        work.session.add(found)
    found.why = why
    work.session.flush()
    work.record(events.SaidNotAgain(client_id=row.client_id, subject=found.id))
    leads = holders(work, row.client_id, [Relationship.LEAD])
    tell(work, leads, f"not-again-{found.id}", _page(row.client_id, row.id))


@command(REQUEST, Action.SHARE)
def take_back_wish(work: Work, row: NotAgain) -> None:
    """They may come again after all."""
    work.record(events.SaidNotAgain(client_id=row.client_id, subject=row.id, taken_back=True))
    work.session.delete(row)


@command(PLAN, Action.WRITE)
def ask_shadow(work: Work, row: Worker, along: Along) -> ShadowShift:
    """Ask whether a worker may come along once to learn; the price is shown to the person before they answer."""
    row.move(WorkerAct.SHADOW)
    if along.day < work.day:
        raise Refusal(words("This day has passed. Choose one to come."), "day")
    shift = ShadowShift(
        client_id=row.client_id,
        worker_id=row.id,
        provider_id=row.provider_id,
        day=along.day,
        begins_at=along.begins,
        minutes=along.minutes,
        complex_needs=along.complex_needs,
        price=along.price,
    )
    work.session.add(shift)
    work.session.flush()
    work.record(events.ShadowAsked(client_id=row.client_id, subject=shift.id, day=along.day, price=along.price))
    _tell_person(work, row, f"shadow-{shift.id}")
    return shift


@command(REQUEST, Action.WRITE)
def answer_shadow(work: Work, row: ShadowShift, *, agreed: bool, told: bool = False) -> None:
    """The person's yes or no to somebody coming along."""
    _must_decide(work, told=told)
    if row.state is not ShadowState.ASKED:
        raise Refusal(words("This was answered already."))
    row.state = ShadowState.AGREED if agreed else ShadowState.DECLINED
    row.answered_by, row.answered_at = work.account_id, work.now
    work.record(events.ShadowAnswered(client_id=row.client_id, subject=row.id, day=row.day, agreed=agreed))
    _tell_provider(work, row, row.worker_id, f"shadow-answer-{row.id}")


@open_command
def follow_visits(work: Work, client: Client) -> None:
    """After a change was agreed or holds: a shift to learn goes with its visit, and needs the person's yes anew.

    For the job. A visit that is no more leaves nothing to come along to; whoever said no is not asked again.
    """
    wanted = select(ShadowShift, Worker).join(Worker, Worker.id == ShadowShift.worker_id)
    wanted = wanted.where(
        ShadowShift.client_id == client.id,
        ShadowShift.day >= work.today(client),
        ShadowShift.state != ShadowState.DECLINED,
    )
    found = work.session.execute(unscoped(wanted, "shifts to come of one plan")).all()
    mine = unscoped(select(PlanPart), "the parts they go with").where(PlanPart.client_id == client.id)
    parts = as_agreed(work, client, work.session.scalars(mine).all()) if found else ()
    for shift, row in found:
        _follow(work, shift, row, standing_on(parts, row.line_id, shift.day, work.today(client)))


def _follow(work: Work, shift: ShadowShift, row: Worker, part: PlanPart | None) -> None:
    along = _again(work, shift, part) if part is not None and part.provider_id == shift.provider_id else None
    before = (shift.begins_at, shift.minutes) if shift.state is not ShadowState.GONE else None
    if (along and (along.begins, along.minutes)) == before:
        return
    shift.answered_by = shift.answered_at = None
    if along is None:
        shift.state = ShadowState.GONE
    else:
        shift.state, shift.begins_at, shift.minutes = ShadowState.ASKED, along.begins, along.minutes
        shift.price = along.price
    moved = events.ShadowMoved(
        client_id=shift.client_id, subject=shift.id, day=shift.day, begins_at=along.begins if along else None
    )
    work.record(moved)
    key = f"shadow-moved-{shift.id}-{shift.version}"
    _tell_person(work, row, key)
    _tell_provider(work, shift, row.id, key)


def _again(work: Work, shift: ShadowShift, part: PlanPart) -> Along | None:
    try:
        return along_on(work, part, shift.day, complex_needs=shift.complex_needs, besides=shift)
    except Refusal:
        return None
