"""What the one who handles it does: look to safety first, acknowledge, look into it, answer, close with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import func, select

from budgeting.words import words
from feedback import events
from feedback.model import Complaint, Message
from feedback.states import OPEN, By, Danger, Kind, Outcome, State
from portal.access.table import Action, Resource
from portal.journal import Event, JournalEntry
from portal.work import NotVisible, Refusal, Work, command, open_command


@command(Resource.HANDLING, Action.READ)
def note_opened(work: Work, complaint: Complaint) -> None:
    """Keep that its handler opened it, once a day; of what was told without a name the day alone is kept."""
    event = events.Opened(client_id=None, subject=complaint.id)
    today = select(JournalEntry.seq).where(
        JournalEntry.subject_id == complaint.id,
        JournalEntry.kind == event.kind,
        JournalEntry.actor_id == work.account_id,
        JournalEntry.at >= work.unnamed().now,
    )
    if work.session.scalar(today.limit(1)) is None:
        _note(work, complaint, event)


@command(Resource.HANDLING, Action.WRITE)
def check_safety(work: Work, complaint: Complaint, danger: Danger) -> None:
    """Say whether anyone is in danger; everything else waits for this."""
    complaint.danger = danger
    _note(work, complaint, events.SafetyChecked(client_id=None, subject=complaint.id, danger=danger))


@command(Resource.HANDLING, Action.WRITE)
def acknowledge(work: Work, complaint: Complaint, text: str, language: str, translation: str = "") -> None:
    """Say that we have it. Who looks into it, the steps, the days and the bodies outside are said with every one."""
    _checked(complaint)
    complaint.move(State.ACKNOWLEDGED)
    _keep_message(work, complaint, By.ACKNOWLEDGEMENT, text, language, translation)
    _note(work, complaint, events.Acknowledged(client_id=None, subject=complaint.id))


@command(Resource.HANDLING, Action.WRITE)
def begin(work: Work, complaint: Complaint) -> None:
    """Begin to look into it."""
    complaint.move(State.LOOKING)
    _note(work, complaint, events.LookingBegan(client_id=None, subject=complaint.id))


@command(Resource.HANDLING, Action.WRITE)
def write(work: Work, complaint: Complaint, text: str, language: str, translation: str = "") -> None:
    """Write a message to the one who told it."""
    _keep_message(work, complaint, By.HANDLER, text, language, translation)
    _note(work, complaint, events.MessageWritten(client_id=None, subject=complaint.id, by=By.HANDLER))


@command(Resource.HANDLING, Action.WRITE)
def answer(work: Work, complaint: Complaint, text: str, language: str, translation: str = "") -> None:
    """Answer with reasons; how to have it looked at again is said with every answer."""
    if complaint.kind is Kind.COMPLAINT:
        _checked(complaint)
    complaint.move(State.ANSWERED)
    _keep_message(work, complaint, By.ANSWER, text, language, translation)
    _note(work, complaint, events.Answered(client_id=None, subject=complaint.id))


@command(Resource.HANDLING, Action.WRITE)
def close(work: Work, complaint: Complaint, outcome: Outcome, text: str, translation: str = "") -> None:
    """Close it: you said, we did; or you said, and this is why not. Nothing is closed without words."""
    if not text.strip():
        raise Refusal(words("Say what was done, or why nothing is done."), "text")
    complaint.move(State.CLOSED)
    complaint.outcome, complaint.closing, complaint.unread = outcome, text, False
    complaint.closing_translation = translation.strip() or None
    _note(work, complaint, events.Closed(client_id=None, subject=complaint.id, outcome=outcome))
    _tell_teller(work, complaint)


@command(Resource.HANDLING, Action.WRITE)
def translate(work: Work, complaint: Complaint, number: int | None, text: str) -> None:
    """Add what our words say in their language, once: to a message by its number, without one to the last words."""
    ours = Message.author_id.is_not(None), Message.complaint_id == complaint.id
    said = complaint if number is None else work.session.scalar(select(Message).where(*ours, Message.number == number))
    if said is None or (isinstance(said, Complaint) and not said.closing):
        raise NotVisible
    if not text.strip():
        raise Refusal(words("Write a few words first."), "text")
    if isinstance(said, Message) and not said.translation:
        said.translation = text.strip()
    elif isinstance(said, Complaint) and not said.closing_translation:
        said.closing_translation = text.strip()
    else:
        raise Refusal(words("This has moved on. Look at where it stands now."))
    _note(work, complaint, events.TranslationAdded(client_id=None, subject=complaint.id))
    _tell_teller(work, complaint)


@open_command
def remind(work: Work, complaints: Iterable[Complaint]) -> None:
    """Remind handlers before a promise is missed, once a day; one letter for all of theirs, which names none."""
    handlers: set[UUID] = set()
    for complaint in complaints:
        if complaint.handler_id is None or complaint.state not in OPEN or complaint.reminded_on == work.day:
            continue
        complaint.reminded_on = work.day
        _note(work, complaint, events.HandlerReminded(client_id=None, subject=complaint.id))
        handlers.add(complaint.handler_id)
    for handler_id in sorted(handlers, key=str):
        work.later("accounts.tell", account_id=handler_id, key=str(uuid4()), path="/handling")


def _checked(complaint: Complaint) -> None:
    if complaint.danger is None:
        raise Refusal(words("First say whether anyone is in danger now."))


def _keep_message(work: Work, complaint: Complaint, by: By, text: str, language: str, translation: str) -> None:
    last = work.session.scalar(select(func.max(Message.number)).where(Message.complaint_id == complaint.id)) or 0
    message = Message(
        complaint_id=complaint.id,
        number=last + 1,
        by=by,
        author_id=work.account_id,
        said_on=work.day,
        language=language,
    )
    message.text, message.translation = text, translation.strip() or None
    work.session.add(message)
    complaint.heard_on, complaint.unread = work.day, False
    _tell_teller(work, complaint)


def _tell_teller(work: Work, complaint: Complaint) -> None:
    if complaint.teller:
        work.later("accounts.tell", account_id=complaint.teller, key=str(uuid4()), path="/")


def _note(work: Work, complaint: Complaint, event: Event) -> None:
    if complaint.unnamed:
        work = replace(work.unnamed(), actor=work.actor)
    work.record(event)
