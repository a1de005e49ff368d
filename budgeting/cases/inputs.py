"""What the runners of worked cases share: how a case gives its inputs, and how it writes an amount."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from budgeting.catalogue import Editions
from budgeting.money import MINUTES_PER_HOUR, Money, Quantity, dollars

Inputs = Mapping[str, Any]  # as read from JSON; every runner names what it takes
Result = dict[str, Any]
Runner = Callable[[Inputs, Editions], Result]
DEFAULT_DAY = date(2026, 1, 1)  # a case without a date uses the rows in force on this day


def text_of(amount: Money) -> str:
    """An amount as the case files write it: 1234.50."""
    sign = "-" if amount.minor < 0 else ""
    return f"{sign}{abs(amount.minor) // 100}.{abs(amount.minor) % 100:02d}"


def quantity_of(value: object) -> Quantity:
    """A number as the case files write it, ``12``, ``12.5`` or ``"12.5"``; other texts and signs are a ValueError."""
    whole, _, part = str(value).partition(".")
    if isinstance(value, bool) or not (whole.isascii() and whole.isdigit()) or len(part) > 3:
        raise ValueError(f"{value!r} is not a quantity")
    if part and not (part.isascii() and part.isdigit()):
        raise ValueError(f"{value!r} is not a quantity")
    return Quantity(int(whole) * 1000 + int(part.ljust(3, "0")))


def money_of(value: object) -> Money:
    """An amount of zero or more as the case files write it, as text or as a number; anything else is a ValueError."""
    amount = dollars(str(value))
    if amount.minor < 0:
        raise ValueError(f"{value!r} is less than nothing")
    return amount


def minutes_of(value: object) -> int:
    """Whole minutes of zero or more; anything else is a ValueError."""
    if quantity_of(value).thousandths % 1000:
        raise ValueError(f"{value!r} is not a number of whole minutes")
    return quantity_of(value).thousandths // 1000


def count_of(value: object) -> int:
    """How many people or workers, one or more; anything else is a ValueError."""
    found = quantity_of(value).thousandths
    if found % 1000 or not found:
        raise ValueError(f"{value!r} is not a whole number of one or more")
    return found // 1000


def answer_of(inputs: Inputs, key: str, unsaid: bool) -> bool:
    """A yes or no; anything that is neither true nor false is a ValueError."""
    value = inputs.get(key)
    if value is None:
        return unsaid
    if not isinstance(value, bool):
        raise ValueError(f"{key} is true or false")
    return value


def clock_of(text: str) -> int:
    """A time of day as minutes after midnight; ``24:00`` is the end of the day."""
    if text == "24:00":
        return 24 * MINUTES_PER_HOUR
    at = time.fromisoformat(text)
    return at.hour * MINUTES_PER_HOUR + at.minute


def number_of(thousandths: int) -> Any:
    """A number as JSON has it: whole where it is whole."""
    whole, part = divmod(thousandths, 1000)
    return whole if not part else json.loads(f"{whole}.{part:03d}")
