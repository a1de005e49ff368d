"""More or fewer people share a support: what one of them pays before and after, for the same visits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from budgeting import pricing, programs
from budgeting.catalogue import Editions
from budgeting.choosing.easings import from_day
from budgeting.explain import BANDS, NO_EXTRAS, Figure, Source, as_told
from budgeting.explain.lines import price_figure, row_figure
from budgeting.explain.sums import at_an_hour, less
from budgeting.money import HOURLY, Minutes, Money
from budgeting.package import Agreed, Line, Package, Price, Spread, Units
from budgeting.period import Calendar
from budgeting.quotation import LineQuote, Row
from budgeting.words import Name, nwords, words
from budgeting.working import (
    COUNTED,
    OVER,
    PARTS,
    TIMES,
    Working,
    down_to_the_cent,
    exactly,
    lowest,
    whole_ones,
)


@dataclass(frozen=True, slots=True)
class Group:
    """How many people share a support, and how many workers there are for them."""

    people: int
    workers: int = 1

    def __post_init__(self) -> None:
        if self.people < 1 or self.workers < 1:
            raise ValueError("at least one person and one worker")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what an hour costs this person, what the line costs to its end, and the day the money lasts.

    ``runs_dry`` is the first day that cannot be paid, None when the money lasts; it says nothing without ``funded``.
    """

    group: Group
    hour: Figure
    rest: Figure
    minutes: Minutes
    funded: bool
    runs_dry: date | None
    lasts: date | None


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Both sides from a day on, and how many hours the money of before would still buy after."""

    before: Side
    after: Side
    more: Money | None
    same_money: Figure


def regrouped(
    package: Package, line_id: str, now: Group, then: Group, first: date, editions: Editions, calendar: Calendar
) -> Regrouped | None:
    """What one person's line costs from a day on as a group of ``now`` and of ``then``; None when it is over by then.

    At the published limit each pays their part of it. An agreed price is taken to pay the worker the same as before,
    shared by the others: an estimate until the provider agrees to it.
    """
    line = next(one for one in package.lines if one.id == line_id)
    days = line.period.overlap(package.period)
    used = isinstance(line.schedule, Units) and line.schedule.spread is Spread.ONCE and first > line.period.first
    if days is None or first > days.last or used:
        return None
    begins = max(first, days.first)
    before, after = (_side(package, line, now, group, begins, editions, calendar) for group in (now, then))
    values = before.rest.value, after.rest.value
    more = values[1] - values[0] if isinstance(values[0], Money) and isinstance(values[1], Money) else None
    ours = programs.program(package.program).parameters.source("same_pay", begins)
    return Regrouped(before, after, more, _same_money(before, after, ours))


def _price(line: Line, now: Group, then: Group) -> Price | None:
    if not isinstance(line.price, Agreed) or now == then:
        return line.price
    return Agreed(tuple(replace(one, amount=part(one.amount, now, then)) for one in line.price.amounts))


def part(amount: Money, now: Group, then: Group) -> Money:
    """One person's part of the same workers' pay in another group, in whole cents rounded down."""
    return Money(amount.minor * now.people * then.workers // (now.workers * then.people), amount.currency)


def _side(
    package: Package, line: Line, now: Group, group: Group, first: date, editions: Editions, calendar: Calendar
) -> Side:
    """The line that goes on from a day as another group; what came before stays."""
    shared = replace(line, participants=now.people, workers=now.workers)
    other = replace(shared, participants=group.people, workers=group.workers, price=_price(line, now, group))
    parts = from_day(shared, other, first)
    quoted = pricing.quote(package.instead({line.id: parts}), editions, calendar)
    one = quoted.line(parts[-1].id)
    component = quoted.parts.get(one.component or "")
    return Side(
        group=group,
        hour=_hour(one, line, now, group),
        rest=_rest(one, line, now, group),
        minutes=one.minutes,
        funded=component is not None,
        runs_dry=component.runs_dry if component else None,
        lasts=component.lasts_until if component else None,
    )


def _ordinary(one: LineQuote) -> Row | None:
    """The row with the most visits, or the only one."""
    return max(one.rows, key=lambda row: (row.visits, row.quantity.thousandths), default=None)


def _hour(one: LineQuote, line: Line, now: Group, group: Group) -> Figure:
    row = _ordinary(one)
    return _unit(row, one, line, now, group) if row else Figure(words("The price"), None, words("No price is known"))


def _unit(row: Row, one: LineQuote, line: Line, now: Group, group: Group) -> Figure:
    """The price of one unit for one person of the group, with how it follows from the price of before."""
    found = line.price.found(row.first, row.band) if isinstance(line.price, Agreed) else None
    if found is None or group == now:
        return price_figure(row, one)
    text = nwords(
        "The same pay for the worker, shared by {n} person instead of {before}",
        "The same pay for the worker, shared by {n} people instead of {before}",
        group.people,
        before=now.people,
    )
    label = words("The price, if the provider agrees")
    estimate = Figure(
        label=label,
        value=part(found.amount, now, group),
        sum=text,
        parts=(as_told(words("The price now"), found.amount),),
        rule=words("An agreed price never changes by itself. This is our estimate of what may be asked."),
        source=one.source("same_pay"),
        working=_divided(found.amount, now, group),
    )
    if row.limit is None or row.unit_price is None or row.unit_price == estimate.value:
        return estimate
    return Figure(
        label=label,
        value=row.unit_price,
        sum=words("No more than the price limit for this group, {limit}", limit=row.limit),
        parts=(estimate,),
        rule=words("Where an agency or a plan manager pays, no more than the limit is paid."),
        source=one.source("price_limits_bind"),
        working=lowest(estimate.known, row.limit),
    )


def _divided(amount: Money, now: Group, then: Group) -> Working:
    if now.workers == then.workers:
        return down_to_the_cent(amount, TIMES, now.people, OVER, then.people)
    return down_to_the_cent(amount, TIMES, now.people, TIMES, then.workers, OVER, then.people, OVER, now.workers)


def _rest(one: LineQuote, line: Line, now: Group, group: Group) -> Figure:
    label = words("{support}, from {day} on", support=Name(line.name), day=one.line.period.first)
    if not one.complete or not one.rows:
        return Figure(label, None, words("No price is known yet, or no visits fall on these days"))
    return Figure(
        label=label,
        value=one.amount,
        sum=words("One person's part of every visit to {day}, added up", day=one.line.period.last),
        parts=tuple(_row(row, one, line, now, group) for row in one.rows),
        not_included=(NO_EXTRAS,),
        working=PARTS,
    )


def _row(row: Row, one: LineQuote, line: Line, now: Group, group: Group) -> Figure:
    price = _unit(row, one, line, now, group)
    if (
        row.each is None
        or row.minutes is None
        or row.unit_price is None
        or row.unit_price != price.value
        or row.unit not in HOURLY
    ):
        return row_figure(row, one)
    time = Minutes(row.minutes)
    each = at_an_hour(words("One person's part of a visit"), time, row.unit_price, (price,))
    return Figure(
        label=words("{when}, {first} to {last}", when=BANDS[row.band], first=row.first, last=row.last),
        value=row.amount,
        sum=nwords("{n} visit at {each}", "{n} visits at {each}", row.visits, each=row.each),
        parts=(Figure(words("Visits"), row.visits, working=COUNTED), each),
        working=exactly(row.visits, TIMES, row.each),
    )


def _same_money(before: Side, after: Side, ours: Source) -> Figure:
    label = words("Hours that the money of before still buys")
    old, new = before.rest.value, after.rest.value
    if not isinstance(old, Money) or not isinstance(new, Money) or not new or not after.minutes.count:
        return Figure(label, None, words("No price is known yet, or no visits fall on these days"))
    minutes = Minutes(after.minutes.count * old.minor // new.minor)
    return Figure(
        label=label,
        value=minutes,
        sum=words("{time} for {new}; the money of before is {old}", time=after.minutes, new=new, old=old),
        parts=(before.rest.brief, after.rest.brief),
        rule=words("The same mix of days as now, rounded down to the minute."),
        source=ours,
        working=whole_ones(after.minutes, TIMES, old, OVER, new),
    )


def more_figure(both: Regrouped) -> Figure:
    """What one person pays more from that day on; negative when it is less."""
    before, after = both.before.rest, both.after.rest
    label = words("More than now")
    if both.more is None:
        return Figure(label, None, words("No price is known yet, or no visits fall on these days"))
    return less(label, after.amount, before.amount, words("Then, less now"), (after.brief, before.brief))
