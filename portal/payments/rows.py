"""Contributions as their pages show them: ready values, and honest words for each state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from budgeting.money import Money
from budgeting.words import Name, Words, words
from portal.payments.model import Contribution, News
from portal.payments.states import OPEN, PAYABLE, Mismatch, PaymentState
from portal.site.tables import Cell, Column, Table

STATES: Mapping[PaymentState, tuple[str, Words, Words]] = {  # the badge's kind, its words, and what happens next
    PaymentState.ASKED: (
        "wait",
        words("Asked, not paid yet"),
        words("Nothing is paid yet. If something is not right, talk with whoever asked before you pay."),
    ),
    PaymentState.ON_ITS_WAY: (
        "info",
        words("On its way, not arrived yet"),
        words("The bank is working on it, which can take a few working days. We write to you when it has arrived."),
    ),
    PaymentState.PAID: (
        "ok",
        words("Paid"),
        words("The money has arrived. There is nothing left to do."),
    ),
    PaymentState.FAILED: (
        "bad",
        words("Did not go through"),
        words("The payment did not go through, and nothing was paid. You can try again, also in another way."),
    ),
    PaymentState.CANCELLED: (
        "",
        words("No longer asked"),
        words("Nobody has to pay this any more."),
    ),
}

MISMATCHES: Mapping[Mismatch, Words] = {
    Mismatch.UNKNOWN: words("It is about a payment that we know nothing of."),
    Mismatch.AMOUNT: words("It names another amount than we asked for."),
    Mismatch.CURRENCY: words("It names another currency than we asked for."),
    Mismatch.MODE: words("It mixes up test money and real money."),
    Mismatch.REFERENCE: words("It is about another payment page than ours."),
    Mismatch.TWICE: words("It was paid a second time. One payment has to go back."),
    Mismatch.NOT_ASKED: words("It was paid although it is no longer asked for. The payment has to go back."),
    Mismatch.UNEXPECTED: words("It tells of a step that cannot follow what we know."),
}


@dataclass(frozen=True)
class Row:
    """One contribution on a list, or on its own page."""

    id: UUID
    href: str
    amount: Money
    purpose: str  #: empty for those who do not see what it is for
    due: date
    late: bool
    asked_at: datetime
    asked_by: Name | Words
    payer: Name | Words
    kind: str
    state: Words
    next: Words
    moved_at: datetime
    payable: bool
    paid: bool
    cancellable: bool


def row(one: Contribution, whole: bool, names: Mapping[UUID, Name], client: Name, today: date) -> Row:
    """One contribution, ready to be shown; ``whole`` with what it is for."""
    kind, state, then = STATES[one.state]
    return Row(
        one.id,
        f"/people/{one.client_id}/payments/{one.id}",
        one.amount,
        one.purpose if whole else "",
        one.due,
        one.state in OPEN and one.due < today,
        one.asked_at,
        names[one.asked_by] if one.asked_by else words("Coplan, by itself"),
        names[one.payer_id] if one.payer_id else client,
        kind,
        state,
        then,
        one.moved_at,
        one.state in PAYABLE,
        one.state is PaymentState.PAID,
        one.state in PAYABLE,
    )


def table(rows: Sequence[Row]) -> Table:
    """The contributions as a table, in the order they come in."""
    heads = (words("What for"), words("Due"), words("How it stands"))
    columns = (Column(heads[0]), Column(words("Amount"), numeric=True), *(Column(head) for head in heads[1:]))
    cells = [
        (
            Cell(Name(one.purpose) if one.purpose else words("Contribution of {day}", day=one.due), one.href),
            one.amount,
            one.due,
            Cell(one.state, badge="bad" if one.late and one.payable else one.kind),
        )
        for one in rows
    ]
    return Table("payments", words("Contributions, the newest first"), columns, cells)


def parked(news: News) -> Words:
    """Why a message of the payment service waits for a person."""
    return MISMATCHES[news.why] if news.why else words("It waits to be looked at.")


def by_state(found: Mapping[PaymentState, tuple[int, Money]]) -> Table:
    """How many contributions there are in each state, and their amounts together."""
    heads = (Column(words("State")), Column(words("How many"), numeric=True), Column(words("Amount"), numeric=True))
    rows = [(STATES[state][1], count, amount) for state, (count, amount) in found.items()]
    return Table("states", words("Contributions by state"), heads, rows)
