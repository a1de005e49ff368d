"""The price of one line: its visits or units by time band and day of service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from budgeting import programs
from budgeting.bands import NEVER, DayKind, Hours, Piece, cut
from budgeting.catalogue import LAST_DAY, Editions, Limited, Priced
from budgeting.charges import Charge, EvenCharge, VisitCharge
from budgeting.extras import RowKind
from budgeting.families import Family
from budgeting.money import MINUTES_PER_HOUR, ZERO, Minutes, Money, Percent, Quantity, rounded, total
from budgeting.package import Agreed, AtLimit, Funding, Line, Management, Spread, Units, Unpaid, Weekly
from budgeting.parameters import Parameters
from budgeting.period import Band, Days, Every, Marks, Period, Place, Some, minute_of
from budgeting.programs import Program, Rules, Share
from budgeting.quotation import LineQuote, Row

HOURLY = ("H", "hour")
NO_LIMIT = Limited(1, LAST_DAY, None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What all lines of a package share while they are priced."""

    period: Period
    place: Place
    funding: Funding | None  # as far as the client's share depends on it
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
    published: Money | None
    agreed: Money | None
    unit_price: Money | None
    share: Share

    def same_as(self, other: Term) -> bool:
        """Whether two terms differ only in their days."""
        return (
            self.priced is other.priced
            and self.unit_price == other.unit_price
            and self.agreed == other.agreed
            and self.share == other.share
        )


@lru_cache(maxsize=64)
def setting(
    program: str, period: Period, place: Place, funding: Funding | None, editions: Editions, marks: Marks
) -> Setting:
    """What all lines of a package share; the same values give the same object, so that known lines are found again."""
    of_program = programs.program(program)
    rules = programs.rules(program)
    hours = hours_on(of_program.parameters, period.first)
    return Setting(period, place, funding, editions, marks, hours, of_program, rules)


def shares_of(funding: Funding | None) -> Funding | None:
    """The part of the funding on which the client's share depends."""
    return None if funding is None else replace(funding, components=(), spent=ZERO, spent_until=None)


@lru_cache(maxsize=4096)
def price(line: Line, at: Setting, component: str | None, management: Management | None) -> LineQuote:
    """The amounts of one line, for the part of it that lies in the period of the package.

    Nothing is stored but the answers to the last questions: an edit prices its own line, the others are known.
    """
    if isinstance(line.price, Unpaid):
        return _unpaid(line, at)
    family = at.program.family(line.support)
    inside = line.period.overlap(at.period)
    rows: tuple[Row, ...] = ()
    charges: tuple[Charge, ...] = ()
    visits = funded = 0
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
    )


def _unpaid(line: Line, at: Setting) -> LineQuote:
    """Support without pay: its time is worked out like that of any line, and it takes nothing from anybody."""
    timed = price(replace(line, support=None, items={}, extras=(), price=None), at, None, None)
    category = category_of(line, at)[0]
    return replace(timed, line=line, category=category, complete=line.schedule is not None, charges=())


def hours_on(at: Parameters, day: date) -> Hours:
    """The times at which the bands of a weekday begin; a program without its own takes those of defaults.toml."""
    return Hours(
        day=at.minute("day_starts", day),
        evening=at.minute("evening_starts", day),
        nurse_evening=at.minute("nurse_evening_starts", day),
        nurse_night=at.minute("nurse_night_starts", day),
        nurse_night_ends=at.minute("nurse_night_ends", day),
    )


def category_of(line: Line, at: Setting) -> tuple[str | None, ...]:
    """The categories under which a line may be found, the best first; (None,) when there is none."""
    if line.category:
        return (line.category,)
    family = at.program.family(line.support)
    if family and family.fund:
        return (family.fund,)
    items = line.items or (family.items if family else {})
    number = next(iter(items.values()), line.support)
    row = (at.editions.row(number, line.period.first) or next(iter(at.editions.rows(number)), None)) if number else None
    if row:
        return tuple(dict.fromkeys((row.item.pace_category, row.item.category)))
    return (family.category(line.period.first).category if family else None,)


def _place_of(row: Row) -> tuple[bool, date, Band, int]:
    return row.kind is not RowKind.SUPPORT, row.first, row.band, row.minutes or 0


def _minutes(row: Row) -> int:
    if row.kind is not RowKind.SUPPORT:
        return 0  # travel and the like are no time of support
    if row.minutes is not None:
        return row.visits * row.minutes
    return rounded(row.quantity.thousandths * MINUTES_PER_HOUR, 1000) if row.unit in HOURLY else 0


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
        by_band: dict[tuple[Band, int], list[Days]] = {}
        for number, pieces in self._visits(schedule):
            visits += number.count(self.first, self.last)
            if self.line.extras:
                self.visits.append((number, pieces[0]))
            for piece in pieces:
                days = number.shifted(piece.offset) if piece.offset else number
                by_band.setdefault((piece.band, piece.minutes), []).append(days)
        for (band, minutes), of_band in by_band.items():
            for term in self.terms(band):
                self._add_visits(band, minutes, of_band, term)
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
        anchor = (schedule.anchor or self.line.period.first).toordinal()
        monday, step = anchor - (anchor - 1) % 7, 7 * schedule.every_n_weeks
        skips = {day.toordinal() for day in self.line.skips}
        overnight = minute_of(schedule.start) + schedule.minutes > 24 * MINUTES_PER_HOUR
        marks = self.at.marks.between(self.first, self.last + overnight) if marked else ()
        starts = self.at.marks.starts
        for weekday in dict.fromkeys(schedule.weekdays):
            origin = monday + weekday
            special = {day for day in marks if (day - origin) % step == 0 and day <= self.last}
            if overnight:
                special |= {day - 1 for day in marks if (day - 1 - origin) % step == 0 and day > self.first}
            left_out = special | {day for day in skips if (day - origin) % step == 0 and self.first <= day <= self.last}
            days = Every(origin, step, self.first, self.last, tuple(sorted(left_out)))
            if days.count(self.first, self.last):
                yield days, DayKind(weekday), DayKind((weekday + 1) % 7)
            alike: dict[tuple[int, int], list[int]] = {}
            for day in sorted(special - skips):
                alike.setdefault((starts.get(day, NEVER), starts.get(day + 1, NEVER)), []).append(day)
            for (from_today, from_tomorrow), some in alike.items():
                yield Some(tuple(some)), DayKind(weekday, from_today), DayKind((weekday + 1) % 7, from_tomorrow)

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

    def terms(self, band: Band) -> list[Term]:
        """The prices of one unit in a band, each with the days on which it holds; together they cover the line."""
        item = self.item(band)
        end = min(self.last + 1, LAST_DAY - 1)  # a visit on the last day may end on the next
        place = self.at.place
        limits = self.at.editions.limits(item, place.zone, place.state) if item else (NO_LIMIT,)
        cuts = {day.toordinal() for day in self.at.rules.share_changes(self.at.funding, self.family)}
        if isinstance(self.line.price, Agreed):
            cuts.update(amount.since.toordinal() for amount in self.line.price.amounts if amount.since)
        terms: list[Term] = []
        for limited in limits:
            first, last = max(limited.first, self.first), min(limited.last, end)
            if first > last:
                continue
            starts = sorted({first, *(day for day in cuts if first < day <= last)}) if cuts else (first,)
            for number, start in enumerate(starts):
                until = starts[number + 1] - 1 if number + 1 < len(starts) else last
                term = self._term(band, limited, start, until)
                if terms and terms[-1].same_as(term):
                    terms[-1] = replace(terms[-1], last=until)
                else:
                    terms.append(term)
        return terms

    def _term(self, band: Band, limited: Limited, first: int, last: int) -> Term:
        line, day, limit = self.line, date.fromordinal(first), limited.limit
        if limit is not None and (line.participants > 1 or line.workers > 1):
            limit = self.at.rules.group_limit(limit, line.participants, line.workers)
        agreed = line.price.on(day, band) if isinstance(line.price, Agreed) else None
        unit_price = limit if isinstance(line.price, AtLimit) else agreed
        if self.binds and agreed is not None and limit is not None and limit < agreed:
            unit_price = limit
        share = self.at.rules.share(self.at.funding, self.family, line.category, day)
        return Term(first, last, limited.priced, limit, limited.limit, agreed, unit_price, share)

    def unit(self, term: Term) -> str:
        if term.priced:
            return term.priced.item.unit
        return self.family.unit if self.family else "H"

    def _add_visits(self, band: Band, minutes: int, days: list[Days], term: Term) -> None:
        present = [inside for some in days if (inside := some.within(term.first, term.last))]
        if not present:
            return
        visits = sum(inside.count for inside in present)
        unit = self.unit(term)
        hourly = unit in HOURLY
        each = None
        if term.unit_price is not None:
            each = term.unit_price.for_minutes(minutes) if hourly else term.unit_price
        share = _share(each, term.share.rate)
        quantity = rounded(visits * minutes * 1000, MINUTES_PER_HOUR) if hourly else visits * 1000
        self.rows.append(
            Row(
                item=self.item(band),
                band=band,
                visits=visits,
                minutes=minutes,
                quantity=Quantity(quantity),
                unit=unit,
                unit_price=term.unit_price,
                limit=term.limit,
                published=term.published,
                agreed=term.agreed,
                each=each,
                amount=None if each is None else Money(each.minor * visits, each.currency),
                first=date.fromordinal(min(inside.first for inside in present)),
                last=date.fromordinal(max(inside.last for inside in present)),
                priced=term.priced,
                category=term.share.category,
                rate=term.share.rate,
                rate_source=term.share.source,
                contribution=None if share is None else Money(share.minor * visits, share.currency),
            )
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
        for term in self.terms(band):
            first, last = max(term.first, start), min(term.last, self.last, start + days - 1)
            if first > last:
                continue
            quantity = rounded(whole * (last - start + 1), days) - rounded(whole * (first - start), days)
            amount = term.unit_price.for_units(quantity) if term.unit_price is not None else None
            share = _share(amount, term.share.rate)
            unit = schedule.unit or self.unit(term)
            self.rows.append(
                Row(
                    item=self.item(band),
                    band=band,
                    visits=0,
                    minutes=None,
                    quantity=Quantity(quantity),
                    unit=unit,
                    unit_price=term.unit_price,
                    limit=term.limit,
                published=term.published,
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
            minutes = rounded(quantity * MINUTES_PER_HOUR, 1000) if unit in HOURLY else 0
            funded = _funded(amount, share, term.share.debit)
            self.funded += funded
            self.charges.append(EvenCharge(first, last, funded, minutes, share.minor if share else 0))


def _share(amount: Money | None, rate: Percent | None) -> Money | None:
    return None if amount is None or rate is None else amount.share(rate.ppm)


def _funded(amount: Money | None, share: Money | None, debit: str) -> int:
    """What the funding is charged, in minor units; nothing as long as no price is known."""
    paid = amount or ZERO
    return (paid - share if share is not None and debit == "subsidy" else paid).minor
