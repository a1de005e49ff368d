"""The verbs of follow-ups: agree on what, who and until when; done, later with a reason, not needed any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Relationship, Resource
from portal.meetings import events
from portal.meetings.follow_up_model import FollowUp
from portal.meetings.states import FollowUpAct, FollowUpState
from portal.people.model import Client
from portal.plans import telling
from portal.work import NotVisible, Refusal, Work, command, open_command

DRAFT = Resource.DRAFT
LONGEST_AHEAD = timedelta(days=1100)


@dataclass(frozen=True)
class ToDo:
    """What is to be done, by whom (an account of the circle, or a name), until which day, and where it was agreed."""

    what: str
    due: date
    owner_id: UUID | None = None
    owner_name: str = ""
    about: str = ""
    about_id: UUID | None = None


@command(DRAFT, Action.COMMENT)
def agree_on(work: Work, client: Client, told: ToDo) -> FollowUp:
    """Write down something to be done: it counts at once from whoever decides, and waits for them from all others."""
    if not told.owner_id and not told.owner_name:
        raise Refusal(words("Say who does it."), "owner")
    if told.due < work.today(client) or told.due > work.day + LONGEST_AHEAD:
        raise Refusal(words("Choose a day from today on."), "due")
    if told.owner_id is not None and told.owner_id not in telling.holders(work, client.id, Relationship):
        raise NotVisible
    decides = work.can(DRAFT, Action.APPROVE, client.id)
    row = FollowUp(
        client_id=client.id,
        what=told.what,
        owner_id=told.owner_id,
        owner_name=told.owner_name,
        due=told.due,
        first_due=told.due,
        about=told.about,
        about_id=told.about_id,
        state=FollowUpState.OPEN if decides else FollowUpState.SUGGESTED,
        made_by=work.account_id,
        made_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.FollowUpMade(client_id=client.id, subject=row.id, due=row.due))
    _tell_both(work, row, "new")
    return row


@command(DRAFT, Action.READ)
def finish(work: Work, row: FollowUp, ended: str) -> None:
    """Say that it is done: whose it is, or who may write in the draft."""
    row.must_permit(FollowUpAct.FINISH)
    _must_be_theirs(work, row)
    row.state, row.ended, row.later_until, row.later_why = FollowUpState.DONE, ended, None, ""
    _moved(work, row, FollowUpAct.FINISH)


@command(DRAFT, Action.READ)
def ask_later(work: Work, row: FollowUp, until: date, why: str) -> None:
    """Ask for more time, with a reason. From whoever decides it is agreed at once."""
    row.must_permit(FollowUpAct.ASK_LATER)
    _must_be_theirs(work, row)
    if until <= row.due or until > work.day + LONGEST_AHEAD:
        raise Refusal(words("Choose a day after {day}.", day=row.due), "until")
    row.later_until, row.later_why, row.state = until, why, FollowUpState.LATER_ASKED
    _moved(work, row, FollowUpAct.ASK_LATER)
    if _decides(work, row):
        _allow(work, row)


@command(DRAFT, Action.APPROVE)
def answer_later(work: Work, row: FollowUp, *, yes: bool) -> None:
    """Agree to more time, or keep the day as it was."""
    row.must_permit(FollowUpAct.ALLOW_LATER)
    if yes:
        _allow(work, row)
    else:
        row.state, row.later_until = FollowUpState.OPEN, None
        _moved(work, row, FollowUpAct.KEEP_DAY)


def _allow(work: Work, row: FollowUp) -> None:
    if row.later_until is not None:
        row.due = row.later_until
    row.state, row.later_until, row.reminded_on = FollowUpState.OPEN, None, None
    _moved(work, row, FollowUpAct.ALLOW_LATER)


@command(DRAFT, Action.APPROVE)
def agree(work: Work, row: FollowUp) -> None:
    """Say yes to something that somebody else wrote down."""
    row.must_permit(FollowUpAct.AGREE)
    row.state = FollowUpState.OPEN
    _moved(work, row, FollowUpAct.AGREE)


@command(DRAFT, Action.APPROVE)
def drop(work: Work, row: FollowUp, ended: str) -> None:
    """It is not needed any more."""
    row.must_permit(FollowUpAct.DROP)
    row.state, row.ended, row.later_until = FollowUpState.DROPPED, ended, None
    _moved(work, row, FollowUpAct.DROP)


@command(DRAFT, Action.APPROVE)
def open_again(work: Work, row: FollowUp) -> None:
    """It is to be done after all."""
    row.must_permit(FollowUpAct.OPEN_AGAIN)
    row.state, row.ended = FollowUpState.OPEN, ""
    _moved(work, row, FollowUpAct.OPEN_AGAIN)


@open_command
def remind(work: Work, row: FollowUp) -> None:
    """Tell both sides, once for each day that was agreed, that the day is near or has passed; for the job alone."""
    row.reminded_on = work.day
    work.record(events.Reminded(client_id=row.client_id, subject=row.id, due=row.due))
    _tell_both(work, row, f"due-{row.due.isoformat()}")


def _must_be_theirs(work: Work, row: FollowUp) -> None:
    if row.owner_id != work.account_id and not work.can(DRAFT, Action.WRITE, row.client_id):
        raise NotVisible


def _decides(work: Work, row: FollowUp) -> bool:
    return work.can(DRAFT, Action.APPROVE, row.client_id)


def _moved(work: Work, row: FollowUp, act: FollowUpAct) -> None:
    work.record(events.FollowUpMoved(client_id=row.client_id, subject=row.id, act=act))
    if act is not FollowUpAct.ALLOW_LATER or row.owner_id != work.account_id:
        _tell_both(work, row, f"{act.value}-{row.version}")


def _tell_both(work: Work, row: FollowUp, key: str) -> None:
    """The one whose it is, and the person with whoever decides for them; as far as they are still in the circle."""
    there = telling.holders(work, row.client_id, Relationship)
    accounts = telling.holders(work, row.client_id, telling.SELF) | ({row.owner_id} & there if row.owner_id else set())
    telling.tell(work, accounts, f"follow-up-{row.id}-{key}", f"/people/{row.client_id}/follow-ups#card-{row.id}")
