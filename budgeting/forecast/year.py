"""What happens in the days of a package, for a calendar: money that comes or runs dry, prices, holidays, ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from itertools import pairwise

from budgeting.catalogue import Editions
from budgeting.explain import BANDS, Figure, shown
from budgeting.explain.lines import price_figure, row_figure
from budgeting.explain.totals import lapsed_figure, lasts_figure, released_figure
from budgeting.extras import RowKind
from budgeting.forecast import holiday_more
from budgeting.money import HOURLY, Money
from budgeting.package import Line, Package, Role, Weekly, visits_of
from budgeting.period import Calendar, Period
from budgeting.pricing import quote
from budgeting.programs import holiday_names
from budgeting.quotation import LineQuote, Quote, Row
from budgeting.words import Name, Value, Words, nwords, words
from budgeting.working import MINUS, PARTS, TIMES, exactly


class EventKind(StrEnum):
    """What kind of thing happens on a day."""

    BEGINS = "begins"  # a support begins
    RELEASED = "released"  # the money of a funding period
    HOLIDAY = "holiday"  # visits on a public holiday
    NOBODY = "nobody"  # a day off on which nobody else comes
    PRICE = "price"  # a price changes
    DRY = "dry"  # the money of a funding period does not reach
    LAPSES = "lapses"  # money that does not go on
    ENDS = "ends"  # a support ends before the package does
    FUNDING_ENDS = "funding_ends"
    UNKNOWN = "unknown"  # public holidays are not known from here on


ORDER = {kind: number for number, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True)
class YearEvent:
    """One thing that happens. ``amount`` is the money it is about: released, more because of a holiday, missing."""

    kind: EventKind
    day: date
    words: Words
    amount: Money | None = None
    line: str | None = None
    component: str | None = None
    how: Callable[[], Figure] | None = field(default=None, compare=False, repr=False)  # made when somebody reads it

    @property
    def figure(self) -> Figure | None:
        """The money or the day it is about with its explanation; None where there is nothing to work out."""
        return self.how() if self.how else None


def events(quoted: Quote, editions: Editions, calendar: Calendar) -> tuple[YearEvent, ...]:
    """Everything that happens in the days of a priced package, in order of days."""
    found = [
        *_money(quoted),
        *(event for one in quoted.lines for event in _line(one, quoted.package)),
        *_holidays(quoted, editions, calendar),
        *(_nobody(day) for day in days_off(quoted.package)),
    ]
    covers, last = calendar.covers, quoted.package.period.last
    if covers and last > covers.last:
        text = words("Public holidays after this day are not known yet and are not counted.")
        found.append(YearEvent(EventKind.UNKNOWN, covers.last, text))
    inside = [event for event in found if event.day in quoted.package.period]
    return tuple(sorted(inside, key=lambda event: (event.day, ORDER[event.kind], event.line or event.component or "")))


def _money(quoted: Quote) -> Iterator[YearEvent]:
    for one in quoted.parts.values():
        key, name = one.component.key, shown(one.component.name)
        for number, period in enumerate(one.periods):
            first, last = period.period.first, period.period.last
            if len(one.periods) > 1:
                text = words("{component}: {amount} is released.", component=name, amount=period.released)
                worked = partial(released_figure, period) if period.how else None  # else a letter told it
                yield YearEvent(EventKind.RELEASED, first, text, period.released, component=key, how=worked)
            if period.lapsed:
                text = words("{component}: {amount} does not go on.", component=name, amount=period.lapsed)
                how = partial(lapsed_figure, one, number)
                yield YearEvent(EventKind.LAPSES, last, text, period.lapsed, component=key, how=how)
        if one.runs_dry:
            text = words("{component}: the money does not reach from this day on.", component=name)
            yield YearEvent(EventKind.DRY, one.runs_dry, text, component=key, how=partial(lasts_figure, one))
    funding = quoted.package.funding
    if funding and funding.period.last <= quoted.package.period.last:
        yield YearEvent(EventKind.FUNDING_ENDS, funding.period.last, words("The last day of the funding."))


def _line(quoted: LineQuote, package: Package) -> Iterator[YearEvent]:
    line, name = quoted.line, Name(quoted.line.name)
    if line.period.first > package.period.first:
        text = words("{support} begins.", support=name)
        yield YearEvent(EventKind.BEGINS, line.period.first, text, line=line.id)
    if line.period.last < package.period.last:
        text = words("{support}: the last day.", support=name)
        yield YearEvent(EventKind.ENDS, line.period.last, text, line=line.id)
    yield from _prices(quoted)


def _prices(quoted: LineQuote) -> Iterator[YearEvent]:
    """Each day on which prices of a line change, once, with what the change costs up to the end."""
    chains: dict[tuple[object, ...], list[Row]] = {}
    for row in quoted.rows:
        if row.unit_price is not None and row.kind is RowKind.SUPPORT:
            chains.setdefault((row.band, row.minutes, row.unit), []).append(row)
    changes: dict[date, list[tuple[Row, Row]]] = {}
    for chain in chains.values():
        chain.sort(key=lambda row: row.first)
        for before, after in pairwise(chain):
            if before.unit_price != after.unit_price and before.last < after.first:
                changes.setdefault(_since(before, after), []).append((before, after))
    for day, pairs in sorted(changes.items()):
        before, after = pairs[0]
        if before.unit_price is None or after.unit_price is None:
            continue
        text = words(
            "{support}: a new price. {when}: {after} instead of {before}.",
            support=Name(quoted.line.name),
            when=BANDS[after.band],
            after=after.unit_price,
            before=before.unit_price,
        )
        more, how = Money(sum(_dearer(*pair) for pair in pairs)), partial(_dearer_figure, quoted, pairs)
        yield YearEvent(EventKind.PRICE, day, text, more, line=quoted.line.id, how=how)


def _since(before: Row, after: Row) -> date:
    """The day on which the later price begins to hold: that of the price list, where it lies between the two."""
    listed = after.priced.first if after.priced else None
    return listed if listed and before.last < listed <= after.first else after.first


def _dearer(before: Row, after: Row) -> int:
    """Minor units that a row costs more than at the price before; negative when it costs less."""
    was, now = _one_time(before, after)
    return (now - was).minor * (1 if after.each is None else after.visits)


def _one_time(before: Row, after: Row) -> tuple[Money, Money]:
    """What one visit of a row costs at the price before, and now; all of it where it has no visits."""
    if before.unit_price is None or after.amount is None:
        return Money(0), Money(0)
    if after.each is None:
        return before.unit_price.for_units(after.quantity.thousandths), after.amount
    hourly = after.unit in HOURLY and after.minutes is not None
    return before.unit_price.for_minutes(after.minutes or 0) if hourly else before.unit_price, after.each


def _dearer_figure(quoted: LineQuote, pairs: Sequence[tuple[Row, Row]]) -> Figure:
    """What new prices of a line cost more up to the end, for each kind of day."""
    parts = tuple(_row_dearer(before, after, quoted) for before, after in pairs)
    more = Money(sum(_dearer(*pair) for pair in pairs))
    return Figure(words("More for {support}", support=Name(quoted.line.name)), more, parts=parts, working=PARTS)


def _row_dearer(before: Row, after: Row, quoted: LineQuote) -> Figure:
    was, now = _one_time(before, after)
    label = row_figure(after, quoted).label
    text = words("{after} with the new prices, less {before} before", before=was, after=now)
    prices = (replace(price_figure(before, quoted), label=words("Before")), price_figure(after, quoted))
    one = Figure(words("One visit"), now - was, text, prices, working=exactly(now, MINUS, was))
    if after.each is None:
        return replace(one, label=label)
    said = nwords("{n} visit at {each}", "{n} visits at {each}", after.visits, each=now - was)
    more = Money(_dearer(before, after))
    return Figure(label, more, said, (one,), working=exactly(after.visits, TIMES, now - was))


def _holidays(quoted: Quote, editions: Editions, calendar: Calendar) -> Iterator[YearEvent]:
    """Each public holiday with what it costs more than an ordinary day; together they come to what all cost more.

    A holiday also touches a visit that begins on the evening before, so each one is told by leaving the later ones out.
    """
    package = quoted.package
    reach = Period(package.period.first, package.period.last + timedelta(1))
    local = calendar.at(package.place)
    days = [day for day in local if day in reach]
    so_far = Calendar(())
    for number, day in enumerate(days, start=1):
        following = Calendar(local[one] for one in days[:number])
        around = package.period.overlap(Period(day - timedelta(1), day))
        lines = tuple(one for one in package.lines if around and visits_of(one, around))
        if around and lines:
            short = replace(package, period=around, lines=lines)
            on_it, without = quote(short, editions, following), quote(short, editions, so_far)
            if on_it.amount != without.amount:
                name = holiday_names.named(local[day].name)
                yield _holiday(min(day, package.period.last), name, on_it, without)
        so_far = following


def _holiday(day: date, name: Value, on_it: Quote, without: Quote) -> YearEvent:
    more = on_it.amount - without.amount
    if more.minor > 0:
        text = words("{holiday}: visits cost {amount} more than on an ordinary day.", holiday=name, amount=more)
    else:
        text = words("{holiday}: visits cost {amount} less.", holiday=name, amount=-more)
    return YearEvent(EventKind.HOLIDAY, day, text, more, how=partial(holiday_more, on_it, without))


def _nobody(day: date) -> YearEvent:
    return YearEvent(EventKind.NOBODY, day, words("Nobody comes on this day."))


def days_off(package: Package) -> list[date]:
    """Days that were left out of regular visits and on which nobody else comes, in order."""
    coming = [line for line in package.lines if line.role is not Role.BACKUP and isinstance(line.schedule, Weekly)]
    left_out = {day for line in coming for day in line.skips if _would_come(line, day)}
    inside = sorted(day for day in left_out if day in package.period)
    return [day for day in inside if not any(visits_of(line, Period(day, day)) for line in coming)]


def lonely_days(package: Package) -> list[date]:
    """Days off on which nobody comes although, on all days of the week around them, somebody would; in order."""
    coming = [replace(line, skips=()) for line in package.lines if line.role is not Role.BACKUP]
    found = []
    for day in days_off(package):
        week = (day + timedelta(number) for number in range(-3, 4))
        inside = [one for one in week if one in package.period]
        if all(any(visits_of(line, Period(one, one)) for line in coming) for one in inside):
            found.append(day)
    return found


def _would_come(line: Line, day: date) -> bool:
    within = Period(day, day)
    return not visits_of(line, within) and bool(visits_of(with_visit(line, day), within))


def with_visit(line: Line, day: date) -> Line:
    """The same line with its visit on a day that was left out."""
    return replace(line, skips=tuple(one for one in line.skips if one != day))
