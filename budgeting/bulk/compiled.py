"""A line as a few whole numbers: what the pricing of many lines at once reads instead of lines.

A row says when visits happen and which table says how long they are and what they cost; it holds no price of a
published list and no public holiday, so the same rows are priced again when those change. Whatever an ordinary line
does not need is left to ``lines.price``: ``Book.compile_line`` answers None then, and says nothing wrong.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, replace
from typing import Any, NamedTuple, TypeVar

from budgeting.bands import Hours
from budgeting.lines import Pricer
from budgeting.money import ZERO, Money
from budgeting.package import Agreed, AtLimit, Boundary, Line, Management, Spread, Units, Unpaid, Weekly, visits_of
from budgeting.period import Band, Period, Place, minute_of
from budgeting.setting import Setting

UNPRICED = 1 << 40  # in place of a price: there is none
MOST_MINOR = 10**8  # a price above a million dollars for one unit is left to whole numbers without bounds
MOST_THOUSANDTHS = 10**10
MOST_WEEKS = 511  # more would not fit the nine bits in which visits of one weekday are counted
MOST_EVERY = 8  # visits less often than every eight weeks are a row each

OF_THE_ROW = Agreed(())  # one agreed price, which the row holds: the list has the limits alone

Key = TypeVar("Key")

# What an ordinary line may say. A field that is added later is not known here, so lines that use it are left alone.
KNOWN: dict[type, set[str]] = {
    Line: {"id", "name", "period", "support", "schedule", "price", "category", "component", "payers", "role"}
    | {"management", "provider", "purposes", "items", "boundary", "participants", "workers", "skips"}
    | {"third_party", "fee", "priority", "sought"},
    Weekly: {"weekdays", "start", "end", "every_n_weeks", "anchor", "sleepover"},
    Units: {"quantity", "unit", "spread"},
}


class Row(NamedTuple):
    """Visits of one line, or units when ``quantity`` is not negative. Days are ordinals, money is in minor units."""

    sign: int  # 1, or -1 for the visit of a day that is left out
    calendar: int  # of Book.calendars
    shape: int  # of Book.shapes
    weekdays: int  # one bit for each weekday, Monday the lowest
    cycle: int  # of Book.cycles
    first: int
    last: int
    prices: int  # of Book.prices
    agreed: int  # one price for everything, or UNPRICED
    quantity: int  # thousandths of a unit in all ``days`` from ``start`` on, or -1
    start: int
    days: int


class Shape(NamedTuple):
    """What decides how a visit falls into time bands. With ``flat`` it is one piece in that band."""

    start: int
    minutes: int
    flat: Band | None
    boundary: Boundary
    rule: str
    hours: Hours


class Prices(NamedTuple):
    """What decides the price of a line besides its days: for each time band, a list of prices by date."""

    program: str
    support: str | None
    items: tuple[tuple[Band, str], ...]
    zone: str
    state: str
    participants: int
    workers: int
    binds: bool
    price: AtLimit | Agreed | None
    limited: bool  # False: the row's own agreed price counts whatever the limit


class Cycle(NamedTuple):
    """Every so many weeks, in the weeks whose number leaves this rest."""

    weeks: int
    rest: int


class Book:
    """Numbers for calendars, shapes, cycles and prices, and the days that can be priced with them.

    A window of more than 511 weeks is a ValueError.
    """

    def __init__(self, window: Period) -> None:
        if window.days > MOST_WEEKS * 7:
            raise ValueError("these are too many days to price at once")
        self.window = window
        self.first, self.last = window.first.toordinal(), window.last.toordinal()
        self.calendars: dict[Place, int] = {}
        self.shapes: dict[Shape, int] = {}
        self.cycles: dict[Cycle, int] = {}
        self.prices: dict[Prices, int] = {}

    def compile_line(self, line: Line, at: Setting, management: Management | None) -> tuple[Row, ...] | None:
        """The rows of one line, or None when the line is left to ``lines.price``.

        Left are: lines with anything that comes along; amounts above a million dollars for one unit, and prices in
        other money; days outside the window; and lines without a schedule. Raises nothing.
        """
        inside = line.period.overlap(at.period)
        if line.schedule and (inside is None or isinstance(line.price, Unpaid)):
            return ()  # nothing is paid
        if inside is None or not self._holds(inside) or not _ordinary(line):
            return None
        pricer = Pricer(
            line, at, at.program.family(line.support), management, inside.first.toordinal(), inside.last.toordinal()
        )
        price = self._price(line, at, pricer.binds)
        if price is None:
            return None
        if isinstance(line.schedule, Weekly):
            return self._visits(line, line.schedule, pricer, price)
        if isinstance(line.schedule, Units):
            return self._units(line, line.schedule, pricer, price)
        return None

    def _holds(self, days: Period) -> bool:
        return self.window.first <= days.first and days.last < self.window.last  # a visit may end a day later

    def _price(self, line: Line, at: Setting, binds: bool) -> tuple[int, int] | None:
        """The number of the price lists and the agreed price; None when they are not for us."""
        price, agreed, limited = line.price, UNPRICED, True
        if isinstance(price, Unpaid):
            return None
        if isinstance(price, Agreed):
            if not all(_countable(one.amount) for one in price.amounts):
                return None
            only = price.amounts[0] if len(price.amounts) == 1 else None
            if only and only.band is None and only.since is None:
                price, agreed, limited = OF_THE_ROW, only.amount.minor, binds
        key = Prices(
            at.program.key,
            line.support,
            tuple(line.items.items()),
            at.place.zone,
            at.place.state,
            line.participants,
            line.workers,
            binds and isinstance(price, Agreed) and price is not OF_THE_ROW,
            price,
            limited,
        )
        return _number(self.prices, key), agreed

    def _visits(self, line: Line, schedule: Weekly, pricer: Pricer, price: tuple[int, int]) -> tuple[Row, ...]:
        flat = None
        if schedule.sleepover:
            flat = Band.SLEEPOVER
        elif not pricer.timed():
            flat = Band.ANY
        rule = pricer.family.hours if pricer.family else "standard"
        shape = Shape(minute_of(schedule.start), schedule.minutes, flat, line.boundary, rule, pricer.at.hours)
        rare = schedule.every_n_weeks > MOST_EVERY
        weeks, week = 1 if rare else schedule.every_n_weeks, week_of((schedule.anchor or line.period.first).toordinal())
        row = Row(
            sign=1,
            calendar=_number(self.calendars, replace(pricer.at.place, zone="")),
            shape=_number(self.shapes, shape),
            weekdays=sum(1 << weekday for weekday in set(schedule.weekdays)),
            cycle=_number(self.cycles, Cycle(weeks, week % weeks)),
            first=pricer.first,
            last=pricer.last,
            prices=price[0],
            agreed=price[1],
            quantity=-1,
            start=0,
            days=1,
        )
        if rare:
            ordinals = [day.toordinal() for day in visits_of(line, self.window) if day in pricer.at.period]
            return tuple(row._replace(first=day, last=day) for day in ordinals)
        left_out = {day.toordinal() for day in line.skips}
        return row, *(
            row._replace(sign=-1, first=day, last=day) for day in sorted(left_out) if row.first <= day <= row.last
        )

    def _units(self, line: Line, schedule: Units, pricer: Pricer, price: tuple[int, int]) -> tuple[Row, ...] | None:
        quantity, start = schedule.quantity.thousandths, line.period.first.toordinal()
        days = 1 if schedule.spread is Spread.ONCE else line.period.days
        last = min(pricer.last, start + days - 1)
        if last < pricer.first:
            return ()
        if not 0 <= quantity <= MOST_THOUSANDTHS or days > MOST_WEEKS * 7:
            return None
        return (Row(1, 0, 0, 0, 0, pricer.first, last, *price, quantity, start, days),)


def week_of(day: int) -> int:
    """The number of the week, from Monday to Sunday, that a day (ordinal) lies in."""
    return (day - 1) // 7


def _number(known: dict[Key, int], key: Key) -> int:
    return known.setdefault(key, len(known))


def _countable(amount: Money) -> bool:
    return 0 <= amount.minor <= MOST_MINOR and amount.currency == ZERO.currency


def _ordinary(line: Line) -> bool:
    """Whether everything that this module does not know is as if it did not exist."""
    return type(line.schedule) in OTHERS and _plain(line) and _plain(line.schedule)


def _plain(value: object) -> bool:
    return all(getattr(value, name) == default for name, default in OTHERS[type(value)])


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


# A field without a default is never as if it did not exist.
OTHERS = {
    kind: tuple((field.name, _default(field)) for field in fields(kind) if field.name not in known)
    for kind, known in KNOWN.items()
}
