"""The price of one line: its visits or units by time band and day of service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from budgeting.bands import NEVER, DayKind, Hours, Piece, cut
from budgeting.catalogue import Editions, Priced
from budgeting.charges import Charge, EvenCharge, VisitCharge
from budgeting.families import Family
from budgeting.money import MINUTES_PER_HOUR, ZERO, Minutes, Money, Percent, Quantity, rounded, total
from budgeting.package import Agreed, AtLimit, Component, Line, Management, Package, Spread, Units, Weekly
from budgeting.period import Band, Days, Every, Marks, Some, minute_of
from budgeting.programs import Program, Rules, Share
from budgeting.quotation import LineQuote, Row

HOURLY = ("H", "hour")


@dataclass(frozen=True, slots=True)
class Setting:
    """What all lines of a package share while they are priced."""

    package: Package
    editions: Editions
    marks: Marks
    hours: Hours
    program: Program
    rules: Rules


@dataclass(frozen=True, slots=True)
class Term:
    """The price of one unit between two days (ordinals), with what it was chosen from."""

    first: int
    last: int
    priced: Priced | None
    limit: Money | None
    agreed: Money | None
    unit_price: Money | None
    share: Share


def price(line: Line, at: Setting, component: Component | None) -> LineQuote:
    """The amounts of one line, for the part of it that lies in the period of the package."""
    family = at.program.family(line.support)
    management = component.management if component else line.management
    inside = line.period.overlap(at.package.period)
    rows: tuple[Row, ...] = ()
    charges: tuple[Charge, ...] = ()
    visits = 0
    if inside and line.schedule:
        first, last = inside.first.toordinal(), inside.last.toordinal()
        pricer = _Pricer(line, at, family, management, first, last)
        if isinstance(line.schedule, Weekly):
            visits = pricer.price_visits(line.schedule)
        else:
            pricer.price_units(line.schedule)
        rows = tuple(sorted(pricer.rows, key=lambda row: (row.first, row.band, row.minutes or 0)))
        charges = tuple(pricer.charges)
    amount = total([row.amount for row in rows if row.amount is not None])
    contribution = total([row.contribution for row in rows if row.contribution is not None])
    return LineQuote(
        line=line,
        rows=rows,
        visits=visits,
        minutes=Minutes(sum(_minutes(row) for row in rows)),
        amount=amount,
        contribution=contribution,
        funded=Money(sum(charge.taken(charge.first, charge.last) for charge in charges)),
        complete=line.schedule is not None and all(row.amount is not None for row in rows),
        component=component.key if component else None,
        management=management,
        category=category_of(line, at)[0],
        charges=charges,
    )


def category_of(line: Line, at: Setting) -> tuple[str | None, ...]:
    """The categories under which a line may be found, the best first; (None,) when there is none."""
    if line.category:
        return (line.category,)
    family = at.program.family(line.support)
    items = line.items or (family.items if family else {})
    number = next(iter(items.values()), line.support)
    row = (at.editions.row(number, line.period.first) or next(iter(at.editions.rows(number)), None)) if number else None
    if row:
        return tuple(dict.fromkeys((row.item.pace_category, row.item.category)))
    return (family.category(line.period.first).category if family else None,)


def _minutes(row: Row) -> int:
    if row.minutes is not None:
        return row.visits * row.minutes
    return row.quantity.thousandths * MINUTES_PER_HOUR // 1000 if row.unit in HOURLY else 0


class _Pricer:
    """Gathers the rows and charges of one line; days are ordinals."""

    def __init__(
        self, line: Line, at: Setting, family: Family | None, management: Management | None, first: int, last: int
    ) -> None:
        self.line, self.at, self.family, self.first, self.last = line, at, family, first, last
        self.binds = at.rules.binds(management, line.period.first)
        self.rows: list[Row] = []
        self.charges: list[Charge] = []

    def price_visits(self, schedule: Weekly) -> int:
        """Add rows and charges for all visits, and say how many visits there are."""
        visits = 0
        by_band: dict[tuple[Band, int], list[Days]] = {}
        for number, pieces in self._visits(schedule):
            visits += number.count(self.first, self.last)
            for piece in pieces:
                by_band.setdefault((piece.band, piece.minutes), []).append(_shifted(number, piece.offset))
        for (band, minutes), days in by_band.items():
            for term in self._terms(band):
                self._add_visits(band, minutes, days, term)
        return visits

    def _visits(self, schedule: Weekly) -> Iterator[tuple[Days, tuple[Piece, ...]]]:
        """Days of visits together with the time bands of one visit: ordinary weeks first, then each special day."""
        start, length = minute_of(schedule.start), schedule.minutes
        anchor = (schedule.anchor or self.line.period.first).toordinal()
        monday, step = anchor - (anchor - 1) % 7, 7 * schedule.every_n_weeks
        skips = {day.toordinal() for day in self.line.skips}
        flat = schedule.sleepover or not self._timed()
        overnight = start + length > 24 * MINUTES_PER_HOUR
        marks = () if flat else self.at.marks.between(self.first, self.last + overnight)
        starts = self.at.marks.starts
        for weekday in dict.fromkeys(schedule.weekdays):
            origin = monday + weekday
            special = {day for day in marks if (day - origin) % step == 0 and day <= self.last}
            if overnight:
                special |= {day - 1 for day in marks if (day - 1 - origin) % step == 0 and day > self.first}
            left_out = special | {day for day in skips if (day - origin) % step == 0 and self.first <= day <= self.last}
            days = Every(origin, step, self.first, self.last, tuple(sorted(left_out)))
            if days.count(self.first, self.last):
                yield days, self._cut(schedule, start, length, DayKind(weekday), DayKind((weekday + 1) % 7), flat)
            for day in sorted(special - skips):
                today = DayKind(weekday, starts.get(day, NEVER))
                tomorrow = DayKind((weekday + 1) % 7, starts.get(day + 1, NEVER))
                yield Some((day,)), self._cut(schedule, start, length, today, tomorrow, flat)

    def _cut(
        self, schedule: Weekly, start: int, length: int, today: DayKind, tomorrow: DayKind, flat: bool
    ) -> tuple[Piece, ...]:
        if flat:
            return (Piece(0, Band.SLEEPOVER if schedule.sleepover else Band.ANY, length),)
        rule = self.family.hours if self.family else "standard"
        return cut(start, length, today, tomorrow, self.at.hours, self.line.boundary, rule)

    def _timed(self) -> bool:
        """Whether the item or the price depends on the time of a visit."""
        if self.line.items:
            return Band.ANY not in self.line.items
        if self.family and self.family.items:
            return self.family.timed
        return isinstance(self.line.price, Agreed) and any(amount.band for amount in self.line.price.amounts)

    def _item(self, band: Band) -> str | None:
        if self.line.items:
            return self.line.items.get(band) or self.line.items.get(Band.ANY)
        if self.family:
            return self.family.item(band)
        return self.line.support

    def _terms(self, band: Band) -> list[Term]:
        """The prices of one unit in a band, each with the days on which it holds; together they cover the line."""
        item = self._item(band)
        rows = self.at.editions.rows(item) if item else ()
        last = self.last + 1  # a visit on the last day may end on the next
        cuts = {self.first}
        for row in rows:
            cuts.update((row.first.toordinal(), min(row.last, date.max).toordinal() + 1))
        if isinstance(self.line.price, Agreed):
            cuts.update(amount.since.toordinal() for amount in self.line.price.amounts if amount.since)
        funding = self.at.package.funding
        cuts.update(day.toordinal() for day in self.at.rules.share_changes(funding, self.family))
        ordered = sorted(day for day in cuts if self.first <= day <= last)
        ends = [day - 1 for day in ordered[1:]] + [last]
        return [self._term(band, item, start, end) for start, end in zip(ordered, ends, strict=True)]

    def _term(self, band: Band, item: str | None, first: int, last: int) -> Term:
        day = date.fromordinal(first)
        row = self.at.editions.row(item, day) if item else None
        place = self.at.package.place
        limit = row.item.limit(place.zone, place.state) if row else None
        if limit is not None and (self.line.participants > 1 or self.line.workers > 1):
            limit = self.at.rules.group_limit(limit, self.line.participants, self.line.workers)
        agreed = self.line.price.on(day, band) if isinstance(self.line.price, Agreed) else None
        unit_price = limit if isinstance(self.line.price, AtLimit) else agreed
        if self.binds and agreed is not None and limit is not None and limit < agreed:
            unit_price = limit
        share = self.at.rules.share(self.at.package.funding, self.family, self.line.category, day)
        return Term(first, last, row, limit, agreed, unit_price, share)

    def _unit(self, term: Term) -> str:
        if term.priced:
            return term.priced.item.unit
        return self.family.unit if self.family else "H"

    def _add_visits(self, band: Band, minutes: int, days: list[Days], term: Term) -> None:
        counted = [(some, some.count(term.first, term.last)) for some in days]
        present = [(some, count) for some, count in counted if count]
        if not present:
            return
        visits = sum(count for _, count in present)
        ends = [some.ends(term.first, term.last) for some, _ in present]
        unit = self._unit(term)
        hourly = unit in HOURLY
        each = None
        if term.unit_price is not None:
            each = term.unit_price.for_minutes(minutes) if hourly else term.unit_price
        share = _share(each, term.share.rate)
        quantity = rounded(visits * minutes * 1000, MINUTES_PER_HOUR) if hourly else visits * 1000
        self.rows.append(
            Row(
                item=self._item(band),
                band=band,
                visits=visits,
                minutes=minutes,
                quantity=Quantity(quantity),
                unit=unit,
                unit_price=term.unit_price,
                limit=term.limit,
                agreed=term.agreed,
                each=each,
                amount=None if each is None else Money(each.minor * visits, each.currency),
                first=date.fromordinal(min(first for first, _ in ends)),
                last=date.fromordinal(max(last for _, last in ends)),
                priced=term.priced,
                category=term.share.category,
                rate=term.share.rate,
                rate_source=term.share.source,
                contribution=None if share is None else Money(share.minor * visits, share.currency),
            )
        )
        funded = _funded(each, share, term.share.debit)
        self.charges += [VisitCharge(some, term.first, term.last, funded, minutes) for some, _ in present]

    def price_units(self, schedule: Units) -> None:
        """Add rows and charges for a number of units; the part on some days is worked out from the whole line."""
        band = Band.ANY if self._item(Band.ANY) or not self._timed() else Band.DAY
        whole, start = schedule.quantity.thousandths, self.line.period.first.toordinal()
        days = self.line.period.days
        if schedule.spread is Spread.ONCE:
            days = 1
        for term in self._terms(band):
            first, last = max(term.first, start), min(term.last, self.last, start + days - 1)
            if first > last:
                continue
            quantity = rounded(whole * (last - start + 1), days) - rounded(whole * (first - start), days)
            amount = term.unit_price.for_units(quantity) if term.unit_price is not None else None
            share = _share(amount, term.share.rate)
            unit = schedule.unit or self._unit(term)
            self.rows.append(
                Row(
                    item=self._item(band),
                    band=band,
                    visits=0,
                    minutes=None,
                    quantity=Quantity(quantity),
                    unit=unit,
                    unit_price=term.unit_price,
                    limit=term.limit,
                    agreed=term.agreed,
                    each=None,
                    amount=amount,
                    first=date.fromordinal(first),
                    last=date.fromordinal(last),
                    priced=term.priced,
                    category=term.share.category,
                    rate=term.share.rate,
                    rate_source=term.share.source,
                    contribution=share,
                )
            )
            minutes = quantity * MINUTES_PER_HOUR // 1000 if unit in HOURLY else 0
            self.charges.append(EvenCharge(first, last, _funded(amount, share, term.share.debit), minutes))


def _shifted(days: Days, offset: int) -> Days:
    if not offset:
        return days
    if isinstance(days, Some):
        return Some(tuple(day + offset for day in days.days))
    without = tuple(day + offset for day in days.without)
    return Every(days.start + offset, days.step, days.first + offset, days.last + offset, without)


def _share(amount: Money | None, rate: Percent | None) -> Money | None:
    return None if amount is None or rate is None else amount.share(rate.ppm)


def _funded(amount: Money | None, share: Money | None, debit: str) -> int:
    """What the funding is charged, in minor units; nothing as long as no price is known."""
    paid = amount or ZERO
    return (paid - share if share is not None and debit == "subsidy" else paid).minor
