"""The amounts, limits and shares of Support at Home as dated rows, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from budgeting.explain import Confidence, Source
from budgeting.money import Money, Percent, dollars
from budgeting.parameters import percent
from budgeting.programs.listed import rows

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Fact:
    """One value from a day on. After ``confirmed_to`` it still counts, and is said to be possibly out of date."""

    value: str
    since: date
    confirmed_to: date | None
    source: Source

    @property
    def money(self) -> Money:
        """The value as an amount; a ValueError when it is none."""
        return dollars(self.value)

    @property
    def rate(self) -> Percent:
        """The value as a share; a ValueError when it is none."""
        return percent(self.value)

    @property
    def number(self) -> int:
        """The value as a whole number; a ValueError when it is none."""
        return int(self.value)

    @property
    def is_share(self) -> bool:
        """Whether the value is a share of something else and not an amount."""
        return self.value.endswith("%")


@dataclass(frozen=True, slots=True)
class Classification:
    """The daily amounts of a classification, from a day on."""

    since: date
    daily_individual: Money  # credited to the client's account
    daily_provider: Money  # for care management; it never enters the account
    published_quarter: Money  # for comparison only
    confirmed_to: date | None
    source: Source


def fact(key: str, who: str, day: date) -> Fact:
    """The value that counts on a day; before the first row, the first one. What is not in the table is a KeyError.

    ``who``: a cohort, household, scheme or code; "any" for everybody.
    """
    known = _facts()[(key, who)]
    return next((row for row in reversed(known) if row.since <= day), known[0])


def facts(key: str, who: str) -> tuple[Fact, ...]:
    """Every value of a fact in order of days; what is not in the table is a KeyError."""
    return _facts()[(key, who)]


def every() -> tuple[tuple[str, str], ...]:
    """Every fact there is, with for whom or what it is."""
    return tuple(_facts())


def known(key: str) -> tuple[str, ...]:
    """For whom or what a fact is known: the codes of all supplements, say."""
    return tuple(who for of, who in every() if of == key)


def classification(code: str, day: date) -> Classification:
    """The amounts of a classification on a day, or the first ones before; an unknown code is a KeyError."""
    known = _classifications()[code]
    return next((row for row in reversed(known) if row.since <= day), known[0])


def classification_codes() -> tuple[str, ...]:
    """Every ongoing classification there is, in order."""
    return tuple(_classifications())


@cache
def started() -> date:
    """The first day of the program: nobody is credited before it."""
    return min(row.since for known in _classifications().values() for row in known)


@cache
def _facts() -> dict[tuple[str, str], tuple[Fact, ...]]:
    read: dict[tuple[str, str], list[Fact]] = {}
    for row in rows(FOLDER / "facts.csv"):
        since = date.fromisoformat(row["since"])
        read.setdefault((row["key"], row["who"]), []).append(
            Fact(
                value=row["value"],
                since=since,
                confirmed_to=_day(row["confirmed_to"]),
                source=Source(row["source"], "", since, Confidence(row["confidence"])),
            )
        )
    return {key: tuple(sorted(some, key=lambda one: one.since)) for key, some in read.items()}


@cache
def _classifications() -> dict[str, tuple[Classification, ...]]:
    read: dict[str, list[Classification]] = {}
    for row in rows(FOLDER / "classifications.csv"):
        since = date.fromisoformat(row["since"])
        read.setdefault(row["code"], []).append(
            Classification(
                since=since,
                daily_individual=dollars(row["daily_individual"]),
                daily_provider=dollars(row["daily_provider"]),
                published_quarter=dollars(row["published_quarter"]),
                confirmed_to=_day(row["confirmed_to"]),
                source=Source(row["source"], row["code"], since, Confidence(row["confidence"])),
            )
        )
    return {code: tuple(sorted(some, key=lambda one: one.since)) for code, some in read.items()}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
