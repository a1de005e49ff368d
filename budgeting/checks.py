"""Rules common to all programs: what the calculator notices about a package, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from budgeting import carers
from budgeting.explain import BANDS, shown
from budgeting.money import HOURLY, MINUTES_PER_HOUR, Minutes, total
from budgeting.package import Agreed, AtLimit, OpenMoney
from budgeting.period import Calendar, Period
from budgeting.programs.ordinary import Rules
from budgeting.quotation import ComponentTotal, Finding, Level, LineQuote, Quote, Row
from budgeting.words import Name, words


def findings(quote: Quote, calendar: Calendar, rules: Rules) -> tuple[Finding, ...]:
    """Everything worth saying about a priced package: the money first, then each line, then what is uncertain."""
    found = [one for component in quote.parts.values() for one in _money(component, quote)]
    funded = quote.package.funding.period if quote.package.funding else None
    direct = {one.key for one in quote.package.others if isinstance(one, OpenMoney) and one.funder is not None}
    of_line = f"findings of {quote.package.program} for {funded}"  # a text knows its hash, and forty lines are asked
    for line in quote.lines:
        known: tuple[Finding, ...] | None = line.worked_out.get(of_line)
        if not line.complete and line.component in direct:
            found += _paid_directly(line)
        else:
            found += line.once(of_line, partial(_of_line, line, funded, rules)) if known is None else known
        if line.payments or line.line.payers:
            found += _payers(line, quote)
    return (*found, *carers.findings(quote), *_calendar(quote, calendar), *rules.findings(quote))


def _of_line(quoted: LineQuote, funded: Period | None, rules: Rules) -> tuple[Finding, ...]:
    """What is worth saying about a line whatever else is in the package; ``funded``: the days of the funding."""
    if quoted.unpaid:
        return tuple(_people(quoted))
    return (*_price(quoted), *_limit(quoted, rules), *_place_in_funding(quoted, funded), *_people(quoted))


def _paid_directly(quoted: LineQuote) -> Iterator[Finding]:
    """What is worth saying about a line whose price is not told, and which somebody else pays: none is asked."""
    text = words(
        "{support}: somebody else pays for it directly. It takes nothing from your money, so no price is needed here.",
        support=Name(quoted.line.name),
    )
    yield Finding("paid_directly", Level.NOTE, text, line=quoted.line.id)
    yield from _people(quoted)


def _money(one: ComponentTotal, quote: Quote) -> Iterator[Finding]:
    """Whether a component and each of its funding periods reach, with the first day that does not."""
    name, key = shown(one.component.name), one.component.key
    released = total([period.released for period in one.periods])
    if released != one.component.amount:
        text = words(
            "{component}: the funding periods add up to {periods}, but the whole amount is {amount}. Please check.",
            component=name,
            periods=released,
            amount=one.component.amount,
        )
        yield Finding("periods_differ", Level.NOTE, text, component=key)
    if one.runs_dry is None:
        if one.left.minor < 0:
            text = words(
                "{component}: {short} more is planned than this part holds. Other core money covers it.",
                component=name,
                short=-one.left,
            )
            yield Finding("uses_pool", Level.NOTE, text, component=key)
        return
    shared = quote.sharing(one)
    left = total([other.left for other in shared])
    if left.minor < 0:
        text = words(
            "{component}: the money reaches until {day}. {short} is missing up to the end.",
            component=name,
            day=one.lasts_until or one.runs_dry,
            short=-left,
        )
        yield Finding("over_component", Level.WARNING, text, component=key, day=one.runs_dry)
        return
    short = total([period.short for other in shared for period in other.periods if period.runs_dry == one.runs_dry])
    text = words(
        "{component}: on {day} the money of this funding period does not reach. Later money cannot be used early.",
        component=name,
        day=one.runs_dry,
    )
    if short:
        text = words(
            "{component}: from {day} on the money of this funding period does not reach; {short} is missing in it. "
            "Later money cannot be used early.",
            component=name,
            day=one.runs_dry,
            short=short,
        )
    yield Finding("over_period", Level.WARNING, text, component=key, day=one.runs_dry)


def _price(quoted: LineQuote) -> Iterator[Finding]:
    """Whether every visit and unit of a line has a price; each missing thing is said once."""
    line, name = quoted.line, Name(quoted.line.name)
    if line.schedule is None:
        text = words("{support}: it is not said yet when, or how much.", support=name)
        yield Finding("no_schedule", Level.NOTE, text, line=line.id)
    if line.price is None:
        yield Finding("no_price", Level.WARNING, words("{support} has no price yet.", support=name), line=line.id)
        return
    said: set[str] = set()
    for row in quoted.rows:
        finding = _missing(row, quoted)
        if finding and finding.kind not in said:
            said.add(finding.kind)
            yield finding


def _missing(row: Row, quoted: LineQuote) -> Finding | None:
    line, name = quoted.line, Name(quoted.line.name)
    if row.unit_price is not None and (row.item is None or row.priced):
        return None
    if row.item is not None and row.priced is None:
        text = words(
            "{support}: the price list here has no {item} on {day}, so its limit is not known. Agree on a price with "
            "the provider, or ask whoever runs this site to bring in the whole list.",
            support=name,
            item=Name(row.item),
            day=row.first,
        )
        return Finding("not_listed", Level.WARNING, text, line=line.id, day=row.first)
    if row.item is None and isinstance(line.price, AtLimit):
        text = words("{support}: the price list has nothing for: {when}.", support=name, when=BANDS[row.band])
        return Finding("no_item", Level.WARNING, text, line=line.id, day=row.first)
    if isinstance(line.price, AtLimit):
        text = words("{support}: there is no published limit, so a price has to be agreed.", support=name)
        return Finding("no_limit", Level.WARNING, text, line=line.id, day=row.first)
    text = words("{support}: there is no agreed price yet for: {when}.", support=name, when=BANDS[row.band])
    return Finding("no_price", Level.WARNING, text, line=line.id, day=row.first)


def _limit(quoted: LineQuote, rules: Rules) -> Iterator[Finding]:
    """Whether an agreed price is over the limit: it binds for agency and plan manager, else it is a fact in hours."""
    line, name = quoted.line, Name(quoted.line.name)
    if not isinstance(line.price, Agreed):
        return
    over = [row for row in quoted.rows if row.agreed and row.limit is not None and row.agreed > row.limit]
    if not over:
        return
    first = over[0]
    if first.agreed is None or first.limit is None:
        return
    if rules.binds(quoted.management, line.period.first):
        text = words(
            "{support}: the agreed price {agreed} is over the limit {limit} from {day}. Only {limit} is paid.",
            support=name,
            agreed=first.agreed,
            limit=first.limit,
            day=first.first,
        )
        yield Finding("over_limit", Level.WARNING, text, line=line.id, day=first.first)
        return
    lost = sum(_minutes_lost(row) for row in over)
    text = words(
        "{support}: {agreed} is above the limit {limit}. You may pay it. At the limit the money buys {time} more.",
        support=name,
        agreed=first.agreed,
        limit=first.limit,
        time=Minutes(lost),
    )
    if not lost:
        text = words("{support}: {agreed} is above the limit {limit}. You may pay it.", **text.values)
    yield Finding("above_limit", Level.NOTE, text, line=line.id, day=first.first)


def _minutes_lost(row: Row) -> int:
    """Whole minutes of support that the money above the limit would buy at the limit."""
    if row.agreed is None or not row.limit or row.unit not in HOURLY:
        return 0
    over = (row.agreed - row.limit).minor * row.quantity.thousandths
    return over * MINUTES_PER_HOUR // (row.limit.minor * 1000)


def _place_in_funding(quoted: LineQuote, funded: Period | None) -> Iterator[Finding]:
    line, name = quoted.line, Name(quoted.line.name)
    if funded is None:
        return
    if quoted.component is None:
        if quoted.amount or all(row.priced or row.item is None for row in quoted.rows):  # else it is said already why
            text = words("{support}: no part of the funding pays for this yet.", support=name)
            yield Finding("no_component", Level.WARNING, text, line=line.id)
        return
    after = [row.last for row in quoted.rows if row.last > funded.last]
    before = [row.first for row in quoted.rows if row.first < funded.first]
    if after:
        text = words("{support} goes on after the funding ends on {day}.", support=name, day=funded.last)
        yield Finding("after_funding", Level.NOTE, text, line=line.id, day=funded.last)
    if before:
        text = words("{support} begins before the funding begins on {day}.", support=name, day=funded.first)
        yield Finding("before_funding", Level.NOTE, text, line=line.id, day=min(before))


def _payers(quoted: LineQuote, quote: Quote) -> Iterator[Finding]:
    """Payers of a line that are not there, and each day on which another one begins to pay."""
    line, name = quoted.line, Name(quoted.line.name)
    if not quote.payer_names.keys() >= set(line.payers):
        text = words("{support}: one of those who should pay for it is not among your money.", support=name)
        yield Finding("unknown_payer", Level.WARNING, text, line=line.id)
    if not quoted.counted:
        return
    for before, after in pairwise(quoted.payments):
        text = words(
            "{support}: from {first} to {last} {payer} pays {amount}, since {before} does not reach or has ended.",
            support=name,
            first=after.period.first,
            last=after.period.last,
            payer=shown(after.name),
            amount=after.amount,
            before=shown(before.name),
        )
        if _asked_earlier(after.payer, before.payer, line.payers):
            text = words(
                "{support}: from {first} to {last} {payer} pays {amount} again.",
                support=name,
                first=after.period.first,
                last=after.period.last,
                payer=shown(after.name),
                amount=after.amount,
            )
        yield Finding("payer_changes", Level.NOTE, text, line=line.id, component=after.payer, day=after.period.first)


def _asked_earlier(one: str, other: str, payers: tuple[str, ...]) -> bool:
    return one in payers and other in payers and payers.index(one) < payers.index(other)


def _people(quoted: LineQuote) -> Iterator[Finding]:
    line, name = quoted.line, Name(quoted.line.name)
    if not line.provider and not quoted.unpaid and not line.sought:  # which says already that somebody is looked for
        yield Finding("no_provider", Level.NOTE, words("{support} has no provider yet.", support=name), line=line.id)
    if not line.purposes:
        text = words("{support}: no goal or everyday need is named yet.", support=name)
        yield Finding("no_purpose", Level.NOTE, text, line=line.id)


def _calendar(quote: Quote, calendar: Calendar) -> Iterator[Finding]:
    covers, last = calendar.covers, quote.package.period.last
    if covers and last > covers.last:
        text = words("Public holidays after {day} are not known yet and are not counted.", day=covers.last)
        yield Finding("holidays_unknown", Level.NOTE, text, day=covers.last)
