"""What can happen around who comes: workers, backups, visits to which nobody came, briefings of staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar
from uuid import UUID

from budgeting.money import Money
from budgeting.words import Name, Words, words
from portal.journal import Event, Resolve
from portal.workers.states import BackupAct, WorkerAct


@dataclass(frozen=True, kw_only=True)
class WorkerProposed(Event):
    kind: ClassVar[str] = "workers.proposed"
    starts: date

    def words(self, name: Resolve) -> Words:
        worker = name(self.subject) if self.subject else Name("")
        return words("Proposed {worker} as a worker, from {day} on.", worker=worker, day=self.starts)


@dataclass(frozen=True, kw_only=True)
class WorkerMoved(Event):
    kind: ClassVar[str] = "workers.moved"
    act: WorkerAct

    def words(self, name: Resolve) -> Words:
        worker = name(self.subject) if self.subject else Name("")
        return {
            WorkerAct.ACCEPT: words("Said yes to {worker}.", worker=worker),
            WorkerAct.MEET: words("Wants to meet {worker} first.", worker=worker),
            WorkerAct.DECLINE: words("Said no to {worker}.", worker=worker),
            WorkerAct.WITHDRAW: words("Took back the proposal of {worker}.", worker=worker),
        }[self.act]


@dataclass(frozen=True, kw_only=True)
class WorkerAway(Event):
    kind: ClassVar[str] = "workers.away"
    first: date
    last: date

    def words(self, name: Resolve) -> Words:
        worker = name(self.subject) if self.subject else Name("")
        return words("{worker} is away from {first} to {last}.", worker=worker, first=self.first, last=self.last)


@dataclass(frozen=True, kw_only=True)
class WorkerStopped(Event):
    kind: ClassVar[str] = "workers.stopped"
    day: date

    def words(self, name: Resolve) -> Words:
        worker = name(self.subject) if self.subject else Name("")
        return words("{worker} does not come any more from {day} on.", worker=worker, day=self.day)


@dataclass(frozen=True, kw_only=True)
class SaidNotAgain(Event):
    kind: ClassVar[str] = "workers.not_again"
    private: ClassVar[bool] = True
    taken_back: bool = False

    def words(self, name: Resolve) -> Words:
        if self.taken_back:
            return words("Took back a private wish about a worker.")
        return words("Noted a private wish about a worker.")


@dataclass(frozen=True, kw_only=True)
class ShadowAsked(Event):
    kind: ClassVar[str] = "workers.shadow_asked"
    day: date
    price: Money | None

    def words(self, name: Resolve) -> Words:
        worker = name(self.subject) if self.subject else Name("")
        return words("Asked whether {worker} may come along on {day} to learn.", worker=worker, day=self.day)


@dataclass(frozen=True, kw_only=True)
class ShadowAnswered(Event):
    kind: ClassVar[str] = "workers.shadow_answered"
    day: date
    agreed: bool

    def words(self, name: Resolve) -> Words:
        worker = name(self.subject) if self.subject else Name("")
        if self.agreed:
            return words("Agreed that {worker} comes along on {day} to learn.", worker=worker, day=self.day)
        return words("Said no to {worker} coming along on {day}.", worker=worker, day=self.day)


@dataclass(frozen=True, kw_only=True)
class ShadowMoved(Event):
    """The visit to come along to moved with the plan; ``begins_at`` None: there is none on that day any more."""

    kind: ClassVar[str] = "workers.shadow_moved"
    day: date
    begins_at: time | None

    def words(self, name: Resolve) -> Words:
        worker = name(self.subject) if self.subject else Name("")
        if self.begins_at is None:
            day = self.day
            return words("{worker} cannot come along on {day}: the plan has no visit then.", worker=worker, day=day)
        return words(
            "The visit on {day} is now at {time}, so {worker} needs a yes again to come along.",
            day=self.day,
            time=self.begins_at,
            worker=worker,
        )


@dataclass(frozen=True, kw_only=True)
class BackupChanged(Event):
    kind: ClassVar[str] = "workers.backup_changed"
    act: BackupAct

    def words(self, name: Resolve) -> Words:
        who = name(self.subject) if self.subject else Name("")
        return {
            BackupAct.ADDED: words("Added {who} as a backup.", who=who),
            BackupAct.AGREED: words("Said yes to {who} as a backup.", who=who),
            BackupAct.TAKEN_BACK: words("Took back the yes to {who} as a backup.", who=who),
            BackupAct.MOVED: words("Moved {who} up among the backups.", who=who),
            BackupAct.REMOVED: words("Took {who} off the list of backups.", who=who),
        }[self.act]


@dataclass(frozen=True, kw_only=True)
class BackupRung(Event):
    kind: ClassVar[str] = "workers.backup_rung"
    day: date
    well: bool

    def words(self, name: Resolve) -> Words:
        who = name(self.subject) if self.subject else Name("")
        if self.well:
            return words("Tried on {day} whether {who} answers: yes.", who=who, day=self.day)
        return words("Tried on {day} whether {who} answers: nobody did.", who=who, day=self.day)


@dataclass(frozen=True, kw_only=True)
class ContactsChanged(Event):
    kind: ClassVar[str] = "workers.contact_changed"

    def words(self, name: Resolve) -> Words:
        return words("Changed who is to be rung in an emergency.")


@dataclass(frozen=True, kw_only=True)
class NobodyCame(Event):
    kind: ClassVar[str] = "workers.call_told"
    line_id: UUID
    day: date
    begins_at: time

    def words(self, name: Resolve) -> Words:
        return words("Told that nobody came on {day} at {time}.", day=self.day, time=self.begins_at)


@dataclass(frozen=True, kw_only=True)
class BackupCalled(Event):
    kind: ClassVar[str] = "workers.call_backup"
    backup_id: UUID | None
    reserved: Money | None

    def words(self, name: Resolve) -> Words:
        if self.backup_id is None:
            return words("No backup is needed any more.")
        return words("{who} comes instead.", who=name(self.backup_id))


@dataclass(frozen=True, kw_only=True)
class ProviderAnswered(Event):
    kind: ClassVar[str] = "workers.call_answered"
    day: date

    def words(self, name: Resolve) -> Words:
        return words("Answered about the visit of {day} to which nobody came.", day=self.day)


@dataclass(frozen=True, kw_only=True)
class ProviderReminded(Event):
    kind: ClassVar[str] = "workers.call_reminded"
    day: date

    def words(self, name: Resolve) -> Words:
        return words("The provider has not answered in time about the visit of {day}. It was told again.", day=self.day)


@dataclass(frozen=True, kw_only=True)
class CameLate(Event):
    kind: ClassVar[str] = "workers.call_came_late"
    day: date

    def words(self, name: Resolve) -> Words:
        return words("They came late on {day} after all. The note was taken back.", day=self.day)


@dataclass(frozen=True, kw_only=True)
class BriefingMade(Event):
    kind: ClassVar[str] = "workers.briefing_made"
    day: date

    def words(self, name: Resolve) -> Words:
        return words("Prepared a briefing of the staff for {day}.", day=self.day)


@dataclass(frozen=True, kw_only=True)
class BriefingHeard(Event):
    kind: ClassVar[str] = "workers.briefing_read"
    day: date

    def words(self, name: Resolve) -> Words:
        return words("A worker has read the briefing of {day}.", day=self.day)
