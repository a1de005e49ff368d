"""What family and friends give in a week: whose hours, how much each can give, and what it would cost to replace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from budgeting.carers import in_a_week
from budgeting.explain import SAID, Figure, all_time, as_told, summed
from budgeting.explain.sums import at_an_hour
from budgeting.money import Minutes
from budgeting.package import Line, Role, Unpaid
from budgeting.words import Name, words


@dataclass(frozen=True, slots=True)
class Carer:
    """One person who gives care without pay, in a week of some day; ``most`` None: they did not say how much."""

    name: Name  # empty when nobody was named
    lines: tuple[Line, ...]
    week: Figure
    most: Minutes | None
    over: Minutes | None  # what is asked of them beyond that
    replacement: Figure


def carers(lines: Iterable[Line], day: date) -> tuple[Carer, ...]:
    """Everybody who gives care without pay on a day, by name; backups are not counted."""
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        if isinstance(line.price, Unpaid) and line.role is not Role.BACKUP and day in line.period:
            by_name.setdefault(line.provider or "", []).append(line)
    return tuple(_carer(name, theirs) for name, theirs in sorted(by_name.items()))


def _carer(name: str, lines: list[Line]) -> Carer:
    told = [one.price.weekly for one in lines if isinstance(one.price, Unpaid) and one.price.weekly is not None]
    most = min(told, default=None)
    text, asked = words("Everything they do in a week, added up"), sum(in_a_week(one) for one in lines)
    week = all_time(words("Hours in a week"), text, map(_time, lines), source=SAID)
    over = Minutes(asked - most.count) if most is not None and asked > most.count else None
    return Carer(Name(name), tuple(lines), week, most, over, _replaced(lines))


def _time(line: Line) -> Figure:
    return as_told(words("{support}", support=Name(line.name)), Minutes(in_a_week(line)))


def _replaced(lines: Iterable[Line]) -> Figure:
    """A week of it at the prices that the person told; hours without such a price are left out and said."""
    label = words("If somebody had to be paid for a week of it")
    parts = tuple(part for one in lines if (part := _replaced_line(one)) is not None)
    missing = tuple(
        words("{support}: nobody has said what an hour would cost.", support=Name(one.name))
        for one in lines
        if isinstance(one.price, Unpaid) and one.price.replacement is None
    )
    if not parts:
        return Figure(label, None, words("Nobody has said yet what an hour would cost"), not_included=missing)
    return summed(
        label,
        words("Each at what an hour would cost"),
        parts,
        missing=(
            words("It is part of no total and takes nothing from the funding. It shows what family care is worth."),
            *missing,
        ),
        source=SAID,
    )


def _replaced_line(line: Line) -> Figure | None:
    if not isinstance(line.price, Unpaid) or line.price.replacement is None:
        return None
    hour = line.price.replacement
    parts = (_time(line), as_told(words("An hour, as told here"), hour))
    return at_an_hour(words("{support}", support=Name(line.name)), Minutes(in_a_week(line)), hour, parts, SAID)


def backups(lines: Iterable[Line], day: date) -> tuple[Line, ...]:
    """Who could come instead on a day: lines of the plan that are only there as a backup."""
    return tuple(line for line in lines if line.role is Role.BACKUP and day in line.period)
