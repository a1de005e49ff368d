"""What was really delivered, as plain values: a delivered support, its kind of claim, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from budgeting.money import HOURLY, Minutes, Money, Quantity
from budgeting.package import Management, as_minutes
from budgeting.words import Words, words


class ClaimType(StrEnum):
    """What was charged for: the support itself, or work and visits that are charged under their own rules."""

    STANDARD = "standard"
    CANCELLATION = "cancellation"
    TRAVEL = "travel"
    REPORT = "report"
    NON_FACE_TO_FACE = "non_face_to_face"
    TELEHEALTH = "telehealth"
    IRREGULAR_SIL = "irregular_sil"

    @property
    def words(self) -> Words:
        """What was charged for, in a few words."""
        return _TYPES[self]


_TYPES = {
    ClaimType.STANDARD: words("The support itself"),
    ClaimType.CANCELLATION: words("A visit called off at short notice"),
    ClaimType.TRAVEL: words("Travel time of the worker"),
    ClaimType.REPORT: words("A report that the funder asked for"),
    ClaimType.NON_FACE_TO_FACE: words("Work for the person without them"),
    ClaimType.TELEHEALTH: words("By telephone or video"),
    ClaimType.IRREGULAR_SIL: words("Extra support in a shared home"),
}


SUPPORT = frozenset({ClaimType.STANDARD, ClaimType.TELEHEALTH, ClaimType.IRREGULAR_SIL})  #: somebody was helped


class EntryState(StrEnum):
    """Where a delivered support stands on its way from the invoice to the money."""

    ENTERED = "entered"  # written down; nobody has looked at it yet
    CHECKED = "checked"  # somebody has looked, and it is right
    QUESTIONED = "questioned"  # something is not right, and the provider is asked
    CLAIMED = "claimed"  # the funder or the plan manager was asked to pay
    PAID = "paid"
    REFUSED = "refused"  # the funder does not pay it

    @property
    def words(self) -> Words:
        """The state in a word or two."""
        return _STATES[self]


_STATES = {
    EntryState.ENTERED: words("Not looked at yet"),
    EntryState.CHECKED: words("Looked at"),
    EntryState.QUESTIONED: words("Questioned"),
    EntryState.CLAIMED: words("Claimed"),
    EntryState.PAID: words("Paid"),
    EntryState.REFUSED: words("Refused"),
}


UNCOUNTED = frozenset({EntryState.QUESTIONED, EntryState.REFUSED})  #: nobody owes or pays it as things stand


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivered support as an invoice says it. Days are inclusive; a credit has an amount below zero.

    ``quantity`` is in thousandths of ``unit`` (H E D WK MON YR, trip, meal); None where the invoice has only an amount.
    ``item`` is a support item number or empty. ``provider`` is a name as written; ``provider_id`` an organisation here.
    """

    provider: str
    first: date
    last: date
    amount: Money
    description: str = ""
    item: str = ""
    quantity: Quantity | None = None
    unit: str = "H"
    minutes: Minutes | None = None
    unit_price: Money | None = None
    claim_type: ClaimType = ClaimType.STANDARD
    begins: time | None = None
    invoice: str = ""
    provider_id: UUID | None = None
    line: str | None = None  # the line of the plan, where a person said which
    component: str | None = None
    management: Management | None = None
    state: EntryState = EntryState.ENTERED
    contribution: Money | None = None  # what the person pays of it; None: not known
    claimed_on: date | None = None
    paid_on: date | None = None
    id: str = ""

    @property
    def takes(self) -> Money:
        """What it takes from the funding: the amount less what the person pays of it, as far as that is known."""
        return self.amount - self.contribution if self.contribution is not None else self.amount

    def inside(self, until: date) -> bool:
        """Whether it lies in what was told as spent up to a day: a support up to then, not known as claimed later."""
        settled = self.claimed_on or self.paid_on
        return self.first <= until and (settled is None or settled <= until)

    @property
    def length(self) -> Minutes | None:
        """The time of support that is charged; None where it is not counted in hours, or is no support itself."""
        if self.claim_type not in SUPPORT:
            return None
        if self.minutes is not None:
            return self.minutes
        return as_minutes(self.quantity) if self.quantity is not None and self.unit in HOURLY else None
