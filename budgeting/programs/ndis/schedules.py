"""Agreed time of a line by calendar month, for rules that ask for so many hours in each month."""

from __future__ import annotations

from collections.abc import Iterator

from budgeting.money import MINUTES_PER_HOUR, UNIT, rounded
from budgeting.package import Line, Units, Weekly, visits_of
from budgeting.period import DAY, Period, month_of
from budgeting.programs.ndis.claims import Month


def agreed_minutes(line: Line) -> dict[Month, int]:
    """Minutes of support in each calendar month of a line, over all its days; units count where they are hours."""
    schedule, found = line.schedule, {}
    for month in _months(line.period):
        first, last = month.first.toordinal(), month.last.toordinal()
        minutes = 0
        if isinstance(schedule, Weekly):
            minutes = schedule.minutes * len(visits_of(line, month))
        elif isinstance(schedule, Units) and schedule.unit == "H":
            start, days = line.period.first.toordinal(), line.period.days
            whole = schedule.quantity.thousandths * MINUTES_PER_HOUR
            minutes = rounded(whole * (last - start + 1), days * UNIT) - rounded(whole * (first - start), days * UNIT)
        found[month.first.year, month.first.month] = minutes
    return found


def _months(period: Period) -> Iterator[Period]:
    """The calendar months of a period, the first and the last one as far as they lie in it."""
    day = period.first
    while day <= period.last:
        month = month_of(day)
        yield Period(max(period.first, month.first), min(period.last, month.last))
        day = month.last + DAY
