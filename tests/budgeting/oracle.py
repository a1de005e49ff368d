"""The same prices worked out the slow way: one visit after the other, in decimals, without looking at the engine.

Visits come from ``dateutil.rrule``, a visit is cut where the kind of time changes, and each part is priced and
rounded by itself; units are gone through day by day. Only data is shared with the engine: price lists, holidays, and
the items of a support. What comes along is in ``oracle_along``, what a client pays in ``oracle_shares``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from dateutil.rrule import WEEKLY, rrule

from budgeting import programs
from budgeting.catalogue import Editions, Priced
from budgeting.extras import ActiveHours
from budgeting.families import Family
from budgeting.package import Agreed, AtLimit, Boundary, Line, Management, Package, Spread, Units, Unpaid, Weekly
from budgeting.period import Calendar, Place
from tests.budgeting.oracle_along import Ground, Visit, along
from tests.budgeting.oracle_shares import rate_on

DEAREST_FIRST = ("ph", "sun", "sat", "night", "eve", "day")
EVENING = time(20)


class Priceless(Exception):
    """A visit or a unit has no known price."""


class Part(NamedTuple):
    """A part of a visit: when it begins, how many minutes it lasts, and its kind of time."""

    begins: datetime
    minutes: int
    band: str


class Answer(NamedTuple):
    """Cents of everything that has a price, whether everything has one, and the client's cents of it."""

    cents: int
    complete: bool
    share: int = 0


def half_up(amount: Decimal) -> int:
    """Whole cents, half a cent up."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def visits_of(line: Line, package: Package) -> list[datetime]:
    """The first moment of every visit inside the package."""
    schedule = line.schedule
    assert isinstance(schedule, Weekly)
    if not schedule.weekdays:
        return []
    anchor = schedule.anchor or line.period.first
    monday = datetime.combine(anchor - timedelta(anchor.weekday()), schedule.start)
    while monday.date() > line.period.first:  # a rule of dateutil does not look back before its start
        monday -= timedelta(weeks=schedule.every_n_weeks)
    last = datetime.combine(min(line.period.last, package.period.last), time(23, 59))
    rule = rrule(WEEKLY, dtstart=monday, interval=schedule.every_n_weeks, byweekday=list(schedule.weekdays), until=last)
    first = max(line.period.first, package.period.first)
    return [moment for moment in rule if moment.date() >= first and moment.date() not in line.skips]


def holidays_at(place: Place, calendar: Calendar) -> dict[date, time]:
    """From what time on each holiday of a place is one."""
    found: dict[date, time] = {}
    for holiday in calendar.holidays:
        if holiday.state == place.state and holiday.region in (None, place.region):
            starts = holiday.starts or time(0)
            found[holiday.day] = min(starts, found.get(holiday.day, starts))
    return found


def parts_of(start: datetime, length: int, holidays: dict[date, time], nurse: bool) -> list[Part]:
    """The parts of one visit with their bands."""
    end = start + timedelta(minutes=length)
    midnight = datetime.combine(start.date() + timedelta(1), time(0))
    changes = {start, end, midnight}
    changes |= {datetime.combine(day, holidays[day]) for day in {start.date(), end.date()} & holidays.keys()}
    moments = sorted(moment for moment in changes if start <= moment <= end)
    stretches = [(a, b, _day_decides(a, holidays)) for a, b in pairwise(moments)]
    if end > midnight and not any(band for _, _, band in stretches):
        if not nurse:
            return [Part(start, length, "night")]
        if start.hour >= 18:
            return _nurse_night(start, end, midnight)
    parts = []
    for begins, ends, band in stretches:
        if band:
            parts.append(Part(begins, _minutes(begins, ends), band))
        elif nurse and begins >= midnight:
            parts += _nurse_night(begins, ends, midnight)
        elif nurse:
            ends_late = ends.date() > begins.date() or ends.time() > time(18)
            parts.append(Part(begins, _minutes(begins, ends), "eve" if begins.hour >= 12 and ends_late else "day"))
        else:
            parts += _weekday(begins, ends)
    return parts


def _day_decides(moment: datetime, holidays: dict[date, time]) -> str:
    if moment.date() in holidays and moment.time() >= holidays[moment.date()]:
        return "ph"
    return {5: "sat", 6: "sun"}.get(moment.weekday(), "")


def _nurse_night(begins: datetime, ends: datetime, midnight: datetime) -> list[Part]:
    """A nurse's night lasts until half past seven; then it is day."""
    morning = midnight + timedelta(hours=7, minutes=30)
    if ends <= morning:
        return [Part(begins, _minutes(begins, ends), "night")]
    return [Part(begins, _minutes(begins, morning), "night"), Part(morning, _minutes(morning, ends), "day")]


def _weekday(begins: datetime, ends: datetime) -> list[Part]:
    if begins.hour < 6:
        return [Part(begins, _minutes(begins, ends), "night")]
    evening = datetime.combine(begins.date(), EVENING)
    if begins >= evening:
        return [Part(begins, _minutes(begins, ends), "eve")]
    if ends <= evening:
        return [Part(begins, _minutes(begins, ends), "day")]
    return [Part(begins, _minutes(begins, evening), "day"), Part(evening, _minutes(evening, ends), "eve")]


def _minutes(begins: datetime, ends: datetime) -> int:
    return (ends - begins) // timedelta(minutes=1)


def agreed_on(line: Line, day: date, band: str) -> Decimal | None:
    """Cents that were agreed for one unit on a day, or None."""
    amounts = line.price.amounts if isinstance(line.price, Agreed) else ()
    begun = [one for one in amounts if one.since is None or one.since <= day]
    known = [one for one in begun if one.band == band] or [one for one in begun if one.band is None]
    return Decimal(max(known, key=lambda one: one.since or date.min).amount.minor) if known else None


def price_on(
    line: Line, day: date, band: str, row: Priced | None, place: Place, management: Management | None
) -> Decimal:
    """Cents for one unit on a day. What is counted in dollars has no limit, and a dollar is not shared."""
    limit = row.item.limit(place.zone, place.state) if row else None
    in_dollars = row is not None and row.item.dollar_units
    most = None if limit is None else Decimal(limit.minor * line.workers // line.participants)
    if in_dollars:
        most = Decimal(100)
    if isinstance(line.price, AtLimit):
        if most is None:
            raise Priceless
        return most
    agreed = agreed_on(line, day, band)
    if agreed is None:
        raise Priceless
    binding = management in (Management.AGENCY, Management.PLAN) and not in_dollars
    return min(agreed, most) if binding and most is not None else agreed


def amount_of(
    line: Line, package: Package, editions: Editions, calendar: Calendar, management: Management | None
) -> Answer:
    """The cents of one line, each part of each visit rounded by itself."""
    if isinstance(line.price, Unpaid):
        return Answer(0, line.schedule is not None)
    if line.schedule is None:
        return Answer(0, False)
    shares = package.program == "support_at_home"
    family = programs.program(package.program).family(line.support)
    binding = None if shares else management
    priced = [*_priced(line, package, editions, calendar, binding, family)]
    cents, paid = 0, 0
    for day, some in priced:
        if some is not None:
            cents += some
            rate = rate_on(package.funding, family, line.category, day).percent if shares else None
            paid += half_up(rate * some / 100) if rate is not None else 0
    return Answer(cents, all(some is not None for _, some in priced), paid)


def _priced(
    line: Line,
    package: Package,
    editions: Editions,
    calendar: Calendar,
    management: Management | None,
    family: Family | None,
) -> Iterator[tuple[date, int | None]]:
    """The cents of each part of each visit, and of what comes along with it; None where there is no price."""
    if isinstance(line.schedule, Units):
        yield from _units(line, line.schedule, package, editions, management, family)
        return
    assert isinstance(line.schedule, Weekly)
    schedule, place = line.schedule, package.place
    items, timed = _items(line, family)
    holidays = holidays_at(place, calendar)

    def seen(day: date, minutes: int, band: str) -> Visit:
        item = items.get(band) or items.get("any") or (line.support if family is None else None)
        row = editions.row(item, day) if item else None
        return Visit(day, minutes, band, item, row, agreed_on(line, day, band))

    def active(day: date, before_midnight: bool) -> Visit:
        over = datetime.combine(day, schedule.start) + timedelta(minutes=schedule.minutes)
        ends_first = over <= datetime.combine(day + timedelta(1), time(0))
        day, at = (day, schedule.start) if before_midnight or ends_first else (day + timedelta(1), time(0))
        return seen(day, 0, _day_decides(datetime.combine(day, at), holidays) or "sat")

    binding = management in (Management.AGENCY, Management.PLAN)
    ground = Ground(line, place, editions, binding, active)
    for start in visits_of(line, package):
        if schedule.sleepover or not timed:
            parts = [Part(start, schedule.minutes, "sleep" if schedule.sleepover else "any")]
        else:
            parts = parts_of(start, schedule.minutes, holidays, family is not None and family.hours == "nurse")
            if line.boundary is Boundary.HIGHER and len(parts) > 1:
                dearest = min((part.band for part in parts), key=DEAREST_FIRST.index)
                parts = [Part(start, schedule.minutes, dearest)]
        for begins, minutes, band in parts:
            part = seen(begins.date(), minutes, band)
            unit = part.row.item.unit if part.row else family.unit if family else "H"
            try:
                price = price_on(line, part.day, band, part.row, place, management)
            except Priceless:
                yield part.day, None
            else:
                yield part.day, half_up(price * minutes / 60 if unit in ("H", "hour") else price)
        for extra in line.extras:
            if isinstance(extra, ActiveHours) and not schedule.sleepover:
                continue
            whole = seen(start.date(), schedule.minutes, parts[0].band)
            yield from ((whole.day, cents) for cents in along(extra, whole, ground))


def _items(line: Line, family: Family | None) -> tuple[dict[str, str], bool]:
    """The items of a line by kind of time, and whether that kind matters to its price."""
    items = {band.value: item for band, item in (line.items or (family.items if family else {})).items()}
    by_band = isinstance(line.price, Agreed) and any(one.band for one in line.price.amounts)
    return items, "any" not in items and (len(items) > 1 or bool(line.items)) if items else by_band


def _units(
    line: Line,
    schedule: Units,
    package: Package,
    editions: Editions,
    management: Management | None,
    family: Family | None,
) -> Iterator[tuple[date, int | None]]:
    """Units: so many are used by the end of each day, and days in a row with one price are rounded together."""
    items, timed = _items(line, family)
    by_number = family is None and line.support is not None and not items  # an item is for one kind of time by itself
    band = "day" if timed and not by_number else "any"
    item = items.get(band) or items.get("any") or (line.support if family is None else None)
    days = 1 if schedule.spread is Spread.ONCE else line.period.days
    first, last = max(line.period.first, package.period.first), min(line.period.last, package.period.last)
    last = min(last, line.period.first + timedelta(days - 1))
    found: list[tuple[Decimal | None, object, date, int]] = []
    used = _used(schedule, (first - line.period.first).days, days)
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        row = editions.row(item, day) if item else None
        try:
            price = price_on(line, day, band, row, package.place, management)
        except Priceless:
            price = None
        share = rate_on(package.funding, family, line.category, day) if package.program == "support_at_home" else None
        until = _used(schedule, (day - line.period.first).days + 1, days)
        if found and found[-1][:2] == (price, share):
            found[-1] = price, share, found[-1][2], found[-1][3] + until - used
        else:
            found.append((price, share, day, until - used))
        used = until
    for price, alike in groupby(found, lambda one: one[0]):
        before = 0
        for _, _, day, part in alike:
            if price is None:
                yield day, None
            else:
                yield day, half_up(price * (before + part) / 1000) - half_up(price * before / 1000)
            before += part


def _used(schedule: Units, day: int, days: int) -> int:
    """Thousandths of units used on the first so many days."""
    return half_up(Decimal(schedule.quantity.thousandths) * day / days)
