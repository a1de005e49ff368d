"""What a change gives and what it takes, in sentences: time, visits and people first, then money that lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from budgeting.compare import ChangeKind, ComponentChange, Difference, LineChange
from budgeting.explain.describe import WEEKDAYS, listed
from budgeting.money import Minutes
from budgeting.package import Weekly
from budgeting.quotation import LineQuote
from budgeting.words import Name, Words, nwords, words


def gained(difference: Difference) -> tuple[Words, ...]:
    """Everything there is more of afterwards; time and visits of each line before anything else."""
    return tuple(_gained(difference))


def lost(difference: Difference) -> tuple[Words, ...]:
    """Everything there is less of afterwards, in the same order."""
    return tuple(_lost(difference))


@dataclass(frozen=True, slots=True)
class _Net:
    """What all changed lines of one name come to: a support that changes in the middle of the year is two lines."""

    name: Name
    kind: ChangeKind
    time: int  # minutes more; negative: fewer
    visits: int
    workers: int
    days: tuple[frozenset[int], frozenset[int]]  # of the week, before and after


def _nets(difference: Difference) -> Iterator[_Net]:
    named: dict[str, list[LineChange]] = {}
    for change in difference.changed:
        named.setdefault(change.line.name, []).append(change)
    for name, changes in named.items():
        kinds = {one.kind for one in changes}
        yield _Net(
            Name(name),
            kinds.pop() if len(kinds) == 1 else ChangeKind.CHANGED,
            sum(one.minutes[1].count - one.minutes[0].count for one in changes),
            sum(one.visits[1] - one.visits[0] for one in changes),
            sum(one.workers[1] - one.workers[0] for one in changes if one.kind is ChangeKind.CHANGED),
            _weekdays([one for one in difference.lines if one.line.name == name]),
        )


def _weekdays(changes: Sequence[LineChange]) -> tuple[frozenset[int], frozenset[int]]:
    """On which days of the week somebody comes before and after, by all lines of one name, changed or not."""
    return _days(one.before for one in changes), _days(one.after for one in changes)


def _days(side: Iterable[LineQuote | None]) -> frozenset[int]:
    schedules = [one.line.schedule for one in side if one is not None]
    return frozenset(day for one in schedules if isinstance(one, Weekly) for day in one.weekdays)


def _only(first: frozenset[int], second: frozenset[int]) -> Words | None:
    """The days of the week that are in the first alone; nothing is said where one of the two has none."""
    days = [WEEKDAYS[day] for day in sorted(first - second)]
    return listed(days) if days and second else None


def _gained(difference: Difference) -> Iterator[Words]:
    for net in _nets(difference):
        if net.kind is ChangeKind.ADDED:
            yield words("{support} is new.", support=net.name)
        if net.time > 0:
            yield words("{support}: {time} more.", support=net.name, time=Minutes(net.time))
        if net.visits > 0:
            yield nwords("{support}: {n} visit more.", "{support}: {n} visits more.", net.visits, support=net.name)
        before, after = net.days
        if more := _only(after, before):
            yield words("{support}: now on {weekdays} too.", support=net.name, weekdays=more)
        if net.workers > 0:
            yield nwords(
                "{support}: {n} worker more each time.",
                "{support}: {n} workers more each time.",
                net.workers,
                support=net.name,
            )
    earlier, later = difference.providers
    for provider in later:
        if provider not in earlier:
            yield words("{provider} comes.", provider=Name(provider))
    for part in difference.components:
        yield from _lasting(part, 1)


def _lost(difference: Difference) -> Iterator[Words]:
    for net in _nets(difference):
        if net.kind is ChangeKind.REMOVED:
            yield words("{support} is no longer there.", support=net.name)
        if net.time < 0:
            yield words("{support}: {time} less.", support=net.name, time=Minutes(-net.time))
        if net.visits < 0:
            yield nwords("{support}: {n} visit fewer.", "{support}: {n} visits fewer.", -net.visits, support=net.name)
        before, after = net.days
        if fewer := _only(before, after):
            yield words("{support}: no longer on {weekdays}.", support=net.name, weekdays=fewer)
        if net.workers < 0:
            yield nwords(
                "{support}: {n} worker fewer each time.",
                "{support}: {n} workers fewer each time.",
                -net.workers,
                support=net.name,
            )
    earlier, later = difference.providers
    for provider in earlier:
        if provider not in later:
            yield words("{provider} no longer comes.", provider=Name(provider))
    for part in difference.components:
        yield from _lasting(part, -1)


def _lasting(part: ComponentChange, sign: int) -> Iterator[Words]:
    """How much longer (sign 1) or shorter (-1) the money of a part lasts, else how much more or less of it is left."""
    if part.before is None or part.after is None:
        return
    was, will = (one.toordinal() if one else date.max.toordinal() for one in part.runs_dry)
    if sign * will > sign * was:
        yield _until(part)
    elif will == was:
        before, after = part.left
        if sign > 0 and after > before:
            yield words("{component}: {amount} more is left at the end.", component=part.name, amount=after - before)
        if sign < 0 and after < before:
            yield words("{component}: {amount} less is left at the end.", component=part.name, amount=before - after)


def _until(part: ComponentChange) -> Words:
    after = part.after
    if after is None or after.runs_dry is None:
        return words("{component}: the money now lasts to the end.", component=part.name)
    until = after.lasts_until or after.runs_dry
    return words("{component}: the money now lasts until {day}.", component=part.name, day=until)
