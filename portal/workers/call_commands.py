"""The verbs of backups and of visits to which nobody came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from budgeting.money import Money
from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource
from portal.people.model import Client
from portal.plans.telling import SELF, holders, keepers, kept_from, members, tell
from portal.work import NotVisible, Refusal, Work, command, open_command
from portal.workers import events
from portal.workers.model import Backup, Call, EmergencyContact
from portal.workers.rules import rules
from portal.workers.states import BackupAct, BackupKind, CallAct, CallState

REQUEST, PLAN, CONTACT = Resource.REQUEST, Resource.PLAN, Resource.CONTACT


def _not_a_provider(work: Work) -> None:
    """A provider answers what is addressed to it, but never on the person's side of it."""
    if work.decision is None or work.decision.relationship in (None, Relationship.PROVIDER):
        raise NotVisible


# Backups


@dataclass(frozen=True)
class Instead:
    """Who could come instead for one line; ``per_hour`` None: at the price of the line."""

    line_id: UUID
    who: BackupKind
    name: str
    worker_id: UUID | None = None
    provider_id: UUID | None = None
    phone: str = ""
    per_hour: Money | None = None


@command(REQUEST, Action.WRITE)
def add_backup(work: Work, client: Client, told: Instead, *, agreed: bool) -> Backup:
    """Add somebody who could come instead, as the last to be asked; ``agreed`` says the person's yes with it."""
    last = max((one.position for one in _backups(work, client.id, told.line_id)), default=0)
    row = Backup(
        client_id=client.id,
        line_id=told.line_id,
        position=last + 1,
        who=told.who,
        worker_id=told.worker_id,
        provider_id=told.provider_id,
        name=told.name,
        per_hour=told.per_hour,
    )
    row.phone = told.phone or None
    work.session.add(row)
    work.session.flush()
    _changed(work, row, BackupAct.ADDED)
    if agreed:
        _agree(work, row)
        _changed(work, row, BackupAct.AGREED)
    return row


def _backups(work: Work, client_id: UUID, line_id: UUID) -> list[Backup]:
    wanted = select(Backup).where(Backup.client_id == client_id, Backup.line_id == line_id, Backup.removed_at.is_(None))
    return list(work.session.scalars(unscoped(wanted.order_by(Backup.position), "the command has permitted it")))


def _changed(work: Work, row: Backup, act: BackupAct) -> None:
    work.record(events.BackupChanged(client_id=row.client_id, subject=row.id, act=act))


def _agree(work: Work, row: Backup) -> None:
    if work.decision is None or work.decision.relationship not in (Relationship.CLIENT, Relationship.AUTHORITY):
        raise Refusal(words("Only the person says yes to a backup. You can add it, and they say yes later."), "agreed")
    row.consented_by, row.consented_at = work.account_id, work.now


@command(REQUEST, Action.WRITE)
def agree_to_backup(work: Work, row: Backup) -> None:
    """The person's yes: from now on this backup is offered when nobody comes."""
    _agree(work, row)
    _changed(work, row, BackupAct.AGREED)


@command(REQUEST, Action.WRITE)
def take_back_yes(work: Work, row: Backup) -> None:
    """Not this backup any more; it stays in the list, and is not offered."""
    row.consented_by = row.consented_at = None
    _changed(work, row, BackupAct.TAKEN_BACK)


@command(REQUEST, Action.WRITE)
def move_up(work: Work, row: Backup) -> None:
    """Ask this one before the one above it."""
    rows = _backups(work, row.client_id, row.line_id)
    at = next(number for number, one in enumerate(rows) if one.id == row.id)
    if at == 0:
        raise Refusal(words("This is the first one already."))
    above = rows[at - 1]
    above.position, row.position = row.position, above.position
    _changed(work, row, BackupAct.MOVED)


@command(REQUEST, Action.WRITE)
def note_rung(work: Work, row: Backup, *, well: bool) -> None:
    """Somebody tried today whether this backup answers."""
    row.rung_on, row.rung_well = work.day, well
    work.record(events.BackupRung(client_id=row.client_id, subject=row.id, day=work.day, well=well))


@command(REQUEST, Action.WRITE)
def remove_backup(work: Work, row: Backup) -> None:
    """Take a backup off the list; calls that used it keep its name."""
    row.removed_at = work.now
    _changed(work, row, BackupAct.REMOVED)


@command(CONTACT, Action.WRITE)
def add_contact(work: Work, client: Client, name: str, phone: str) -> EmergencyContact:
    """Somebody to ring when the person is not safe."""
    row = EmergencyContact(client_id=client.id, name=name, written_at=work.now)
    row.phone = phone
    work.session.add(row)
    work.session.flush()
    work.record(events.ContactsChanged(client_id=client.id, subject=row.id))
    return row


@command(CONTACT, Action.WRITE)
def remove_contact(work: Work, row: EmergencyContact) -> None:
    """Take somebody off that list."""
    work.record(events.ContactsChanged(client_id=row.client_id, subject=row.id))
    work.session.delete(row)


# Nobody came


@dataclass(frozen=True)
class Missing:
    """The visit to which nobody came; ``item`` and ``fee`` as the calculator has them, in cents, None: not known."""

    line_id: UUID
    support: str
    day: date
    begins_at: time
    minutes: int
    provider_id: UUID | None = None
    provider_name: str = ""
    item: str | None = None
    fee: Money | None = None


@command(PLAN, Action.COMMENT)
def tell_nobody_came(work: Work, client: Client, told: Missing) -> Call:
    """Write down that nobody came: the provider and the lead are told, the hours are owed, the clock runs.

    The person tells it, or whoever helps them. Told twice it is still one: the second gives back the first. Refusal
    for a visit that has not begun.
    """
    if datetime.combine(told.day, told.begins_at, ZoneInfo(client.time_zone)) > work.now:
        raise Refusal(words("This day is still to come. Write it down when it has passed."), "visit")
    lock = select(Client.id).where(Client.id == client.id).with_for_update()
    work.session.execute(unscoped(lock, "one after the other, so that two presses do not both find nothing"))
    if before := _told(work, client, told):
        return before
    minutes = int(rules().text("answer_minutes", work.day))
    row = Call(
        client_id=client.id,
        line_id=told.line_id,
        support=told.support,
        provider_id=told.provider_id,
        provider_name=told.provider_name,
        day=told.day,
        begins_at=told.begins_at,
        minutes=told.minutes,
        told_by=work.account_id,
        told_at=work.now,
        answer_by=work.now + timedelta(minutes=minutes),
    )
    work.session.add(row)
    work.session.flush()
    event = events.NobodyCame(
        client_id=client.id, subject=row.id, line_id=told.line_id, day=told.day, begins_at=told.begins_at
    )
    work.record(event)
    work.later(
        "living.nobody_came",
        missed_id=row.id,
        client_id=client.id,
        line_id=told.line_id,
        day=told.day.isoformat(),
        begins_at=told.begins_at.isoformat(),
        minutes=told.minutes,
        account_id=work.account_id,
        item=told.item,
        fee=told.fee.minor if told.fee is not None else None,
    )
    _tell_all(work, row, "told")
    return row


def _told(work: Work, client: Client, told: Missing) -> Call | None:
    wanted = select(Call).where(
        Call.client_id == client.id,
        Call.line_id == told.line_id,
        Call.day == told.day,
        Call.begins_at == told.begins_at,
        Call.state != CallState.CAME_LATE,
    )
    return work.session.scalar(unscoped(wanted, "the command has permitted it"))


def _tell_all(work: Work, row: Call, key: str) -> None:
    """A letter without content to the provider, and one to the person and to who looks after the plan."""
    if row.provider_id:
        ours = members(work, row.provider_id, row.client_id)
        tell(work, ours, f"call-{key}-{row.id}-{row.version}", f"/workers#call-{row.id}")
    page = f"/people/{row.client_id}/nobody-came/{row.id}"
    tell(work, _near(work, row), f"call-{key}-{row.id}-{row.version}", page)


def _near(work: Work, row: Call) -> set[UUID]:
    """The person, whoever told it for them, and who looks after the plan."""
    near = holders(work, row.client_id, SELF) | keepers(work, row.client_id)
    return near | ({row.told_by} - kept_from(work, row.client_id))


@command(PLAN, Action.COMMENT)
def call_backup(work: Work, row: Call, backup: Backup | None, reserved: Money | None) -> None:
    """Take a backup for this visit and keep its money; None lets it go again.

    NotVisible for a backup of another line or without the person's yes, and for the provider.
    """
    _not_a_provider(work)
    row.move(CallAct.BACKUP if backup else CallAct.LET_GO)
    if backup is not None and (backup.line_id != row.line_id or not backup.counts):
        raise NotVisible
    row.backup_id = backup.id if backup else None
    row.reserved = reserved if backup else None
    event = events.BackupCalled(client_id=row.client_id, subject=row.id, backup_id=row.backup_id, reserved=row.reserved)
    work.record(event)
    tell(work, _near(work, row), f"call-backup-{row.id}-{row.version}", f"/people/{row.client_id}/nobody-came/{row.id}")


@command(PLAN, Action.COMMENT)
def answer_call(work: Work, row: Call, said: str) -> None:
    """The provider says what happens now; its clock stops. Also written down by the lead after a telephone call."""
    row.move(CallAct.ANSWER)
    row.said, row.answered_at, row.answered_by = said, work.now, work.account_id
    work.record(events.ProviderAnswered(client_id=row.client_id, subject=row.id, day=row.day))
    tell(work, _near(work, row), f"call-answer-{row.id}-{row.version}", f"/people/{row.client_id}/nobody-came/{row.id}")


@command(PLAN, Action.COMMENT)
def came_late(work: Work, row: Call) -> None:
    """They came after all: the note and the kept money are taken back, and everybody is told."""
    _not_a_provider(work)
    row.move(CallAct.CAME_LATE)
    row.backup_id = row.reserved = None
    work.record(events.CameLate(client_id=row.client_id, subject=row.id, day=row.day))
    work.later("living.came_late", missed_id=row.id)
    _tell_all(work, row, "late")


@open_command
def remind(work: Work, row: Call) -> None:
    """Tell the provider and the lead again that the time has run out; for the job that looks at the clocks."""
    row.move(CallAct.REMIND)
    row.reminded_at = work.now
    work.record(events.ProviderReminded(client_id=row.client_id, subject=row.id, day=row.day))
    _tell_all(work, row, "again")
