"""Packages made by chance, always the same ones for the same number: every kind of line that people write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

from budgeting import programs
from budgeting.money import Money, Quantity
from budgeting.package import (
    Agreed,
    AgreedAmount,
    AtLimit,
    Boundary,
    Line,
    Management,
    Package,
    Price,
    Schedule,
    Spread,
    Units,
    Weekly,
)
from budgeting.period import Band, Period, Place

FIRST = date(2025, 7, 1)
SPAN = 730  # days up to the end of June 2027
WINDOW = Period(FIRST - timedelta(30), FIRST + timedelta(SPAN + 30))  # every day of every line lies in it
PLACES = (
    Place("ACT"),
    Place("NSW"),
    Place("NSW", "remote"),
    Place("NT", "very_remote"),
    Place("NT"),
    Place("QLD"),
    Place("QLD", "national", "Brisbane"),
    Place("SA"),
    Place("SA", "remote"),
    Place("TAS"),
    Place("VIC", "national", "Melbourne"),
    Place("WA", "very_remote"),
)
TIMED_BANDS = tuple(band for band in Band if band not in (Band.ANY, Band.SLEEPOVER))


def packages(seed: int, many: int, program: str = "ndis") -> Iterator[Package]:
    """So many packages of one or two lines each."""
    by = Random(seed)
    for _ in range(many):
        period = _days(by, 0, SPAN)
        lines = tuple(_line(by, program, str(number), period) for number in range(by.choice((1, 1, 2))))
        yield Package(program, period, by.choice(PLACES), None, lines)


def _days(by: Random, low: int, high: int) -> Period:
    first = by.randint(low, high - 1)
    return Period(FIRST + timedelta(first), FIRST + timedelta(min(high, first + by.randint(1, 365)) - 1))


def _line(by: Random, program: str, name: str, period: Period) -> Line:
    families = programs.families(program)
    schedule = _schedule(by)
    low, high = (period.first - FIRST).days - 20, (period.last - FIRST).days + 1
    line = Line(
        id=name,
        name=name,
        period=_days(by, low, high),
        support=by.choice(families).key if by.random() < 0.9 else None,
        schedule=schedule,
        price=_price(by),
        management=by.choice((None, *Management)),
    )
    if by.random() < 0.2:
        line = replace(line, boundary=Boundary.HIGHER)
    if by.random() < 0.2:
        line = replace(line, participants=by.randint(1, 5), workers=by.randint(1, 2))
    if by.random() < 0.3 and isinstance(schedule, Weekly):
        days = (line.period.first + timedelta(by.randrange(line.period.days)) for _ in range(3))
        line = replace(line, skips=tuple(days))
    return line


def _schedule(by: Random) -> Schedule:
    if by.random() < 0.15:
        return Units(Quantity(by.randrange(500_000)), "H", by.choice((Spread.EVENLY, Spread.ONCE)))
    start, length = by.randrange(288) * 5, by.choice((by.randint(1, 36), by.randint(1, 288))) * 5
    end = (start + length) % 1440
    return Weekly(
        weekdays=tuple(by.sample(range(7), by.randint(1, 7))),
        start=time(start // 60, start % 60),
        end=time(end // 60, end % 60),
        every_n_weeks=by.choice((1, 1, 1, 2, 2, 3, 4, 9)),
        anchor=FIRST + timedelta(by.randrange(SPAN)) if by.random() < 0.3 else None,
        sleepover=by.random() < 0.05,
    )


def _price(by: Random) -> Price | None:
    kind = by.random()
    if kind < 0.4:
        return AtLimit()
    if kind < 0.7:
        return Agreed((AgreedAmount(Money(by.randrange(30_000))),))
    if kind < 0.75:
        return None
    amounts = [
        AgreedAmount(
            amount=Money(by.randrange(30_000)),
            band=by.choice((None, *TIMED_BANDS)),
            since=FIRST + timedelta(by.randrange(SPAN)) if by.random() < 0.5 else None,
        )
        for _ in range(by.randint(2, 4))
    ]
    # Two amounts for the same band from the same day would leave open which one counts.
    return Agreed(tuple({(one.band, one.since): one for one in amounts}.values()))
