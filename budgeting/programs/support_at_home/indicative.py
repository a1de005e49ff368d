"""What providers of Support at Home usually ask: published medians and ranges, to ask why, and never a limit.

Source: indicative_prices.csv (rule 4, prices in standard business hours; confidence B).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from budgeting.explain import Confidence, Figure, Source
from budgeting.money import Money, dollars
from budgeting.package import Agreed, Line
from budgeting.period import Band
from budgeting.programs.listed import rows
from budgeting.programs.support_at_home.facts import FOLDER
from budgeting.quotation import Finding, Level
from budgeting.words import Name, words
from budgeting.working import PUBLISHED

USUAL_HOURS = (None, Band.ANY, Band.DAY)  # the published prices are those of weekdays in business hours


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usually asked for one unit of a service from a day on: the middle, and the range of most providers."""

    key: str
    unit: str
    median: Money
    low: Money
    high: Money
    source: Source


def usual(key: str | None, day: date) -> Usual | None:
    """What is usually asked for a service on a day; None for one about which nothing is published, or not yet."""
    known = [one for one in _rows().get(key or "", ()) if one.source.since is None or one.source.since <= day]
    return known[-1] if known else None


def figure(key: str | None, day: date) -> Figure:
    """The middle of what is usually asked, with its range; its value is None where nothing is published."""
    label, known = words("What is usually asked"), usual(key, day)
    if known is None:
        return Figure(label, None, words("Nothing is published about it."))
    text = words("From {low} to {high} on weekdays in business hours. It is no limit.", low=known.low, high=known.high)
    return Figure(label, known.median, text, source=known.source, working=PUBLISHED)


def findings(line: Line) -> Iterator[Finding]:
    """Whether an agreed price for weekdays is above what is usually asked: a reason to ask why, and no more."""
    if not isinstance(line.price, Agreed):
        return
    for one in line.price.amounts:
        day = max(one.since or line.period.first, line.period.first)
        known = usual(line.support, day)
        if known and one.band in USUAL_HOURS and day <= line.period.last and one.amount > known.high:
            text = words(
                "{support}: {price} is more than the {high} that most providers ask at most. It is no limit, but you "
                "may ask why.",
                support=Name(line.name),
                price=one.amount,
                high=known.high,
            )
            yield Finding("above_usual_price", Level.NOTE, text, line=line.id, day=day)
            return


@cache
def _rows() -> dict[str, list[Usual]]:
    found: dict[str, list[Usual]] = {}
    for row in sorted(rows(FOLDER / "indicative_prices.csv"), key=lambda row: row["since"]):
        source = Source(row["source"], row["named"], date.fromisoformat(row["since"]), Confidence(row["confidence"]))
        median, low, high = (dollars(row[name]) for name in ("median", "low", "high"))
        found.setdefault(row["key"], []).append(Usual(row["key"], row["unit"], median, low, high, source))
    return found
