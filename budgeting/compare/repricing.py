"""The same package on two sets of price lists: what new prices do to what was agreed, while nothing of it changes.

What was agreed stays. A price that was agreed never rises with the limit; where the limit binds and falls below it,
only the limit may be paid (NDIA, Pricing Arrangements and Price Limits: the lower of the agreed price and the limit on
the day of service). A support without an agreed price costs the limit of each day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from budgeting.catalogue import Editions
from budgeting.explain import NOT_KNOWN, Figure
from budgeting.explain.sums import less
from budgeting.money import Minutes, Money, rounded
from budgeting.package import Agreed, Package
from budgeting.period import Band, Calendar
from budgeting.pricing import quote
from budgeting.quotation import LineQuote, Quote, Row
from budgeting.words import Name, words
from budgeting.working import OVER, PARTS, TIMES, to_the_minute


class Outcome(StrEnum):
    """What a package costs with the new prices."""

    DEARER = "dearer"
    CHEAPER = "cheaper"
    SAME = "same"
    UNCLEAR = "unclear"  # something in it has no price any more, so the two amounts cannot be held side by side


class Mark(StrEnum):
    """What the new prices do to one line; a line can have several."""

    ENDED = "ended"  # its item is not in the new list any more
    ABOVE_LIMIT = "above_limit"  # the limit fell below the agreed price, and it binds
    OVER = "over"  # the same where the limit does not bind: it may be paid
    DEARER = "dearer"
    CHEAPER = "cheaper"
    STAYS = "stays"  # the limit rose, and the agreed price does not


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing the new prices do to a line. Prices are of one unit, for the kind of day that ``band`` names.

    ``agreed`` is None where nobody agreed to a price, also where the limit was taken as an estimate.
    """

    mark: Mark
    day: date  # the first visit for which it is so; of a limit that rises, the day of that
    band: Band
    agreed: Money | None = None
    limit_before: Money | None = None
    limit_after: Money | None = None


@dataclass(frozen=True, slots=True)
class RepricedLine:
    """One line that the new prices touch, with what it costs in all before and after."""

    line: str
    name: str
    touches: tuple[Touch, ...]
    before: Money
    after: Money

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What the new prices do to it, the gravest first, each once."""
        return tuple(one.mark for one in self.touches)

    @property
    def more(self) -> Money:
        """What the line costs more; negative when it costs less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Repricing:
    """A package before and after new prices; ``since`` is the first day on which they hold."""

    before: Quote
    after: Quote
    since: date
    lines: tuple[RepricedLine, ...]

    @property
    def more(self) -> Money:
        """What the package costs more; negative when it costs less."""
        return self.after.amount - self.before.amount

    @property
    def outcome(self) -> Outcome:
        """Dearer, cheaper or the same; unclear as soon as a support has lost its price."""
        if self.before.complete and not self.after.complete:
            return Outcome.UNCLEAR
        if any(Mark.ENDED in line.marks for line in self.lines):
            return Outcome.UNCLEAR
        return _outcome(self.more)

    @property
    def runs_dry(self) -> tuple[date | None, date | None]:
        """The first day that cannot be paid, before and after; None when the money lasts."""
        return first_dry(self.before), first_dry(self.after)

    @property
    def earlier(self) -> bool:
        """Whether the money runs dry earlier than before, or runs dry at all where it lasted."""
        before, after = self.runs_dry
        return after is not None and (before is None or after < before)

    @property
    def paid(self) -> tuple[Minutes, Minutes]:
        """The time of the planned visits that the money pays for, before and after."""
        return paid_minutes(self.before), paid_minutes(self.after)

    @property
    def lost(self) -> Minutes:
        """About how much time the added money buys of the dearer supports, at their new prices.

        None where the package as a whole does not cost more.
        """
        if self.more.minor <= 0:
            return Minutes(0)
        return Minutes(sum(_worth(one, self.after.line(one.line)) for one in self.lines if one.more.minor > 0))


def reprice(
    before: Package,
    after: Package,
    editions: tuple[Editions, Editions],
    calendar: Calendar,
    since: date,
) -> Repricing:
    """Price a package on the earlier and on the new price lists.

    Both packages hold the same lines; they differ only where a price was taken from a list (an estimate for public
    holidays). Lines that the new prices do not touch are left out of the answer.
    """
    was, becomes = quote(before, editions[0], calendar), quote(after, editions[1], calendar)
    earlier = {one.line.id: one for one in was.lines}
    lines = [_line(earlier[one.line.id], one, since) for one in becomes.lines if one.line.id in earlier]
    return Repricing(was, becomes, since, tuple(line for line in lines if line.touches))


def first_dry(quoted: Quote) -> date | None:
    """The first day that some part of the funding cannot pay; None when all of it lasts."""
    return min((one.runs_dry for one in quoted.components if one.runs_dry), default=None)


def paid_minutes(quoted: Quote) -> Minutes:
    """The time of the planned visits that the funding pays for."""
    return Minutes(sum(one.minutes_paid.count for one in quoted.components if one.lasts_until))


def _outcome(more: Money) -> Outcome:
    if more.minor > 0:
        return Outcome.DEARER
    return Outcome.CHEAPER if more.minor < 0 else Outcome.SAME


def _line(before: LineQuote, after: LineQuote, since: date) -> RepricedLine:
    found: dict[Mark, Touch] = {}
    for row in after.rows:
        if row.last >= since:
            was = _same_kind(before.rows, row, since)
            for mark in _marks(row, was, after):
                found.setdefault(mark, _touch(mark, row, was, after, since))
    touches = tuple(found[mark] for mark in Mark if mark in found)
    return RepricedLine(after.line.id, after.line.name, touches, before.amount, after.amount)


def _touch(mark: Mark, row: Row, was: Row | None, quoted: LineQuote, since: date) -> Touch:
    limit_was = was.limit if was else None
    first = row.priced.first if mark is Mark.STAYS and row.priced else row.first
    return Touch(mark, max(first, since), row.band, _agreed(row, quoted), limit_was, row.limit)


def _agreed(row: Row, quoted: LineQuote) -> Money | None:
    """The price somebody agreed to; None for a limit that was taken as an estimate."""
    if not isinstance(quoted.line.price, Agreed):
        return None
    found = quoted.line.price.found(row.first, row.band)
    return found.amount if found and not found.estimated else None


def _same_kind(rows: tuple[Row, ...], row: Row, since: date) -> Row | None:
    """What an earlier answer says of the same kind of visit, the nearest in time."""
    day = max(row.first, since)
    alike = [one for one in rows if (one.band, one.kind, one.minutes) == (row.band, row.kind, row.minutes)]
    around = [one for one in alike if one.first <= day <= one.last]
    return next(iter(around or sorted(alike, key=lambda one: abs((one.last - day).days))), None)


def _marks(row: Row, was: Row | None, quoted: LineQuote) -> Iterator[Mark]:
    if row.item is not None and row.priced is None and (was is None or was.priced is not None):
        yield Mark.ENDED
        return
    price, price_was = row.unit_price, was.unit_price if was else None
    agreed, limit, limit_was = _agreed(row, quoted), row.limit, was.limit if was else None
    fell = agreed is not None and limit is not None and limit < agreed and (limit_was is None or limit_was >= agreed)
    if fell:
        yield Mark.ABOVE_LIMIT if price == limit else Mark.OVER
    elif price is not None and price_was is not None and price != price_was:
        yield Mark.DEARER if price > price_was else Mark.CHEAPER
    elif price == agreed and limit is not None and limit_was is not None and limit > limit_was:
        yield Mark.STAYS


def _worth(one: RepricedLine, quoted: LineQuote) -> int:
    return rounded(one.more.minor * quoted.minutes.count, quoted.amount.minor) if quoted.amount.minor > 0 else 0


# Figures that explain themselves


def more_figure(found: Repricing) -> Figure:
    """What the package costs more with the new prices, or less, line by line."""
    parts = tuple(difference(one.name, one.before, one.after) for one in found.lines if one.more.minor)
    missing = () if found.after.complete else (NOT_KNOWN,)
    before, after = found.before.amount, found.after.amount
    if after < before:
        label = words("What it costs less with the new prices")
        text = words("{before} before, less {after} with the new prices", before=before, after=after)
        return less(label, before, after, text, parts, missing=missing)
    label = words("What it costs more with the new prices")
    text = words("{after} with the new prices, less {before} before", before=before, after=after)
    return less(label, after, before, text, parts, missing=missing)


def difference(name: str, before: Money, after: Money) -> Figure:
    """What a support, or the plan of somebody, costs more with the new prices; negative when it costs less."""
    text = words("{after} with the new prices, less {before} before", before=before, after=after)
    label = words("The difference for {support}", support=Name(name))
    return less(label, after, before, text)


def lost_figure(found: Repricing) -> Figure:
    """How much support the added money would have bought, support by support."""
    parts = []
    for one in found.lines:
        quoted = found.after.line(one.line)
        if one.more.minor > 0 and (minutes := _worth(one, quoted)):
            text = words(
                "{more} of the {amount} that {time} of it cost now",
                more=one.more,
                amount=quoted.amount,
                time=quoted.minutes,
            )
            working = to_the_minute(quoted.minutes, TIMES, one.more, OVER, quoted.amount)
            parts.append(Figure(words("{support}", support=Name(one.name)), Minutes(minutes), text, working=working))
    return Figure(
        words("What the added money would buy"),
        found.lost,
        words("For each support, the time that its added cost buys at the new price"),
        tuple(parts),
        working=PARTS,
    )
