"""Who comes: workers with the person's yes, backups, visits to which nobody came, and briefings of staff."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    LargeBinary,
    Select,
    String,
    UniqueConstraint,
    and_,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from budgeting.money import Money
from budgeting.words import words
from portal.access.table import Protected, Relationship, Resource
from portal.db import Sealed, Versioned
from portal.people.model import Tie
from portal.work import Refusal
from portal.workers.states import (
    CALL_ACTS,
    WORKER_ACTS,
    BackupKind,
    CallAct,
    CallState,
    ShadowState,
    Told,
    WorkerAct,
    WorkerState,
)

OVER = words("This is not possible any more. The page shows it as it is now.")
WORKED = (WorkerState.AGREED, WorkerState.STOPPED)  #: whom the person said yes to


class Worker(Protected, Versioned):
    """Somebody a provider wants to send for one line of a plan. Nobody comes without the person's yes."""

    __tablename__ = "worker"
    resource = Resource.PLAN

    line_id: Mapped[UUID] = mapped_column(index=True)  #: the line of the plan
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)  #: when they sign in here
    name: Mapped[str]
    languages: Mapped[str] = mapped_column(default="")
    can_do: Mapped[str] = mapped_column(default="")
    check_name: Mapped[str] = mapped_column(default="")  #: the screening check, as the provider calls it
    check_until: Mapped[date | None]  #: its last day, as the provider says
    weekdays: Mapped[str] = mapped_column(String(20), default="")  #: "0,2" is Monday and Wednesday; "": all of the line
    starts: Mapped[date]  #: not before this day
    state: Mapped[WorkerState] = mapped_column(default=WorkerState.PROPOSED)
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    answered_how: Mapped[Told | None]
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]  #: the last day away
    stopped_on: Mapped[date | None]  #: the first day on which they do not come

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """An organisation's own workers."""
        return cls.provider_id.in_(organisations)

    def move(self, act: WorkerAct) -> None:
        """Go where an act leads; Refusal when it is not possible in this state."""
        if act not in WORKER_ACTS[self.state]:
            raise Refusal(OVER)
        self.state = WORKER_ACTS[self.state][act]

    def may(self, act: WorkerAct) -> bool:
        return act in WORKER_ACTS[self.state]

    def goes_on(self, day: date) -> bool:
        """Whether the person's yes holds on a day, up to the day from which they do not come any more."""
        if self.state is WorkerState.STOPPED:
            return self.stopped_on is not None and day < self.stopped_on
        return self.state is WorkerState.AGREED

    @classmethod
    def going(cls, day: Any) -> ColumnElement[bool]:
        """The same as ``goes_on``, as a condition."""
        stops_later = and_(cls.state == WorkerState.STOPPED, cls.stopped_on > day)
        return or_(cls.state == WorkerState.AGREED, stops_later)

    def comes_on(self, day: date) -> bool:
        """Whether it is they who come when the line has a visit on this day."""
        return self._theirs(day) and not self._away(day)

    def misses(self, day: date) -> bool:
        """Whether it is they who would come on this day, were they not away."""
        return self._theirs(day) and self._away(day)

    def _theirs(self, day: date) -> bool:
        weekday = not self.weekdays or str(day.weekday()) in self.weekdays.split(",")
        return weekday and self.goes_on(day) and day >= self.starts

    def _away(self, day: date) -> bool:
        return self.away_from is not None and self.away_from <= day <= (self.away_until or day)


class NotAgain(Protected, Versioned):
    """The person does not want somebody to come again. Only the person and their coordinator read it."""

    __tablename__ = "not_again"
    __table_args__ = (UniqueConstraint("worker_id"),)
    resource = Resource.REQUEST

    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    why_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    said_at: Mapped[datetime]

    why = Sealed()

    @classmethod
    def open_on(cls, account: ColumnElement[UUID], day: Any) -> ColumnElement[bool]:
        """A wall before the table: who is the client or the lead today, and nobody else, not even with a consent."""
        tie = aliased(Tie)
        return exists().where(
            tie.client_id == cls.client_id,
            tie.account_id == account,
            tie.relationship.in_((Relationship.CLIENT, Relationship.LEAD)),
            tie.holds_on(day),
        )


class ShadowShift(Protected, Versioned):
    """A worker comes along once to learn from the one who knows the person; it needs the person's yes too."""

    __tablename__ = "shadow_shift"
    resource = Resource.PLAN

    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    day: Mapped[date]
    begins_at: Mapped[time]
    minutes: Mapped[int]
    complex_needs: Mapped[bool] = mapped_column(default=False)  #: as the provider says: only then may it be charged
    price: Mapped[Money | None]  #: what is charged for it; None: the price is not known
    state: Mapped[ShadowState] = mapped_column(default=ShadowState.ASKED)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """An organisation's own workers."""
        return cls.provider_id.in_(organisations)


class Backup(Protected, Versioned):
    """Who comes instead for one line, in order; counted on only with the person's yes."""

    __tablename__ = "backup"
    resource = Resource.PLAN

    line_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    who: Mapped[BackupKind]
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"), index=True)
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    per_hour: Mapped[Money | None]  #: what they ask; None: the price of the line
    consented_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    consented_at: Mapped[datetime | None]
    rung_on: Mapped[date | None]  #: when somebody last tried whether they answer
    rung_well: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]

    phone = Sealed()

    @property
    def counts(self) -> bool:
        """Whether the person said yes to them."""
        return self.consented_at is not None


class EmergencyContact(Protected, Versioned):
    """Somebody the person wants to ring when they are not safe."""

    __tablename__ = "emergency_contact"
    resource = Resource.CONTACT

    name: Mapped[str]
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]

    phone = Sealed()


class Call(Protected, Versioned):
    """A visit to which nobody came, told in one press. Whether the person was safe is not written down anywhere."""

    __tablename__ = "nobody_came"
    resource = Resource.PLAN

    line_id: Mapped[UUID]
    support: Mapped[str]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    begins_at: Mapped[time]
    minutes: Mapped[int]
    told_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]
    answer_by: Mapped[datetime]  #: by when the provider answers
    state: Mapped[CallState] = mapped_column(default=CallState.WAITING)
    backup_id: Mapped[UUID | None] = mapped_column(ForeignKey("backup.id"))
    reserved: Mapped[Money | None]  #: what is kept for the backup; None: its price is not known
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    said: Mapped[str] = mapped_column(default="")  #: the provider's words
    reminded_at: Mapped[datetime | None]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The provider that was to come."""
        return and_(cls.provider_id.is_not(None), cls.provider_id.in_(organisations))

    def move(self, act: CallAct) -> None:
        """Go where an act leads; Refusal when it is not possible in this state."""
        if act not in CALL_ACTS[self.state]:
            raise Refusal(OVER)
        self.state = CALL_ACTS[self.state][act]

    def may(self, act: CallAct) -> bool:
        return act in CALL_ACTS[self.state]


class StaffBriefing(Versioned):
    """A meeting with a provider's staff. It says nothing about any client: that stands in its parts."""

    __tablename__ = "staff_briefing"

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    day: Mapped[date]
    begins_at: Mapped[time]
    place: Mapped[str] = mapped_column(default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    made_at: Mapped[datetime]


class BriefingPart(Protected, Versioned):
    """What one briefing says about one client. Of the provider's staff, only those who go to this client see it."""

    __tablename__ = "briefing_part"
    __table_args__ = (UniqueConstraint("briefing_id", "client_id"),)
    resource = Resource.REQUEST

    briefing_id: Mapped[UUID] = mapped_column(ForeignKey("staff_briefing.id"), index=True)
    agenda: Mapped[str] = mapped_column(default="")

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Workers to whom the person said yes, of the provider that is briefed; until they stop, see ``open_on``."""
        theirs = select(StaffBriefing.id).where(StaffBriefing.provider_id.in_(organisations))
        return and_(
            cls.briefing_id.in_(theirs),
            exists().where(
                Worker.client_id == cls.client_id,
                Worker.account_id == account,
                Worker.state.in_(WORKED),
                Worker.provider_id.in_(organisations),
            ),
        )

    @classmethod
    def open_on(cls, account: ColumnElement[UUID], day: Any) -> ColumnElement[bool]:
        """For somebody who worked for this client: as long as they still do. For everybody else, always."""
        theirs = and_(Worker.client_id == cls.client_id, Worker.account_id == account, Worker.state.in_(WORKED))
        return or_(~exists().where(theirs), exists().where(theirs, Worker.going(day)))


class BriefingRead(Protected, Versioned):
    """One named person has read, or heard, one part of a briefing."""

    __tablename__ = "briefing_read"
    __table_args__ = (UniqueConstraint("part_id", "name"),)
    resource = Resource.REQUEST

    part_id: Mapped[UUID] = mapped_column(ForeignKey("briefing_part.id"), index=True)
    name: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  #: None: written down by the coordinator
    read_at: Mapped[datetime]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Their own."""
        return cls.account_id == account
