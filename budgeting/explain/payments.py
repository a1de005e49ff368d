"""The figures of a line that several pay: what each of them pays, and what the client pays beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from budgeting.charges import share_alone
from budgeting.explain import Figure, shown, summed
from budgeting.explain.drawn import by_order, planned_figure
from budgeting.words import Name, Words, words
from budgeting.working import PARTS

if TYPE_CHECKING:
    from budgeting.quotation import LineQuote, Payment, Quote


def payment_figure(payment: Payment) -> Figure:
    """What one payer pays of a line, from one day to another."""
    first, last = payment.period.first, payment.period.last
    return planned_figure(_label(payment), (payment.drawn,), first.toordinal(), last.toordinal())


def payer_figure(quote: Quote, quoted: LineQuote) -> Figure | None:
    """Which part of the funding, or whose money, pays a line or is asked first; None where nothing does."""
    name = quote.payer_names.get(quoted.component or "")
    if name is None:
        return None
    return by_order(Figure(words("Paid from"), name), quoted.order)


def payments_figure(quoted: LineQuote) -> Figure:
    """What all payers pay of a line together."""
    label = words("What is paid for {support}", support=Name(quoted.line.name))
    return replace(
        summed(label, words("What each payer pays, added up"), map(payment_figure, quoted.payments)),
        rule=words("When the money of one payer does not reach, the next one pays until more money is released."),
        rule_source=quoted.source("next_payer"),
    )


def shares_figure(quoted: LineQuote) -> Figure:
    """What the client pays beside the payers of a line; beside the money of others there is nothing to pay."""
    shares = []
    for one in quoted.payments:
        if one.contribution:
            drawn = replace(one.drawn, charges=tuple(share_alone(charge) for charge in one.charges))
            first, last = one.period.first.toordinal(), one.period.last.toordinal()
            shares.append(planned_figure(_label(one), (drawn,), first, last))
    return Figure(
        label=words("What you pay towards {support}", support=Name(quoted.line.name)),
        value=quoted.contribution,
        sum=words("What you pay beside each payer, added up"),
        parts=tuple(shares),
        rule=words("You pay a share only while the program pays. Other money pays the whole price."),
        rule_source=quoted.source("share_of_program"),
        working=PARTS,
    )


def _label(payment: Payment) -> Words:
    first, last = payment.period.first, payment.period.last
    return words("{payer}, {first} to {last}", payer=shown(payment.name), first=first, last=last)
