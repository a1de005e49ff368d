"""Plain values as JSON and back by their declared types, for what is kept sealed before it becomes rows."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from budgeting.money import Money

T = TypeVar("T")


def to_json(value: Any) -> str:
    """A frozen dataclass (or a tuple of them) as text to keep; a TypeError for anything that has no plain form."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[T], text: str) -> T:
    """The value that ``to_json`` kept; ``kind`` may be a dataclass or ``tuple[Dataclass, ...]``."""
    value: T = _typed(kind, json.loads(text))
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, Money | type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} is not kept")


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (one for one in get_args(kind) if one is not type(None))
        return None if value is None else _typed(inner, value)
    if get_origin(kind) is tuple:
        inners = get_args(kind)
        if len(inners) == 2 and inners[1] is Ellipsis:
            return tuple(_typed(inners[0], one) for one in value)
        return tuple(_typed(inner, one) for inner, one in zip(inners, value, strict=True))
    if kind is Money:
        return Money(value)
    if kind in (date, time):
        return kind.fromisoformat(value)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{name: _typed(hints[name], one) for name, one in value.items() if name in hints})
    return kind(value)
