"""Sentences that are not yet in any language: an English text, and the typed values that belong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Union

from budgeting.money import Minutes, Money, Percent, Quantity


@dataclass(frozen=True, slots=True)
class Name:
    """Something with a proper name (a person, a provider, a support as published): shown as it is."""

    text: str


class Sign(StrEnum):
    """A key of a pocket calculator."""

    PLUS = "+"
    MINUS = "−"
    TIMES = "×"
    OVER = "÷"
    OPEN = "("
    CLOSE = ")"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """What to type into a pocket calculator and what it then shows; read from left to right in every language.

    Days are counted and not typed: an arithmetic of days is read as the language is.
    """

    terms: tuple[Value | Sign, ...]
    result: Value

    @property
    def of_days(self) -> bool:
        """Whether its result is a day."""
        return isinstance(self.result, date)


Value = Union[Money, Percent, Minutes, Quantity, Name, date, datetime, time, int, str, "Words", Arithmetic]


@dataclass(frozen=True, slots=True)
class Words:
    """A translatable sentence with ``{named}`` values that keep their type until a reader is known.

    ``plural`` and ``count`` are set together for sentences that vary with a number.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    plural: str | None = None
    count: int = 0

    def __hash__(self) -> int:
        return hash((self.text, self.plural, self.count, tuple(sorted((k, repr(v)) for k, v in self.values.items()))))


def words(text: str, **values: Value) -> Words:
    """A sentence to be translated later; Babel extracts the first argument."""
    return Words(text, values)


def nwords(one: str, many: str, count: int, **values: Value) -> Words:
    """A sentence that varies with ``count``, which is also available in it as ``{n}``."""
    return Words(one, {"n": count, **values}, many, count)
