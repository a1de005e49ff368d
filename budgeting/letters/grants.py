"""What may be told about funding beside its parts, as a program asks for it: each kind with its fields and its words.

A program names its kinds in ``grants.toml`` of its folder, and as ``KINDS`` in ``grants.py`` what each of them makes;
one without these files has none. What is told goes into an ``Allocation``, to which the rules of the program give a
meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, NamedTuple

from budgeting.allocation import Allocation
from budgeting.money import Money
from budgeting.programs import folder, module
from budgeting.programs.listed import in_words, table
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


class Kind(NamedTuple):
    """What a kind of grant makes of what was told, how it is said, and its codes where they are not in its table."""

    make: Callable[[Told], Any]
    said: Callable[[Any], Words]
    codes: Mapping[str, Words] | None = None


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
    kinds: Mapping[str, Kind] = getattr(module(program, "grants"), "KINDS", {})
    rows = table(folder(program) / "grants.toml").get("grant", {})
    return tuple(_grant(key, one, kinds[key]) for key, one in rows.items())


def _grant(key: str, one: Mapping[str, Any], kind: Kind) -> Grant:
    codes = in_words(one.get("codes", {})) if kind.codes is None else kind.codes
    asked = tuple(_asked(each) for each in one["asked"])
    label, about, many = Words(one["label"]), Words(one["about"]), one.get("many", True)
    return Grant(key, label, about, one["place"], asked, kind.make, kind.said, codes, many)


def _asked(one: Mapping[str, Any]) -> Asked:
    hint = Words(one["hint"]) if "hint" in one else None
    return Asked(one["name"], Words(one["label"]), one.get("needed", True), hint, one.get("tick", False))


def _put(now: Allocation, place: str, value: Any) -> Allocation:
    return replace(now, **{place: value})


def _nothing(place: str) -> Any:
    return next(one.default for one in fields(Allocation) if one.name == place)
