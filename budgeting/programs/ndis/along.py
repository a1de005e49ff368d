"""What comes along with an NDIS support, priced: one row for each kind, item and price.

Each is claimed only on days on which the catalogue row of the support allows it, or has an item of its own for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from budgeting.bands import MIDNIGHT
from budgeting.explain import SAID, Figure, all_time, as_told
from budgeting.explain.sums import at_an_hour, less, used_of
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Irregular,
    RowKind,
    Telehealth,
    Transport,
    Travel,
    Vehicle,
    Work,
    WorkKind,
)
from budgeting.lines import Pricer
from budgeting.money import MINUTES_PER_HOUR, UNIT, Minutes, Money, rounded
from budgeting.package import AtLimit, Units, Weekly
from budgeting.period import Band, Days, Some, minute_of
from budgeting.programs.along import Along, add_each, add_spread
from budgeting.programs.ndis import claims, nights, parameters, travel
from budgeting.programs.ndis.costs import (
    driving,
    for_time,
    listed,
    lowest_of,
    part_of,
    travel_minutes,
)
from budgeting.programs.ndis.spans import Span, beside, claimed, of_band, ordinary_band, put, share_of, spans
from budgeting.words import nwords, words
from budgeting.working import ELSEWHERE, OVER, PUBLISHED, TIMES, exactly, to_the_cent

DOLLAR = Money(100)
PRICE = words("Agreed price of the support")
TOGETHER = words("What everyone in the group pays for an hour of one worker")
ALL_PAY = words("The time is divided among the group or is for one person alone, so the whole hour counts.")
NATIONAL = 1  # where the class of the place is not known: the lower limit of travel time, as in a city
PAID_BY_BOUND = words("Where an agency or a plan manager pays, no more than the limit is paid.")
FACE_TO_FACE = (Travel, Transport, Centre)
CLAIMS = {WorkKind.NON_FACE_TO_FACE: "non_face_to_face", WorkKind.REPORT: "reports"}


def add_extras(pricer: Pricer) -> None:
    """Add the rows of everything that comes along with a line."""
    afar = any(isinstance(extra, Telehealth) for extra in pricer.line.extras)
    for extra in pricer.line.extras:
        if afar and isinstance(extra, FACE_TO_FACE):
            continue  # nobody goes anywhere
        if isinstance(extra, Travel):
            _travel(pricer, extra)
        elif isinstance(extra, Transport):
            _transport(pricer, extra)
        elif isinstance(extra, Centre):
            _centre(pricer)
        elif isinstance(extra, Work):
            _work(pricer, extra)
        elif isinstance(extra, Establishment):
            _establishment(pricer, extra)
        elif isinstance(extra, ActiveHours):
            _active(pricer, extra)
        elif isinstance(extra, Irregular):
            band = extra.band if pricer.timed() else ordinary_band(pricer)
            _apart(pricer, RowKind.IRREGULAR, "irregular_sil", band, extra.minutes, extra.rate)


def _shared(pricer: Pricer, extra: Travel | Transport) -> Fraction:
    """One person's share of a trip; a group that agreed on nothing else shares it equally."""
    return travel.share_of(extra.part, extra.of, pricer.line.participants)


def _of_support(pricer: Pricer, span: Span) -> Figure | None:
    """What was agreed for an hour of the support: of a group, what everyone in it pays for an hour of one worker."""
    if span.term.agreed is None:
        return None
    each, people, workers = as_told(PRICE, span.term.agreed), pricer.line.participants, pricer.line.workers
    if people == workers:
        return each
    text = nwords("Shared by {n} person", "Shared by {n} people", people)
    working = exactly(people, TIMES, span.term.agreed)
    if workers > 1:
        text = words("{workers} workers for {people} people", workers=workers, people=people)
        working = to_the_cent(people, TIMES, span.term.agreed, OVER, workers)
    cents = Money(rounded(span.term.agreed.minor * people, workers), span.term.agreed.currency)
    read = pricer.at.program.parameters.source("group_hour", span.day)
    return Figure(TOGETHER, cents, text, (each,), ALL_PAY, read, working=working)


def _price(pricer: Pricer, span: Span, agreed: Money | None, support: Figure | None, limit: Figure) -> Figure:
    """The price of an hour: the agreed one, else that of the support, and no more than the limit where it binds."""
    if agreed is None and isinstance(pricer.line.price, AtLimit):
        return lowest_of([limit])
    found = [as_told(words("Agreed rate"), agreed)] if agreed is not None else []
    if support is not None and (agreed is None or pricer.binds):
        found.append(support)
    if not pricer.binds:
        return lowest_of(found)
    if limit.value is not None:
        found.append(limit)
    return lowest_of(found, PAID_BY_BOUND, pricer.at.program.parameters.source("price_limits_bind", span.day))


def _travel(pricer: Pricer, extra: Travel) -> None:
    mmm = extra.mmm or pricer.at.place.mmm or (NATIONAL if pricer.at.place.zone == "national" else None)
    share = _shared(pricer, extra)
    for whole in spans(pricer):
        for span in claimed(pricer, whole, "travel"):
            minutes = travel_minutes(extra, share, pricer.line.workers, mmm, span.day)
            limit = _travel_limit(span)
            price = _price(pricer, span, extra.rate, _of_support(pricer, span), limit)
            along = _of_time(RowKind.TRAVEL_TIME, span, minutes, price, limit, extra.rate, share.denominator)
            if along:
                put(pricer, along, span, extra.trips)
            item, _ = beside(pricer, span, "799")
            _put_costs(pricer, RowKind.TRAVEL_COSTS, span, extra, Vehicle.CAR, item)


def _travel_limit(span: Span) -> Figure:
    """The limit of an hour of travel: the item's own for travel, half of the limit of a therapy, or the whole one."""
    limit = listed(words("Price limit"), span.limit, span.priced)
    if span.own or span.priced is None or span.limit is None or not travel.is_therapy(span.priced.item, span.day):
        return limit
    at = parameters()
    value = travel.time_limit(span.priced.item, span.limit, span.day)
    if value is None:
        return limit
    source = at.least_sure(("therapy_travel_share", "therapy_travel_groups"), span.day)
    return part_of(limit, value, at.rate("therapy_travel_share", span.day), source)


def _of_time(
    kind: RowKind, span: Span, minutes: Figure, price: Figure, limit: Figure, agreed: Money | None = None, of: int = 1
) -> Along | None:
    """Some time, divided among so many, at a price for an hour; None when there is no time."""
    if not isinstance(minutes.value, Minutes) or not minutes.value.count:
        return None
    whole, rest = divmod(minutes.value.count, of)
    return Along(
        kind=kind,
        item=span.item,
        priced=span.priced,
        unit="H",
        quantity=rounded(minutes.value.count * UNIT, MINUTES_PER_HOUR * of),
        unit_price=_known(price),
        how=for_time(words("One time"), minutes, price, of),
        minutes=None if rest else whole,  # only whole ones are told as minutes, the others as hours
        limit=_known(limit),
        agreed=agreed,
        band=span.band,
    )


def _known(price: Figure) -> Money | None:
    return price.value if isinstance(price.value, Money) else None


def _put_costs(
    pricer: Pricer, kind: RowKind, span: Span, extra: Travel | Transport, vehicle: Vehicle, item: str | None
) -> None:
    how = driving(extra, vehicle, _shared(pricer, extra), binds=pricer.binds, day=span.day)
    if not how.amount:
        return
    along = Along(
        kind=kind,
        item=item,
        priced=pricer.at.editions.row(item, span.day) if item else None,
        unit="E",
        quantity=how.amount.minor * UNIT // DOLLAR.minor,
        unit_price=DOLLAR,
        how=how,
        band=span.band,
    )
    put(pricer, along, span, extra.trips)


def _transport(pricer: Pricer, extra: Transport) -> None:
    known = parameters().texts("activity_transport_items", date.max)
    by_group = {(number[:2], number.split("_")[2]): number for number in known}
    for span in spans(pricer):
        support = span.term.priced.item if span.term.priced else None
        item = by_group.get((support.number[:2], support.group)) if support else None
        if item or not support:
            _put_costs(pricer, RowKind.ACTIVITY_TRANSPORT, span, extra, extra.vehicle, item)


def _centre(pricer: Pricer) -> None:
    """The cost of a centre, for each hour and person: it is not divided among a group."""
    schedule = pricer.line.schedule
    for whole in spans(pricer):
        item, _ = beside(pricer, whole, "599")
        for limited in pricer.at.editions.limits(item, *_zone(pricer)) if item else ():
            first, last = max(limited.first, whole.first), min(limited.last, whole.last)
            if limited.priced is None or first > last:
                continue
            span = replace(whole, first=first, last=last, item=item, priced=limited.priced, limit=limited.limit)
            highest = listed(words("Price limit"), span.limit, span.priced)
            if isinstance(schedule, Units):
                units = share_of(pricer, schedule.quantity.thousandths, first, last)
                minutes = as_told(words("Time in the centre"), Minutes(rounded(units * MINUTES_PER_HOUR, UNIT)))
            else:
                minutes = as_told(words("Length of a visit"), Minutes(schedule.minutes if schedule else 0))
            along = _of_time(RowKind.CENTRE_CAPITAL, span, minutes, lowest_of([highest]), highest)
            if along and span.days is not None:
                add_each(pricer, along, span.days, first, last)
            elif along:
                add_spread(pricer, along, 1, first, last)


def _zone(pricer: Pricer) -> tuple[str, str]:
    return pricer.at.place.zone, pricer.at.place.state


def _work(pricer: Pricer, extra: Work) -> None:
    kind = RowKind(extra.kind.value)
    _apart(pricer, kind, CLAIMS[extra.kind], ordinary_band(pricer), extra.minutes, extra.rate, extra.zone)


def _apart(
    pricer: Pricer, kind: RowKind, claim: str, band: Band, minutes: int, rate: Money | None, zone: str | None = None
) -> None:
    """Time beside the visits, spread evenly over the days of the line; ``zone``: where the worker is, if elsewhere.

    As long as its price stays the same, all of it is rounded to the cent once, whichever list is in force.
    """
    period, before, price_before = pricer.line.period, 0, None  # minutes on the days just before, at the same price
    for whole in of_band(pricer, band, None):
        for span in claimed(pricer, whole, claim):
            passed = span.first - period.first.toordinal(), span.last - period.first.toordinal() + 1
            part = _spread(minutes, period.days, *passed)
            limit = span.priced.item.limit(zone) if zone and span.priced else span.limit
            highest = listed(words("Price limit"), limit, span.priced)
            price = _price(pricer, span, rate, _of_support(pricer, span), highest)
            before, price_before = (before if price.value == price_before else 0), price.value
            along = _of_time(kind, span, part, price, highest, rate)
            if along:
                how = _after(Minutes(before), part, price) if before and along.each else along.how
                add_spread(pricer, replace(along, how=how), 1, span.first, span.last)
                before += along.minutes or 0


def _after(before: Minutes, minutes: Figure, price: Figure) -> Figure:
    """What some time costs after some more at the same price: rounded to the cent together with it."""
    earlier, later, hour = words("Before these days"), words("By the end of these days"), price.amount
    used = Figure(earlier, before, working=ELSEWHERE)
    time = all_time(later, words("The parts below added up"), (used, minutes))
    both = Minutes(before.count + (minutes.value.count if isinstance(minutes.value, Minutes) else 0))
    parts = at_an_hour(later, both, hour, (time, price)), at_an_hour(earlier, before, hour, (used,))
    text = words("The price stays the same, so that all of it is rounded to the cent once")
    return less(words("One time"), parts[0].amount, parts[1].amount, text, parts)


def _spread(whole: int, days: int, before: int, after: int) -> Figure:
    """The minutes that fall on some of the days over which they are spread: those after ``before`` days have passed."""
    label = words("Time on these days")
    if before == 0 and after == days:
        return as_told(label, Minutes(whole))
    parts = (
        used_of(words("By the end of these days"), Minutes(whole), after, days, SAID),
        used_of(words("Before these days"), Minutes(whole), before, days, SAID),
    )
    late, early = (Minutes(rounded(whole * passed, days)) for passed in (after, before))
    return less(label, late, early, words("Spread evenly"), parts)


def _active(pricer: Pricer, extra: ActiveHours) -> None:
    """Active hours of a sleepover beyond those in its price, at the price of their day; on a weekday as on Saturday."""
    schedule = pricer.line.schedule
    if not isinstance(schedule, Weekly) or not schedule.sleepover:
        return
    start = minute_of(schedule.start)
    one_day = extra.before_midnight_only or start + schedule.minutes <= MIDNIGHT  # then it is no sleepover: see noticed
    offset, at = (0, start) if one_day else (1, 0)
    by_band: dict[Band, list[Days]] = {}
    for days, today, tomorrow in pricer.days_alike(schedule, marked=True):
        band = nights.active_band(tomorrow if offset else today, at)
        by_band.setdefault(band, []).append(days.shifted(offset))
    for band, of_days in by_band.items():
        for span in of_band(pricer, band, of_days):
            minutes = _beyond(extra.minutes, span.day)
            agreed = span.term.agreed
            support = None if agreed is None else as_told(PRICE, agreed)
            limit = listed(words("Price limit"), span.term.limit, span.term.priced)
            along = _of_time(
                RowKind.ACTIVE_HOURS, span, minutes, _price(pricer, span, None, support, limit), limit, agreed
            )
            if along:
                add_each(pricer, along, of_days, span.first, span.last)


def _beyond(active: int, day: date) -> Figure:
    """Active time of a night beyond the time inside the price of a sleepover."""
    label, included = words("Active time beyond the sleepover"), nights.active_minutes_included(day)
    if active <= included:
        return as_told(label, Minutes(0))
    source = parameters().source("sleepover_active_minutes", day)
    inside = Figure(words("Inside the price of the sleepover"), Minutes(included), source=source, working=PUBLISHED)
    text = words("What is not inside the price of the sleepover")
    parts = (as_told(words("Active time of a night"), Minutes(active)), inside)
    return less(label, Minutes(active), Minutes(included), text, parts)


def _establishment(pricer: Pricer, extra: Establishment) -> None:
    """The fee, on the first day of the line in the first of enough months in a row with enough agreed hours."""
    period = pricer.line.period
    month = None if extra.claimed_before else claims.fee_month(claims.agreed_minutes(pricer.line), period.first)
    if month is None:
        return
    day = max(date(*month, 1), period.first)
    for whole in spans(pricer):
        if not whole.first <= day.toordinal() <= whole.last:
            continue
        span = replace(whole, first=day.toordinal(), last=day.toordinal())
        item, row = beside(pricer, span, "049")
        if item is None or row is None:
            continue
        before = pricer.at.editions.row(item, date(*month, 1)) or row
        limit = before.item.limit(*_zone(pricer))
        how = listed(words("Establishment fee"), limit, before)
        along = Along(RowKind.ESTABLISHMENT_FEE, item, before, "E", UNIT, limit, how, limit=limit)
        add_each(pricer, along, [Some((day.toordinal(),))], pricer.first, pricer.last)
        return
