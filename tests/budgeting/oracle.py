"""The same prices worked out the slow way: one visit after the other, with fractions, without looking at the engine."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from dateutil.rrule import WEEKLY, rrule

from budgeting.catalogue import Editions
from budgeting.package import Agreed, Line, Management, Package, Weekly
from budgeting.period import Calendar

MIDNIGHT = time(0)


def half_up(amount: Fraction) -> int:
    """Whole cents, half a cent up."""
    return int(amount + Fraction(1, 2))


def visits_of(line: Line, package: Package) -> list[datetime]:
    """The first moment of every visit inside the package."""
    schedule = line.schedule
    assert isinstance(schedule, Weekly)
    anchor = schedule.anchor or line.period.first
    monday = datetime.combine(anchor - timedelta(anchor.weekday()), schedule.start)
    while monday.date() > line.period.first:  # a rule of dateutil does not look back before its start
        monday -= timedelta(weeks=schedule.every_n_weeks)
    last = datetime.combine(min(line.period.last, package.period.last), time(23, 59))
    rule = rrule(
        WEEKLY, dtstart=monday, interval=schedule.every_n_weeks, byweekday=list(schedule.weekdays), until=last
    )
    first = max(line.period.first, package.period.first)
    return [moment for moment in rule if moment.date() >= first and moment.date() not in line.skips]


def band_at(moment: datetime, holidays: set[date]) -> str:
    """The band that the day decides, else an empty text."""
    if moment.date() in holidays:
        return "ph"
    return {5: "sat", 6: "sun"}.get(moment.weekday(), "")


def pieces_of(start: datetime, length: int, holidays: set[date]) -> list[tuple[datetime, int, str]]:
    """The parts of one visit with their bands, by going through its minutes."""
    moments = [start + timedelta(minutes=minute) for minute in range(length)]
    days = sorted({moment.date() for moment in moments})
    if len(days) == 2 and all(not band_at(moment, holidays) for moment in (moments[0], moments[-1])):
        return [(start, length, "night")]
    pieces: list[tuple[datetime, int, str]] = []
    for on in days:
        inside = [moment for moment in moments if moment.date() == on]
        by_day = band_at(inside[0], holidays)
        for moment in inside:
            band = by_day or ("night" if inside[0].hour < 6 else "eve" if moment.hour >= 20 else "day")
            if pieces and pieces[-1][2] == band and pieces[-1][0].date() == on:
                pieces[-1] = (pieces[-1][0], pieces[-1][1] + 1, band)
            else:
                pieces.append((moment, 1, band))
    return pieces


def amount_of(
    line: Line, package: Package, editions: Editions, calendar: Calendar, management: Management | None
) -> int:
    """The cents of one line, each part of each visit rounded by itself."""
    schedule = line.schedule
    assert isinstance(schedule, Weekly)
    holidays = {holiday.day for holiday in calendar.holidays if holiday.state == package.place.state}
    total = 0
    for start in visits_of(line, package):
        for moment, minutes, band in pieces_of(start, schedule.minutes, holidays):
            items = {key.value: item for key, item in line.items.items()}
            row = editions.row(items[band], moment.date())
            limit = row.item.limits[package.place.zone] if row else None
            price = limit.minor if limit else None
            if isinstance(line.price, Agreed):
                price = line.price.amounts[0].amount.minor
                if management in (Management.AGENCY, Management.PLAN) and limit:
                    price = min(price, limit.minor)
            if price is not None:
                total += half_up(Fraction(price * minutes, 60))
    return total
