"""The days on which something may be claimed beside a support, each with the item it is claimed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from budgeting.catalogue import Priced
from budgeting.lines import Pricer
from budgeting.money import Money, rounded
from budgeting.package import Spread, Units
from budgeting.period import Band, Days, stretches
from budgeting.programs.along import Along, add_each, add_spread
from budgeting.programs.ndis import parameters
from budgeting.programs.ndis.items import CLAIM_ITEMS
from budgeting.terms import Term

DATED = (  # parameters that matter here
    "kilometre_rate",
    "kilometre_rate_modified",
    "travel_minutes_city",
    "travel_minutes_regional",
    "therapy_travel_share",
    "sleepover_active_minutes",
)


@dataclass(frozen=True, slots=True)
class Span:
    """Some days of a line (ordinals) in one time band: the price of the support, and the item to claim on.

    ``days`` are those of the visits; None for a line in units. ``own`` says that the item is there for this claim
    alone, so that its limit is the limit; ``priced`` is None when no price list has the support.
    """

    band: Band
    days: list[Days] | None
    term: Term
    first: int
    last: int
    item: str | None
    priced: Priced | None
    limit: Money | None
    own: bool = False

    @property
    def day(self) -> date:
        return date.fromordinal(self.first)


def spans(pricer: Pricer) -> Iterator[Span]:
    """The days of a line by time band and price of the support."""
    if isinstance(pricer.line.schedule, Units):
        yield from of_band(pricer, ordinary_band(pricer), None)
        return
    by_band: dict[Band, list[Days]] = {}
    for days, piece in pricer.visits:
        by_band.setdefault(piece.band, []).append(days)
    for band, days_of in by_band.items():
        yield from of_band(pricer, band, days_of)


def of_band(pricer: Pricer, band: Band, days: list[Days] | None) -> Iterator[Span]:
    """The days of one time band by the price of the support."""
    end = pricer.last if days is None else pricer.last + 1  # a visit on the last day may end on the next
    for term in pricer.terms(band):
        begins, ends = max(term.first, pricer.first), min(term.last, end)
        for first, last in stretches(begins, ends, _changes()) if begins <= ends else ():
            yield Span(band, days, term, first, last, pricer.item(band), term.priced, term.published)


def ordinary_band(pricer: Pricer) -> Band:
    """The time band of what has no time of day: any, or else a weekday's daytime."""
    return Band.ANY if pricer.item(Band.ANY) or not pricer.timed() else Band.DAY


def claimed(pricer: Pricer, span: Span, claim: str) -> Iterator[Span]:
    """The part of some days on which a kind of claim is allowed, on an item of its own where there is one.

    A support that is on no price list is taken as agreed.
    """
    if span.item is None or span.priced is None:
        yield span
        return
    at, following = pricer.at, span.first
    for own in (span.item + ending for ending in CLAIM_ITEMS[claim]):
        for limited in at.editions.limits(own, at.place.zone, at.place.state):
            first, last = max(limited.first, following), min(limited.last, span.last)
            if limited.priced is None or first > last:
                continue
            if following < first:
                yield from _flagged(replace(span, first=following, last=first - 1), claim)
            yield replace(span, first=first, last=last, item=own, priced=limited.priced, limit=limited.limit, own=True)
            following = last + 1
    if following <= span.last:
        yield from _flagged(replace(span, first=following), claim)


def _flagged(span: Span, claim: str) -> Iterator[Span]:
    if span.priced is not None and span.priced.item.flags.get(claim) == "Y":
        yield span


def beside(pricer: Pricer, span: Span, sequence: str) -> tuple[str | None, Priced | None]:
    """The item with a sequence number for the category and registration group of a support, with its row."""
    if span.term.priced is None:
        return None, None
    number = span.term.priced.item.number
    item = pricer.at.editions.kin(number[:2], sequence, span.term.priced.item.group)
    return item, pricer.at.editions.row(item, span.day) if item else None


def put(pricer: Pricer, along: Along, span: Span, times: int | None = None) -> None:
    """Add something once for each visit of a span; for a line in units so many times over the whole line."""
    if span.days is not None:
        add_each(pricer, along, span.days, span.first, span.last)
        return
    add_spread(pricer, along, share_of(pricer, times or 0, span.first, span.last), span.first, span.last)


def share_of(pricer: Pricer, whole: int, first: int, last: int) -> int:
    """The part of a whole number that falls on some days when it is spread over the line as its units are."""
    start, days = pricer.line.period.first.toordinal(), pricer.line.period.days
    if isinstance(pricer.line.schedule, Units) and pricer.line.schedule.spread is Spread.ONCE:
        return whole if first <= start <= last else 0
    return rounded(whole * (last - start + 1), days) - rounded(whole * (first - start), days)


@cache
def _changes() -> frozenset[int]:
    """The days (ordinals) on which a parameter that matters gets a new value."""
    known = parameters().by_key
    return frozenset(since.toordinal() for key in DATED for since, _ in known[key].values)
