"""What people can do who tell us something, with their account or with a receipt code.

The journal learns that something was told, and on which day; never by whom, and never at what time.
What was told without an account is found only through its code (``queries.by_code``), which was compared before.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from budgeting.words import words
from feedback import events, wall_commands
from feedback.model import Complaint, Message, mark_of
from feedback.queries import Party
from feedback.states import OPEN, By, Kind, Resolved, State, Why
from feedback.telling import tell_handler
from portal.access.table import Action, Resource
from portal.journal import Event
from portal.work import Refusal, Work, open_command


@dataclass(frozen=True)
class Telling:
    """What somebody tells us, in their own words; everything but ``text`` may be empty."""

    kind: Kind
    text: str
    language: str
    in_danger: bool = False
    wish: str = ""
    about: str = ""
    called: str = ""
    reach: str = ""
    no_answer: bool = False


@open_command
def tell(work: Work, told: Telling, about: Sequence[Party] = (), receipt: tuple[str, str] | None = None) -> Complaint:
    """Keep what somebody tells us, build the wall, and give it to someone who may look into it.

    With a ``receipt`` (the beginning of a code and its slow hash) it belongs to whoever has the code, and to no
    account. Rate limits are the caller's; nothing about the sender is read here but their account.
    """
    teller = work.account_id if receipt is None else None
    complaint = Complaint(
        number=_new_number(work),
        kind=told.kind,
        state=State.RECEIVED,
        language=told.language,
        received_on=work.day,
        started_on=work.day,
        in_danger=told.in_danger,
        no_answer=told.no_answer and told.kind is not Kind.COMPLAINT,
        told_mark=mark_of(teller) if teller else None,
        code_prefix=receipt[0] if receipt else None,
        code_hash=receipt[1] if receipt else None,
    )
    complaint.text = told.text
    complaint.wish, complaint.about = told.wish or None, told.about or None
    complaint.called, complaint.reach = told.called or None, told.reach or None
    complaint.teller = str(teller) if teller else None
    work.session.add(complaint)
    work.session.flush()
    _note(work, events.Told(client_id=None, subject=complaint.id, what=complaint.kind))
    wall_commands.keep_from(work.unnamed(), complaint, about, Why.SUBJECT)
    wall_commands.choose_handler(work.unnamed(), complaint)
    return complaint


@open_command
def write(work: Work, complaint: Complaint, text: str, language: str) -> None:
    """Write a message as the one who told it."""
    _demand_teller(work, complaint)
    if not text:
        raise Refusal(words("Write a few words first."), "text")
    _keep_message(work, complaint, text, language)
    _note(work, events.MessageWritten(client_id=None, subject=complaint.id, by=By.TELLER))


@open_command
def rate(work: Work, complaint: Complaint, resolved: Resolved, text: str, language: str) -> None:
    """Say whether it is resolved; when it is not, or only half, it is open again and we count from today."""
    _demand_teller(work, complaint)
    if complaint.state not in (State.ANSWERED, State.CLOSED):
        raise Refusal(words("This has moved on. Look at where it stands now."))
    if resolved is not Resolved.YES:
        complaint.move(State.REOPENED)
        complaint.started_on, complaint.heard_on, complaint.no_answer = work.day, None, False
    complaint.resolved = resolved
    if text:
        _keep_message(work, complaint, text, language)
    complaint.unread = True
    _note(work, events.Rated(client_id=None, subject=complaint.id, resolved=resolved))
    tell_handler(work, complaint)


@open_command
def withdraw(work: Work, complaint: Complaint) -> None:
    """Take it back. What was found about danger is still followed up by the handler."""
    _demand_teller(work, complaint)
    complaint.move(State.WITHDRAWN)
    _note(work, events.Withdrawn(client_id=None, subject=complaint.id))


@open_command
def call_complaint(work: Work, complaint: Complaint) -> None:
    """Call it a complaint after all: from today everything that complaints are promised holds for it."""
    _demand_teller(work, complaint)
    if complaint.kind is Kind.COMPLAINT:
        return
    complaint.kind, complaint.state, complaint.no_answer = Kind.COMPLAINT, State.RECEIVED, False
    complaint.started_on, complaint.heard_on, complaint.reminded_on = work.day, None, None
    _note(work, events.CalledComplaint(client_id=None, subject=complaint.id))
    tell_handler(work, complaint)


def _demand_teller(work: Work, complaint: Complaint) -> None:
    if not complaint.unnamed:
        work.demand(Resource.COMPLAINT, Action.WRITE, None, complaint)


def _keep_message(work: Work, complaint: Complaint, text: str, language: str) -> None:
    last = work.session.scalar(select(func.max(Message.number)).where(Message.complaint_id == complaint.id)) or 0
    message = Message(complaint_id=complaint.id, number=last + 1, by=By.TELLER, said_on=work.day, language=language)
    message.text = text
    work.session.add(message)
    if complaint.state in OPEN:
        complaint.unread = True
    tell_handler(work, complaint)


def _new_number(work: Work) -> str:
    while True:
        number = f"{secrets.randbelow(900_000) + 100_000}"
        if work.session.scalar(select(Complaint.id).where(Complaint.number == number)) is None:
            return number


def _note(work: Work, event: Event) -> None:
    work = work.unnamed()
    work.record(event)
