"""A whole caseload priced at once: ``python -m portal.bench.caseload``, a process of its own to see its memory.

The rows lie in a throw-away SQLite file shaped like the one that a durable re-pricing job reads: one row for each
line, compiled to whole numbers. They are read, priced, and the answers written back, in chunks. Pricing alone is timed
by what this process used of its processor, and the least disturbed round counts; reading, and reading with all the
rest, by the clock on the wall, both in turn.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter_ns, process_time_ns

import numpy as np

from budgeting import programs
from budgeting.bulk import CHUNK, Columns, Ints, Tables, columns, price
from budgeting.bulk.compiled import UNPRICED, Book, Row
from budgeting.money import Money, Quantity
from budgeting.package import Agreed, AgreedAmount, AtLimit, Line, Management, Schedule, Units, Weekly
from budgeting.period import Period, Place
from budgeting.setting import setting
from portal.bench.figures import Figure

PLANS, LINES_OF_PLAN, FEW, ROUNDS = 100_000, 10, 10_000, 5
DIFFERENT = 400  # kinds of lines for each place; the caseload is made of them with other days and prices
WINDOW = Period(date(2025, 7, 1), date(2027, 6, 30))
PLACES = [Place(state) for state in ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")]
PLACES += [Place("QLD", "national", "Brisbane"), Place("VIC", "national", "Melbourne"), Place("NT", "very_remote")]
SELECT = f"SELECT {', '.join(Row._fields)} FROM caseload ORDER BY id"
INSERT = f"INSERT INTO caseload ({', '.join(Row._fields)}) VALUES ({', '.join('?' * len(Row._fields))})"


def _line(by: Random, supports: list[str]) -> Line:
    """A line as a caseload has them: visits of half an hour to four hours, a few at night, and some units."""
    amount = Agreed((AgreedAmount(Money(by.randint(4_000, 20_000))),))
    prices = (AtLimit(), AtLimit(), amount)
    sharing = by.choice((1, 1, 1, 1, 2, 3))
    return Line("", "", WINDOW, by.choice(supports), _schedule(by), by.choice(prices), participants=sharing)


def _schedule(by: Random) -> Schedule:
    if not by.randrange(10):
        return Units(Quantity(by.randint(1, 80) * 1000), "H")
    start, length = by.randrange(6 * 4, 20 * 4) * 15, by.randint(2, 16) * 15
    if not by.randrange(20):
        start, length = 22 * 60, 8 * 60
    end = (start + length) % (24 * 60)
    weekdays = by.choice([(0, 1, 2, 3, 4), (0, 2, 4), (1, 3), (5, 6), tuple(range(7)), (by.randrange(7),)])
    return Weekly(weekdays, time(*divmod(start, 60)), time(*divmod(end, 60)), by.choice((1, 1, 1, 2)))


def _compiled(by: Random) -> tuple[Book, list[Row]]:
    """A book, and its rows: DIFFERENT for each place in turn."""
    families = programs.families("ndis")
    supports = [family.key for family in families] + 3 * [family.key for family in families if family.timed]
    editions, calendar = programs.shipped("ndis"), programs.calendar()
    book = Book(Period(WINDOW.first, WINDOW.last + timedelta(1)))
    rows: list[Row] = []
    for place in PLACES:
        at = setting("ndis", WINDOW, place, None, editions, calendar.marks(place))
        for _ in range(DIFFERENT):
            rows += book.compile_line(_line(by, supports), at, by.choice((None, *Management))) or ()
    return book, rows


def _plans(rows: list[Row]) -> Iterator[Columns]:
    """The lines of all plans, CHUNK by CHUNK: those of a plan share place and days."""
    known, by = columns(rows), np.random.default_rng(1)
    for _ in range(0, PLANS * LINES_OF_PLAN, CHUNK):
        plans = CHUNK // LINES_OF_PLAN
        places = np.repeat(by.integers(0, len(PLACES), plans), LINES_OF_PLAN)
        first = WINDOW.first.toordinal() + np.repeat(by.integers(0, 365, plans), LINES_OF_PLAN)
        some = Columns(*known[:, places * DIFFERENT + by.integers(0, DIFFERENT, CHUNK)])
        last = first + by.integers(180, 365, CHUNK)
        own = np.where(some.agreed == UNPRICED, UNPRICED, by.integers(4_000, 20_000, CHUNK))
        yield some._replace(first=first, last=last, agreed=own, start=first, days=last - first + 1)


def _store(database: sqlite3.Connection, rows: list[Row]) -> None:
    numbers = ", ".join(f"{name} INTEGER NOT NULL" for name in Row._fields)
    database.execute(f"CREATE TABLE caseload (id INTEGER PRIMARY KEY, {numbers})")
    database.execute("CREATE TABLE priced (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, unknown INTEGER NOT NULL)")
    for some in _plans(rows):
        database.executemany(INSERT, zip(*(column.tolist() for column in some), strict=True))
    database.commit()


def _chunks(database: sqlite3.Connection) -> Iterator[list[tuple[int, ...]]]:
    cursor = database.execute(SELECT)
    while some := cursor.fetchmany(CHUNK):
        yield some


def _read(database: sqlite3.Connection) -> int:
    """How long reading alone takes, in nanoseconds."""
    began = perf_counter_ns()
    for _ in _chunks(database):
        pass
    return perf_counter_ns() - began


def _reprice(database: sqlite3.Connection, tables: Tables) -> int:
    """How long it takes to read, price and write everything, in nanoseconds."""
    database.execute("DELETE FROM priced")
    database.commit()
    began = perf_counter_ns()
    for number, some in enumerate(_chunks(database)):
        found = price(tables, columns(some))
        ids = range(number * CHUNK + 1, number * CHUNK + len(some) + 1)
        answers = zip(ids, found.amounts.tolist(), found.unknown.tolist(), strict=True)
        database.executemany("INSERT INTO priced VALUES (?, ?, ?)", answers)
    database.commit()
    return perf_counter_ns() - began


def _pricing(tables: Tables, rows: Ints) -> int:
    """How long pricing alone takes on one processor, in nanoseconds."""
    began = process_time_ns()
    price(tables, rows)
    return process_time_ns() - began


def measure(folder: Path) -> list[Figure]:
    """The figures of the caseload."""
    book, rows = _compiled(Random(1))
    began = process_time_ns()
    tables = Tables(book, {"ndis": programs.shipped("ndis")}, programs.calendar())
    made = process_time_ns() - began
    with closing(sqlite3.connect(folder / "caseload.db")) as database:
        _store(database, rows)
        rounds = [(_read(database), _reprice(database, tables)) for _ in range(3)]
        reading, repricing = min(rounds, key=lambda times: sum(times))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        stored = np.concatenate([columns(some) for some in _chunks(database)], axis=1)
    many = stored.shape[1]
    few = [np.ascontiguousarray(stored[:, at : at + FEW]) for at in range(0, many, many // 20)]
    whole, part = [], []
    for _ in range(ROUNDS):  # nanoseconds for a thousand lines
        whole.append(_pricing(tables, stored) // (many // 1000))
        part.append(sum(_pricing(tables, some) for some in few) // (len(few) * FEW // 1000))
    apart = abs(min(whole) - min(part)) * 100 // min(part)
    return [
        Figure(f"caseload, {many:,} lines priced in one second", 10**12 // min(whole), "lines", 2_500_000, False),
        Figure("caseload, a line of the whole against one of 10,000, apart by", apart, "%", 15),
        Figure("caseload, its tables made", made // 10**6, "ms"),
        Figure("caseload, reading alone", reading // 10**6, "ms"),
        Figure("caseload, reading, pricing and writing", repricing // 10**6, "ms"),
        Figure("caseload, all of that against reading, in hundredths", repricing * 100 // reading, "times/100", 400),
        Figure("caseload, most memory in use", memory, "MB", 600),
    ]


def main() -> None:
    """Measure, and print the figures as JSON."""
    with tempfile.TemporaryDirectory(prefix="coplan-caseload-") as folder:
        print(json.dumps([asdict(figure) for figure in measure(Path(folder))]))


if __name__ == "__main__":
    main()
