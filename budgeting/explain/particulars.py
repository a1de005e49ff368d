"""What is rare about a line, in words: its role, who shares it, what comes along, and whatever else was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from budgeting.explain import BANDS
from budgeting.explain.describe import listed
from budgeting.explain.lines import KINDS
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Extra,
    Irregular,
    ProgramOfSupport,
    RowKind,
    Telehealth,
    Transport,
    Travel,
    Work,
    WorkKind,
)
from budgeting.money import ZERO, Minutes, Money
from budgeting.package import Boundary, Line, Priority, Role, Unpaid
from budgeting.period import Band
from budgeting.words import Value, Words, words

ROLES = {
    Role.PLANNED: words("Planned"),
    Role.RESERVE: words("Held back for something likely"),
    Role.BACKUP: words("Only in place of another"),
}
PRIORITIES = {
    Priority.MUST: words("It has to be there"),
    Priority.SHOULD: words("It should be there"),
    Priority.NICE: words("It would be nice"),
}
BOUNDARIES = {
    Boundary.SPLIT: words("Each part at its own price"),
    Boundary.HIGHER: words("One worker at the higher price"),
}
WORK = {
    WorkKind.NON_FACE_TO_FACE: words("Work for you while you are not there"),
    WorkKind.REPORT: words("Reports that the funder asks for"),
}
PRICED_APART = (Band.EVENING, Band.NIGHT, Band.SATURDAY, Band.SUNDAY)  # times that a price book may name


def part_words(kind: RowKind, band: Band) -> Words:
    """What a part of a line is: a kind of time, or what comes along."""
    return BANDS[band] if kind is RowKind.SUPPORT else KINDS[kind]


def extra_words(extra: Extra) -> Words:
    """One thing that comes along with a support, with how much of it was agreed."""
    return listed(list(_extra(extra)))


def _extra(extra: Extra) -> Iterator[Words]:
    if isinstance(extra, Travel):
        yield from _travel(extra)
    elif isinstance(extra, Transport):
        yield words("Driving you")
        yield from _driven(extra)
    elif isinstance(extra, Centre):
        yield words("Use of a centre")
    elif isinstance(extra, Work):
        yield WORK[extra.kind]
        yield words("{time} altogether", time=Minutes(extra.minutes))
        if extra.rate is not None:
            yield words("{price} an hour", price=extra.rate)
    elif isinstance(extra, Establishment):
        yield words("A fee for beginning, already charged") if extra.claimed_before else words("A fee for beginning")
    elif isinstance(extra, ActiveHours):
        yield words("{time} of active help in each night", time=Minutes(extra.minutes))
        if extra.before_midnight_only:
            yield words("only before midnight")
    elif isinstance(extra, Irregular):
        yield KINDS[RowKind.IRREGULAR]
        yield words("{time} altogether", time=Minutes(extra.minutes))
        yield BANDS[extra.band]
        if extra.rate is not None:
            yield words("{price} an hour", price=extra.rate)
    elif isinstance(extra, Telehealth):
        yield words("By telephone or video")
        if extra.remote_agreed:
            yield words("at the price of your own place")
    elif isinstance(extra, ProgramOfSupport):
        yield words("A program of support")


def _travel(extra: Travel) -> Iterator[Words]:
    yield words("A worker's travel to you")
    for leg in extra.legs:
        time = Minutes(leg.minutes)
        yield words("{time} on the way back", time=time) if leg.back else words("{time} on the way", time=time)
    yield from _driven(extra, extra.rate)


def _driven(extra: Travel | Transport, hour: Money | None = None) -> Iterator[Words]:
    if extra.kilometres.thousandths:
        yield words("{distance} km", distance=extra.kilometres)
    if hour is not None:
        yield words("{price} an hour", price=hour)
    if extra.per_kilometre is not None:
        yield words("{price} for a kilometre", price=extra.per_kilometre)
    if extra.other != ZERO:
        yield words("{amount} for tolls and parking", amount=extra.other)


def particulars(line: Line) -> Iterator[tuple[Words, Value]]:
    """Everything rare that was told about a line, each with what it is; an ordinary line has none."""
    if line.role is not Role.PLANNED:
        yield words("What it is for"), ROLES[line.role]
    if line.priority is not None:
        yield words("How much it matters"), PRIORITIES[line.priority]
    if line.participants > 1:
        yield words("People who share it"), line.participants
    if line.workers > 1:
        yield words("Workers"), line.workers
    if line.boundary is not Boundary.SPLIT:
        yield words("A visit across two time bands"), BOUNDARIES[line.boundary]
    if line.sought:
        yield words("Somebody to give it"), words("Still looked for")
    if isinstance(line.price, Unpaid):
        if line.price.weekly is not None:
            yield words("The most they can give in a week"), line.price.weekly
        if line.price.replacement is not None:
            yield words("An hour, if somebody had to be paid"), line.price.replacement
    if line.extras:
        for extra in line.extras:
            yield words("What comes along"), extra_words(extra)
    if line.third_party is not None:
        yield words("What the worker's employer asks"), line.third_party
    if line.fee is not None:
        yield words("Part of the price for arranging it"), line.fee
