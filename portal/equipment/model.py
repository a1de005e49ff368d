"""Assistive technology and home modifications: from a need to something that works, is mended, and is given back."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.living.equipment import Step
from budgeting.money import Money
from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.work import Refusal


class Getting(StrEnum):
    """How something is got."""

    BUY = "buy"
    RENT = "rent"


class Equipment(Protected, Versioned):
    """One thing that helps, and where it is on its way. Days are those on which something was done."""

    __tablename__ = "equipment"
    resource = Resource.BUDGET

    name: Mapped[str]
    need: Mapped[str] = mapped_column(default="")  #: what it is for, in own words
    kind: Mapped[str] = mapped_column(String(10), default="at")  #: at, or hm for a change of the home
    component: Mapped[str | None] = mapped_column(String(80))  #: key of the part of the funding that pays
    getting: Mapped[Getting] = mapped_column(default=Getting.BUY)
    step: Mapped[Step] = mapped_column(default=Step.NEED)
    trial_with: Mapped[str] = mapped_column(default="")
    trial_from: Mapped[date | None]
    trial_until: Mapped[date | None]
    trial_said: Mapped[str] = mapped_column(default="")  #: how it went, in own words
    quote_id: Mapped[UUID | None]  #: the quote that was chosen
    months: Mapped[int | None]  #: for how long it is rented, when it is
    asked_on: Mapped[date | None]
    approved_by: Mapped[str] = mapped_column(default="")  #: who said yes
    letter_on: Mapped[date | None]  #: the date of the letter
    approved_amount: Mapped[Money | None]  #: what was approved; None: not said, so the quote counts
    ordered_on: Mapped[date | None]
    deposit: Mapped[Money | None]
    deposit_on: Mapped[date | None]  #: paid
    deposit_invoice: Mapped[str | None] = mapped_column(String(80))  #: its number
    due_on: Mapped[date | None]  #: the promised day
    delivered_on: Mapped[date | None]
    rest_on: Mapped[date | None]  #: the rest was paid
    rest: Mapped[Money | None]  #: how much it was; None: not said, so what was agreed counts
    rest_invoice: Mapped[str | None] = mapped_column(String(80))
    set_up_on: Mapped[date | None]
    warranty_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(default="")
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime]

    def must_be(self, *steps: Step) -> None:
        """Refuse unless it is at one of these steps."""
        if self.step not in steps:
            raise Refusal(words("This has gone on since. The page shows it as it is now."))


class EquipmentQuote(Protected, Versioned):
    """What one supplier asks for it: to buy, to rent, or both."""

    __tablename__ = "equipment_quote"
    resource = Resource.BUDGET

    equipment_id: Mapped[UUID] = mapped_column(ForeignKey("equipment.id"), index=True)
    supplier: Mapped[str]
    price: Mapped[Money | None]  #: to buy; None: not for sale
    delivery: Mapped[Money | None]
    set_up: Mapped[Money | None]
    rent_month: Mapped[Money | None]
    deposit: Mapped[Money | None]
    valid_until: Mapped[date | None]
    weeks: Mapped[int | None]  #: until it is there
    note: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]


class Repair(Protected, Versioned):
    """Something that broke or was serviced: when, what it cost, and whether it works again."""

    __tablename__ = "equipment_repair"
    resource = Resource.BUDGET

    equipment_id: Mapped[UUID] = mapped_column(ForeignKey("equipment.id"), index=True)
    what: Mapped[str]
    told_on: Mapped[date]
    done_on: Mapped[date | None]
    cost: Mapped[Money | None]
    under_warranty: Mapped[bool] = mapped_column(default=False)
