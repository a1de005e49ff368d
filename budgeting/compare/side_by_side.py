"""Several packages side by side: the same facts of each, in the same order, every one with its explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgeting.compare.who_comes import Known, who_comes
from budgeting.explain import Figure, shown
from budgeting.explain.totals import component_figure, contributions_figure, hours_figure, lasts_figure
from budgeting.package import Line
from budgeting.quotation import ComponentTotal, Quote
from budgeting.words import Value, Words, words

WORKERS = words("Workers at one visit, at most")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of every package; a cell is None where a package has no such thing."""

    label: Words
    cells: tuple[Figure | Value | None, ...]


def facts(quotes: Sequence[Quote], known: Known | None = None) -> tuple[Fact, ...]:
    """What can be compared of some packages: money, time, visits, people, each part of the funding, purposes.

    Which days are counted stands first where they are not the same for all.
    ``known`` are the people who come for each line, where that was said.
    """
    found = [
        Fact(words("All supports together"), tuple(one.figure.brief for one in quotes)),
        Fact(words("Hours of support"), tuple(hours_figure(one) for one in quotes)),
        Fact(words("Visits"), tuple(_visits(one) for one in quotes)),
        Fact(words("Providers who come"), tuple(len(_providers(one)) for one in quotes)),
        Fact(WORKERS, tuple(_workers(one) for one in quotes)),
        Fact(words("Goals and everyday needs it serves"), tuple(len(served(one)) for one in quotes)),
    ]
    if len({one.package.period for one in quotes}) > 1:
        found.insert(0, Fact(words("From and until"), tuple(_days(one) for one in quotes)))
    different = tuple(who_comes(_visited(one), known or {}) for one in quotes)
    if any(one.value is not None for one in different):
        before = next(at for at, fact in enumerate(found) if fact.label == WORKERS)
        found.insert(before, Fact(words("Different people who come, as far as known"), different))
    if any(one.unpaid.count for one in quotes):
        found.append(Fact(words("Hours from family and friends"), tuple(one.unpaid for one in quotes)))
    if any(one.contribution for one in quotes):
        found.append(Fact(words("What you pay yourself"), tuple(contributions_figure(one).brief for one in quotes)))
    parts = {key: name for one in quotes for key, name in _parts(one).items()}
    for key, name in parts.items():
        totals = [one.parts.get(key) for one in quotes]
        found.append(Fact(words("{component}: left at the end", component=name), tuple(map(_left, totals))))
        found.append(Fact(words("{component}: lasts until", component=name), tuple(map(_lasts, totals))))
    return tuple(found)


def served(quoted: Quote) -> tuple[str, ...]:
    """The goals and everyday needs that the counted lines of a package serve, each once."""
    return tuple(dict.fromkeys(purpose for one in quoted.lines if one.counted for purpose in one.line.purposes))


def _days(quoted: Quote) -> Words:
    period = quoted.package.period
    return words("{first} to {last}", first=period.first, last=period.last)


def _visits(quoted: Quote) -> int:
    return sum(one.visits for one in quoted.lines if one.counted)


def _providers(quoted: Quote) -> frozenset[str]:
    return frozenset(one.line.provider for one in quoted.lines if one.line.provider)


def _visited(quoted: Quote) -> list[Line]:
    return [one.line for one in quoted.lines if one.counted and one.visits]


def _workers(quoted: Quote) -> int:
    return max((one.line.workers for one in quoted.lines if one.counted and one.visits), default=0)


def purposes(quotes: Sequence[Quote]) -> tuple[tuple[str, tuple[bool, ...]], ...]:
    """Every goal and everyday need that any package serves, each once, and for each package whether it does."""
    each = [served(one) for one in quotes]
    found = dict.fromkeys(purpose for one in each for purpose in one)
    return tuple((purpose, tuple(purpose in one for one in each)) for purpose in found)


def _parts(quoted: Quote) -> dict[str, Value]:
    return {key: shown(one.component.name) for key, one in quoted.parts.items()}


def _left(part: ComponentTotal | None) -> Figure | None:
    return component_figure(part) if part else None


def _lasts(part: ComponentTotal | None) -> Figure | None:
    return lasts_figure(part) if part else None
