"""Where, when and in which languages a provider works, as it told us: and whether a line is within that.

What nobody told is not held against anybody: only what was told, and does not fit, is said. The line stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.explain.describe import WEEKDAYS, listed
from budgeting.package import Line, Weekly
from budgeting.quotation import Finding, Level, Quote
from budgeting.words import Name, Value, words


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a provider said it can do; anything empty was not told. ``confirmed`` is the day on which it said so."""

    confirmed: date
    states: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()  # 0 is Monday
    languages: tuple[str, ...] = ()
    times: tuple[str, ...] = ()  # parts of the day: keys of budgeting.options.TIMES
    access: tuple[str, ...] = ()  # what it can do for somebody's needs: keys of a dated list
    free_from: date | None = None  # the first day on which it can begin
    by: UUID | None = None  # whose account wrote it down
    spoke_with: str = ""  # who said so on the telephone; empty: the provider wrote it itself


def findings(quote: Quote, language: str, told: Mapping[str, Coverage]) -> Iterator[Finding]:
    """What does not fit between each line and what its provider told; ``told`` is by the id of the line."""
    for one in quote.lines:
        coverage = told.get(one.line.id)
        if coverage is not None:
            yield from _of(one.line, quote.package.place.state, language, coverage)


def _of(line: Line, state: str, language: str, told: Coverage) -> Iterator[Finding]:
    known: dict[str, Value] = {"support": Name(line.name), "provider": Name(line.provider or ""), "day": told.confirmed}
    if told.states and state not in told.states:
        text = words("{support}: {provider} does not work in this state, as last confirmed on {day}.", **known)
        yield Finding("provider_elsewhere", Level.WARNING, text, line=line.id)
    if told.weekdays and isinstance(line.schedule, Weekly):
        missing = [WEEKDAYS[day] for day in sorted(set(line.schedule.weekdays) - set(told.weekdays))]
        if missing:
            text = words(
                "{support}: {provider} does not come on {weekdays}, as last confirmed on {day}.",
                weekdays=listed(missing),
                **known,
            )
            yield Finding("provider_other_days", Level.WARNING, text, line=line.id)
    if told.languages and language not in told.languages:
        text = words(
            "{support}: {provider} has nobody who speaks the person’s language, as last confirmed on {day}. "
            "An interpreter may be needed.",
            **known,
        )
        yield Finding("provider_language", Level.NOTE, text, line=line.id)
