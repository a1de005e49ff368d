"""How far each client's money reaches, as it was worked out last, and the alarms that people chose for themselves."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Money
from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Record, Versioned
from portal.outlook.kinds import AlarmKind
from portal.work import Refusal


class Basis(StrEnum):
    """What the money was played against."""

    PLAN = "plan"  # the plan that was agreed
    DRAFT = "draft"  # what is being worked on, while nothing is agreed


class Outlook(Protected, Versioned):
    """How far the money of a client reaches: one row for each, made anew by a job and never trusted when it is old.

    Days are inclusive, times in minutes. What was not known then is None, never zero.
    """

    __tablename__ = "outlook"
    __table_args__ = (UniqueConstraint("client_id"),)
    resource = Resource.BUDGET

    computed_on: Mapped[date]  #: the client's own day
    seen: Mapped[int]  #: the number of the last journal entry of the client that was looked at
    prices: Mapped[str] = mapped_column(String(64))  #: a mark of the price lists that counted
    program: Mapped[str] = mapped_column(String(40))
    basis: Mapped[Basis]
    proposal_id: Mapped[UUID | None]  #: the draft to try things out with, if there is one
    until: Mapped[date | None]  #: the last day that is paid; None while nothing draws on the money
    runs_dry: Mapped[date | None]  #: the first day that is not paid; None when the money lasts
    short: Mapped[Money]  #: missing on the worst day, of all parts together
    minutes_left: Mapped[int]  #: of support that the money pays from the day it was worked out on
    week_spent: Mapped[Money | None]  #: spent in an average week so far; None while it is not known
    week_planned: Mapped[Money]  #: planned in an average week from the day it was worked out on
    fix: Mapped[str | None]  #: the gentlest change that would end the shortage, as JSON of portal.outlook.told


class Alarm(Protected, Versioned):
    """Something a person wants to be told about; it goes on until they switch it off."""

    __tablename__ = "alarm"
    resource = Resource.BUDGET

    kind: Mapped[AlarmKind]
    component: Mapped[str | None] = mapped_column(String(80))  #: about one part of the funding
    line_id: Mapped[UUID | None]  #: about one support, by the key that stays the same; neither of both: about all
    number: Mapped[int | None]  #: weeks, hours, visits or days, whatever the kind counts
    by_mail: Mapped[bool] = mapped_column(default=True)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def must_be_on(self) -> None:
        """Refuse when the alarm was switched off already."""
        if self.ended_at is not None:
            raise Refusal(words("This alarm is off already. You can set a new one."))


class AlarmListener(Protected, Record):
    """Somebody else who is told, because the person chose them; only as long as they may see the money."""

    __tablename__ = "alarm_listener"
    __table_args__ = (UniqueConstraint("alarm_id", "account_id"),)
    resource = Resource.BUDGET

    alarm_id: Mapped[UUID] = mapped_column(ForeignKey("alarm.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)


class Ring(Protected, Versioned):
    """One time that an alarm went off, for one reason: told once, and not again before the reason went away.

    ``about`` names the reason: the part or support, the day, or the entry it is about.
    """

    __tablename__ = "alarm_ring"
    resource = Resource.BUDGET

    alarm_id: Mapped[UUID] = mapped_column(ForeignKey("alarm.id"), index=True)
    about: Mapped[str] = mapped_column(String(120))
    component: Mapped[str | None] = mapped_column(String(80))
    line_id: Mapped[UUID | None]
    name: Mapped[str]  #: of the part or support on that day; "" where it has a name of ours
    day: Mapped[date | None]  #: the day it is about: the last one that is paid, or the last one to claim
    before: Mapped[date | None]  #: the day it was before a change of prices
    number: Mapped[int | None]  #: what is left: minutes, or visits
    rung_on: Mapped[date]  #: the client's own day
    rung_at: Mapped[datetime]
    again_on: Mapped[date | None]  #: hidden until this day, and then told once more
    settled_at: Mapped[datetime | None]  #: somebody has seen it and needs no more
    gone_at: Mapped[datetime | None]  #: the reason went away

    @property
    def open(self) -> bool:
        """Whether it is to be shown, now or later."""
        return self.settled_at is None and self.gone_at is None

    def must_be_open(self) -> None:
        """Refuse when it was settled, or its reason went away."""
        if not self.open:
            raise Refusal(words("This is settled already. The page shows it as it is now."))
