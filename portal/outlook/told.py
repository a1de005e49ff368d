"""Sentences as text to keep, and back: with the types of their values, for a reader who is not known yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.words import Name, Value, Words

_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    Money: lambda v: {"money": [v.minor, v.currency]},
    Percent: lambda v: {"ppm": v.ppm},
    Minutes: lambda v: {"minutes": v.count},
    Quantity: lambda v: {"thousandths": v.thousandths},
    Name: lambda v: {"name": v.text},
    date: lambda v: {"day": v.isoformat()},
    time: lambda v: {"time": v.isoformat()},
    Words: lambda v: {"words": _parts(v)},
}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "money": lambda v: Money(v[0], v[1]),
    "ppm": Percent,
    "minutes": Minutes,
    "thousandths": Quantity,
    "name": Name,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "words": lambda v: _whole(v),
}


def to_json(said: Words) -> str:
    """A sentence as text; a TypeError for a value that has no plain form."""
    return json.dumps(_parts(said), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Words:
    """The sentence that ``to_json`` kept."""
    return _whole(json.loads(text))


def _parts(said: Words) -> list[Any]:
    return [said.text, {name: _plain(value) for name, value in said.values.items()}, said.plural, said.count]


def _whole(parts: list[Any]) -> Words:
    text, values, plural, count = parts
    return Words(text, {name: _typed(value) for name, value in values.items()}, plural, count)


def _plain(value: Value) -> Any:
    if isinstance(value, str | int):
        return value
    if type(value) not in _WRITERS:
        raise TypeError(f"{type(value).__name__} is not kept")
    return _WRITERS[type(value)](value)


def _typed(value: Any) -> Value:
    if not isinstance(value, dict):
        plain: Value = value
        return plain
    ((kind, inner),) = value.items()
    typed: Value = _READERS[kind](inner)
    return typed
