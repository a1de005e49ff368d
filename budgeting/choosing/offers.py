"""What may be told about a support beside its visits, found by asking the rules of its program to price a sample.

A program says nothing twice: what its rules put a price on may come along, and nothing else is offered.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import lru_cache

from budgeting import lines, programs
from budgeting.bands import NO_MARKS
from budgeting.catalogue import Editions
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Extra,
    Irregular,
    Leg,
    RowKind,
    Transport,
    Travel,
    Work,
    WorkKind,
)
from budgeting.money import UNIT, Money, Quantity
from budgeting.package import Agreed, AgreedAmount, AtLimit, Line, Price, Weekly
from budgeting.period import Band, Period, Place
from budgeting.setting import setting

EVERY_DAY = tuple(range(7))
MORNINGS = Weekly(EVERY_DAY, time(9), time(13))
NIGHTS = Weekly(EVERY_DAY, time(22), time(6), sleepover=True)
SOME, HOUR = Quantity(10 * UNIT), 60
BY_DAY: tuple[Extra, ...] = (
    Travel((Leg(HOUR),), kilometres=SOME),
    Transport(SOME),
    Centre(),
    Work(WorkKind.NON_FACE_TO_FACE, HOUR),
    Work(WorkKind.REPORT, HOUR),
    Establishment(),
    Irregular(HOUR),
)
BY_NIGHT: tuple[Extra, ...] = (ActiveHours(8 * HOUR),)
COMES_WITH: dict[RowKind, str] = {
    RowKind.TRAVEL_TIME: "travel",
    RowKind.TRAVEL_COSTS: "travel",
    RowKind.ACTIVITY_TRANSPORT: "driving",
    RowKind.CENTRE_CAPITAL: "centre",
    RowKind.NON_FACE_TO_FACE: "away",
    RowKind.REPORT: "reports",
    RowKind.IRREGULAR: "irregular",
    RowKind.ESTABLISHMENT_FEE: "beginning",
    RowKind.ACTIVE_HOURS: "active",
}
HALF_A_YEAR = timedelta(days=182)


@lru_cache(maxsize=256)
def offered(program: str, support: str | None, place: Place, editions: Editions, day: date) -> frozenset[str]:
    """What may come along with a support from a day on, and what else its program takes about it.

    The words are the values of ``COMES_WITH``, and those of ``Rules.told``. An unknown program is a KeyError.
    """
    family = programs.program(program).family(support)
    found = programs.rules(program).told(family)
    days = Period(day, day + HALF_A_YEAR)
    at = setting(program, days, place, None, editions, NO_MARKS)
    sleeps = family is None or Band.SLEEPOVER in family.items
    for schedule, extras in ((MORNINGS, BY_DAY), (NIGHTS, BY_NIGHT if sleeps else ())):
        line = Line("sample", "", days, support, schedule, _price(program, support), extras=extras)
        rows = lines.price(line, at, None, None).rows
        found |= {COMES_WITH[row.kind] for row in rows if row.kind in COMES_WITH and row.amount}
    return found


def _price(program: str, support: str | None) -> Price:
    """A price that lets everything be counted: the limit where there is one to look up, else any."""
    listed = support and programs.program(program).price_source == "published_limit"
    return AtLimit() if listed else Agreed((AgreedAmount(Money(100_00)),))
