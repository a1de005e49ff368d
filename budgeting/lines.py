"""The price of one line: its visits or units by time band and day of service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from budgeting.bands import NO_MARKS, Alike, DayKind, Piece, cut, days_of
from budgeting.charges import Charge, EvenCharge, VisitCharge
from budgeting.explain import Confidence, Source
from budgeting.extras import RowKind, Telehealth
from budgeting.families import Family
from budgeting.money import HOURLY, MINUTES_PER_HOUR, ZERO, Minutes, Money, Percent, Quantity, rounded, total
from budgeting.package import Agreed, Line, Management, Spread, Units, Unpaid, Weekly
from budgeting.period import Band, Days, Marks, Some, minute_of
from budgeting.quotation import LineQuote, Row
from budgeting.setting import Setting, setting
from budgeting.terms import Term, terms_of

HOURS = {Band.EVENING: "evening_starts", Band.NIGHT: "day_starts"}  # the parameters that decide
NURSE_HOURS = {Band.EVENING: "nurse_evening_starts", Band.NIGHT: "nurse_night_starts"}


@lru_cache(maxsize=4096)
def price(
    line: Line, at: Setting, component: str | None, management: Management | None, order: Source | None = None
) -> LineQuote:
    """The amounts of one line, for the part of it that lies in the period of the package.

    ``order`` is where it was read that this component pays, if others could and nobody said which.

    Nothing is stored but the answers to the last questions: an edit prices its own line, the others are known.
    """
    if isinstance(line.price, Unpaid):
        return _unpaid(line, at)
    family = at.program.family(line.support)
    inside = line.period.overlap(at.period)
    rows: tuple[Row, ...] = ()
    charges: tuple[Charge, ...] = ()
    visits, funded = 0, 0
    if inside and line.schedule:
        first, last = inside.first.toordinal(), inside.last.toordinal()
        pricer = Pricer(line, at, family, management, first, last)
        if isinstance(line.schedule, Weekly):
            visits = pricer.price_visits(line.schedule)
        else:
            pricer.price_units(line.schedule)
        if line.extras:
            at.rules.add_extras(pricer)
        rows = tuple(sorted(pricer.rows, key=_place_of))
        charges, funded = tuple(pricer.charges), pricer.funded
    amount = total([row.amount for row in rows if row.amount is not None])
    contribution = total([row.contribution for row in rows if row.contribution is not None])
    return LineQuote(
        line=line,
        rows=rows,
        visits=visits,
        minutes=Minutes(sum(_minutes(row) for row in rows)),
        amount=amount,
        contribution=contribution,
        funded=Money(funded),
        complete=line.schedule is not None and all(row.amount is not None for row in rows),
        component=component,
        management=management,
        category=category_of(line, at)[0],
        charges=charges,
        order=order,
        parameters=at.program.parameters,
    )


def _unpaid(line: Line, at: Setting) -> LineQuote:
    """Support without pay: its time is worked out like that of any line, and it takes nothing from anybody."""
    timed = price(replace(line, support=None, items={}, extras=(), price=None), at, None, None)
    category = category_of(line, at)[0]
    return replace(timed, line=line, category=category, complete=line.schedule is not None, charges=())


def category_of(line: Line, at: Setting) -> tuple[str | None, ...]:
    """The categories under which a line may be found, the best first; (None,) when there is none."""
    if line.category:
        return (line.category,)
    return _categories(at, line.support, next(iter(line.items.values()), None), line.period.first)


@lru_cache(maxsize=4096)
def _categories(at: Setting, support: str | None, item: str | None, day: date) -> tuple[str | None, ...]:
    family = at.program.family(support)
    if family and family.fund:
        return (family.fund,)
    number = item or next(iter(family.items.values() if family else ()), support)
    row = (at.editions.row(number, day) or next(iter(at.editions.rows(number)), None)) if number else None
    if row:
        return tuple(dict.fromkeys((row.item.pace_category, row.item.category)))
    return (family.category(day).category if family else None,)


def _place_of(row: Row) -> tuple[bool, date, Band, int]:
    return row.kind is not RowKind.SUPPORT, row.first, row.band, row.minutes or 0


def _minutes(row: Row) -> int:
    if row.kind is not RowKind.SUPPORT:
        return 0  # travel and the like are no time of support
    if row.minutes is not None:
        return row.visits * row.minutes
    return rounded(row.quantity.thousandths * MINUTES_PER_HOUR, 1000) if row.unit in HOURLY else 0


def _over(ordinary: tuple[Term, ...], own: tuple[Term, ...]) -> tuple[Term, ...]:
    """The ordinary prices, and in their place those of an item of its own on the days on which a list has it."""
    listed = [term for term in own if term.priced is not None]
    found = list(listed)
    for term in ordinary:
        first = term.first
        for other in listed:
            if other.last < first or other.first > term.last:
                continue
            if other.first > first:
                found.append(replace(term, first=first, last=other.first - 1))
            first = other.last + 1
        if first <= term.last:
            found.append(replace(term, first=first))
    return tuple(sorted(found, key=lambda term: term.first))


class Pricer:
    """Gathers the rows and charges of one line; days are ordinals."""

    def __init__(
        self, line: Line, at: Setting, family: Family | None, management: Management | None, first: int, last: int
    ) -> None:
        self.line, self.at, self.family, self.first, self.last = line, at, family, first, last
        self.binds = at.rules.binds(management, line.period.first)
        self.rows: list[Row] = []
        self.charges: list[Charge] = []
        self.funded = 0  # minor units
        self.visits: list[tuple[Days, Piece]] = []  # with the first piece of each visit; only for what comes along

    def price_visits(self, schedule: Weekly) -> int:
        """Add rows and charges for all visits, and say how many visits there are."""
        visits = 0
        by_band: dict[tuple[Band, int, bool], list[Days]] = {}
        for number, pieces in self._visits(schedule):
            visits += number.count(self.first, self.last)
            if self.line.extras:
                self.visits.append((number, pieces[0]))
            for piece in pieces:
                days = number.shifted(piece.offset) if piece.offset else number
                by_band.setdefault((piece.band, piece.minutes, piece.ours), []).append(days)
        for (band, minutes, ours), of_band in by_band.items():
            hours = self.source("over_midnight") if ours else self.hours_of(band, of_band)
            for term in self.terms(band):
                self._add_visits(band, minutes, of_band, term, hours)
        return visits

    def _visits(self, schedule: Weekly) -> Iterator[tuple[Days, tuple[Piece, ...]]]:
        """Days of visits together with the time bands of one visit."""
        start, length = minute_of(schedule.start), schedule.minutes
        flat = schedule.sleepover or not self.timed()
        for days, today, tomorrow in self.days_alike(schedule, marked=not flat):
            yield days, self.pieces(schedule, start, length, today, tomorrow, flat)

    def days_alike(self, schedule: Weekly, *, marked: bool) -> Iterator[tuple[Days, DayKind, DayKind]]:
        """Days of visits with the kind of that day and the next: ordinary weeks first, then each special day.

        Without ``marked`` no day is special, whatever the calendar says.
        """
        overnight = marked and minute_of(schedule.start) + schedule.minutes > 24 * MINUTES_PER_HOUR
        marks = self.at.marks if marked else NO_MARKS
        for days in schedule.days(self.line.period.first, self.first, self.last):
            alike = days_of(marks, days, overnight)
            yield from self._kept(alike) if self.line.skips else alike

    def _kept(self, alike: tuple[Alike, ...]) -> Iterator[Alike]:
        """Days of visits without those that the line leaves out."""
        skips = {day.toordinal() for day in self.line.skips}
        for days, today, tomorrow in alike:
            if isinstance(days, Some):
                kept = tuple(day for day in days.days if day not in skips)
                if kept:
                    yield Some(kept), today, tomorrow
            else:
                out = {day for day in skips if days.count(day, day)}
                left = replace(days, without=tuple(sorted({*days.without, *out})))
                if left.count(self.first, self.last):
                    yield left, today, tomorrow

    def pieces(
        self, schedule: Weekly, start: int, length: int, today: DayKind, tomorrow: DayKind, flat: bool
    ) -> tuple[Piece, ...]:
        if flat:
            return (Piece(0, Band.SLEEPOVER if schedule.sleepover else Band.ANY, length),)
        rule = self.family.hours if self.family else "standard"
        return cut(start, length, today, tomorrow, self.at.hours, self.line.boundary, rule)

    def timed(self) -> bool:
        """Whether the item or the price depends on the time of a visit."""
        if self.line.items:
            return Band.ANY not in self.line.items
        if self.family and self.family.items:
            return self.family.timed
        return isinstance(self.line.price, Agreed) and any(amount.band for amount in self.line.price.amounts)

    def item(self, band: Band) -> str | None:
        if self.line.items:
            return self.line.items.get(band) or self.line.items.get(Band.ANY)
        if self.family:
            return self.family.item(band)
        return self.line.support

    def terms(self, band: Band) -> tuple[Term, ...]:
        """The prices of one unit in a band, each with the days on which it holds; together they cover the package."""
        item = self.item(band)
        afar = next((extra for extra in self.line.extras if isinstance(extra, Telehealth)), None)
        if afar is None:
            return self._terms(self.at, item, band)
        place, own = self.at.rules.from_afar(self.at.place, item, afar)
        at = self.at
        there = setting(at.program.key, at.period, place, at.funding, at.editions, at.marks)
        return _over(self._terms(there, item, band), self._terms(there, own, band) if own else ())

    def _terms(self, at: Setting, item: str | None, band: Band) -> tuple[Term, ...]:
        line = self.line
        return terms_of(
            at,
            line.support,
            item,
            band,
            line.price,
            line.category,
            self.binds,
            line.participants,
            line.workers,
        )

    def unit(self, term: Term) -> str:
        if term.priced:
            return term.priced.item.unit
        return self.family.unit if self.family else "H"

    def hours_of(self, band: Band, of_band: list[Days]) -> Source | None:
        """Where it was read when evening and night begin, or that a day is a holiday, if the price depends on it."""
        if band is Band.HOLIDAY:
            return _least_sure(self.at.marks, of_band, self.first, self.last)
        nurse = self.family is not None and self.family.hours == "nurse"
        key = (NURSE_HOURS if nurse else HOURS).get(band)
        return self.source(key) if key else None

    def source(self, key: str) -> Source:
        """Where a parameter was read, as it holds on the first day of the line."""
        return self.at.program.parameters.source(key, self.line.period.first)

    def _add_visits(self, band: Band, minutes: int, days: list[Days], term: Term, hours: Source | None) -> None:
        present = [inside for some in days if (inside := some.within(term.first, term.last))]
        if not present:
            return
        visits, first, last = 0, present[0].first, present[0].last
        for inside in present:
            visits += inside.count
            first = inside.first if inside.first < first else first
            last = inside.last if inside.last > last else last
        unit = self.unit(term)
        hourly = unit in HOURLY
        each = None
        if term.unit_price is not None:
            each = term.unit_price.for_minutes(minutes) if hourly else term.unit_price
        share = _share(each, term.share.rate)
        quantity = rounded(visits * minutes * 1000, MINUTES_PER_HOUR) if hourly else visits * 1000
        self._add_row(
            band,
            term,
            first,
            last,
            unit,
            visits=visits,
            minutes=minutes,
            quantity=quantity,
            each=each,
            amount=None if each is None else Money(each.minor * visits, each.currency),
            share=None if share is None else Money(share.minor * visits, share.currency),
            hours=hours,
        )
        funded = _funded(each, share, term.share.debit)
        self.funded += funded * visits
        paid = share.minor if share else 0
        self.charges += [VisitCharge(inside.days, funded, minutes, paid) for inside in present]

    def price_units(self, schedule: Units) -> None:
        """Add rows and charges for a number of units; the part on some days is worked out from the whole line."""
        band = Band.ANY if self.item(Band.ANY) or not self.timed() else Band.DAY
        whole, start = schedule.quantity.thousandths, self.line.period.first.toordinal()
        days = self.line.period.days
        if schedule.spread is Spread.ONCE:
            days = 1
        before, price = 0, None  # units on the days just before at the same price: rounded together with these
        for term in self.terms(band):
            first, last = max(term.first, self.first), min(term.last, self.last, start + days - 1)
            if first > last:
                continue
            quantity = rounded(whole * (last - start + 1), days) - rounded(whole * (first - start), days)
            before, price = (before if term.unit_price == price else 0), term.unit_price
            amount = price.for_units(before + quantity) - price.for_units(before) if price is not None else None
            share = _share(amount, term.share.rate)
            unit = schedule.unit or self.unit(term)
            self._add_row(band, term, first, last, unit, quantity=quantity, amount=amount, share=share, before=before)
            before += quantity
            minutes = rounded(quantity * MINUTES_PER_HOUR, 1000) if unit in HOURLY else 0
            funded = _funded(amount, share, term.share.debit)
            self.funded += funded
            self.charges.append(EvenCharge(first, last, funded, minutes, share.minor if share else 0))

    def _add_row(
        self,
        band: Band,
        term: Term,
        first: int,
        last: int,
        unit: str,
        *,
        quantity: int,
        amount: Money | None,
        share: Money | None,
        visits: int = 0,
        minutes: int | None = None,
        each: Money | None = None,
        hours: Source | None = None,
        before: int = 0,
    ) -> None:
        self.rows.append(
            Row(
                item=term.priced.item.number if term.priced else self.item(band),
                band=band,
                visits=visits,
                minutes=minutes,
                quantity=Quantity(quantity),
                unit=unit,
                unit_price=term.unit_price,
                limit=term.limit,
                agreed=term.agreed,
                each=each,
                amount=amount,
                first=date.fromordinal(first),
                last=date.fromordinal(last),
                priced=term.priced,
                category=term.share.category,
                rate=term.share.rate,
                rate_source=term.share.source,
                contribution=share,
                published=term.published,
                hours=hours,
                before=Quantity(before),
            )
        )


def _least_sure(marks: Marks, of_band: list[Days], first: int, last: int) -> Source | None:
    """Where it was read that some days are public holidays: of several, where it is known least surely."""
    told = [marks.told[day] for days in of_band for day in days.between(first, last) if day in marks.told]
    known = [(one.confidence, one.source, one.since) for one in told if one.source]
    return _read_in(*max(known)) if known else None


@lru_cache(maxsize=64)
def _read_in(confidence: str, title: str, since: date | None) -> Source:
    return Source(title, since=since, confidence=Confidence(confidence))


def _share(amount: Money | None, rate: Percent | None) -> Money | None:
    return None if amount is None or rate is None else amount.share(rate.ppm)


def _funded(amount: Money | None, share: Money | None, debit: str) -> int:
    """What the funding is charged, in minor units; nothing as long as no price is known."""
    paid = amount or ZERO
    return (paid - share if share is not None and debit == "subsidy" else paid).minor
