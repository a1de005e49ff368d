"""The year rehearsed: a package played against the calendar, with the first day that breaks, why, and what mends it.

Nothing walks the year: funding periods, public holidays, prices and ends are found by arithmetic, as in every quote. A
fix is a whole package, ready to be tried; it was priced, and the break that it mends is gone in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from budgeting.catalogue import Editions
from budgeting.choosing.easings import between, from_day
from budgeting.compare import PART
from budgeting.forecast.breaks import INSTEAD, Absence, Backup, Break, BreakKind, Known, breaks_of, whole_id
from budgeting.forecast.mending import Fix, Mender, Shortage
from budgeting.forecast.year import YearEvent, events, with_visit
from budgeting.package import Agreed, AgreedAmount, AtLimit, Line, Package, Role, Unpaid, visits_of, without
from budgeting.period import DAY, Band, Calendar, Period
from budgeting.pricing import quote
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Name, Words, nwords, words

FIXES = 3


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A package played through: its breaks and events in order of days, and what mends the first break."""

    quote: Quote
    breaks: tuple[Break, ...]
    fixes: tuple[Fix, ...]  # of the first break, the gentlest first; none when nothing breaks
    events: tuple[YearEvent, ...]

    @property
    def first(self) -> Break | None:
        """The first day that breaks; None when every day works."""
        return self.breaks[0] if self.breaks else None


def rehearse(
    package: Package,
    editions: Editions,
    calendar: Calendar,
    *,
    since: date | None = None,
    agreed_until: Mapping[str, date] | None = None,
    keep: Collection[str] = (),
    away: Mapping[str, Sequence[Absence]] | None = None,
    backups: Mapping[str, Sequence[Backup]] | None = None,
) -> Rehearsal:
    """Play a package through its days.

    ``since`` is the first day that can still be changed; ``agreed_until`` holds the last day of the agreement or price
    of a line by its id, ``away`` who is away and ``backups`` who could come instead, in the order in which they are
    asked; the lines in ``keep`` are never changed by a fix.
    """
    known = Known(agreed_until or {}, frozenset(keep), away or {}, backups or {}, since)
    quoted = quote(package, editions, calendar)
    breaks = breaks_of(quoted, known)
    fixes: tuple[Fix, ...] = ()
    if breaks:
        begins = max(since or package.period.first, package.period.first)
        stage = _Stage(quoted, known, editions, calendar, begins)
        fixes = tuple(islice(stage.fixes(breaks[0]), FIXES))
    return Rehearsal(quoted, breaks, fixes, events(quoted, editions, calendar))


def shortage_of(quoted: Quote, component: str) -> Shortage:
    """The shortage of a part of the funding that runs dry; one that does not is a ValueError."""
    one = quoted.component(component)
    if one.runs_dry is None:
        raise ValueError("this money lasts")
    pool = frozenset(one.pool or (component,))
    released = [period.period for key in pool for period in quoted.component(key).periods]
    later = [period.first for period in released if period.first > one.runs_dry]
    until = min(later) - DAY if later else max(period.last for period in released)
    return Shortage(pool, until)


@dataclass(frozen=True, slots=True)
class _Stage:
    """What fixes are made from, and what proves them."""

    quoted: Quote
    known: Known
    editions: Editions
    calendar: Calendar
    since: date  # the first day that can still be changed

    def fixes(self, broken: Break) -> Iterator[Fix]:
        """What mends a break, the gentlest first; each one was priced, and the break is gone in it."""
        if broken.kind is BreakKind.MONEY and broken.component is not None:
            shortage = shortage_of(self.quoted, broken.component)
            mender = Mender(self.quoted, shortage, self.editions, self.calendar, self.since, self.known.keep)
            yield from mender.fixes()
        elif broken.day >= self.since:
            for text, package in (*self._instead(broken), *self._changes(broken)):
                quoted = quote(package, self.editions, self.calendar)
                if broken not in breaks_of(quoted, self.known):
                    yield Fix(text, self.quoted, quoted)

    def _changes(self, broken: Break) -> Iterator[tuple[Words, Package]]:
        package, funding = self.quoted.package, self.quoted.package.funding
        if broken.kind is BreakKind.FUNDING_ENDS and funding:
            stop = words("All supports end with the funding on {day}", day=funding.period.last)
            yield stop, replace(package, lines=tuple(_ended(package.lines, funding.period.last)))
        elif broken.kind is BreakKind.NOBODY:
            yield from self._visits_on(broken.day)
        elif broken.line is not None and broken.line not in self.known.keep:
            quoted = self.quoted.line(broken.line)
            if broken.kind is BreakKind.AWAY:
                yield from self._left_out(quoted.line, broken.day)
                return
            if broken.kind is BreakKind.UNPAID:
                yield from self._from_the_funding(quoted)
                return
            if broken.kind is BreakKind.PRICE:
                yield from self._priced(quoted)
            last = self.known.agreed_until.get(broken.line, broken.day - DAY)
            stop = words("{support} ends on {day}", support=Name(quoted.line.name), day=last)
            yield stop, self._with(quoted.line, tuple(_ended((quoted.line,), last)))

    def _instead(self, broken: Break) -> Iterator[tuple[Words, Package]]:
        """Each backup of the line, coming on the days on which somebody is away, in the order of the list; then who
        stands in the package for the same support, only in place of another. Nobody comes who is away as well."""
        if broken.kind is not BreakKind.AWAY or broken.line is None or broken.line in self.known.keep:
            return
        line = self.quoted.line(broken.line).line
        absence = next((one for one in self.known.away[whole_id(line.id)] if broken.day in one.period), None)
        if absence is None:
            return
        first = max(absence.period.first, self.since)
        away = {one.who for told in self.known.away.values() for one in told if one.period.overlap(absence.period)}
        for one in (*self.known.backups.get(whole_id(line.id), ()), *self._planned_instead(line, absence)):
            if one.who in away:
                continue
            comes = replace(line, provider=one.provider or line.provider, price=one.price or line.price)
            if one.price is not None:
                comes = replace(comes, extras=(), third_party=None, fee=None)
            package = self._with(line, _instead(line, comes, Period(first, absence.period.last)))
            text = words(
                "{support}: {backup} comes while {who} is away",
                support=Name(line.name),
                backup=Name(one.who),
                who=Name(absence.who),
            )
            yield text, package

    def _planned_instead(self, line: Line, absence: Absence) -> Iterator[Backup]:
        """Lines of the package that are only there in place of another, for the same support on all of these days."""
        days = visits_of(line, absence.period)
        for one in self.quoted.package.lines:
            if one.role is Role.BACKUP and one.support == line.support and all(day in one.period for day in days):
                price = one.price if isinstance(one.price, Agreed | Unpaid) else None
                yield Backup(one.provider or one.name, one.provider, price)

    def _left_out(self, line: Line, day: date) -> Iterator[tuple[Words, Package]]:
        """Without the visits that somebody who is away would have come for."""
        for absence in self.known.away.get(whole_id(line.id), ()):
            if day in absence.period:
                days = [one for one in visits_of(line, absence.period) if one >= self.since]
                text = nwords(
                    "{support}: without the {n} visit while {who} is away",
                    "{support}: without the {n} visits while {who} is away",
                    len(days),
                    support=Name(line.name),
                    who=Name(absence.who),
                )
                yield text, self._with(line, (without(line, days),))
                return

    def _with(self, line: Line, parts: tuple[Line, ...]) -> Package:
        return self.quoted.package.instead({line.id: parts})

    def _priced(self, quoted: LineQuote) -> Iterator[tuple[Words, Package]]:
        """The published limit as an estimate; or no visits on public holidays, where only those have no price."""
        line, name = quoted.line, Name(quoted.line.name)
        unpriced = [row for row in quoted.rows if row.unit_price is None]
        limits = [AgreedAmount(row.limit, row.band, row.first, estimated=True) for row in unpriced if row.limit]
        if limits:
            known = line.price.amounts if isinstance(line.price, Agreed) else ()
            price = Agreed((*known, *limits)) if known else AtLimit()
            text = words("{support}: the published limit as an estimate, until a price is agreed", support=name)
            yield text, self._with(line, (replace(line, price=price),))
        if {row.band for row in unpriced} == {Band.HOLIDAY}:
            here = self.calendar.at(self.quoted.package.place)
            days = [day for day in visits_of(line, self.quoted.package.period) if day in here and day >= self.since]
            text = words("{support}: no visits on public holidays", support=name)
            yield text, self._with(line, (without(line, days),))

    def _from_the_funding(self, quoted: LineQuote) -> Iterator[tuple[Words, Package]]:
        """A support that begins before its money does, from the first day of the money on; who else pays is told."""
        line, funding = quoted.line, self.quoted.package.funding
        if funding is not None and quoted.component is not None and line.period.last >= funding.period.first:
            text = words("{support}, from {day} on", support=Name(line.name), day=funding.period.first)
            yield text, self._with(line, from_day(line, line, funding.period.first)[1:])

    def _visits_on(self, day: date) -> Iterator[tuple[Words, Package]]:
        """Each support that was left out on a day, coming after all; the cheapest first."""
        left_out = [line for line in self.quoted.package.lines if day in line.skips and line.id not in self.known.keep]
        changed = [(line, self._with(line, (with_visit(line, day),))) for line in left_out]
        for line, package in sorted(changed, key=lambda pair: self._amount(pair[1])):
            yield words("{support} comes on {day} after all", support=Name(line.name), day=day), package

    def _amount(self, package: Package) -> int:
        return quote(package, self.editions, self.calendar).amount.minor


def _instead(line: Line, comes: Line, days: Period) -> tuple[Line, ...]:
    """A line for which somebody else comes on some days: their part has an id that says so."""
    parts = between(line, comes, days.first, days.last)
    at = next(number for number, one in enumerate(parts) if one.period.overlap(days))
    before, theirs, after = parts[:at], parts[at], parts[at + 1 :]
    if not before:  # the line begins while somebody is away, so what comes after is the line
        after = tuple(replace(one, id=line.id) for one in after)
    mark = f"{line.id}{PART}{theirs.period.first.isoformat()}{INSTEAD}"
    return (*before, replace(theirs, id=mark), *after)


def _ended(lines: tuple[Line, ...], last: date) -> Iterator[Line]:
    """Some lines that end on a day at the latest; what begins after it is left out, units are fewer in proportion."""
    for line in lines:
        if line.period.first > last:
            continue
        if line.period.last <= last:
            yield line
            continue
        first, *_ = from_day(line, line, last + DAY)
        yield first
