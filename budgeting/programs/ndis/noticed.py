"""What is worth saying about the supports of an NDIS package beyond money and prices, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil

from budgeting import programs
from budgeting.bands import ORDINARY, cut
from budgeting.extras import (
    Centre,
    Establishment,
    Extra,
    Irregular,
    ProgramOfSupport,
    RowKind,
    Telehealth,
    Transport,
    Travel,
    Vehicle,
    Work,
    WorkKind,
)
from budgeting.money import Minutes
from budgeting.package import Boundary, Management, Weekly
from budgeting.period import minute_of
from budgeting.programs.ndis import claims, nights, parameters, travel
from budgeting.quotation import Finding, Level, LineQuote, Quote
from budgeting.setting import hours_on
from budgeting.words import Name, Words, words

SPLIT = Boundary.SPLIT
CITY = "national"  # the zone whose limits are the lowest


def findings(quote: Quote) -> Iterator[Finding]:
    """Everything that only the rules of the NDIS can tell about a priced package."""
    fees: dict[str, str] = {}
    stated = {one.component.key for one in quote.components if one.component.stated}
    for line in quote.lines:
        kept = line.component is None or line.component in stated
        what = "ndis, stated" if kept else "ndis"
        known: tuple[Finding, ...] | None = line.worked_out.get(what)
        yield from line.once(what, partial(_of_line, line, kept)) if known is None else known
        for extra in line.line.extras:
            yield from _not_claimable(line, extra)
            if isinstance(extra, Travel):
                yield from _travel(line, extra, quote)
            if isinstance(extra, Travel | Transport):
                yield from _kilometres(line, extra)
            if isinstance(extra, ProgramOfSupport):
                yield from _program(line)
            if isinstance(extra, Telehealth):
                yield from _afar(line, extra, quote)
            if isinstance(extra, Establishment) and _has(line, RowKind.ESTABLISHMENT_FEE) and line.line.provider:
                if line.line.provider in fees:
                    text = words(
                        "{provider} may charge the establishment fee only once, ever. It is here more than once.",
                        provider=Name(line.line.provider),
                    )
                    yield Finding("establishment_fee_twice", Level.WARNING, text, line=line.line.id)
                fees[line.line.provider] = line.line.id
    yield from _places(quote)


def _of_line(line: LineQuote, stated: bool) -> tuple[Finding, ...]:
    """What is worth saying about a support itself; ``stated``: no flexible part of the funding pays for it."""
    return (*_item(line, stated), *_night(line), *_higher(line))


def _places(quote: Quote) -> Iterator[Finding]:
    """Holidays of single places in a state, which are not counted as long as the place is not known."""
    place, period = quote.package.place, quote.package.period
    if place.region is None and quote.lines:
        if any(one.day in period for one in programs.calendar().local(place.state)):
            text = words("Some places here have a public holiday of their own, such as a show day. It is not counted.")
            yield Finding("local_holidays", Level.NOTE, text)
    elif place.region is not None and quote.lines:
        own = [one.day.year for one in programs.calendar().local(place.state) if one.region == place.region]
        if own and max(own) < period.last.year:
            known = date(max(own), 12, 31)
            text = words(
                "A holiday of {place} alone, such as a show day, is not known after {day}. It is not counted.",
                place=Name(place.region),
                day=known,
            )
            yield Finding("local_holidays_unknown", Level.NOTE, text, day=known)


def _item(line: LineQuote, stated: bool) -> Iterator[Finding]:
    """Supports that need a quote, or a registered provider."""
    support = Name(line.line.name)
    row = next((row for row in line.rows if row.priced and row.priced.item.quote), None)
    if row:
        text = words("{support} needs a quote, and it must be stated in the plan.", support=support)
        level = Level.NOTE if stated else Level.WARNING
        yield Finding("needs_quote", level, text, line=line.line.id, day=row.first)
    row = next((row for row in line.rows if row.priced), None)
    group = row.priced.item.group if row and row.priced else ""
    if row and line.management is not Management.AGENCY and claims.registered_only(group, row.first):
        text = words(
            "{support}: the provider must be registered with the NDIS, whoever manages the money.", support=support
        )
        yield Finding("registered_only", Level.NOTE, text, line=line.line.id)


def _night(line: LineQuote) -> Iterator[Finding]:
    """A sleepover that is too short, or does not span midnight."""
    schedule = line.line.schedule
    if not isinstance(schedule, Weekly) or not schedule.sleepover:
        return
    day = line.line.period.first
    if not nights.is_sleepover(minute_of(schedule.start), minute_of(schedule.end), day):
        text = words(
            "{support}: a sleepover goes over midnight and lasts {time} or longer.",
            support=Name(line.line.name),
            time=Minutes(int(parameters().text("sleepover_minutes", day))),
        )
        yield Finding("not_a_sleepover", Level.WARNING, text, line=line.line.id)


def _higher(line: LineQuote) -> Iterator[Finding]:
    """A visit over two time bands that costs the higher price all along, since one worker gives all of it."""
    schedule = line.line.schedule
    if line.line.boundary is not Boundary.HIGHER or not isinstance(schedule, Weekly) or schedule.sleepover:
        return
    ndis = programs.program("ndis")
    family, hours = ndis.family(line.line.support), hours_on(ndis.parameters, line.line.period.first)
    rule = family.hours if family else "standard"
    of_each = (
        cut(minute_of(schedule.start), schedule.minutes, ORDINARY[day], ORDINARY[(day + 1) % 7], hours, SPLIT, rule)
        for day in schedule.weekdays
    )
    if any(len(pieces) > 1 for pieces in of_each):
        text = words(
            "{support}: one worker stays beyond a time band, so the whole visit has the higher price. That has to be "
            "talked about first.",
            support=Name(line.line.name),
        )
        yield Finding("higher_price", Level.NOTE, text, line=line.line.id)


def _has(line: LineQuote, *kinds: RowKind) -> bool:
    return any(row.kind in kinds for row in line.rows)


def _not_claimable(line: LineQuote, extra: Extra) -> Iterator[Finding]:
    """Something that was put beside a support, and that the rules do not let anybody claim with it."""
    support = Name(line.line.name)
    kinds, text = _told(extra, support)
    if text and line.rows and not _has(line, *kinds):
        yield Finding("extra_not_claimable", Level.WARNING, text, line=line.line.id)


def _told(extra: Extra, support: Name) -> tuple[tuple[RowKind, ...], Words | None]:
    """The kinds of rows that something leads to, and what to say when there are none; None: nothing to say."""
    if isinstance(extra, Travel):
        asked = extra.legs or extra.kilometres.thousandths or extra.other
        text = words("{support}: travel of the worker cannot be claimed with this support.", support=support)
        return (RowKind.TRAVEL_TIME, RowKind.TRAVEL_COSTS), text if asked else None
    if isinstance(extra, Transport):
        text = words("{support}: driving you cannot be claimed with this support.", support=support)
        return (RowKind.ACTIVITY_TRANSPORT,), text if extra.kilometres.thousandths or extra.other else None
    if isinstance(extra, Centre):
        text = words("{support}: the use of a centre cannot be claimed with this support.", support=support)
        return (RowKind.CENTRE_CAPITAL,), text
    if isinstance(extra, Work):
        text = words("{support}: work while you are not there cannot be claimed with this support.", support=support)
        if extra.kind is WorkKind.REPORT:
            text = words("{support}: reports cannot be claimed with this support.", support=support)
        return (RowKind(extra.kind.value),), text if extra.minutes else None
    if isinstance(extra, Irregular):
        text = words("{support}: help that nobody could foresee cannot be claimed with this support.", support=support)
        return (RowKind.IRREGULAR,), text if extra.minutes else None
    if isinstance(extra, Establishment):
        text = words(
            "{support}: there are not enough hours in enough months in a row for an establishment fee.", support=support
        )
        return (RowKind.ESTABLISHMENT_FEE,), None if extra.claimed_before else text
    return (), None


def _travel(line: LineQuote, extra: Travel, quote: Quote) -> Iterator[Finding]:
    support, place = Name(line.line.name), quote.package.place
    if not extra.legs or not _has(line, RowKind.TRAVEL_TIME):
        return
    if extra.mmm is None and place.mmm is None and place.zone == "national":
        text = words(
            "{support}: how much travel time counts depends on the place. We took the lower limit, as in a city.",
            support=support,
        )
        yield Finding("place_unknown", Level.NOTE, text, line=line.line.id)
    mmm = extra.mmm or place.mmm or (1 if place.zone == "national" else None)
    limit = travel.leg_limit(mmm, line.line.period.first) if mmm else None
    share = travel.share_of(extra.part, extra.of, line.line.participants)
    ways = travel.ways(extra.legs, shared=share != 1, back_paid=extra.back_paid)
    longest = max((share * way.minutes for way in ways), default=Fraction(0))
    if limit is not None and longest > limit:
        text = words(
            "{support}: a way of {time} counts only as {limit}. Nobody pays for the rest.",
            support=support,
            time=Minutes(ceil(longest)),
            limit=Minutes(limit),
        )
        yield Finding("travel_cut", Level.NOTE, text, line=line.line.id)


def _kilometres(line: LineQuote, extra: Travel | Transport) -> Iterator[Finding]:
    vehicle = extra.vehicle if isinstance(extra, Transport) else Vehicle.CAR
    day = line.line.period.first
    highest = travel.Driving(extra.kilometres, None, vehicle).highest_rate(day)
    if extra.per_kilometre is None or extra.per_kilometre <= highest:
        return
    text = words(
        "{support}: {rate} for a kilometre is above {highest}, the highest reasonable rate.",
        support=Name(line.line.name),
        rate=extra.per_kilometre,
        highest=highest,
    )
    level = Level.WARNING if programs.rules("ndis").binds(line.management, day) else Level.NOTE
    yield Finding("over_kilometre_rate", level, text, line=line.line.id)


def _afar(line: LineQuote, extra: Telehealth, quote: Quote) -> Iterator[Finding]:
    """Support by telephone or video whose price limit depends on where the worker is."""
    if extra.zone is None and quote.package.place.zone != CITY and not extra.remote_agreed:
        text = words(
            "{support}: by telephone or video, the place of the worker sets the limit. We took that of a city.",
            support=Name(line.line.name),
        )
        yield Finding("worker_place_unknown", Level.NOTE, text, line=line.line.id)


def _program(line: LineQuote) -> Iterator[Finding]:
    """A program of support that is too long, or so long that there must be a chance to review it."""
    support, period = Name(line.line.name), line.line.period
    last = claims.program_ends_by(period.first)
    if period.last > last:
        text = words("{support}: a program of support may go on until {day} at most.", support=support, day=last)
        yield Finding("program_too_long", Level.WARNING, text, line=line.line.id, day=last)
    elif claims.needs_review(period):
        text = words(
            "{support}: this program of support is long, so agree on a day to look at it again.", support=support
        )
        yield Finding("program_review", Level.NOTE, text, line=line.line.id)
