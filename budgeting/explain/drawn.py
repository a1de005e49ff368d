"""What lines take from a part of the funding between two days: money and time, from their charges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from budgeting.charges import EvenCharge, Ledger, VisitCharge
from budgeting.explain import WEAKER, Confidence, Figure, Source, all_time, summed
from budgeting.explain.sums import times, used_of
from budgeting.money import Minutes, Money
from budgeting.package import Agreed
from budgeting.words import Name, Value, Words, nwords, words
from budgeting.working import MINUS, PARTS, exactly

if TYPE_CHECKING:
    from budgeting.quotation import Drawn, LineQuote


OUR_ORDER = words(
    "More than one part of the funding may pay for this, and nobody said which. In which order they pay is our reading "
    "of the rules."
)


def planned_figure(label: Words, drawn: Iterable[Drawn], first: int, last: int) -> Figure:
    """What all lines take between two days (ordinals), line by line."""
    parts = (figure for one in drawn if (figure := _line_figure(one, first, last)).value != Money(0))
    return summed(label, words("What each support takes on these days, added up"), parts)


def time_figure(label: Words, drawn: Iterable[Drawn], first: int, last: int) -> Figure:
    """The time of support of all lines between two days (ordinals), line by line."""
    parts = (figure for one in drawn if (figure := _line_time(one, first, last)).value != Minutes(0))
    return all_time(label, words("The time of all visits on these days, added up"), parts)


def _line_figure(one: Drawn, first: int, last: int) -> Figure:
    parts = _pieces(one, first, last, Money, lambda charge: charge.each, lambda charge: charge.amount)
    whole = _together(one, Money(Ledger(one.charges).taken(first, last)), parts)
    return replace(whole, rule=by_order(whole, one.quoted.order).rule) if one.quoted else whole


def by_order(figure: Figure, order: Source | None) -> Figure:
    """A figure that was decided by the order of the parts of the funding, which ``order`` is the source of, if any."""
    return replace(figure, rule=OUR_ORDER if order and order.ours else None, source=order)


def sureness(quoted: LineQuote) -> Confidence:
    """How sure the amounts of a line are: no surer than the price, and the share of the client, of its weakest row."""
    found = [Confidence.GIVEN]
    for row in quoted.rows:
        price = quoted.line.price
        agreed = price.found(row.first, row.band) if isinstance(price, Agreed) else None
        if row.how is not None:
            found.append(row.how.confidence or Confidence.GIVEN)
        else:
            found.append(Confidence.A if agreed is None else Confidence.C if agreed.estimated else Confidence.GIVEN)
        if row.rate_source and row.contribution:
            found.append(row.rate_source.confidence)
        if row.hours:
            found.append(row.hours.confidence)
    if quoted.order:
        found.append(quoted.order.confidence)
    return max(found, key=WEAKER.index)


def _pieces(
    one: Drawn,
    first: int,
    last: int,
    unit: Callable[[int], Money | Minutes],
    each_of: Callable[[VisitCharge], int],
    whole_of: Callable[[EvenCharge], int],
) -> list[Figure]:
    """What a line takes between two days, in money or in time: visits that take the same together, then the rest."""
    visits: dict[int, int] = {}
    even = []
    for charge in one.charges:
        if isinstance(charge, VisitCharge):
            count = charge.days.count(first, last)
            visits[each_of(charge)] = visits.get(each_of(charge), 0) + count
        elif taken := charge.used(whole_of(charge), first, last):
            even.append(_even_figure(charge, unit(taken), unit(whole_of(charge)), first, last))
    return [_visits_figure(count, unit(each)) for each, count in visits.items() if count and each] + even


def _line_time(one: Drawn, first: int, last: int) -> Figure:
    parts = _pieces(one, first, last, Minutes, lambda charge: charge.minutes, lambda charge: charge.minutes)
    return _together(one, Minutes(Ledger(one.charges).minutes(first, last)), parts)


def _together(one: Drawn, value: Money | Minutes, parts: list[Figure]) -> Figure:
    """One figure for several parts, as sure as the line is; a single part speaks for itself."""
    label = words("{support}", support=Name(one.name))
    source = Source("", confidence=sureness(one.quoted)) if one.quoted else None
    if len(parts) == 1:
        (part,) = parts
        return Figure(label, value, part.sum, part.parts, source=source, working=part.working)
    return Figure(label, value, words("The parts below added up"), tuple(parts), source=source, working=PARTS)


def _visits_figure(count: int, each: Money | Minutes) -> Figure:
    if isinstance(each, Minutes):
        text = nwords("{n} visit of {each}", "{n} visits of {each}", count, each=each)
        return times(words("Visits of {each}", each=each), count, each, text)
    text = nwords("{n} visit at {each}", "{n} visits at {each}", count, each=each)
    return times(words("Visits at {each}", each=each), count, each, text)


def _even_figure(charge: EvenCharge, taken: Value, whole: Money | Minutes, first: int, last: int) -> Figure:
    """The part of an evenly spread amount on some days: what is used by their end less what was used before."""
    after = _used(charge, whole, min(last, charge.last))
    label = words("Spread evenly")
    if first <= charge.first:
        return Figure(label, taken, after.sum, working=after.working)
    before = _used(charge, whole, first - 1)
    text = words("Spread evenly, as far as it lies in these days")
    return Figure(label, taken, text, (after, before), working=exactly(after.known, MINUS, before.known))


def _used(charge: EvenCharge, whole: Money | Minutes, day: int) -> Figure:
    label = words("By the end of {day}", day=date.fromordinal(day))
    return used_of(label, whole, day - charge.first + 1, charge.last - charge.first + 1)
