"""What may be told about funding beside its parts, as a program asks for it: each kind with its fields and its words.

A program names its kinds as ``GRANTS`` in ``grants.py`` of its folder; one without such a file has none. What is told
goes into an ``Allocation``, to which the rules of the program give a meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from budgeting.allocation import Allocation
from budgeting.money import Money
from budgeting.programs import module
from budgeting.words import Words

NO_CODES: Mapping[str, Words] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed about one grant; what its kind does not ask for stays empty. Days are inclusive."""

    code: str = ""
    amount: Money | None = None
    second: Money | None = None  # a second amount, where there are two
    since: date | None = None
    until: date | None = None
    units: int | None = None
    ticked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """One field that a kind of grant asks for: its name in ``Told``, or one of ``ticked``, and what to call it."""

    name: str
    label: Words
    needed: bool = True
    hint: Words | None = None
    tick: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """A kind of thing that may be granted or told: ``place`` names where it goes in an ``Allocation``."""

    key: str
    label: Words
    about: Words
    place: str
    asked: tuple[Asked, ...]
    make: Callable[[Told], Any]
    said: Callable[[Any], Words]
    codes: Mapping[str, Words] = field(default_factory=lambda: NO_CODES)  # answers to the field ``code``
    many: bool = True  # several may be told; else a new one replaces the one before

    def told(self, now: Allocation) -> tuple[Any, ...]:
        """What was told of this kind, in the order it was told in."""
        found = getattr(now, self.place)
        if self.many:
            return tuple(found)
        return () if found == _nothing(self.place) else (found,)

    def added(self, now: Allocation, told: Told) -> Allocation:
        """The allocation with one more of this kind."""
        made = self.make(told)
        return _put(now, self.place, (*self.told(now), made) if self.many else made)

    def without(self, now: Allocation, number: int) -> Allocation:
        """The allocation without the one with this number, counted from zero; a number without one is an IndexError."""
        kept = list(self.told(now))
        del kept[number]
        return _put(now, self.place, tuple(kept) if self.many else _nothing(self.place))


def grants(program: str) -> tuple[Grant, ...]:
    """The kinds that a program asks for; empty for one that says nothing about them."""
    found: tuple[Grant, ...] = getattr(module(program, "grants"), "GRANTS", ())
    return found


def _put(now: Allocation, place: str, value: Any) -> Allocation:
    return replace(now, **{place: value})


def _nothing(place: str) -> Any:
    return next(one.default for one in fields(Allocation) if one.name == place)
