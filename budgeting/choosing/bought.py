"""The same week, bought differently: the same visits at other prices, in money, hours and days it lasts.

The visits stay exactly as they are; only who is paid, and what for an hour, differs. Each way is a package like any
other, so public holidays, shares and the money of the funding count as always.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from budgeting.catalogue import Editions
from budgeting.choosing.employment import Hours
from budgeting.explain import BANDS, Figure
from budgeting.explain.sums import on_average
from budgeting.explain.totals import lasts_figure
from budgeting.money import UNIT, Minutes, Money, Quantity, rounded, total
from budgeting.package import Agreed, AgreedAmount, Line, Package, Units, Unpaid, Weekly
from budgeting.period import Band, Calendar, Period
from budgeting.pricing import quote
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Value, Words, words
from budgeting.working import OVER, PARTS, TIMES, to_the_cent, to_the_minute

WEEK, YEAR = 7, 365
FIXED = "~fixed"  # the id of the line that holds what is paid whatever is worked
BACKUP = words("Somebody else when the worker is ill or away. You find and pay them.")
RECRUITING = words("Finding a worker, checks and training.")
OWN_HOURS = words("Your own time: the roster, the pay, the records.")
ALLOWED = words("Whether your funding lets you buy it in this way. Ask before you decide.")
NOT_IN_A_PRICE = words("Travel, driving, reports and fees that come along now. Ask what they cost there.")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to buy the same visits. ``yearly`` is paid whatever is worked, worked out for one year.

    ``supports``: kinds of support that have a price of their own, as price lists do; all others cost ``hours``.
    """

    key: str
    name: Value
    hours: Hours
    yearly: Figure | None = None
    not_included: tuple[Words, ...] = ()
    supports: Mapping[str, Hours] = field(default_factory=dict)

    def of(self, support: str | None) -> Hours:
        """What an hour of a kind of support costs in this way."""
        return self.supports.get(support, self.hours) if support else self.hours


@dataclass(frozen=True, slots=True)
class Bought:
    """What the same visits come to in one way. A figure is None where nothing can be said.

    ``hours``: the time that the money of today would buy at the prices of this way.
    """

    way: Way | None  # None: as it is planned now
    amount: Figure
    week: Figure
    year: Figure
    hours: Figure | None
    lasts: Figure | None
    minutes: Minutes
    not_included: tuple[Words, ...]


def could_be_bought(one: LineQuote) -> bool:
    """Whether a line is hours of support that are paid for: nights that are one unit, items and free help are not."""
    sleeps = isinstance(one.line.schedule, Weekly) and one.line.schedule.sleepover
    return one.counted and one.minutes.count > 0 and not sleeps and not isinstance(one.line.price, Unpaid)


def as_planned(quoted: Quote, ids: Collection[str]) -> Bought:
    """The lines of these ids as they are planned now."""
    return _bought(None, quoted, [one for one in quoted.lines if one.line.id in ids], None)


def in_a_way(before: Quote, ids: Collection[str], way: Way, editions: Editions, calendar: Calendar) -> Bought:
    """The lines of these ids at the prices of another way; what comes along with them now is left out, and said."""
    chosen = [one for one in before.lines if one.line.id in ids]
    there = {one.line.id: (_line(one, prices_of(way, one.line.support)),) for one in chosen}
    fixed, after = _fixed(chosen, way, before.package), before.package.instead(there)
    after = replace(after, lines=(*after.lines, fixed[0])) if fixed else after
    quoted = quote(after, editions, calendar)
    found = [one for one in quoted.lines if one.line.id in there or one.line.id == FIXED]
    return _bought(way, quoted, found, as_planned(before, ids), fixed[1] if fixed else None, _left_out(chosen, way))


def prices_of(way: Way, support: str | None) -> Agreed:
    """What an hour of a kind of support costs in a way; a kind of day that was not told has the price of a weekday."""
    hours = way.of(support)
    amounts = [AgreedAmount(hours[Band.DAY].amount)]
    amounts += [AgreedAmount(figure.amount, band) for band, figure in hours.items() if band is not Band.DAY]
    return Agreed(tuple(amounts))


def fixed_of(before: Quote, ids: Collection[str], way: Way) -> Line | None:
    """What a way takes whatever is worked, for the days of the lines of these ids; None where it takes nothing."""
    found = _fixed([one for one in before.lines if one.line.id in ids], way, before.package)
    return found[0] if found else None


def _line(one: LineQuote, price: Agreed) -> Line:
    """A line on no price list, at other prices; where its money comes from stays."""
    return replace(
        one.line,
        support=None,
        items={},
        extras=(),
        third_party=None,
        fee=None,
        price=price,
        category=one.category,
        component=one.component or one.line.component,
        management=one.management,
    )


def _fixed(chosen: list[LineQuote], way: Way, package: Package) -> tuple[Line, Figure] | None:
    """What is paid whatever is worked, for the days of the chosen lines, as one line of the package."""
    if way.yearly is None or not any(one.line.period.overlap(package.period) for one in chosen):
        return None
    days = _span(chosen, package)
    each = way.yearly.amount
    amount = Money(rounded(each.minor * days.days, YEAR), each.currency)
    figure = Figure(
        words("Paid whatever is worked"),
        amount,
        words("{amount} a year, for {days} of {year} days", amount=each, days=days.days, year=YEAR),
        (way.yearly,),
        working=to_the_cent(each, TIMES, days.days, OVER, YEAR),
    )
    first = chosen[0]
    line = Line(
        id=FIXED,
        name="",
        period=days,
        schedule=Units(Quantity(UNIT), "E"),
        price=Agreed((AgreedAmount(amount),)),
        category=first.category,
        component=first.component,
        management=first.management,
    )
    return line, figure


def _span(chosen: list[LineQuote], package: Package) -> Period:
    """The days from the first on which one of these lines runs to the last; those of the package where none does."""
    inside = [days for one in chosen if (days := one.line.period.overlap(package.period))]
    if not inside:
        return package.period
    return Period(min(one.first for one in inside), max(one.last for one in inside))


def _left_out(chosen: list[LineQuote], way: Way) -> tuple[Words, ...]:
    said = list(way.not_included)
    if any(one.line.extras for one in chosen):
        said.append(NOT_IN_A_PRICE)
    untold = dict.fromkeys(
        row.band for one in chosen for row in one.rows if row.minutes and row.band not in way.of(one.line.support)
    )
    for band in untold:
        if band is not Band.ANY:
            said.append(words("{kind}: no price was told, so that of a weekday is counted.", kind=BANDS[band]))
    return tuple(said)


def _bought(
    way: Way | None,
    quoted: Quote,
    found: list[LineQuote],
    now: Bought | None,
    fixed: Figure | None = None,
    not_included: tuple[Words, ...] = (),
) -> Bought:
    amount = total([one.amount for one in found])
    parts = tuple(fixed if fixed and one.line.id == FIXED else one.figure for one in found)
    known = any(one.amount for one in found)
    whole = Figure(
        words("On all days of the plan"),
        amount if known else None,
        words("The parts below added up"),
        parts,
        not_included=not_included,
        working=PARTS,
    )
    days = _span([one for one in found if one.line.id != FIXED], quoted.package).days
    minutes = Minutes(sum(one.minutes.count for one in found if one.line.id != FIXED))
    part = quoted.parts.get(next((one.component for one in found if one.component), ""))
    return Bought(
        way=way,
        amount=whole,
        week=_of_days(words("In an average week"), whole, days, WEEK),
        year=_of_days(words("In a year"), whole, days, YEAR),
        hours=_same_money(now, whole),
        lasts=lasts_figure(part) if part else None,
        minutes=minutes,
        not_included=not_included,
    )


def _of_days(label: Words, whole: Figure, days: int, wanted: int) -> Figure:
    if whole.value is None:
        return Figure(label, None, words("The price was not known yet"))
    return on_average(label, whole.amount, days, wanted, (whole,))


def _same_money(now: Bought | None, whole: Figure) -> Figure | None:
    """The time that today's money would buy, as long as the mix of days stays as it is."""
    if now is None or not now.amount.value or not whole.value:
        return None
    paid, cost = now.amount.amount, whole.amount
    text = words(
        "{time} now, for {paid}; the same hours cost {cost} in this way", time=now.minutes, paid=paid, cost=cost
    )
    bought = Minutes(rounded(now.minutes.count * paid.minor, cost.minor))
    working = to_the_minute(now.minutes, TIMES, paid, OVER, cost)
    return Figure(words("Hours that the same money buys"), bought, text, (now.amount, whole), working=working)
