"""Delivered supports as invoices say them, and the files of invoices they came from."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, Select, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Management
from budgeting.programs.ndis.claims import GstCode
from budgeting.spending import ClaimType, Entry, EntryState
from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Sealed, Versioned
from portal.funding.kept import from_json, to_json
from portal.work import Refusal


class Source(StrEnum):
    """How an entry came in."""

    HAND = "hand"
    FILE = "file"


@dataclass(frozen=True)
class Told:
    """What somebody, or a row of a file, says about one delivered support. Days are inclusive."""

    first: date
    last: date
    amount: Money
    provider_id: UUID | None = None
    provider_name: str = ""
    abn: str = ""
    description: str = ""
    item: str = ""
    begins: time | None = None
    thousandths: int | None = None
    unit: str = "H"
    minutes: int | None = None
    unit_price: Money | None = None
    gst: GstCode = GstCode.FREE
    claim_type: ClaimType = ClaimType.STANDARD
    line_id: UUID | None = None
    component: str | None = None
    management: Management | None = None
    contribution: Money | None = None
    invoice: str = ""
    invoice_date: date | None = None
    note: str = ""

    def entry(self, provider: str = "") -> Entry:
        """The same as the calculator's value; ``provider`` is the name where only the id is kept."""
        return Entry(
            provider=self.provider_name or provider,
            first=self.first,
            last=self.last,
            amount=self.amount,
            description=self.description,
            item=self.item,
            quantity=None if self.thousandths is None else Quantity(self.thousandths),
            unit=self.unit,
            minutes=None if self.minutes is None else Minutes(self.minutes),
            unit_price=self.unit_price,
            claim_type=self.claim_type,
            begins=self.begins,
            invoice=self.invoice,
            provider_id=self.provider_id,
            line=str(self.line_id) if self.line_id else None,
            component=self.component,
            management=self.management,
            contribution=self.contribution,
        )


OPEN = (EntryState.ENTERED, EntryState.CHECKED, EntryState.QUESTIONED)  #: not asked of the funder yet


class Delivered(Protected, Versioned):
    """One delivered support: what an invoice says was done, when, by whom, and for how much. Days are inclusive.

    ``amount`` is below zero for a credit. ``quantity`` is in thousandths of ``unit``; None with only an amount.
    What was removed stays with its reason in ``removed_why``, counts nowhere, and can be brought back.
    """

    __tablename__ = "delivered"
    __table_args__ = (
        UniqueConstraint("client_id", "mark"),
        Index("ix_delivered_client_id_first", "client_id", "first"),
    )
    resource = Resource.BUDGET

    line_id: Mapped[UUID | None]  #: the line of the plan (``Line.key``); None: no line fits, or nobody knows yet
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")  #: as written; empty where ``provider_id`` is known
    abn: Mapped[str] = mapped_column(String(20), default="")
    description: Mapped[str] = mapped_column(default="")  #: as written on the invoice
    item: Mapped[str] = mapped_column(String(60), default="")  #: support item number, or the key of a family
    first: Mapped[date]
    last: Mapped[date]
    begins: Mapped[time | None]
    thousandths: Mapped[int | None]
    unit: Mapped[str] = mapped_column(String(12), default="H")
    minutes: Mapped[int | None]
    unit_price: Mapped[Money | None]
    amount: Mapped[Money]
    gst: Mapped[GstCode] = mapped_column(default=GstCode.FREE)
    claim_type: Mapped[ClaimType] = mapped_column(default=ClaimType.STANDARD)
    component: Mapped[str | None] = mapped_column(String(40))  #: key of a FundingComponent
    management: Mapped[Management | None]
    contribution: Mapped[Money | None]  #: what the person pays of it themselves; None: not known
    invoice: Mapped[str] = mapped_column(String(80), default="")
    invoice_date: Mapped[date | None]
    state: Mapped[EntryState] = mapped_column(default=EntryState.ENTERED, index=True)
    claimed_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(80), default="")  #: of the payment or of the claim
    note: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")  #: what the provider was asked, in somebody's own words
    questioned_on: Mapped[date | None]
    source: Mapped[Source] = mapped_column(default=Source.HAND)
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("spending_import.id"), index=True)
    row: Mapped[int | None]  #: of the file, counted as a spreadsheet does
    mark: Mapped[str] = mapped_column(String(64))  #: what makes it the same entry again (``budgeting.spending.marks``)
    before: Mapped[str | None]  #: what it said before the last edit, as JSON, for undo
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_why: Mapped[str] = mapped_column(default="")

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A provider's own agency-managed supports, which it claims itself; questioned ones are still between them."""
        return and_(
            cls.provider_id.in_(organisations),
            cls.management == Management.AGENCY,
            cls.state != EntryState.QUESTIONED,
            cls.removed_at.is_(None),
        )

    @property
    def quantity(self) -> Quantity | None:
        """How many units, as a value."""
        return None if self.thousandths is None else Quantity(self.thousandths)

    @property
    def open(self) -> bool:
        """Whether nobody has been asked for the money yet."""
        return self.state in OPEN and self.removed_at is None

    def told(self) -> Told:
        """What it says, as a value."""
        return Told(**{one.name: getattr(self, one.name) for one in fields(Told)})

    def take(self, told: Told) -> None:
        """Write down what is told; Refusal where it cannot be."""
        if told.last < told.first:
            raise Refusal(words("The last day is before the first day."), "last")
        for one in fields(Told):
            setattr(self, one.name, getattr(told, one.name))

    def change(self, told: Told) -> None:
        """Write down something else, and keep what was there for undo; Refusal once money was asked for."""
        self._must_be(OPEN)
        self.before = to_json(self.told())
        self.take(told)
        self.state = EntryState.ENTERED if self.state is EntryState.CHECKED else self.state

    def undo(self) -> None:
        """Say again what it said before the last edit; doing it twice takes the undoing back."""
        self._must_be(OPEN)
        if self.before is None:
            raise Refusal(words("There is nothing to undo."))
        before = from_json(Told, self.before)
        self.before = to_json(self.told())
        self.take(before)

    def remove(self, why: str, now: datetime) -> None:
        """It counts nowhere any more; Refusal once money was asked for."""
        self._must_be(OPEN)
        self.removed_at, self.removed_why = now, why

    def bring_back(self) -> None:
        """It counts again."""
        self.removed_at, self.removed_why = None, ""

    def entry(self, provider: str = "") -> Entry:
        """What it says and how it stands, as the calculator's value; ``provider`` as for ``Told.entry``."""
        told = self.told().entry(provider)
        return replace(told, state=self.state, claimed_on=self.claimed_on, paid_on=self.paid_on, id=str(self.id))

    def check(self) -> None:
        """Somebody has looked at it and found it right; Refusal once money was asked for."""
        self._must_be(OPEN)
        self.state = EntryState.CHECKED

    def ask(self, question: str, on: date) -> None:
        """Question it: it no longer counts as owed until it is answered. Refusal once money was asked for."""
        self._must_be(OPEN)
        self.state, self.question, self.questioned_on = EntryState.QUESTIONED, question, on

    def claim(self, on: date, reference: str = "") -> None:
        """The funder or the plan manager was asked to pay it on a day; Refusal while it is questioned."""
        self._must_be((EntryState.ENTERED, EntryState.CHECKED, EntryState.REFUSED))
        if on < self.first:
            raise Refusal(words("This day is before the support. A support is claimed after it was given."), "on")
        self.state, self.claimed_on, self.refused_on = EntryState.CLAIMED, on, None
        self.reference = reference or self.reference

    def pay(self, on: date, reference: str = "") -> None:
        """It was paid on a day, whether or not a claim was written down before; Refusal while it is questioned."""
        self._must_be((EntryState.ENTERED, EntryState.CHECKED, EntryState.CLAIMED))
        self.state, self.paid_on = EntryState.PAID, on
        self.reference = reference or self.reference

    def refuse(self, on: date) -> None:
        """The funder does not pay it; it can be claimed again."""
        self._must_be((EntryState.CLAIMED,))
        self.state, self.refused_on = EntryState.REFUSED, on

    def step_back(self) -> None:
        """Undo the last step: paid to claimed, claimed or questioned to looked at, looked at to not yet."""
        steps = {
            EntryState.PAID: EntryState.CLAIMED if self.claimed_on else EntryState.CHECKED,
            EntryState.REFUSED: EntryState.CLAIMED,
            EntryState.CLAIMED: EntryState.CHECKED,
            EntryState.QUESTIONED: EntryState.CHECKED,
            EntryState.CHECKED: EntryState.ENTERED,
        }
        self._must_be(tuple(steps))
        was, self.state = self.state, steps[self.state]
        if was is EntryState.PAID:
            self.paid_on = None
        elif was is EntryState.CLAIMED:
            self.claimed_on = None
        elif was is EntryState.REFUSED:
            self.refused_on = None

    def _must_be(self, states: tuple[EntryState, ...]) -> None:
        if self.removed_at is not None:
            raise Refusal(words("This entry was removed. Bring it back first."))
        if self.state not in states:
            raise Refusal(words("This is not possible now: the entry is {state}.", state=self.state.words))


class FileState(StrEnum):
    """How far a file of invoices has come."""

    WAITING = "waiting"
    READING = "reading"
    ASKING = "asking"  # we need to know which column is what, or how its days are written
    READY = "ready"  # read without a problem; a person looks before it counts
    TAKEN = "taken"
    REFUSED = "refused"  # something in it must be put right; nothing was taken


class InvoiceImport(Protected, Versioned):
    """A file of invoices on its way in. It comes in whole.

    Its bytes are kept until it is taken in or put aside, and for about a day at most: a job of every night drops them.
    """

    __tablename__ = "spending_import"
    resource = Resource.BUDGET

    file_name: Mapped[str]
    file_hash: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    columns: Mapped[str] = mapped_column(default="{}")  #: what a person said each column is, as JSON
    day_order: Mapped[str] = mapped_column(String(3), default="")  #: "dmy" or "mdy", once a person said so
    state: Mapped[FileState] = mapped_column(default=FileState.WAITING, index=True)
    rows_done: Mapped[int] = mapped_column(default=0)  #: progress of the reading
    rows_all: Mapped[int] = mapped_column(default=0)
    read_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  #: what was understood, as JSON
    problems: Mapped[str] = mapped_column(default="[]")  #: see portal.catalogue.problem.packed
    taken: Mapped[int] = mapped_column(default=0)  #: rows that became entries
    known: Mapped[int] = mapped_column(default=0)  #: rows that were here already
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    content = Sealed()  #: the bytes of the file as latin-1 text
    read = Sealed()

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.finished_at is not None
