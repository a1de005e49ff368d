"""The part of a line between two days, so that what is paid already is not planned once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from budgeting.money import HOURLY, Quantity
from budgeting.package import Spread, Units, Weekly
from budgeting.period import DAY
from budgeting.quotation import Quote
from portal.proposals.terms import Terms

SAYABLE = 50  # thousandths of an hour: three minutes, so that it is a whole number as a time and as a quantity


def anchored(terms: Terms) -> Terms:
    """The same terms with the week named from which visits every few weeks are counted, so that a cut keeps them."""
    schedule = terms.schedule
    if isinstance(schedule, Weekly) and schedule.every_n_weeks > 1 and schedule.anchor is None:
        return replace(terms, schedule=replace(schedule, anchor=terms.starts))
    return terms


def clip(terms: Terms, first: date, last: date) -> Terms | None:
    """The part of a line between two days, both included; None when nothing is left.

    Units that are used evenly are cut by days, hours to the nearest three minutes and others to the nearest thousandth;
    what is cut apart is together the whole. Those used at once belong to the first day.
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
        cut = Quantity(_used_before(terms, schedule, ends + DAY) - _used_before(terms, schedule, starts))
        return replace(terms, starts=starts, ends=ends, schedule=replace(schedule, quantity=cut))
    return replace(anchored(terms), starts=starts, ends=ends)


def _used_before(terms: Terms, schedule: Units, day: date) -> int:
    """How much of units that are used evenly belongs to the days of a line before a day, in thousandths."""
    whole, part = (terms.ends - terms.starts).days + 1, (day - terms.starts).days
    all_of_it = schedule.quantity.thousandths
    if part >= whole:
        return all_of_it
    step = SAYABLE if schedule.unit in HOURLY else 1
    return min(all_of_it, (all_of_it * part * 2 + whole * step) // (whole * step * 2) * step)


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
        rest = clip(terms, told + DAY, terms.ends) if told else terms
        if rest is not None:
            found.append((line_id, rest))
    return found
