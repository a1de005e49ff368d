"""What a change gives and what it takes, in sentences: time, visits and people first, then money that lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from budgeting.compare import ChangeKind, ComponentChange, Difference, LineChange
from budgeting.money import Minutes
from budgeting.words import Name, Words, nwords, words


def gained(difference: Difference) -> tuple[Words, ...]:
    """Everything there is more of afterwards; time and visits of each line before anything else."""
    return tuple(_gained(difference))


def lost(difference: Difference) -> tuple[Words, ...]:
    """Everything there is less of afterwards, in the same order."""
    return tuple(_lost(difference))


def _gained(difference: Difference) -> Iterator[Words]:
    for change in difference.changed:
        name = Name(change.line.name)
        time, visits, workers = _more_of(change, 1)
        if change.kind is ChangeKind.ADDED:
            yield words("{support} is new.", support=name)
        if time:
            yield words("{support}: {time} more.", support=name, time=Minutes(time))
        if visits:
            yield nwords("{support}: {n} visit more.", "{support}: {n} visits more.", visits, support=name)
        if workers:
            yield nwords(
                "{support}: {n} worker more each time.",
                "{support}: {n} workers more each time.",
                workers,
                support=name,
            )
    for provider in difference.providers_after:
        if provider not in difference.providers_before:
            yield words("{provider} comes.", provider=Name(provider))
    for part in difference.components:
        yield from _lasting(part, 1)


def _lost(difference: Difference) -> Iterator[Words]:
    for change in difference.changed:
        name = Name(change.line.name)
        time, visits, workers = _more_of(change, -1)
        if change.kind is ChangeKind.REMOVED:
            yield words("{support} is no longer there.", support=name)
        if time:
            yield words("{support}: {time} less.", support=name, time=Minutes(time))
        if visits:
            yield nwords("{support}: {n} visit fewer.", "{support}: {n} visits fewer.", visits, support=name)
        if workers:
            yield nwords(
                "{support}: {n} worker fewer each time.",
                "{support}: {n} workers fewer each time.",
                workers,
                support=name,
            )
    for provider in difference.providers_before:
        if provider not in difference.providers_after:
            yield words("{provider} no longer comes.", provider=Name(provider))
    for part in difference.components:
        yield from _lasting(part, -1)


def _more_of(change: LineChange, sign: int) -> tuple[int, int, int]:
    """Minutes, visits and workers that there are more of (sign 1) or fewer of (sign -1); zero where there are not."""
    time = change.minutes[1].count - change.minutes[0].count
    visits = change.visits[1] - change.visits[0]
    workers = change.workers[1] - change.workers[0] if change.kind is ChangeKind.CHANGED else 0
    return max(0, sign * time), max(0, sign * visits), max(0, sign * workers)


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
