"""Options for a life: which of them fit what somebody asked for, why others do not, and in which order they are shown.

What nobody told is not held against anybody: it becomes something to ask. The order is the same for all, paid or free:
the latest confirmed first, then those who told nothing, each by name. Nobody can pay for a place in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeVar

from budgeting.explain.describe import WEEKDAYS, listed
from budgeting.options.coverage import Coverage
from budgeting.words import Name, Words, words

T = TypeVar("T")

TIMES: Mapping[str, Words] = MappingProxyType(
    {
        "morning": words("mornings"),
        "afternoon": words("afternoons"),
        "evening": words("evenings"),
        "night": words("nights"),
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; anything empty is not asked for. ``needs`` are words by the keys of their needs.

    A language that is only ``wished`` leaves nothing out: an interpreter may help, and is something to ask for.
    """

    state: str = ""
    weekdays: tuple[int, ...] = ()  # 0 is Monday
    times: tuple[str, ...] = ()
    language: Words | None = None
    language_tag: str = ""
    wished: bool = False  # the language
    needs: Mapping[str, Words] = field(default_factory=dict)
    by: date | None = None  # it has to be possible to begin on this day
    town: str = ""  # or suburb, in somebody's own words


def misfits(wanted: Wanted, told: Coverage | None, there: bool | None = None) -> tuple[Words, ...]:
    """Why an option does not fit, each reason a sentence; none when all that was told fits.

    ``there``: whether the town that is asked for stands among the places it names; None where it names none.
    """
    elsewhere = [words("It does not name {town} among its places.", town=Name(wanted.town))] if there is False else []
    return (*elsewhere, *(_misfits(wanted, told) if told is not None else ()))


def _misfits(wanted: Wanted, told: Coverage) -> Iterator[Words]:
    if wanted.state and told.states and wanted.state not in told.states:
        yield words("It is not in this state.")
    if told.weekdays and (missing := [day for day in wanted.weekdays if day not in told.weekdays]):
        yield words("Not on {weekdays}.", weekdays=listed([WEEKDAYS[day] for day in missing]))
    if told.times and (late := [TIMES[one] for one in wanted.times if one not in told.times]):
        yield words("Not in {times}.", times=listed(late))
    if wanted.language is not None and not wanted.wished and _does_not_speak(wanted, told):
        yield words("Nobody there speaks {language}. You may need an interpreter.", language=wanted.language)
    if told.access and (gone := [text for key, text in wanted.needs.items() if key not in told.access]):
        yield words("Not told among what it can do: {needs}.", needs=listed(gone))
    if wanted.by is not None and told.free_from is not None and told.free_from > wanted.by:
        yield words("It can begin on {day} at the earliest.", day=told.free_from)


def _does_not_speak(wanted: Wanted, told: Coverage) -> bool:
    return bool(told.languages) and wanted.language_tag not in told.languages


def to_ask(wanted: Wanted, told: Coverage | None, there: bool | None = None) -> tuple[Words, ...]:
    """What was asked for and not told yet, as names of things to ask about."""
    unnamed = [words("whether it works in {town}", town=Name(wanted.town))] if wanted.town and there is None else []
    return (*unnamed, *_to_ask(wanted, told or Coverage(date.min)))


def _to_ask(wanted: Wanted, told: Coverage) -> Iterator[Words]:
    if wanted.state and not told.states:
        yield words("whether it works where you live")
    if wanted.weekdays and not told.weekdays:
        yield words("the days of the week")
    if wanted.times and not told.times:
        yield words("the time of the day")
    if wanted.language is not None and not told.languages:
        yield words("the language")
    if wanted.language is not None and wanted.wished and _does_not_speak(wanted, told):
        yield words("an interpreter: nobody there speaks {language}", language=wanted.language)
    if wanted.needs and not told.access:
        yield words("what you need to take part")
    if wanted.by is not None and told.free_from is None:
        yield words("from which day it can begin")


def stale(told: Coverage | None, today: date, days: int) -> bool:
    """Whether it was last confirmed longer ago than some days; what nobody ever confirmed is stale too."""
    return told is None or told.confirmed < today - timedelta(days)


def in_order(found: Iterable[T], told: Callable[[T], Coverage | None], name: Callable[[T], str]) -> list[T]:
    """The latest confirmed first, then those who told nothing; on the same day by name. Nothing else decides."""

    def place(one: T) -> tuple[int, str]:
        known = told(one)
        return (-known.confirmed.toordinal() if known else 1, name(one).casefold())

    return sorted(found, key=place)


def turned(found: Iterable[T], day: date) -> list[T]:
    """The same options in the same round, beginning with another one each day, so that none is always first."""
    round_ = list(found)
    first = day.toordinal() % len(round_) if round_ else 0
    return round_[first:] + round_[:first]
