"""What a client need not pay after all: hardship by day, and nothing more once the lifetime cap is reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from budgeting.allocation import Relief
from budgeting.charges import Charge, EvenCharge, Ledger, VisitCharge, share_alone
from budgeting.money import Money
from budgeting.package import Funding, Role
from budgeting.period import Some
from budgeting.programs.support_at_home.contributions import caps
from budgeting.programs.support_at_home.facts import Fact
from budgeting.programs.support_at_home.granted import components
from budgeting.quotation import LineQuote, Row

LAST = date.max.toordinal()


def settle(funding: Funding, quoted: tuple[LineQuote, ...]) -> tuple[LineQuote, ...]:
    """Take off what hardship and the lifetime cap take off, in the order of days; the order of lines changes nothing.

    What the client does not pay, the account pays, except where it is charged the whole price anyway. On one day the
    room under the cap goes to the lines in the order of their ids.
    """
    given = funding.given
    if not given.reliefs and given.contributed is None:
        return quoted
    own = {None, *(component.key for component in components(funding))}
    sharing = tuple(line for line in quoted if line.component in own)  # the money of others asks for no share
    for relief in given.reliefs:
        if relief.daily is not None:
            sharing = _relieved(funding, sharing, relief, relief.daily)
    reached = reached_on(funding, sharing)
    settled = iter(_capped(funding, sharing, reached) if reached else sharing)
    return tuple(next(settled) if line.component in own else line for line in quoted)


@dataclass(frozen=True, slots=True)
class Reached:
    """The lifetime cap, the day on which the contributions reach it (an ordinal), and the room left before that day."""

    cap: Fact
    day: int
    room: int  # minor units


def reached_on(funding: Funding, quoted: Iterable[LineQuote]) -> Reached | None:
    """When the lifetime cap is reached; None when that never happens, or when nobody told what was paid so far.

    It is looked for only when the contributions of all lines could reach it. Once reached, a later and higher cap asks
    for nothing more.
    """
    paid = funding.given.contributed
    if paid is None:
        return None
    sharing = [line for line in quoted if _shared(line)]
    rows = caps(funding.cohort)
    if paid.amount.minor + sum(line.contribution.minor for line in sharing) < min(row.money.minor for row in rows):
        return None
    ledger, start = Ledger(_shares(sharing)), paid.until.toordinal() + 1
    for number, row in enumerate(rows):
        following = rows[number + 1].since.toordinal() - 1 if number + 1 < len(rows) else LAST
        first = max(start, row.since.toordinal()) if number else start
        if first > following:
            continue
        room = row.money.minor - paid.amount.minor
        before = ledger.taken(start, first - 1)
        if room <= before:
            return Reached(row, first, 0)
        day = ledger.first_day_above(first, following, room - before - 1)
        if day is not None:
            return Reached(row, day, room - ledger.taken(start, day - 1))
    return None


def _shared(line: LineQuote) -> bool:
    """Whether the client pays towards a line; a backup is priced only so that its price is known."""
    return bool(line.contribution) and line.line.role is not Role.BACKUP


def _shares(lines: Iterable[LineQuote]) -> Iterator[Charge]:
    """What the client pays, as charges."""
    return (share_alone(charge) for line in lines for charge in line.charges)


def _capped(funding: Funding, quoted: tuple[LineQuote, ...], reached: Reached) -> tuple[LineQuote, ...]:
    room, granted = reached.room, {}
    for line in sorted((line for line in quoted if _shared(line)), key=lambda line: line.line.id):
        due = Ledger(_shares((line,))).taken(reached.day, reached.day)
        granted[line.line.id] = min(due, room)
        room -= granted[line.line.id]
    return tuple(
        _less(line, funding, tuple(_after(line, reached.day, granted[line.line.id])), reached.day, LAST)
        if _shared(line)
        else line
        for line in quoted
    )


def _after(line: LineQuote, day: int, granted: int) -> Iterator[Charge]:
    """The shares of a line that are not due from a day on, but for what is still paid on that day."""
    due = 0
    for charge in line.charges:
        if not charge.share:
            continue
        if isinstance(charge, VisitCharge):
            due += charge.share * charge.days.count(day, day)
            inside = charge.days.within(day + 1, LAST)
            if inside:
                yield VisitCharge(inside.days, charge.share, 0)
            continue
        until = charge.until(charge.share, day)
        due += until - charge.until(charge.share, day - 1)
        if charge.last > day and charge.share > until:
            yield EvenCharge(max(charge.first, day + 1), charge.last, charge.share - until, 0)
    if due > granted:
        yield VisitCharge(Some((day,)), due - granted, 0)


def _relieved(funding: Funding, quoted: tuple[LineQuote, ...], relief: Relief, daily: Money) -> tuple[LineQuote, ...]:
    """Take an amount for each day off what the client pays that day, never more than is due."""
    first, last = relief.period.first.toordinal(), relief.period.last.toordinal()
    ledgers = {line.line.id: Ledger(_shares((line,))) for line in quoted if _shared(line)}
    days = sorted({day for line in quoted if line.line.id in ledgers for day in _days(line, first, last)})
    off: dict[str, dict[int, list[int]]] = {key: {} for key in ledgers}
    for day in days:
        left = daily.minor
        for key in sorted(ledgers):
            part = min(left, ledgers[key].taken(day, day))
            if part > 0:
                off[key].setdefault(part, []).append(day)
                left -= part
    return tuple(
        _less(line, funding, tuple(_each(off[line.line.id])), first, last) if off.get(line.line.id) else line
        for line in quoted
    )


def _days(line: LineQuote, first: int, last: int) -> Iterator[int]:
    """The days between two others on which something of a line is used."""
    for charge in line.charges:
        if isinstance(charge, EvenCharge):
            yield from range(max(first, charge.first), min(last, charge.last) + 1)
        else:
            yield from charge.days.between(first, last)


def _each(off: Mapping[int, list[int]]) -> Iterator[Charge]:
    for amount, days in off.items():
        yield VisitCharge(Some(tuple(days)), amount, 0)


def _less(line: LineQuote, funding: Funding, off: tuple[Charge, ...], first: int, last: int) -> LineQuote:
    """A line whose client pays less: the rows between two days, the last first, say how much; the funding pays it."""
    amount = Ledger(off).taken(0, LAST)
    if not amount:
        return line
    charged = 0 if funding.debit_basis == "price" else 1
    more = tuple(
        VisitCharge(one.days, one.each * charged, 0, -one.each)
        if isinstance(one, VisitCharge)
        else EvenCharge(one.first, one.last, one.amount * charged, 0, -one.amount)
        for one in off
    )
    return replace(
        line,
        rows=_rows(line.rows, amount, first, last),
        contribution=line.contribution - Money(amount),
        funded=line.funded + Money(amount * charged),
        charges=(*line.charges, *more),
    )


def _rows(rows: tuple[Row, ...], amount: int, first: int, last: int) -> tuple[Row, ...]:
    changed = list(rows)
    order = sorted(range(len(rows)), key=lambda n: (rows[n].last, rows[n].first, n), reverse=True)
    for number in order:
        row = changed[number]
        if row.contribution is None or row.last.toordinal() < first or row.first.toordinal() > last:
            continue
        part = min(amount, row.contribution.minor)
        if part > 0:
            amount -= part
            taken = Money(part)
            changed[number] = replace(row, contribution=row.contribution - taken, relieved=row.relieved + taken)
    return tuple(changed)
