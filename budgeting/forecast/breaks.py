"""The days on which a package no longer works, and why: found by arithmetic, nothing walks the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from budgeting.compare import PART
from budgeting.explain import BANDS, shown
from budgeting.forecast.year import lonely_days
from budgeting.package import Agreed, Line, Package, Role, Spread, Units, Unpaid, visits_of
from budgeting.period import DAY, Period
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Name, Words, nwords, words

INSTEAD = f"{PART}instead"  # in the id of a part of a line: somebody else comes, so nobody is missed there


class BreakKind(StrEnum):
    """Why a day breaks, the gravest first."""

    MONEY = "money"  # the money released by then does not reach
    PRICE = "price"  # there is no price for a visit
    UNPAID = "unpaid"  # no money pays for it, or none yet
    FUNDING_ENDS = "funding_ends"
    AGREEMENT_ENDS = "agreement_ends"
    AWAY = "away"  # the person who comes is away
    NOBODY = "nobody"  # somebody comes every day, and on this one nobody does


GRAVE = {kind: number for number, kind in enumerate(BreakKind)}


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the package no longer works, and why."""

    kind: BreakKind
    day: date
    words: Words
    line: str | None = None
    component: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody who comes for a line is away, as it was told."""

    who: str
    period: Period


@dataclass(frozen=True, slots=True)
class Backup:
    """Somebody who said that they could come instead for a line. ``provider`` and ``price`` None: those of the line."""

    who: str
    provider: str | None = None
    price: Agreed | Unpaid | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a package does not hold: the last day of each line's agreement, who is away, who could come instead, lines
    that must stay, and which days are over."""

    agreed_until: Mapping[str, date]
    keep: frozenset[str]
    away: Mapping[str, Sequence[Absence]] = field(default_factory=dict)
    backups: Mapping[str, Sequence[Backup]] = field(default_factory=dict)
    since: date | None = None  # the first day that can still be changed


def breaks_of(quoted: Quote, known: Known | None = None) -> tuple[Break, ...]:
    """Every break of a priced package, in order of days; of each part of the funding and each line only the first."""
    known = known or Known({}, frozenset())
    found = [
        *_money(quoted),
        *_prices(quoted),
        *_unpaid(quoted, known.since),
        *_after_funding(quoted),
        *_after_agreements(quoted.package, known),
        *_while_away(quoted.package, known),
        *_alone(quoted.package),
    ]
    return tuple(sorted(found, key=lambda one: (one.day, GRAVE[one.kind], one.line or one.component or "")))


def _money(quoted: Quote) -> Iterator[Break]:
    said: set[str] = set()
    for one in quoted.parts.values():
        if one.runs_dry is None or one.component.key in said:
            continue
        said |= {one.component.key, *one.pool}
        until = one.runs_dry - DAY
        text = words(
            "{component}: the money that is there by then pays for everything until {until}. This day it does not.",
            component=shown(one.component.name),
            until=until,
        )
        if until < quoted.package.period.first:
            text = words("{component}: the money does not pay for the first day.", component=shown(one.component.name))
        yield Break(BreakKind.MONEY, one.runs_dry, text, component=one.component.key)


def _prices(quoted: Quote) -> Iterator[Break]:
    for one in quoted.lines:
        if one.line.role is Role.BACKUP or isinstance(one.line.price, Unpaid):
            continue
        unpriced = [row for row in one.rows if row.amount is None]
        if unpriced:
            row = min(unpriced, key=lambda row: row.first)
            text = words("{support}: there is no price for: {when}.", support=Name(one.line.name), when=BANDS[row.band])
            yield Break(BreakKind.PRICE, row.first, text, line=one.line.id)


def _unpaid(quoted: Quote, since: date | None) -> Iterator[Break]:
    """The supports for which nothing pays, and those that begin before the money does; days that are over are past."""
    funding, package = quoted.package.funding, quoted.package
    first = max(since or package.period.first, package.period.first)
    if funding is None or first > package.period.last:
        return
    own = {one.component.key for one in quoted.components}
    for one in quoted.lines:
        free = one.complete and not one.amount
        if not one.counted or one.unpaid or one.payments or free:
            continue
        last = package.period.last if one.component is None else funding.period.first - DAY
        if one.component not in {None, *own} or last < first:
            continue
        day = _next_day(one.line, Period(first, last))
        if day is not None:
            yield Break(BreakKind.UNPAID, day, _why_unpaid(one, funding.period.first), line=one.line.id)


def _why_unpaid(one: LineQuote, begins: date) -> Words:
    name = Name(one.line.name)
    if one.component is None:
        return words("{support}: no part of the funding pays for this yet.", support=name)
    return words("{support} begins before the funding begins on {day}.", support=name, day=begins)


def _after_funding(quoted: Quote) -> Iterator[Break]:
    funding, package = quoted.package.funding, quoted.package
    if funding is None or funding.period.last >= package.period.last:
        return
    rest = Period(funding.period.last + DAY, package.period.last)
    paid = [one.line for one in quoted.lines if one.component is not None and one.line.role is Role.PLANNED]
    days = [day for line in paid if (day := _next_day(line, rest)) is not None]
    if days:
        text = words(
            "The funding ends on {day}, and supports go on. Nothing is known yet of the money after it.",
            day=funding.period.last,
        )
        yield Break(BreakKind.FUNDING_ENDS, min(days), text)


def _after_agreements(package: Package, known: Known) -> Iterator[Break]:
    for line in package.lines:
        until = known.agreed_until.get(line.id)
        if until is None or until >= min(line.period.last, package.period.last):
            continue
        rest = Period(max(until + DAY, package.period.first), package.period.last)
        day = _next_day(line, rest)
        if day is not None:
            text = words(
                "{support}: the agreement ends on {until}. Nobody has said yes to what comes after it.",
                support=Name(line.name),
                until=until,
            )
            yield Break(BreakKind.AGREEMENT_ENDS, day, text, line=line.id)


def _while_away(package: Package, known: Known) -> Iterator[Break]:
    """The visits for which somebody is needed; none where one was left out, somebody comes instead, or for a backup."""
    for line in package.lines:
        covered = line.role is Role.BACKUP or INSTEAD in line.id
        for absence in () if covered else known.away.get(whole_id(line.id), ()):
            days = visits_of(line, absence.period)
            if days:
                text = nwords(
                    "{who} is away, and {n} visit of {support} needs somebody else.",
                    "{who} is away, and {n} visits of {support} need somebody else.",
                    len(days),
                    who=Name(absence.who),
                    support=Name(line.name),
                )
                yield Break(BreakKind.AWAY, days[0], text, line=line.id)


def whole_id(line_id: str) -> str:
    """The id of the line that a part of one belongs to."""
    return line_id.partition(PART)[0]


def _next_day(line: Line, within: Period) -> date | None:
    """The first day of a line in some days: of its visits, or of the time over which its units are spread."""
    inside = line.period.overlap(within)
    if inside is None or line.schedule is None:
        return None
    if isinstance(line.schedule, Units):
        return inside.first if line.schedule.spread is Spread.EVENLY or inside.first == line.period.first else None
    return next(iter(visits_of(line, inside)), None)


def _alone(package: Package) -> Iterator[Break]:
    for day in lonely_days(package)[:1]:
        yield Break(BreakKind.NOBODY, day, words("Somebody comes every day, and on this day nobody does."))
