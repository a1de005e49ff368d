"""What the runners of worked cases share: how a case gives its inputs, and how it writes an amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from budgeting.catalogue import Editions
from budgeting.money import Money

Inputs = Mapping[str, Any]  # as read from JSON; every runner names what it takes
Result = dict[str, Any]
Runner = Callable[[Inputs, Editions], Result]
DEFAULT_DAY = date(2026, 1, 1)  # a case without a date uses the rows in force on this day


def text_of(amount: Money) -> str:
    """An amount as the case files write it: 1234.50."""
    sign = "-" if amount.minor < 0 else ""
    return f"{sign}{abs(amount.minor) // 100}.{abs(amount.minor) % 100:02d}"
