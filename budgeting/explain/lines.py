"""The figures of one line: its amount, the client's share, each row, one visit, how many units, the price of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from budgeting.explain import (
    BANDS,
    DOLLARS,
    NO_EXTRAS,
    NOT_KNOWN,
    SAID,
    UNITS,
    Confidence,
    Figure,
    Source,
    all_time,
    as_told,
)
from budgeting.explain.payments import payments_figure, shares_figure
from budgeting.explain.sums import at_an_hour, less, part_of, times, used_of
from budgeting.extras import RowKind
from budgeting.money import HOURLY, MINUTES_PER_HOUR, ZERO, Minutes, Money, rounded
from budgeting.package import Agreed, AtLimit, Spread, Units
from budgeting.period import Period
from budgeting.words import Name, Words, nwords, words
from budgeting.working import (
    CLOSE,
    ELSEWHERE,
    MINUS,
    OPEN,
    OVER,
    PARTS,
    PLUS,
    PUBLISHED,
    TIMES,
    TOLD,
    down_to_the_cent,
    exactly,
    lowest,
    to_the_cent,
    to_the_minute,
)

if TYPE_CHECKING:
    from budgeting.quotation import LineQuote, Row

OVER_MIDNIGHT = words(
    "The rules leave open how this visit over midnight counts. We count the hours of each day by themselves."
)
KINDS = {
    RowKind.ACTIVE_HOURS: words("Active hours at night"),
    RowKind.TRAVEL_TIME: words("Travel time of the worker"),
    RowKind.TRAVEL_COSTS: words("Travel costs of the worker"),
    RowKind.ACTIVITY_TRANSPORT: words("Driving during the support"),
    RowKind.CENTRE_CAPITAL: words("Use of a centre"),
    RowKind.NON_FACE_TO_FACE: words("Work for you while you are not there"),
    RowKind.REPORT: words("Report that NDIA asked for"),
    RowKind.IRREGULAR: words("Support that nobody could foresee"),
    RowKind.ESTABLISHMENT_FEE: words("Establishment fee"),
}

A_DOLLAR = Money(100)


def unit_of(row: Row) -> Words:
    """What one row is counted in, in words."""
    if row.priced and row.priced.item.dollar_units and row.agreed in (None, A_DOLLAR):
        return DOLLARS
    return UNITS.get(row.unit, UNITS["E"])


def line_figure(quoted: LineQuote) -> Figure:
    """The amount of a line with its whole explanation."""
    return quoted.once("amount", lambda: _line_figure(quoted))


def _line_figure(quoted: LineQuote) -> Figure:
    label = words("{support}, altogether", support=Name(quoted.line.name))
    if not quoted.rows:
        why = words("No visits fall on these days") if quoted.complete else words("It is not said yet how much of it")
        return Figure(label, quoted.amount if quoted.complete else None, why, working=PARTS)
    missing = () if quoted.complete else (NOT_KNOWN,)
    return Figure(
        label=label,
        value=quoted.amount if any(row.amount is not None for row in quoted.rows) else None,
        sum=words("The amounts below added up"),
        parts=said_once(row_figure(row, quoted) for row in quoted.rows),
        rule=words("Every visit is rounded to the cent by itself, then all are added."),
        rule_source=quoted.source("rounding"),
        not_included=(*missing, NO_EXTRAS),
        working=PARTS,
    )


def contribution_figure(quoted: LineQuote) -> Figure:
    """What the client pays towards a line, with its whole explanation; not known when some rate is not."""
    if quoted.payments and (quoted.by_others or all(row.contribution is not None for row in quoted.rows)):
        return shares_figure(quoted)
    known = all(row.contribution is not None for row in quoted.rows if row.amount is not None)
    return Figure(
        label=words("What you pay towards {support}", support=Name(quoted.line.name)),
        value=quoted.contribution if known else None,
        sum=words("The parts below added up"),
        parts=said_once(_share_figure(row, quoted) for row in quoted.rows if row.amount is not None),
        rule=words("Your share depends on the kind of service. It is rounded to the cent for each visit."),
        rule_source=quoted.source("share_rounding"),
        not_included=() if known else (words("Your share for some services is not known yet."),),
        working=PARTS,
    )


def funded_figure(quoted: LineQuote) -> Figure:
    """What a line takes from the funding: its amount, or what is left of it after the client's share."""
    label = words("What the funding pays for {support}", support=Name(quoted.line.name))
    amount = line_figure(quoted).brief
    if amount.value is None:
        return Figure(label, None, words("No price is known yet"), (amount,))
    if quoted.payments:
        return payments_figure(quoted)
    if quoted.funded == quoted.amount:
        return Figure(label, quoted.funded, words("The whole amount"), (amount,), working=PARTS)
    text = words("{amount}, less {share} that you pay", amount=quoted.amount, share=quoted.contribution)
    return less(label, quoted.amount, quoted.contribution, text, (amount, contribution_figure(quoted).brief))


def minutes_figure(quoted: LineQuote) -> Figure:
    """The hours of a line: the time of all its visits, or its units where those are hours."""
    rows = (_time_figure(row, quoted) for row in quoted.rows if _is_time(row))
    return all_time(words("{support}", support=Name(quoted.line.name)), words("The time of all visits added up"), rows)


def _is_time(row: Row) -> bool:
    """Whether a row is time of support; travel and the like are not."""
    return row.kind is RowKind.SUPPORT and bool(row.minutes or row.unit in HOURLY)


def _time_figure(row: Row, quoted: LineQuote) -> Figure:
    label = _days_label(row)
    if row.minutes is not None:
        each = Minutes(row.minutes)
        text = nwords("{n} visit of {each}", "{n} visits of {each}", row.visits, each=each)
        return times(label, row.visits, each, text, SAID)
    value = Minutes(rounded(row.quantity.thousandths * MINUTES_PER_HOUR, 1000))
    text = words("{quantity}, counted in {unit}", quantity=row.quantity, unit=unit_of(row))
    parts = (quantity_figure(row, quoted),)
    return Figure(label, value, text, parts, working=to_the_minute(row.quantity, TIMES, MINUTES_PER_HOUR))


def _share_figure(row: Row, quoted: LineQuote) -> Figure:
    label = _days_label(row)
    if row.rate is None or row.amount is None or row.contribution is None:
        return Figure(label, None, words("Your share is not known yet"))
    if row.relieved:
        return _relieved_figure(row, quoted)
    letter = row.rate_source is None or row.rate_source.confidence is Confidence.GIVEN
    worked = row.rate_source.how if row.rate_source else None
    rate = worked or Figure(
        words("Your share"), row.rate, source=row.rate_source, working=TOLD if letter else PUBLISHED
    )
    if row.each is None:
        return part_of(label, row.amount, row.rate, (rate,))
    text = nwords(
        "{rate} of {each}, for {n} visit", "{rate} of {each}, for {n} visits", row.visits, rate=row.rate, each=row.each
    )
    visit = _visit_figure(row, price_figure(row, quoted))
    one = part_of(words("Your share of one visit"), row.each, row.rate, (rate, visit))
    return Figure(label, row.contribution, text, (one,), working=exactly(row.visits, TIMES, one.amount))


def _relieved_figure(row: Row, quoted: LineQuote) -> Figure:
    """What the client pays of a row when hardship or a lifetime cap takes a part of the share off."""
    share = row.contribution + row.relieved if row.contribution is not None else row.relieved
    whole = _share_figure(replace(row, contribution=share, relieved=ZERO), quoted)
    why = words("The part of your share that hardship or the lifetime limit takes off, in the order of days")
    off = Figure(words("You need not pay"), row.relieved, why, working=ELSEWHERE)
    text = words("{share}, less {relieved} that you need not pay", share=share, relieved=row.relieved)
    return less(_days_label(row), share, row.relieved, text, (whole, off))


def _days_label(row: Row) -> Words:
    what = BANDS[row.band] if row.kind is RowKind.SUPPORT else KINDS[row.kind]
    return words("{when}, {first} to {last}", when=what, first=row.first, last=row.last)


def said_once(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures beside each other: what explains one of them is only named where it comes again, deep inside too."""
    said: set[Figure] = set()
    return tuple(_naming(figure, said) for figure in figures)


def _naming(figure: Figure, said: set[Figure]) -> Figure:
    parts = []
    for part in figure.parts:
        if part in said:
            parts.append(part.named)
            continue
        if part.value is not None and (part.sum is not None or part.parts):
            said.add(part)
        parts.append(_naming(part, said))
    return replace(figure, parts=tuple(parts)) if parts else figure


def row_figure(row: Row, quoted: LineQuote) -> Figure:
    """One row of a line: so many visits or units at one price, on some days."""
    if row.how is not None:
        return _along_figure(row, row.how)
    label, price = _days_label(row), price_figure(row, quoted)
    if row.visits:
        rule = OVER_MIDNIGHT if row.hours and row.hours.ours else None
        if row.each is None:
            text = nwords("{n} visit, price not known yet", "{n} visits, price not known yet", row.visits)
            return Figure(label, row.amount, text, (price,), rule, row.hours)
        text = nwords("{n} visit at {each}", "{n} visits at {each}", row.visits, each=row.each)
        times = exactly(row.visits, TIMES, row.each)
        return Figure(label, row.amount, text, (_visit_figure(row, price),), rule, row.hours, working=times)
    text = words(
        "{quantity} at {price} each, counted in {unit}",
        quantity=row.quantity,
        unit=unit_of(row),
        price=row.unit_price if row.unit_price is not None else words("a price that is not known yet"),
    )
    parts = quantity_figure(row, quoted), price
    if row.unit_price is None or row.amount == row.unit_price.for_units(row.quantity.thousandths):
        working = None if row.unit_price is None else to_the_cent(row.quantity, TIMES, row.unit_price)
        return Figure(label, row.amount, text, parts, working=working)
    before, together = _with_before(row, row.unit_price, parts)
    text = words("The price stays the same, so that all of it is rounded to the cent once")
    return Figure(label, row.amount, text, (together, before), working=exactly(together.known, MINUS, before.known))


def _with_before(row: Row, price: Money, parts: tuple[Figure, ...]) -> tuple[Figure, Figure]:
    """What the units just before a row cost at the same price, and what they cost together with those of the row."""
    earlier, both = row.before.thousandths, row.before.thousandths + row.quantity.thousandths
    text = words("{quantity} at {price} each, counted in {unit}", quantity=row.before, unit=unit_of(row), price=price)
    working = to_the_cent(row.before, TIMES, price)
    before = Figure(words("Before these days"), price.for_units(earlier), text, working=working)
    text = words(
        "{before} and {quantity} at {price} each, counted in {unit}",
        before=row.before,
        quantity=row.quantity,
        unit=unit_of(row),
        price=price,
    )
    working = to_the_cent(OPEN, row.before, PLUS, row.quantity, CLOSE, TIMES, price)
    label = words("By the end of these days")
    return before, Figure(label, price.for_units(both), text, parts, working=working)


def _along_figure(row: Row, how: Figure) -> Figure:
    """A row of what comes along with a support: so many times what one time costs."""
    label = _days_label(row)
    if row.each is None:
        return Figure(label, None, words("The price is not known yet"), (how,))
    text = nwords("{n} time at {each}", "{n} times at {each}", row.visits, each=row.each)
    return Figure(label, row.amount, text, (how,), None, row.hours, working=exactly(row.visits, TIMES, row.each))


def _visit_figure(row: Row, price: Figure) -> Figure:
    label = words("One visit")
    if row.unit in HOURLY and row.minutes is not None and row.unit_price is not None:
        return at_an_hour(label, Minutes(row.minutes), row.unit_price, (price,))
    once = None if row.unit_price is None else exactly(1, TIMES, row.unit_price)
    return Figure(label, row.each, words("One unit for each visit"), (price,), working=once)


def quantity_figure(row: Row, quoted: LineQuote) -> Figure:
    """How many units a row has: all that were asked for, or those of its days where they are spread evenly."""
    label, schedule, period = words("How many"), quoted.line.schedule, quoted.line.period
    if not isinstance(schedule, Units) or schedule.spread is Spread.ONCE or row.quantity == schedule.quantity:
        return as_told(label, row.quantity)
    after = _by_the_end_of(schedule, period, Period(period.first, row.last))
    text = nwords(
        "Spread evenly over {n} day, as far as they lie in these days",
        "Spread evenly over {n} days, as far as they lie in these days",
        period.days,
    )
    if row.first == period.first:
        return replace(after, label=label)
    before = _by_the_end_of(schedule, period, Period(period.first, row.first - timedelta(1)))
    working = exactly(after.known, MINUS, before.known)
    return Figure(label, row.quantity, text, (after, before), working=working)


def _by_the_end_of(schedule: Units, period: Period, days: Period) -> Figure:
    """The units of a line that are used by the end of some of its days."""
    label = words("By the end of {day}", day=days.last)
    return used_of(label, schedule.quantity, days.days, period.days, SAID)


def price_figure(row: Row, quoted: LineQuote) -> Figure:
    """The price of one unit: which price it is, why, and where it comes from."""
    label = words("Price of one hour") if row.unit in HOURLY else words("Price of one unit")
    limit = _limit_figure(row, quoted)
    if isinstance(quoted.line.price, AtLimit):
        why = words("No limit is published") if row.limit is None else words("The price limit in force on these days")
        return replace(limit, label=label, sum=limit.sum or why)
    if row.agreed is None:
        return Figure(label, None, words("No price is agreed yet"), (limit,) if row.priced else ())
    found = quoted.line.price.found(row.first, row.band) if isinstance(quoted.line.price, Agreed) else None
    if found and found.estimated:
        why = words("On public holidays: the published price limit, as an estimate. Ask your provider.")
        guess = replace(limit.source, confidence=Confidence.C) if limit.source else Source("", confidence=Confidence.C)
        return Figure(label, row.unit_price, why, source=guess, working=PUBLISHED)
    if row.unit_price != row.agreed and row.limit is not None:
        return Figure(
            label=label,
            value=row.unit_price,
            sum=words(
                "The lower of the agreed price {agreed} and the limit {limit}", agreed=row.agreed, limit=row.limit
            ),
            parts=(as_told(words("Agreed price"), row.agreed), limit),
            rule=words("Where an agency or a plan manager pays, no more than the limit is paid."),
            source=quoted.source("price_limits_bind"),
            working=lowest(row.agreed, row.limit),
        )
    parts = (limit,) if row.limit is not None else ()
    return Figure(label, row.unit_price, words("The agreed price"), parts, source=SAID, working=TOLD)


def _limit_figure(row: Row, quoted: LineQuote) -> Figure:
    """The price limit of one unit, shared by a group where there is one."""
    label, line = words("Price limit"), quoted.line
    listed = None
    if row.priced:
        item, edition = row.priced.item, row.priced.edition
        listed = Source(edition.source, item.number, item.starts, Confidence.A)
    shared = (line.participants > 1 or line.workers > 1) and not (row.priced and row.priced.item.dollar_units)
    if row.published is None or not shared:
        return Figure(label, row.limit, source=listed, working=PUBLISHED)
    text = nwords("Shared by {n} person", "Shared by {n} people", line.participants)
    working = down_to_the_cent(row.published, OVER, line.participants)
    if line.workers > 1:
        text = words("{workers} workers for {people} people", workers=line.workers, people=line.participants)
        working = down_to_the_cent(row.published, TIMES, line.workers, OVER, line.participants)
    return Figure(
        label=label,
        value=row.limit,
        sum=text,
        parts=(Figure(words("Price limit for one person alone"), row.published, source=listed, working=PUBLISHED),),
        rule=words("The limit is shared by everyone in the group, in whole cents rounded down."),
        source=listed,
        working=working,
        rule_source=quoted.source("group_limit"),
    )
