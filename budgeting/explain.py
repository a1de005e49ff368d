"""Every figure can say how it came about: its sum, its rule, the source, the date, and what it leaves out.

A new figure fills in ``label``, ``value`` and ``working`` (budgeting.working shows how, with an example), ``sum`` in
words, its ``parts``, the ``rule`` and ``source`` it rests on, and ``not_included``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from budgeting.money import Minutes
from budgeting.package import Agreed, AtLimit
from budgeting.period import Band
from budgeting.words import Name, Value, Words, nwords, words
from budgeting.working import Working, spelled

if TYPE_CHECKING:
    from budgeting.quotation import ComponentTotal, LineQuote, PeriodTotal, Quote, Row


class Confidence(StrEnum):
    """How sure a fact is: as told by the person, in law or on a government page, second hand, or unverified."""

    GIVEN = "given"  # what you, a letter or an agreement said
    A = "A"  # read in the law or on a government page
    B = "B"  # government content through a secondary source
    C = "C"  # a single secondary source, or our conclusion
    U = "U"  # not verified

    @property
    def words(self) -> Words:
        """How sure it is, in a sentence."""
        return _SURE[self]


_SURE = {
    Confidence.GIVEN: words("This is what you, a letter or an agreement said."),
    Confidence.A: words("We read this in the law or on a government page."),
    Confidence.B: words("We know this second hand. Please check it before you rely on it."),
    Confidence.C: words("This rests on one source, or on our own reading of the rules. Please check it."),
    Confidence.U: words("This is not confirmed. Please check it before you rely on it."),
}

BANDS = {
    Band.DAY: words("Weekday, daytime"),
    Band.EVENING: words("Weekday, evening"),
    Band.NIGHT: words("Weekday, night"),
    Band.SATURDAY: words("Saturday"),
    Band.SUNDAY: words("Sunday"),
    Band.HOLIDAY: words("Public holiday"),
    Band.SLEEPOVER: words("Sleepover at night"),
    Band.ANY: words("Any time"),
}

UNITS = {
    "H": words("hours"),
    "hour": words("hours"),
    "E": words("items"),
    "D": words("days"),
    "WK": words("weeks"),
    "MON": words("months"),
    "YR": words("years"),
    "trip": words("one-way trips"),
    "meal": words("meals"),
    "actual_cost": words("dollars of actual cost"),
}
DOLLARS = words("dollars")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or value was read, and from which day it holds."""

    title: str
    clause: str = ""
    since: date | None = None
    confidence: Confidence = Confidence.U

    @property
    def words(self) -> Words:
        """The source in a sentence; its title stays as it was published."""
        known: dict[str, Value] = {"title": Name(self.title), "clause": Name(self.clause)}
        if self.since is None:
            return words("From: {title}. {clause}", **known) if self.clause else words("From: {title}.", **known)
        known["since"] = self.since
        if self.clause:
            return words("From: {title}, {clause}. It holds from {since}.", **known)
        return words("From: {title}. It holds from {since}.", **known)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that explains itself. ``value`` is None when it is not known, which is never shown as zero.

    ``sum`` is the calculation in words, ``working`` the same as arithmetic (budgeting.working says how to fill it in);
    ``parts`` are the figures it is made of.
    """

    label: Words
    value: Value | None
    sum: Words | None = None
    parts: tuple[Figure, ...] = ()
    rule: Words | None = None
    source: Source | None = None
    not_included: tuple[Words, ...] = ()
    working: Working | None = None

    @property
    def summary(self) -> Words:
        """The label and the value in one sentence."""
        if self.value is None:
            return words("{label}: not known yet", label=self.label)
        return words("{label}: {value}", label=self.label, value=self.value)

    @property
    def worked(self) -> Value | None:
        """The working with its result, to be shown and followed with a pocket calculator; None when not known."""
        if self.working is None or self.value is None:
            return None
        return spelled(self.working, self.value, (part.value for part in self.parts))

    @property
    def confidence(self) -> Confidence | None:
        """How sure the figure is: no surer than its weakest part; None when nothing is said about it anywhere."""
        found = [self.source.confidence] if self.source else []
        found += [known for part in self.parts if (known := part.confidence)]
        return max(found, key=WEAKER.index, default=None)

    @property
    def caution(self) -> Words | None:
        """What to be careful about when a part of it is not sure; None when all was told, or read at its source."""
        confidence = self.confidence
        if confidence in (None, Confidence.GIVEN, Confidence.A):
            return None
        if self.source and self.source.confidence is confidence:
            return confidence.words
        return words("It is no surer than its weakest part. {weakest}", weakest=confidence.words)


WEAKER = tuple(Confidence)  # from the surest to the least sure
NOT_KNOWN = words("Some prices are not known yet. This is the least it will cost.")
NO_EXTRAS = words("Travel, kilometres and visits called off at short notice are not counted here.")


def unit_of(row: Row) -> Words:
    """What one row is counted in, in words."""
    if row.priced and row.priced.item.dollar_units:
        return DOLLARS
    return UNITS.get(row.unit, UNITS["E"])


def line_figure(quoted: LineQuote) -> Figure:
    """The amount of a line with its whole explanation."""
    missing = () if quoted.complete else (NOT_KNOWN,)
    return Figure(
        label=words("{support}, altogether", support=Name(quoted.line.name)),
        value=quoted.amount if any(row.amount is not None for row in quoted.rows) else None,
        sum=words("The amounts below added up"),
        parts=tuple(row_figure(row, quoted) for row in quoted.rows),
        rule=words("Every visit is rounded to the cent by itself, then all are added."),
        not_included=(*missing, NO_EXTRAS),
    )


def contribution_figure(quoted: LineQuote) -> Figure:
    """What the client pays towards a line, with its whole explanation; not known when some rate is not."""
    known = all(row.contribution is not None for row in quoted.rows if row.amount is not None)
    return Figure(
        label=words("What you pay towards {support}", support=Name(quoted.line.name)),
        value=quoted.contribution if known else None,
        sum=words("The parts below added up"),
        parts=tuple(_share_figure(row) for row in quoted.rows if row.amount is not None),
        rule=words("Your share depends on the kind of service. It is rounded to the cent for each visit."),
        not_included=() if known else (words("Your share for some services is not known yet."),),
    )


def _share_figure(row: Row) -> Figure:
    if row.rate is None or row.amount is None:
        return Figure(BANDS[row.band], None)
    if row.each is not None:
        text = nwords(
            "{rate} of {each}, for {n} visit",
            "{rate} of {each}, for {n} visits",
            row.visits,
            rate=row.rate,
            each=row.each,
        )
    else:
        text = words("{rate} of {amount}", rate=row.rate, amount=row.amount)
    return Figure(BANDS[row.band], row.contribution, text, source=row.rate_source)


def row_figure(row: Row, quoted: LineQuote) -> Figure:
    """One row of a line: so many visits or units at one price, on some days."""
    price = price_figure(row, quoted)
    if row.each is not None:
        text = nwords("{n} visit at {each}", "{n} visits at {each}", row.visits, each=row.each)
        parts = (_visit_figure(row, price),)
    elif row.visits:
        text = nwords("{n} visit, price not known yet", "{n} visits, price not known yet", row.visits)
        parts = (price,)
    else:
        text = words(
            "{quantity} at {price} each, counted in {unit}",
            quantity=row.quantity,
            unit=unit_of(row),
            price=_or_unknown(row),
        )
        parts = (price,)
    label = words("{when}, {first} to {last}", when=BANDS[row.band], first=row.first, last=row.last)
    return Figure(label, row.amount, text, parts)


def _or_unknown(row: Row) -> Value:
    return row.unit_price if row.unit_price is not None else words("a price that is not known yet")


def _visit_figure(row: Row, price: Figure) -> Figure:
    if row.unit in ("H", "hour") and row.minutes is not None and row.unit_price is not None:
        text = words("{time} at {price} an hour, rounded to the cent", time=Minutes(row.minutes), price=row.unit_price)
    else:
        text = words("One unit for each visit")
    return Figure(words("One visit"), row.each, text, (price,))


def price_figure(row: Row, quoted: LineQuote) -> Figure:
    """The price of one unit: which price it is, why, and where it comes from."""
    listed = None
    if row.priced:
        item, edition = row.priced.item, row.priced.edition
        listed = Source(edition.source, item.number, item.starts, Confidence.A)
    limit = Figure(words("Price limit"), row.limit, source=listed)
    given = Source("", confidence=Confidence.GIVEN)
    label = words("Price of one hour") if row.unit in ("H", "hour") else words("Price of one unit")
    shared = quoted.line.participants > 1 or quoted.line.workers > 1
    rule = words("The limit is shared by everyone in the group, in whole cents rounded down.") if shared else None
    if isinstance(quoted.line.price, AtLimit):
        why = words("No limit is published") if row.limit is None else words("The price limit in force on these days")
        return Figure(label, row.unit_price, why, (), rule, listed)
    if row.agreed is None:
        return Figure(label, None, words("No price is agreed yet"), (limit,) if row.priced else ())
    found = quoted.line.price.found(row.first, row.band) if isinstance(quoted.line.price, Agreed) else None
    if found and found.estimated:
        why = words("On public holidays: the published price limit, as an estimate. Ask your provider.")
        return Figure(label, row.unit_price, why, (), rule, listed)
    if row.unit_price != row.agreed and row.limit is not None:
        text = words("The lower of the agreed price {agreed} and the limit {limit}", agreed=row.agreed, limit=row.limit)
        rule = words("Where an agency or a plan manager pays, no more than the limit is paid.")
        return Figure(label, row.unit_price, text, (limit,), rule, listed)
    parts = (limit,) if row.limit is not None else ()
    return Figure(label, row.unit_price, words("The agreed price"), parts, rule, given)


def component_figure(total: ComponentTotal) -> Figure:
    """What is left of a component with its whole explanation."""
    text = words(
        "{amount} granted, less {spent} spent, less {planned} planned",
        amount=total.amount,
        spent=total.spent,
        planned=total.planned,
    )
    if total.lapsed:
        text = words(
            "{amount} granted, less {spent} spent, less {planned} planned, less {lapsed} that does not go on",
            amount=total.amount,
            spent=total.spent,
            planned=total.planned,
            lapsed=total.lapsed,
        )
    return Figure(
        label=words("{component}: left at the end", component=shown(total.component.name)),
        value=total.left,
        sum=text,
        parts=tuple(period_figure(period) for period in total.periods),
        source=Source("", confidence=Confidence.GIVEN),
        not_included=(NO_EXTRAS,),
    )


def period_figure(period: PeriodTotal) -> Figure:
    """What is left on the last day of a funding period."""
    text = words(
        "{released} released, and {carried} from before, less {spent} spent, less {planned} planned",
        released=period.released,
        carried=period.carried_in,
        spent=period.spent,
        planned=period.planned,
    )
    value = period.left if not period.short else -period.short
    label = words("{first} to {last}", first=period.period.first, last=period.period.last)
    rule = words("What is not used goes on as far as the rules allow. Later money cannot be used early.")
    return Figure(label, value, text, (period.how,) if period.how else (), rule)


def quote_figure(quote: Quote) -> Figure:
    """The amount of the whole package with its whole explanation."""
    missing = () if quote.complete else (NOT_KNOWN,)
    return Figure(
        label=words("All supports together"),
        value=quote.amount,
        sum=words("The amounts of all supports added up"),
        parts=tuple(line_figure(line) for line in quote.lines),
        not_included=(*missing, NO_EXTRAS),
    )


def shown(name: str | Words) -> Value:
    """A name as a value of a sentence: ours are translated, those from a letter stay as they are."""
    return Name(name) if isinstance(name, str) else name
