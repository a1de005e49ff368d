"""A week with one visit, and what comes along with it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from budgeting.extras import (
    Extra,
    Leg,
    RowKind,
)
from budgeting.period import Place
from budgeting.quotation import LineQuote, Row
from tests.budgeting.examples import (
    day,
    days,
    line,
    package,
    priced,
    weekly,
)

WEEK = days("2026-02-02", "2026-02-08")
THERE_AND_BACK = (Leg(40), Leg(20, back=True))
A_VISIT = weekly("Tue", "09:00", "11:00")
ALONE = Fraction(1)


def one_visit(*extras: Extra, support: str = "self_care", on: str = "2026-02-02", **others: Any) -> LineQuote:
    """A week with one visit on a Tuesday, and what comes along with it."""
    week = days(on, (day(on) + timedelta(days=6)).isoformat())
    place = others.pop("place", Place("NSW"))
    assert isinstance(place, Place)
    made = line(others.pop("schedule", A_VISIT), support=support, period=week, extras=extras, **others)
    return priced(package(made, period=week, place=place)).lines[0]


def rows(quoted: LineQuote, kind: RowKind) -> list[Row]:
    return [row for row in quoted.rows if row.kind is kind]


def only(quoted: LineQuote, kind: RowKind) -> Row:
    (row,) = rows(quoted, kind)
    return row
