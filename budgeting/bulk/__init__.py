"""Many lines priced at once: whole numbers in columns, days counted by subtracting two entries of a table.

``Tables`` hold what the published price lists and the public holidays make of a ``Book``: for each shape of a visit
its pieces on each kind of day, for each kind of day a running count, for each price its values by date. ``price`` then
goes through the rows in chunks that fit the cache of a processor. It has no loop over visits or days, and no floats.

The sum of any line stays below 2**63: compiled.MOST_* bound what is multiplied. Sums of sums may wrap around; their
differences, which are all that is read, are right again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import accumulate, chain
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from budgeting import lines
from budgeting.bands import NEVER, DayKind, Piece, cut
from budgeting.bulk.compiled import MOST_MINOR, OF_THE_ROW, UNPRICED, Book, Cycle, Prices, Row, Shape
from budgeting.catalogue import Editions
from budgeting.lines import Pricer
from budgeting.money import HOURLY, MINUTES_PER_HOUR, UNIT, Money
from budgeting.package import Line, Management
from budgeting.period import Band, Calendar, Marks, Place
from budgeting.quotation import LineQuote
from budgeting.setting import Setting, setting

CHUNK = 20_000  # rows: what they need fits the cache
WIDTH = len(Row._fields)
BANDS = tuple(Band)
UNITS = len(BANDS)  # the place of a unit's prices, after those of the time bands
ALIKE = (0b0001111, 0b0010000, 0b0100000, 0b1000000)  # weekdays that are followed by a day of the same kind
FIELD = 9  # bits in which the days of one weekday are counted: compiled.MOST_WEEKS fit
EVEN = sum((1 << FIELD) - 1 << 2 * FIELD * field for field in range(4))  # every second field
LOW = (1 << 2 * FIELD) - 1

Ints = NDArray[np.int64]
Special = tuple[int, int]  # the minutes from which a day and the next one are public holidays; NEVER on ordinary days
ORDINARY: Special = (NEVER, NEVER)
Key = TypeVar("Key", bound=Hashable)


class Columns(NamedTuple):
    """The fields of many ``compiled.Row``, each as one column."""

    sign: Ints
    calendar: Ints
    shape: Ints
    weekdays: Ints
    cycle: Ints
    first: Ints
    last: Ints
    prices: Ints
    agreed: Ints
    quantity: Ints
    start: Ints
    days: Ints

    def at(self, index: Ints) -> Columns:
        """Some of the rows."""
        return Columns(*(column[index] for column in self))


class Part(NamedTuple):
    """A piece of a visit, and the days on which there is one: these weekdays where they are of these kinds."""

    piece: Piece
    weekdays: int
    kinds: frozenset[Special]


def parts(shape: Shape, specials: frozenset[Special]) -> tuple[Part, ...]:
    """The pieces of a visit on every kind of day; several equal pieces of one visit are several parts."""
    if shape.flat is not None:
        return (Part(Piece(0, shape.flat, shape.minutes), sum(ALIKE), specials),)
    found: dict[tuple[Piece, int], dict[int, set[Special]]] = {}
    for weekdays in ALIKE:
        weekday = weekdays.bit_length() - 1
        for kind in specials:
            today, tomorrow = DayKind(weekday, kind[0]), DayKind((weekday + 1) % 7, kind[1])
            pieces = cut(shape.start, shape.minutes, today, tomorrow, shape.hours, shape.boundary, shape.rule)
            for position, piece in enumerate(pieces):
                again = pieces[:position].count(piece)
                found.setdefault((piece, again), {}).setdefault(weekdays, set()).add(kind)
    made: list[Part] = []
    for (piece, _), by_weekdays in found.items():
        together: dict[frozenset[Special], int] = {}
        for weekdays, kinds in by_weekdays.items():
            together[frozenset(kinds)] = together.get(frozenset(kinds), 0) | weekdays
        made += [Part(piece, weekdays, kinds) for kinds, weekdays in together.items()]
    return tuple(made)


class Span(NamedTuple):
    """One price for one unit between two days (ordinals); UNPRICED where there is none, or no limit."""

    first: int
    last: int
    price: int
    hourly: bool


class Tables:
    """What a book comes to on some published price lists and public holidays. Made once, read by every chunk."""

    def __init__(self, book: Book, editions: Mapping[str, Editions], calendar: Calendar) -> None:
        self.first, self.days = book.first, book.last - book.first + 1
        self.spread = _ints(map(_spread, range(1 << 7)))
        self._make_days(book, calendar)
        self._make_prices(book, editions, calendar)

    def _make_days(self, book: Book, calendar: Calendar) -> None:
        """Pieces of visits for each shape and set of kinds of day, and running counts of days for each calendar."""
        kinds = [self._kinds(calendar.marks(place)) for place in book.calendars]
        profiles = _numbered(frozenset(of_calendar) for of_calendar in kinds)
        self.profile = _ints(profiles[frozenset(of_calendar)] for of_calendar in kinds)
        made: list[Part] = []
        starts: list[int] = []
        for shape in book.shapes:
            for profile in profiles:
                starts.append(len(made))
                made += parts(shape, profile)
        starts.append(len(made))
        sets = _numbered(part.kinds for part in made)
        self.profiles = len(profiles)
        self.part_start, self.part_count = _ints(starts[:-1]), np.diff(_ints(starts))
        self.part_spread = self.spread[_ints(part.weekdays for part in made)]
        self.part_band = _ints(BANDS.index(part.piece.band) for part in made)
        self.part_minutes = _ints(part.piece.minutes for part in made)
        self.part_shift = _ints(part.piece.offset for part in made)
        self.of_cycle, self.of_calendar = self.days + 1, (self.days + 1) * len(book.cycles) * len(sets)
        self.part_days = _ints(sets[part.kinds] for part in made) * self.of_cycle * len(book.cycles)
        counted = [self._running(of_calendar, wanted, list(book.cycles)) for of_calendar in kinds for wanted in sets]
        self.counts = np.concatenate(counted) if counted else _ints(())

    def _kinds(self, marks: Marks) -> list[Special]:
        """The kind of each day of the window."""
        kinds = [ORDINARY] * self.days
        for marked in marks.between(self.first, self.first + self.days):
            for day in (marked - 1, marked):
                if 0 <= day - self.first < self.days:
                    kinds[day - self.first] = (marks.starts.get(day, NEVER), marks.starts.get(day + 1, NEVER))
        return kinds

    def _running(self, kinds: list[Special], wanted: frozenset[Special], cycles: list[Cycle]) -> Ints:
        """How many wanted days lie before each day, for each cycle: seven numbers packed into one, by weekday."""
        known = list(set(kinds))
        here = np.array([kind in wanted for kind in known])[_ints(map(known.index, kinds))]
        days = np.arange(self.first, self.first + self.days, dtype=np.int64)
        ones = np.where(here, 1 << FIELD * ((days - 1) % 7), 0)
        counted = np.zeros((len(cycles), self.days + 1), np.int64)
        for number, cycle in enumerate(cycles):
            np.cumsum(np.where((days - 1) // 7 % cycle.weeks == cycle.rest, ones, 0), out=counted[number, 1:])
        return counted.ravel()

    def _make_prices(self, book: Book, editions: Mapping[str, Editions], calendar: Calendar) -> None:
        """The prices of each list by date, for each time band and for units: spans of days with one price."""
        known: dict[tuple[Span, ...], int] = {}
        lists = [
            known.setdefault(spans, len(known))
            for key in book.prices
            for spans in _spans(key, book, editions[key.program], calendar)
        ]
        spans = list(chain.from_iterable(known))
        starts = _ints(accumulate(map(len, known), initial=0))
        self.lists = starts[_ints(lists)]
        self.span_last = _ints(span.last for span in spans)
        self.span_price = _ints(span.price for span in spans)
        self.span_hourly = np.array([span.hourly for span in spans], dtype=np.bool_)


def _spans(key: Prices, book: Book, editions: Editions, calendar: Calendar) -> Iterator[tuple[Span, ...]]:
    """The prices for each time band and then for units in the whole window, as the pricing of one line finds them."""
    place = Place(key.state, key.zone)
    at = setting(key.program, book.window, place, None, editions, calendar.marks(place))
    line = Line(
        id="",
        name="",
        period=book.window,
        support=key.support,
        items=dict(key.items),
        price=key.price,
        participants=key.participants,
        workers=key.workers,
    )
    pricer = Pricer(line, at, at.program.family(key.support), None, book.first, book.last)
    pricer.binds = key.binds
    of_units = Band.ANY if pricer.item(Band.ANY) or not pricer.timed() else Band.DAY
    for band in (*BANDS, of_units):
        yield tuple(
            Span(
                term.first,
                term.last,
                _price(term.limit if key.price == OF_THE_ROW else term.unit_price, key.limited),
                pricer.unit(term) in HOURLY,
            )
            for term in pricer.terms(band)
        )


def _price(price: Money | None, limited: bool) -> int:
    if price is None or not limited:
        return UNPRICED
    if not 0 <= price.minor <= MOST_MINOR:
        raise OverflowError("a price limit is too large for pricing many lines at once")
    return price.minor


class Answers(NamedTuple):
    """For each line or row: minor units, and how many of its visits or units have no known price."""

    amounts: Ints
    unknown: Ints


def price(tables: Tables, rows: Ints) -> Answers:
    """The amounts of rows given as WIDTH columns (``columns``), each row by itself."""
    amounts, unknown = np.zeros(rows.shape[1], np.int64), np.zeros(rows.shape[1], np.int64)
    for first in range(0, rows.shape[1], CHUNK):
        some = Columns(*rows[:, first : first + CHUNK])
        found = _visits(tables, some)
        of_units = np.flatnonzero(some.quantity >= 0)
        if len(of_units):
            _units(tables, some.at(of_units), of_units, found)
        amounts[first : first + CHUNK], unknown[first : first + CHUNK] = found
    return Answers(amounts, unknown)


def _visits(tables: Tables, rows: Columns) -> Answers:
    """What the visits of rows cost: every row becomes its parts, every part goes through its spans of one price."""
    pattern = rows.shape * tables.profiles + tables.profile[rows.calendar]
    many = tables.part_count[pattern]
    many[rows.quantity >= 0] = 0
    row = np.repeat(np.arange(len(many)), many)
    part = np.arange(len(row)) + (tables.part_start[pattern] - np.cumsum(many) + many)[row]
    days = tables.spread[rows.weekdays][row] & tables.part_spread[part]
    kept = np.flatnonzero(days)
    row, part, days = row[kept], part[kept], days[kept]
    index = np.arange(len(row))
    table = (rows.calendar * tables.of_calendar + rows.cycle * tables.of_cycle - tables.first)[row]
    table += tables.part_days[part]
    shift, minutes, agreed = tables.part_shift[part], tables.part_minutes[part], rows.agreed[row]
    first, last = rows.first[row], rows.last[row]
    span = tables.lists[rows.prices[row] * (UNITS + 1) + tables.part_band[part]]
    _forward(tables, span, first + shift)
    before = tables.counts[table + first]
    amounts, unknown = np.zeros(len(row), np.int64), np.zeros(len(row), np.int64)
    while len(index):
        until = np.minimum(last, tables.span_last[span] - shift)
        by_then = tables.counts[table + until + 1]
        visits = _added((by_then - before) & days)
        each = np.minimum(agreed, tables.span_price[span])
        unpriced = np.flatnonzero(each == UNPRICED)
        unknown[index[unpriced]] += visits[unpriced]
        each[unpriced] = 0
        hourly = np.where(tables.span_hourly[span], minutes, MINUTES_PER_HOUR)
        amounts[index] += (each * hourly + MINUTES_PER_HOUR // 2) // MINUTES_PER_HOUR * visits
        more = np.flatnonzero(until < last)
        index, table, days, agreed, last = index[more], table[more], days[more], agreed[more], last[more]
        before, span, shift, minutes = by_then[more], span[more] + 1, shift[more], minutes[more]
    ends = np.cumsum(np.bincount(row, minlength=len(many)))
    return Answers(rows.sign * _between(amounts, ends), rows.sign * _between(unknown, ends))


def _units(tables: Tables, rows: Columns, index: Ints, found: Answers) -> None:
    """Add what units cost: the part of each span of one price is worked out from the whole number."""
    first, span = rows.first, tables.lists[rows.prices * (UNITS + 1) + UNITS]
    _forward(tables, span, first)
    before, price = np.zeros(len(index), np.int64), np.full(len(index), UNPRICED)  # just before, at the same price
    while len(index):
        until = np.minimum(rows.last, tables.span_last[span])
        used = _share(rows, until - rows.start + 1) - _share(rows, first - rows.start)
        each = np.minimum(rows.agreed, tables.span_price[span])
        unpriced = each == UNPRICED
        found.unknown[index] += unpriced
        before[each != price], price = 0, each
        each = np.where(unpriced, 0, each)
        found.amounts[index] += _cents(each * (before + used)) - _cents(each * before)
        before += used
        more = np.flatnonzero(until < rows.last)
        index, first, span = index[more], until[more] + 1, span[more] + 1
        rows, before, price = rows.at(more), before[more], price[more]


def _cents(amounts: Ints) -> Ints:
    """Thousandths of cents as cents, rounded half up."""
    return (amounts + UNIT // 2) // UNIT


def _forward(tables: Tables, span: Ints, day: Ints) -> None:
    """Go from the first span of each list to the one that holds a day."""
    behind = np.flatnonzero(tables.span_last[span] < day)
    while len(behind):
        span[behind] += 1
        behind = behind[tables.span_last[span[behind]] < day[behind]]


def _share(rows: Columns, days: Ints) -> Ints:
    """The thousandths of units that belong to the first so many days, rounded half up."""
    return (2 * rows.quantity * days + rows.days) // (2 * rows.days)


def _added(packed: Ints) -> Ints:
    """The sum of the seven numbers that are packed into one."""
    pairs = (packed & EVEN) + (packed >> FIELD & EVEN)
    halves = pairs + (pairs >> 4 * FIELD)
    added: Ints = halves + (halves >> 2 * FIELD) & LOW
    return added


def _between(values: Ints, ends: Ints) -> Ints:
    """The sums of runs of values, given where each run ends; a run may be empty."""
    sums = np.concatenate(([0], np.cumsum(values)))[ends]
    result: Ints = np.diff(sums, prepend=0)
    return result


def _spread(weekdays: int) -> int:
    """All bits of the fields of some weekdays."""
    return sum((1 << FIELD) - 1 << FIELD * weekday for weekday in range(7) if weekdays >> weekday & 1)


def _numbered(keys: Iterable[Key]) -> dict[Key, int]:
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def columns(rows: Iterable[Iterable[int]]) -> Ints:
    """Rows as columns of whole numbers, the form that ``price`` takes."""
    return np.ascontiguousarray(_ints(chain.from_iterable(rows)).reshape(-1, WIDTH).T)


def quick(
    asked: Iterable[tuple[Line, Setting, Management | None]],
    book: Book,
    editions: Mapping[str, Editions],
    calendar: Calendar,
) -> Answers:
    """The amounts of many lines in their order: at once where that is possible, the others one by one.

    Every line is priced with the price lists and the calendar given; they are to be those of the settings.
    """
    rows: list[Row] = []
    ends: list[int] = []
    alone: list[tuple[int, LineQuote]] = []
    for number, (line, at, management) in enumerate(asked):
        compiled = book.compile_line(line, at, management)
        if compiled is None:
            alone.append((number, lines.price(line, at, None, management)))
        else:
            rows += compiled
        ends.append(len(rows))
    found = price(Tables(book, editions, calendar), columns(rows))
    answers = Answers(*(_between(values, _ints(ends)) for values in found))
    for number, quoted in alone:
        answers.amounts[number] = quoted.amount.minor
        answers.unknown[number] = not quoted.complete
    return answers
