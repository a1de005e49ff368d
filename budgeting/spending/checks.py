"""What is worth a look in delivered supports before anybody pays: prices, days, lengths, doubles, last days to claim.

A finding blames nobody: it says what was agreed, planned or published, and what is charged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from budgeting import programs
from budgeting.bands import DayKind
from budgeting.catalogue import Editions
from budgeting.claim_days import ClaimBy
from budgeting.money import HOURLY, MINUTES_PER_HOUR, UNIT, Minutes, Money, Quantity, rounded
from budgeting.package import Agreed, Component, Units, Weekly
from budgeting.period import Band, Calendar, Period, Place, minute_of
from budgeting.quotation import Finding, Level
from budgeting.spending import SUPPORT, UNCOUNTED, ClaimType, Entry, EntryState
from budgeting.spending.matching import Match, Planned, band_of, planned_in
from budgeting.words import Name, Value, words

CLAIM_SOON = 30  # days before the last day of a claim from which it is said
A_CENT = 1
PRICED = SUPPORT | {ClaimType.CANCELLATION}  # what is charged at the price of the support itself
UNCLAIMED = frozenset({EntryState.ENTERED, EntryState.CHECKED, EntryState.QUESTIONED, EntryState.REFUSED})


@dataclass(frozen=True, slots=True)
class Setting:
    """What entries are held against: prices, place, funding, plan and agreements. Days are inclusive.

    ``plan`` None: nobody agreed to a plan, or the reader may not see it; then nothing is said about it.
    ``agreed`` has the days of signed agreements by organisation; None: not known, and nothing is said about them.
    ``not_made`` has visits to which nobody came: line, day and beginning.
    """

    program: str
    place: Place
    editions: Editions
    calendar: Calendar
    today: date
    components: tuple[Component, ...] = ()
    plan: Period | None = None
    agreed: Mapping[UUID, Sequence[Period]] | None = None
    not_made: frozenset[tuple[str, date, time]] = frozenset()


@dataclass(slots=True)
class _Sums:
    """What all entries together say about one line: time on each day, and quantity in all."""

    on_day: dict[tuple[str, date], list[Entry]] = field(default_factory=dict)
    in_all: dict[str, int] = field(default_factory=dict)
    same: dict[tuple[object, ...], Entry] = field(default_factory=dict)


def look(entries: Sequence[Entry], matches: Sequence[Match], at: Setting) -> dict[str, tuple[Finding, ...]]:
    """What was noticed about each entry, by its id; entries of which nothing was noticed are left out.

    Entries are looked at in order of their days, so that of two that say the same the later one is noticed.
    """
    pairs = sorted(zip(entries, matches, strict=True), key=lambda pair: pair[0].first)
    sums = _Sums()
    found = {}
    for entry, match in pairs:
        noticed = tuple(_noticed(entry, match, at, sums))
        if noticed:
            found[entry.id] = noticed
    return found


def _noticed(entry: Entry, match: Match, at: Setting, sums: _Sums) -> Iterator[Finding]:
    doubled = list(_double(entry, match, sums))
    yield from doubled
    if entry.amount.minor >= 0:  # a credit gives something back: its price and day say nothing
        yield from _arithmetic(entry)
        yield from _price(entry, match, at)
        if at.plan is not None and not doubled:  # what is there twice is not also too long
            yield from _plan(entry, match, at.plan, sums)
        yield from _others(entry, match, at)
    yield from _claim(entry, at)


def _double(entry: Entry, match: Match, sums: _Sums) -> Iterator[Finding]:
    """The same support on the same day for the same amount, on two invoices or twice on one."""
    if entry.amount.minor <= 0 or entry.state in UNCOUNTED:
        return
    what = match.line or entry.item or entry.description.casefold()
    key = (what, entry.first, entry.last, entry.claim_type, entry.amount.minor, entry.begins)
    before = sums.same.setdefault(key, entry)
    if before is entry:
        return
    if before.invoice and before.invoice != entry.invoice:
        text = words(
            "Invoice {invoice} says the same support on {day} for the same amount. If it was one visit, remove one of "
            "the two, or question it.",
            invoice=Name(before.invoice),
            day=entry.first,
        )
    else:
        text = words(
            "Another entry says the same support on {day} for the same amount. If it was one visit, remove one of the "
            "two, or question it.",
            day=entry.first,
        )
    yield Finding("double", Level.STOP, text, line=match.line, day=entry.first)


def _arithmetic(entry: Entry) -> Iterator[Finding]:
    if entry.unit_price is None or entry.quantity is None or entry.claim_type not in PRICED:
        return
    right = entry.unit_price.for_units(entry.quantity.thousandths)
    if entry.minutes is not None and entry.unit in HOURLY:
        right = min(right, entry.unit_price.for_minutes(entry.minutes.count), key=lambda one: _apart(one, entry.amount))
    if _apart(right, entry.amount) > A_CENT:
        text = words(
            "{quantity} at {price} makes {right}, but {amount} is charged.",
            quantity=entry.quantity,
            price=entry.unit_price,
            right=right,
            amount=entry.amount,
        )
        yield Finding("wrong_sum", Level.WARNING, text, day=entry.first)


def _apart(one: Money, other: Money) -> int:
    return abs(one.minor - other.minor)


def _price(entry: Entry, match: Match, at: Setting) -> Iterator[Finding]:
    """Above what was agreed, and above the price limit of the day."""
    price = unit_price(entry)
    if price is None or entry.claim_type not in PRICED:
        return
    agreed = agreed_price(entry, match.planned, at)
    if agreed is not None and _above(entry, agreed):
        right = _for_all(agreed, entry)
        text = words(
            "The price is {price}, and {agreed} was agreed. That makes {right}, and {amount} is charged: "
            "{more} too much.",
            price=price,
            agreed=agreed,
            right=right,
            amount=entry.amount,
            more=entry.amount - right,
        )
        yield Finding("above_agreed", Level.WARNING, text, line=match.line, day=entry.first)
    limit = limit_on(entry, match.planned, at)
    if limit is None or not _above(entry, limit):
        return
    management = entry.management or (match.planned.management if match.planned else None)
    if programs.rules(at.program).binds(management, entry.first):
        most = _for_all(limit, entry)
        text = words(
            "The price is {price}, and the limit on {day} was {limit}. That makes {most}, and {amount} is charged. "
            "Nobody may charge the {more} above it.",
            price=price,
            day=entry.first,
            limit=limit,
            most=most,
            amount=entry.amount,
            more=entry.amount - most,
        )
        yield Finding("above_limit", Level.STOP, text, line=match.line, day=entry.first)
    elif agreed is None:
        text = words(
            "The price is {price}; the published limit on {day} was {limit}. It does not bind whoever manages their "
            "own money, but it is good to know.",
            price=price,
            day=entry.first,
            limit=limit,
        )
        yield Finding("over_limit", Level.NOTE, text, line=match.line, day=entry.first)


def unit_price(entry: Entry) -> Money | None:
    """The price of one unit: as the invoice says it, else the amount for each unit; None where neither is known."""
    if entry.unit_price is not None:
        return entry.unit_price
    if entry.quantity is None or entry.quantity.thousandths <= 0:
        return None
    return Money(rounded(entry.amount.minor * UNIT, entry.quantity.thousandths))


def _above(entry: Entry, price: Money) -> bool:
    """Whether more is charged than a price comes to."""
    if entry.unit_price is not None:
        return entry.unit_price > price
    return (entry.amount - _for_all(price, entry)).minor > A_CENT


def agreed_price(entry: Entry, planned: Planned | None, at: Setting) -> Money | None:
    """What was agreed for one unit on the day of an entry; None where nothing was agreed, or the time is not known."""
    price = planned.line.price if planned else None
    if not isinstance(price, Agreed):
        return None
    found = price.found(entry.first, _band(entry, at))
    return found.amount if found and not found.estimated else None


def limit_on(entry: Entry, planned: Planned | None, at: Setting) -> Money | None:
    """The price limit of one unit on the day of an entry, shared where people share it; None where there is none."""
    item = entry.item or _planned_item(entry, planned, at)
    row = at.editions.row(item, entry.first) if item else None
    if row is None or row.item.dollar_units:
        return None
    limit = row.item.limit(at.place.zone, at.place.state)
    if limit is None or planned is None or planned.line.participants < 2:
        return limit
    return programs.rules(at.program).group_limit(limit, planned.line.participants, planned.line.workers)


def _planned_item(entry: Entry, planned: Planned | None, at: Setting) -> str | None:
    """The item of a line on the day of an entry, where the invoice names none and the time is not in doubt."""
    family = programs.program(at.program).family(planned.line.support) if planned else None
    if planned is None or family is None or not family.items:
        return None
    schedule, band = planned.line.schedule, _band(entry, at)
    hours = programs.program(at.program).parameters
    if band is Band.DAY and family.timed:
        if not isinstance(schedule, Weekly) or schedule.sleepover or schedule.end <= schedule.start:
            return None
        begins, ends = minute_of(schedule.start), minute_of(schedule.end)
        if begins < hours.minute("day_starts", entry.first) or ends > hours.minute("evening_starts", entry.first):
            return None
    return family.item(band)


def _band(entry: Entry, at: Setting) -> Band:
    """The time band of an entry: as its item says, else as its day does."""
    known = band_of(at.program, entry.item) if entry.item else None
    if known is not None:
        return known
    holiday = at.calendar.at(at.place).get(entry.first)
    if holiday is not None and holiday.starts is None:
        return Band.HOLIDAY
    return DayKind(entry.first.weekday()).band(0) or Band.DAY


def _for_all(price: Money, entry: Entry) -> Money:
    if entry.minutes is not None and entry.unit in HOURLY:
        return price.for_minutes(entry.minutes.count)
    return price.for_units(entry.quantity.thousandths) if entry.quantity is not None else price


def _plan(entry: Entry, match: Match, plan: Period, sums: _Sums) -> Iterator[Finding]:
    """Whether the plan has it, on these days, for this long, so many times."""
    planned = match.planned
    if entry.last < plan.first:
        text = words("No plan was agreed here for {day} yet, so day and length were not compared.", day=entry.first)
        yield Finding("before_plan", Level.NOTE, text, line=match.line, day=entry.first)
        return
    if planned is None:
        if entry.claim_type in PRICED:
            text = words("No support of the plan fits this. Say which one it belongs to, or ask what it was.")
            yield Finding("not_in_plan", Level.WARNING, text, day=entry.first)
        return
    if entry.first > plan.last:
        text = words("The plan ended on {last}, before this support.", last=plan.last)
        yield Finding("after_plan", Level.WARNING, text, line=match.line, day=entry.first)
        return
    days = planned.days
    if entry.last < days.first or entry.first > days.last:
        text = words("In the plan this support goes from {first} to {last}.", first=days.first, last=days.last)
        yield Finding("outside_days", Level.WARNING, text, line=match.line, day=entry.first)
    elif entry.claim_type in PRICED and not planned_in(entry, planned):
        text = words("The plan has no visit of this support on {day}.", day=entry.first)
        yield Finding("nobody_planned", Level.WARNING, text, line=match.line, day=entry.first)
    elif entry.state not in UNCOUNTED:
        yield from _too_long(entry, planned, sums)
    if entry.state not in UNCOUNTED:
        yield from _too_much(entry, planned, sums)


def _too_long(entry: Entry, planned: Planned, sums: _Sums) -> Iterator[Finding]:
    """More time on one day than was planned for it: by this entry alone, or with others, of which one is named."""
    visit, length = planned.visit, entry.length
    if visit is None or length is None or entry.first != entry.last:
        return
    key = (planned.line.id, entry.first)
    others = sums.on_day.setdefault(key, [])
    delivered = Minutes(sum(one.length.count for one in (*others, entry) if one.length is not None))
    others.append(entry)
    if delivered > visit:
        known: dict[str, Value] = {"planned": visit, "day": entry.first, "delivered": delivered}
        text = words("{planned} was planned on {day}, and {delivered} is charged.", **known)
        invoice = next((one.invoice for one in others if one.invoice and one.invoice != entry.invoice), None)
        if invoice:
            text = words(
                "{planned} was planned on {day}. Together with invoice {invoice}, {delivered} is charged.",
                invoice=Name(invoice),
                **known,
            )
        elif len(others) > 1:
            text = words(
                "{planned} was planned on {day}. Together with another entry, {delivered} is charged.", **known
            )
        yield Finding("longer", Level.WARNING, text, line=planned.line.id, day=entry.first)


def _too_much(entry: Entry, planned: Planned, sums: _Sums) -> Iterator[Finding]:
    """More units in all than a line without weekdays has."""
    schedule = planned.line.schedule
    if not isinstance(schedule, Units) or entry.quantity is None or entry.claim_type not in SUPPORT:
        return
    if (schedule.unit in HOURLY) != (entry.unit in HOURLY):
        return
    sums.in_all[planned.line.id] = used = sums.in_all.get(planned.line.id, 0) + entry.quantity.thousandths
    if used > schedule.quantity.thousandths:
        whole, so_far = _counted(schedule.quantity, schedule.unit), _counted(Quantity(used), schedule.unit)
        text = words("The plan has {planned} of this in all. With this entry it is {used}.", planned=whole, used=so_far)
        yield Finding("more_in_all", Level.WARNING, text, line=planned.line.id, day=entry.first)


def _counted(quantity: Quantity, unit: str) -> Minutes | Quantity:
    minutes, rest = divmod(quantity.thousandths * MINUTES_PER_HOUR, 1000)
    return Minutes(minutes) if unit in HOURLY and not rest else quantity


def _others(entry: Entry, match: Match, at: Setting) -> Iterator[Finding]:
    """Visits that were not made, agreement, funding, cancellation, days to come."""
    yield from _nobody_came(entry, match, at)
    if entry.first > at.today:
        text = words("This day has not come yet. A support is claimed after it was given.")
        yield Finding("to_come", Level.WARNING, text, day=entry.first)
    provider = entry.provider_id or (match.planned.provider_id if match.planned else None)
    if at.agreed is not None and provider is not None:
        held = any(entry.first in days for days in at.agreed.get(provider, ()))
        if not held:
            text = words("No signed agreement with this provider holds on {day}.", day=entry.first)
            yield Finding("no_agreement", Level.NOTE, text, line=match.line, day=entry.first)
    row = at.editions.row(entry.item, entry.first) if entry.item else None
    if at.components and entry.component is None and (match.planned is None or match.planned.component is None):
        categories = {row.item.category, row.item.pace_category} if row else set()
        if categories and not any(categories & set(one.categories) for one in at.components):
            text = words("No part of the funding is for this kind of support.")
            yield Finding("not_funded", Level.WARNING, text, day=entry.first)
    if entry.claim_type is ClaimType.CANCELLATION and row is not None and row.item.flags.get("cancellation") == "N":
        text = words("This support may not be charged when it is called off.")
        yield Finding("no_cancellation", Level.STOP, text, line=match.line, day=entry.first)


def _nobody_came(entry: Entry, match: Match, at: Setting) -> Iterator[Finding]:
    """A visit to which nobody came, as somebody wrote down."""
    planned = match.planned
    if planned is None or entry.claim_type not in PRICED:
        return
    begun = [begins for line, day, begins in at.not_made if (line, day) == (planned.line.id, entry.first)]
    if begun and (entry.begins is None or entry.begins in begun):
        text = words("{thing}: nobody came on {day}.", thing=Name(planned.line.name), day=entry.first)
        yield Finding("nobody_came", Level.WARNING, text, line=match.line, day=entry.first)


def _claim(entry: Entry, at: Setting) -> Iterator[Finding]:
    """The last day of a claim, once it is near or past; an announced earlier one is said to be unconfirmed."""
    last = last_claim(entry, at.program)
    if last is None or entry.state not in UNCLAIMED:
        return
    if last.late(at.today):
        text = words("The last day to claim this was {day}. Ask the agency what is still possible.", day=last.day)
        yield Finding("claim_late", Level.STOP, text, day=last.day)
    elif last.day - at.today <= timedelta(days=CLAIM_SOON):
        yield Finding("claim_soon", Level.WARNING, words("Claim this by {day}.", day=last.day), day=last.day)
    elif last.sooner is not None and last.sooner - at.today <= timedelta(days=CLAIM_SOON):
        text = words(
            "A change that is announced would make {sooner} the last day to claim this, instead of {day}. It is not "
            "confirmed.",
            sooner=last.sooner,
            day=last.day,
        )
        yield Finding("claim_sooner", Level.NOTE, text, day=last.sooner)


def last_claim(entry: Entry, program: str) -> ClaimBy | None:
    """The last day on which an entry can be claimed; None in programs that have no such rule, or none we know."""
    return programs.rules(program).claim_by(entry.first)
