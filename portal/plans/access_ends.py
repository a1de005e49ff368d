"""When a provider's access ends by itself: dated data, read from access_ends.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class After:
    """How many days a provider still reads its own part after the last thing it had to do, and where that is from."""

    days: int
    since: date
    source: str
    confidence: str


@cache
def _rows() -> tuple[After, ...]:
    text = (resources.files("portal.plans") / "access_ends.toml").read_text(encoding="utf-8")
    return tuple(sorted((After(**row) for row in tomllib.loads(text)["after"]), key=lambda one: one.since))


def after(day: date) -> After:
    """The rule that holds on a day."""
    return [row for row in _rows() if row.since <= day][-1]


def last_day(ends: date) -> date:
    """The last day on which a provider reads its part, inclusive, when the last of it ends on a day."""
    return ends + timedelta(days=after(ends).days)
