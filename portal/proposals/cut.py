"""The part of a line between two days, so that what is paid already is not planned once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from budgeting.money import Quantity
from budgeting.package import Spread, Units, Weekly
from budgeting.quotation import Quote
from portal.proposals.terms import Terms


def anchored(terms: Terms) -> Terms:
    """The same terms with the week named from which visits every few weeks are counted, so that a cut keeps them."""
    schedule = terms.schedule
    if isinstance(schedule, Weekly) and schedule.every_n_weeks > 1 and schedule.anchor is None:
        return replace(terms, schedule=replace(schedule, anchor=terms.starts))
    return terms


def clip(terms: Terms, first: date, last: date) -> Terms | None:
    """The part of a line between two days, both included; None when nothing is left.

    Units that are used evenly are cut by days, to the nearest thousandth; those used at once belong to the first day.
    """
    starts, ends = max(terms.starts, first), min(terms.ends, last)
    if ends < starts:
        return None
    if (starts, ends) == (terms.starts, terms.ends):
        return terms
    schedule = terms.schedule
    if isinstance(schedule, Units):
        if schedule.spread is Spread.ONCE:
            return replace(terms, starts=starts, ends=ends) if starts == terms.starts else None
        whole, part = (terms.ends - terms.starts).days + 1, (ends - starts).days + 1
        cut = (schedule.quantity.thousandths * part * 2 + whole) // (whole * 2)
        return replace(terms, starts=starts, ends=ends, schedule=replace(schedule, quantity=Quantity(cut)))
    return replace(anchored(terms), starts=starts, ends=ends)


def paid_until(line_id: str, quote: Quote) -> date | None:
    """The last day of which the money that pays for a line is told as spent; None when that is not known."""
    paid_from = quote.line(line_id).component
    return next((one.component.spent_until for one in quote.components if one.component.key == paid_from), None)


def to_come(lines: Iterable[tuple[str, Terms]], quote: Quote) -> list[tuple[str, Terms]]:
    """What is still to be paid of some priced lines: each from the day after its money was last known to be spent.

    What came before is paid already, and the ledger of the funding has it as spent. A line that is over is left out.
    """
    found = []
    for line_id, terms in lines:
        told = paid_until(line_id, quote)
        rest = clip(terms, told + timedelta(1), terms.ends) if told else terms
        if rest is not None:
            found.append((line_id, rest))
    return found
