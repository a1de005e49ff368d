"""What data alone cannot say about the Meadow Allowance: its months, and the share for every week."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from budgeting import programs
from budgeting.explain import Confidence, Figure, Source
from budgeting.money import Money, dollars, total
from budgeting.package import Component, Funding, FundingPeriod, Management
from budgeting.period import Every, Period
from budgeting.quotation import Finding, Level, Quote
from budgeting.words import nwords, words
from budgeting.working import COUNTED, PARTS, PUBLISHED, TIMES, exactly


@cache
def _levels() -> dict[str, list[tuple[date, Money, Source]]]:
    text = (Path(__file__).parent / "levels.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[date, Money, Source]]] = {}
    for row in csv.DictReader(text.splitlines()):
        since = date.fromisoformat(row["since"])
        source = Source(row["source"], row["level"], since, Confidence(row["confidence"]))
        found.setdefault(row["level"], []).append((since, dollars(row["monthly"]), source))
    return found


def levels() -> tuple[str, ...]:
    """What a letter may name: the levels there are."""
    return tuple(_levels())


def months(period: Period) -> Iterator[Period]:
    """The whole months that a period touches."""
    first = period.first.replace(day=1)
    while first <= period.last:
        following = (first + timedelta(31)).replace(day=1)
        yield Period(first, following - timedelta(1))
        first = following


def components(funding: Funding) -> tuple[Component, ...]:
    """One allowance, with the amount of its level for every month; an unknown level is a KeyError."""
    if funding.classification is None:
        return funding.components
    released = tuple(_month(funding.classification, month) for month in months(funding.period))
    amount = total([one.amount for one in released])
    name = words("Meadow Allowance")
    return (Component("meadow", name, amount, Management.PLAN, ("home", "out"), released),)


def _month(level: str, month: Period) -> FundingPeriod:
    _, amount, source = [row for row in _levels()[level] if row[0] <= month.first][-1]
    how = Figure(words("The amount of one month"), amount, source=source, working=PUBLISHED)
    return FundingPeriod(month, amount, how)


def fixed_share(funding: Funding, period: Period) -> Figure | None:
    """The weekly share for every Monday on which there is funding."""
    days = period.overlap(funding.period)
    if days is None:
        return None
    share = programs.program("meadow").parameters.by_key["weekly_share"]
    since = [max(day, days.first) for day, _ in share.values if day <= days.last]
    parts = []
    for number, first in enumerate(since):
        last = since[number + 1] - timedelta(1) if number + 1 < len(since) else days.last
        if first <= last:
            parts.append(_weeks(Period(first, last)))
    return Figure(
        label=words("What you pay every week"),
        value=total([part.value for part in parts if isinstance(part.value, Money)]),
        sum=words("The parts below added up"),
        parts=tuple(parts),
        working=PARTS,
    )


def _weeks(days: Period) -> Figure:
    at, first, last = programs.program("meadow").parameters, days.first.toordinal(), days.last.toordinal()
    weeks = Every(start=1, step=7, first=first, last=last).count(first, last)  # the first day of all was a Monday
    each, source = at.money("weekly_share", days.first), at.source("weekly_share", days.first)
    return Figure(
        label=words("{first} to {last}", first=days.first, last=days.last),
        value=Money(each.minor * weeks),
        sum=nwords("{n} week at {each}", "{n} weeks at {each}", weeks, each=each),
        parts=(
            Figure(words("Weeks that begin in these days"), weeks, working=COUNTED),
            Figure(words("The share of one week"), each, source=source, working=PUBLISHED),
        ),
        source=source,
        working=exactly(weeks, TIMES, each),
    )


def findings(quote: Quote) -> Iterator[Finding]:
    """A reminder of the weekly share, which is owed even when nobody comes."""
    share = quote.fixed_share
    if share is not None and isinstance(share.value, Money) and share.value:
        text = words("You pay {share} for these weeks, whatever you use.", share=share.value)
        yield Finding("weekly_share", Level.NOTE, text)
