"""What is rare about a line: its role, who shares it, other payers, what comes along, help given without pay.

It is kept as one JSON value that holds only what was told, so that a line without any of it is what it always was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from budgeting.extras import Extra
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Boundary, OpenMoney, Priority, Role, Unpaid
from budgeting.period import Band
from budgeting.words import words

OWN, ELSEWHERE = "own_money", "elsewhere"
OPEN: Mapping[str, OpenMoney] = {
    OWN: OpenMoney(OWN, words("Your own money")),
    ELSEWHERE: OpenMoney(ELSEWHERE, words("Somebody else, who pays it directly"), funder=words("Somebody else")),
}
"""Money without a told limit that any line may name, whatever the funding."""


@dataclass(frozen=True)
class BandPrice:
    """The agreed price of one unit at one kind of time."""

    band: Band
    price: Money


@dataclass(frozen=True)
class Particulars:
    """What most lines do not say. ``payers`` are keys that pay, in order, after the component the line names."""

    role: Role = Role.PLANNED
    priority: Priority | None = None
    payers: tuple[str, ...] = ()
    participants: int = 1  # people who share it
    workers: int = 1
    boundary: Boundary = Boundary.SPLIT
    skips: tuple[date, ...] = ()  # days on which nobody comes, in order
    extras: tuple[Extra, ...] = ()
    bands: tuple[BandPrice, ...] = ()  # prices for some times; ``Terms.price`` is for all others
    given: Unpaid | None = None  # family or friends give it, without pay
    helper: UUID | None = None  # the account of the member of the circle who gives it; it is asked about their time
    third_party: Money | None = None  # what the worker's own employer asks for one unit
    fee: Money | None = None  # part of the price that is for arranging it
    sought: bool = False  # nobody gives it yet
    likely: date | None = None  # with ``sought``: when it is likely to begin; its money counts from then on

    @property
    def told(self) -> bool:
        """Whether anything was told at all."""
        return self != PLAIN

    def as_plain(self) -> dict[str, Any]:
        """What was told, as JSON has it; empty when nothing was."""
        told: dict[str, Any] = _plain(self)
        return told

    def for_a_provider(self) -> Particulars:
        """What the one who delivers it may read: not who pays after whom, and not how much it matters."""
        return replace(self, payers=(), priority=None)


def particulars_of(data: Mapping[str, Any] | None) -> Particulars:
    """The particulars that ``as_plain`` wrote; None is a line without any."""
    if not data:
        return PLAIN
    told: Particulars = _typed(Particulars, data)
    return told


def applied_to(was: Particulars, then: Particulars, now: Particulars) -> Particulars:
    """What a line says when only that which a suggestion changed is changed."""
    changed = [one.name for one in fields(then) if getattr(then, one.name) != getattr(was, one.name)]
    return replace(now, **{name: getattr(then, name) for name in changed})


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Quantity):
        return value.thousandths
    if isinstance(value, Minutes):
        return value.count
    if is_dataclass(value):
        told = {one.name: _plain(getattr(value, one.name)) for one in fields(value) if not _left_out(value, one)}
        return {"is": KINDS[type(value)], **told} if type(value) in KINDS else told
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _left_out(value: Any, field: Any) -> bool:
    return bool(getattr(value, field.name) == field.default)


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        inner = [one for one in get_args(kind) if one is not NoneType]
        if value is None:
            return None
        return _typed(inner[0] if len(inner) == 1 else BY_NAME[value["is"]], value)
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], one) for one in value)
    if kind is Money:
        return Money(value["minor"], value["currency"])
    if kind is date:
        return date.fromisoformat(value)
    if kind in (Quantity, Minutes) or not is_dataclass(kind):
        return kind(value)
    return _made(kind, value)


def _made(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _typed(hints[name], one) for name, one in value.items() if name in hints})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")


KINDS: dict[type, str] = {kind: _snake(kind.__name__) for kind in get_args(Extra)}
BY_NAME = {name: kind for kind, name in KINDS.items()}
PLAIN = Particulars()
