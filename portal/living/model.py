"""Daily life at home: visits that did not happen, people who share a worker, a shared house, and short stays."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Select, String, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Money
from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Sealed, Versioned
from portal.living.states import OPEN, MissedState, ResidencyState, StayState, Who
from portal.work import Refusal


class Missed(Protected, Versioned):
    """One visit that did not happen: whose doing it was, and what became of its hours."""

    __tablename__ = "missed_visit"
    resource = Resource.BUDGET

    line_id: Mapped[UUID | None]  #: the line of the plan; None for something that is not in the plan
    support: Mapped[str]  #: what it was, as the plan calls it
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")  #: for someone without a place in this portal
    day: Mapped[date]
    begins_at: Mapped[time]
    minutes: Mapped[int]
    who: Mapped[Who]
    told_at: Mapped[datetime | None]  #: when it was called off; None: nobody said anything
    charge_agreed: Mapped[bool] = mapped_column(default=False)  #: the agreement lets visits called off be charged
    other_work: Mapped[bool] = mapped_column(default=False)  #: the worker had other paid work instead
    item: Mapped[str | None] = mapped_column(String(40))  #: of the price list, on which the rule for notice depends
    fee: Mapped[Money | None]  #: what the visit would have cost; None: not known
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[MissedState]
    other_day: Mapped[date | None]  #: the day that was offered, or on which they came
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]

    def must_be_open(self) -> None:
        """Refuse when it was settled already."""
        if self.state not in OPEN:
            raise Refusal(words("This was settled already. The page shows it as it is now."))


class GroupChange(Protected, Versioned):
    """More or fewer people are going to share a support: what that would do to one person's own line.

    Nothing changes by it. It is kept so that the person can look at it before a change is asked for.
    """

    __tablename__ = "group_change"
    resource = Resource.BUDGET

    line_id: Mapped[UUID]
    people_now: Mapped[int]
    people_then: Mapped[int]
    workers: Mapped[int] = mapped_column(default=1)
    starts: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    prepared_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    prepared_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Stay(Protected, Versioned):
    """Some nights away, or at home with somebody else, so that the person or their carer has a break."""

    __tablename__ = "stay"
    resource = Resource.BUDGET

    place: Mapped[str]  #: where, or who comes, in own words
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    arrives: Mapped[date]
    leaves: Mapped[date]  #: the morning after the last night
    per_night: Mapped[Money | None]  #: support and a bed together, for one night
    minutes_a_day: Mapped[int | None]  #: or support by the hour, so long on each day
    per_hour: Mapped[Money | None]
    bed_per_night: Mapped[Money | None]  #: the bed alone, beside hours
    skips_visits: Mapped[bool] = mapped_column(default=True)  #: the ordinary visits do not happen meanwhile
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[StayState] = mapped_column(default=StayState.PLANNED)
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]

    @property
    def nights(self) -> int:
        return (self.leaves - self.arrives).days

    @property
    def counts(self) -> bool:
        """Whether its nights count."""
        return self.state is not StayState.CANCELLED


class House(Versioned):
    """A home that people share. It is about no single client: it is found only through somebody who lives there."""

    __tablename__ = "house"

    name: Mapped[str]
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    places: Mapped[int]  #: how many people can live there
    others: Mapped[int] = mapped_column(default=0)  #: people who live there and are not in this portal
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]

    address = Sealed()


class Residency(Protected, Versioned):
    """One client in one house, by their own consent; what others there may see of them is theirs to say."""

    __tablename__ = "residency"
    __table_args__ = (UniqueConstraint("client_id", "house_id"),)
    resource = Resource.PLAN

    house_id: Mapped[UUID] = mapped_column(ForeignKey("house.id"), index=True)
    state: Mapped[ResidencyState] = mapped_column(default=ResidencyState.ASKED)
    shows_name: Mapped[bool] = mapped_column(default=False)  #: housemates and their circles may read the name
    support: Mapped[str | None] = mapped_column(String(80))  #: how the program prices it: a family or an item
    moves_in: Mapped[date]
    moves_out: Mapped[date | None]  #: the last day
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The provider of the house, once the person has said yes."""
        theirs = select(House.id).where(House.provider_id.in_(organisations))
        return and_(cls.state == ResidencyState.AGREED, cls.house_id.in_(theirs))


class HouseShift(Versioned):
    """One row of the roster of a house: when, how many workers, and who of the house is there."""

    __tablename__ = "house_shift"

    house_id: Mapped[UUID] = mapped_column(ForeignKey("house.id"), index=True)
    weekdays: Mapped[str] = mapped_column(String(20))  #: "0,2" is Monday and Wednesday
    begins_at: Mapped[time]
    ends_at: Mapped[time]  #: not after the beginning: on the next day
    workers: Mapped[int]
    sleepover: Mapped[bool] = mapped_column(default=False)
    everyone: Mapped[bool] = mapped_column(default=True)  #: whoever lives there, also who moves in later
    present: Mapped[str] = mapped_column(default="")  #: ids of residencies between commas, unless everyone
    others: Mapped[int] = mapped_column(default=0)  #: of those who are not in this portal, unless everyone
