"""Every figure can say how it came about: its sum, its rule, the source, the date, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from budgeting.words import Value, Words, words

if TYPE_CHECKING:
    from budgeting.quotation import ComponentTotal, LineQuote, Quote


class Confidence(StrEnum):
    """How sure a fact is: as told by the person, in law or on a government page, second hand, or unverified."""

    GIVEN = "given"  # what you, a letter or an agreement said
    A = "A"  # read in the law or on a government page
    B = "B"  # government content through a secondary source
    C = "C"  # a single secondary source, or our conclusion
    U = "U"  # not verified


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or value was read, and from which day it holds."""

    title: str
    clause: str = ""
    since: date | None = None
    confidence: Confidence = Confidence.U


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that explains itself. ``value`` is None when it is not known, which is never shown as zero.

    ``sum`` is the calculation in words with the very numbers used; ``parts`` are the figures it is made of.
    """

    label: Words
    value: Value | None
    sum: Words | None = None
    parts: tuple[Figure, ...] = ()
    rule: Words | None = None
    source: Source | None = None
    not_included: tuple[Words, ...] = ()


def line_figure(quoted: LineQuote) -> Figure:
    """The amount of a line with its whole explanation."""
    return Figure(words("Amount of this support"), quoted.amount)


def component_figure(total: ComponentTotal) -> Figure:
    """What is left of a component with its whole explanation."""
    return Figure(words("Left at the end"), total.left)


def quote_figure(quote: Quote) -> Figure:
    """The amount of the whole package with its whole explanation."""
    return Figure(words("Amount of all supports"), quote.amount)
