"""Days on which somebody who comes is away, as it is told: for the calendar of the year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.forecast.breaks import Absence, Backup
from budgeting.period import Period
from budgeting.words import Words, words
from portal.access.scope import visible
from portal.access.table import Action, Protected, Resource
from portal.db import Versioned
from portal.journal import Event, Resolve
from portal.people.model import Client
from portal.work import NotVisible, Refusal, Work, command

LONGEST = 366  # days: who is away for longer does not come any more


class Away(Protected, Versioned):
    """Somebody is away from one day to another, both included. ``line_key`` is the support they come for."""

    __tablename__ = "away"
    resource = Resource.DRAFT

    who: Mapped[str]
    line_key: Mapped[UUID]  #: stays the same from one version of a plan to the next
    starts: Mapped[date]
    ends: Mapped[date]
    told_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    told_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @property
    def period(self) -> Period:
        """The days, both included."""
        return Period(self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which nobody comes for a support because the worker who would come is away, as their provider says."""

    who: str
    line_key: UUID
    period: Period

    def told_by_hand(self, found: Sequence[Away]) -> bool:
        """Whether somebody told of these days already."""
        same = [one for one in found if (one.line_key, one.who.casefold()) == (self.line_key, self.who.casefold())]
        return any(one.period.overlap(self.period) for one in same)


@dataclass(frozen=True, kw_only=True)
class AwayTold(Event):
    kind: ClassVar[str] = "proposals.away_told"
    starts: date
    ends: date

    def words(self, name: Resolve) -> Words:
        return words("Told that somebody is away from {first} to {last}.", first=self.starts, last=self.ends)


@dataclass(frozen=True, kw_only=True)
class AwayTakenBack(Event):
    kind: ClassVar[str] = "proposals.away_taken_back"
    starts: date
    ends: date

    def words(self, name: Resolve) -> Words:
        return words("Took back that somebody is away from {first} to {last}.", first=self.starts, last=self.ends)


def aways(work: Work, client: Client) -> Sequence[Away]:
    """What was told about a client's supports and not taken back, in order of days, as far as the reader may see it."""
    if not work.can(Resource.DRAFT, Action.READ, client.id):
        return ()
    wanted = visible(work, Away).where(Away.client_id == client.id, Away.removed_at.is_(None))
    return work.session.scalars(wanted.order_by(Away.starts, Away.id)).all()


def away(work: Work, client: Client, away_id: UUID) -> Away:
    """One of them; NotVisible when there is none for this reader."""
    found = next((one for one in aways(work, client) if one.id == away_id), None)
    if found is None:
        raise NotVisible
    return found


Leaves = Callable[[Work, Client], Sequence[Leave]]
_LEAVES: list[Leaves] = []


def leaves_known(tell: Leaves) -> Leaves:
    """Register who knows the leave of workers, as far as the reader may see it."""
    _LEAVES.append(tell)
    return tell


def everybody(work: Work, client: Client) -> Sequence[Away | Leave]:
    """Who is away from a client's supports: what was told here, and the leave of their workers, in order of days."""
    told = aways(work, client)
    leaves = [one for tell in _LEAVES for one in tell(work, client) if not one.told_by_hand(told)]
    return sorted([*told, *leaves], key=lambda one: one.period.first)


def absences(found: Sequence[Away | Leave]) -> Mapping[str, Sequence[Absence]]:
    """The same for the calculator, by the id that a line has in a package."""
    by_line: dict[str, list[Absence]] = {}
    for one in found:
        by_line.setdefault(str(one.line_key), []).append(Absence(one.who, one.period))
    return by_line


Backups = Callable[[Work, Client], Mapping[str, Sequence[Backup]]]
_BACKUPS: list[Backups] = []


def backups_known(tell: Backups) -> Backups:
    """Register who knows the backups of a client, by the key of the support, in the order in which they are asked."""
    _BACKUPS.append(tell)
    return tell


def backups(work: Work, client: Client, found: Sequence[Away | Leave]) -> Mapping[str, Sequence[Backup]]:
    """Who could come instead, as far as the reader may see it; asked only where somebody is away."""
    return {key: each for tell in _BACKUPS for key, each in tell(work, client).items()} if found else {}


@command(Resource.DRAFT, Action.WRITE)
def tell(work: Work, client: Client, who: str, line_key: UUID, starts: date, ends: date) -> Away:
    """Tell that somebody is away."""
    if work.account_id is None:
        raise NotVisible
    if ends < starts:
        raise Refusal(words("The last day is before the first."), "ends")
    if (ends - starts).days >= LONGEST:
        raise Refusal(words("That is longer than a year. Change the support instead."), "ends")
    told = Away(
        client_id=client.id,
        who=who,
        line_key=line_key,
        starts=starts,
        ends=ends,
        told_by=work.account_id,
        told_at=work.now,
    )
    work.session.add(told)
    work.session.flush()
    work.record(AwayTold(client_id=client.id, subject=told.id, starts=starts, ends=ends))
    return told


@command(Resource.DRAFT, Action.WRITE)
def take_back(work: Work, told: Away, version: int) -> None:
    """Take back that somebody is away; a second time changes nothing."""
    told.expect(version)
    if told.removed_at is None:
        told.removed_at = work.now
        work.record(AwayTakenBack(client_id=told.client_id, subject=told.id, starts=told.starts, ends=told.ends))
