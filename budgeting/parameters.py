"""Numbers of a program that vary by date, each with its source: asked for a day, never bare."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from budgeting.explain import WEAKER, Confidence, Source
from budgeting.money import Money, Percent, dollars

Raw = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number or choice of a program, with the days from which each of its values holds."""

    key: str
    about: str
    source: str
    clause: str
    confidence: Confidence
    values: tuple[tuple[date, Raw], ...]  # in order of days

    def on(self, day: date) -> Raw:
        """The value on a day; before the first day the first value holds, since older ones were never collected."""
        known = [value for since, value in self.values if since <= day]
        return known[-1] if known else self.values[0][1]

    def source_on(self, day: date) -> Source:
        """Where the value of a day was read."""
        since = [since for since, _ in self.values if since <= day]
        return Source(self.source, self.clause, since[-1] if since else self.values[0][0], self.confidence)


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters of a program. A key that does not exist is a KeyError."""

    by_key: Mapping[str, Parameter]

    def __contains__(self, key: str) -> bool:
        return key in self.by_key

    def text(self, key: str, day: date) -> str:
        value = self.by_key[key].on(day)
        if not isinstance(value, str):
            raise TypeError(f"{key} is a list")
        return value

    def texts(self, key: str, day: date) -> tuple[str, ...]:
        value = self.by_key[key].on(day)
        if isinstance(value, str):
            raise TypeError(f"{key} is not a list")
        return value

    def numbers(self, key: str, day: date) -> tuple[int, ...]:
        return tuple(int(one) for one in self.texts(key, day))

    def money(self, key: str, day: date) -> Money:
        return dollars(self.text(key, day))

    def rate(self, key: str, day: date) -> Percent:
        return percent(self.text(key, day))

    def rates(self, key: str, day: date) -> tuple[Percent, ...]:
        return tuple(percent(one) for one in self.texts(key, day))

    def minute(self, key: str, day: date) -> int:
        """A time of day as minutes after midnight."""
        at = time.fromisoformat(self.text(key, day))
        return at.hour * 60 + at.minute

    def source(self, key: str, day: date) -> Source:
        return self.by_key[key].source_on(day)

    def least_sure(self, keys: Iterable[str], day: date) -> Source:
        """Where the least sure of several values was read that decide together; keys that do not exist are left out."""
        found = [self.source(key, day) for key in keys if key in self]
        return max(found, key=lambda one: WEAKER.index(one.confidence))


def percent(text: str) -> Percent:
    """Read a rate such as ``17.5 %`` or ``16.47`` exactly; more than four decimals is a ValueError."""
    whole, _, part = text.removesuffix("%").strip().partition(".")
    if not (whole.isascii() and whole.isdigit()) or len(part) > 4 or (part and not part.isdigit()):
        raise ValueError(f"{text!r} is not a rate")
    return Percent(int(whole) * 10_000 + int(part.ljust(4, "0")))


def read_parameters(text: str) -> tuple[Mapping[str, object], Parameters]:
    """Read a ``program.toml``: its ``[program]`` table, if any, and each other as a parameter with source and dates."""
    tables = tomllib.loads(text)
    about = tables.pop("program", {})
    read = {}
    for key, table in tables.items():
        values = sorted((date.fromisoformat(since), _raw(value)) for since, value in table["values"].items())
        confidence = Confidence(table["confidence"])
        read[key] = Parameter(key, table["about"], table["source"], table["clause"], confidence, tuple(values))
    return about, Parameters(read)


def _raw(value: object) -> Raw:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return str(value)
