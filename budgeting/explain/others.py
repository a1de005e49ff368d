"""The figures of what is apart from the ordinary: other payers, support without pay, reserves and backups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from budgeting.explain import NO_EXTRAS, NOT_KNOWN, SAID, Figure, all_time, as_told, shown
from budgeting.explain.lines import line_figure, minutes_figure
from budgeting.explain.payments import payment_figure
from budgeting.explain.sums import at_an_hour
from budgeting.package import Role, Unpaid
from budgeting.words import Name, Words, words
from budgeting.working import PARTS

if TYPE_CHECKING:
    from budgeting.quotation import LineQuote, OpenTotal, Quote


def open_figure(total: OpenTotal) -> Figure:
    """What money without a known limit pays, line by line."""
    return Figure(
        label=words("{payer}: what it pays", payer=shown(total.money.name)),
        value=total.planned,
        sum=words("What it pays for each support, added up"),
        parts=tuple(
            Figure(
                words("For {support}", support=Name(one.line)), one.amount, parts=(payment_figure(one),), working=PARTS
            )
            for one in total.payments
        ),
        not_included=(
            words("Nobody said how much of this money there is, so it is not known what is left."),
            NO_EXTRAS,
        ),
        working=PARTS,
    )


def unpaid_figure(quoted: LineQuote) -> Figure:
    """The time of support that family or friends give: it has no price, so no amount is said."""
    return Figure(
        label=words("{support}: time given without pay", support=Name(quoted.line.name)),
        value=quoted.minutes,
        sum=words("The time of all visits added up"),
        parts=minutes_figure(quoted).parts,
        source=SAID,
        not_included=(words("Time that family and friends give has no price here. It is not free: it is theirs."),),
        working=PARTS,
    )


def given_figure(quote: Quote) -> Figure:
    """All time that family and friends give; it is no part of the hours that are paid."""
    lines = (line for line in quote.lines if line.unpaid and line.counted and line.minutes.count)
    return all_time(
        words("Time given without pay"), words("The hours of all visits added up"), map(unpaid_figure, lines)
    )


def replacement_figure(quoted: LineQuote) -> Figure | None:
    """What the same time would cost at the price that the person named; None without such a price."""
    price = quoted.line.price
    if not isinstance(price, Unpaid) or price.replacement is None:
        return None
    each = as_told(words("Price of one hour"), price.replacement)
    label = words("{support}: what it would cost if somebody were paid", support=Name(quoted.line.name))
    cost = at_an_hour(label, quoted.minutes, price.replacement, (unpaid_figure(quoted), each))
    return replace(cost, not_included=(words("This is in no total: nobody pays it."),))


def reserved_figure(quote: Quote) -> Figure:
    """What is held back for something likely; it is part of all supports together."""
    return _of_role(
        quote,
        Role.RESERVE,
        words("Held back for something likely"),
        words("This is counted in what is planned, and only shown apart here."),
    )


def backup_figure(quote: Quote) -> Figure:
    """What the backups would cost if they were all needed; no total counts it."""
    return _of_role(
        quote,
        Role.BACKUP,
        words("What the backups would cost"),
        words("This is in no total. It is paid only if a backup is used."),
    )


def other_figures(quote: Quote) -> tuple[Figure, ...]:
    """Those figures of a quote that only some packages have."""
    roles = {line.line.role for line in quote.lines}
    replacements = (replacement_figure(line) for line in quote.lines if line.counted)
    return (
        *((given_figure(quote),) if quote.unpaid.count else ()),
        *(figure for figure in replacements if figure),
        *((reserved_figure(quote),) if Role.RESERVE in roles else ()),
        *((backup_figure(quote),) if Role.BACKUP in roles else ()),
        *((quote.fixed_share,) if quote.fixed_share else ()),
        *(open_figure(one) for one in quote.open),
    )


def _of_role(quote: Quote, role: Role, label: Words, note: Words) -> Figure:
    lines = [line for line in quote.lines if line.line.role is role and not line.unpaid]
    missing = () if all(line.complete for line in lines) else (NOT_KNOWN,)
    parts = tuple(line_figure(line) for line in lines)
    value = quote.reserved if role is Role.RESERVE else quote.backup
    return Figure(
        label=label,
        value=value if not parts or any(part.value is not None for part in parts) else None,
        sum=words("The amounts below added up"),
        parts=parts,
        not_included=(note, *missing, NO_EXTRAS),
        working=PARTS,
    )
