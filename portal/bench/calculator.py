"""One plan of forty lines: how long its quote takes, with everything known, and with no line known before.

The slow way that it is held against is the oracle of the tests: ``dateutil.rrule`` and ``Decimal`` for every visit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle
from time import perf_counter_ns, thread_time_ns

from budgeting import lines, pricing, programs
from budgeting.catalogue import Editions
from budgeting.choosing.trades import trades
from budgeting.choosing.wishes import Wish
from budgeting.compare.repricing import Repricing, reprice
from budgeting.money import Money, Quantity
from budgeting.package import (
    Agreed,
    AgreedAmount,
    AtLimit,
    Component,
    Funding,
    FundingPeriod,
    Line,
    Package,
    Price,
    Schedule,
    Units,
    Weekly,
)
from budgeting.period import Period, Place
from budgeting.pricing import quote
from budgeting.quotation import Quote
from portal.bench.figures import Figure, median

YEAR = Period(date(2026, 7, 6), date(2027, 7, 5))
QUARTERS = (
    Period(YEAR.first, date(2026, 10, 5)),
    Period(date(2026, 10, 6), date(2027, 1, 5)),
    Period(date(2027, 1, 6), date(2027, 4, 5)),
    Period(date(2027, 4, 6), YEAR.last),
)
LINES, ROUNDS, SLOW_ROUNDS, WISHES, SOAK_PACKAGES = 40, 200, 5, 20, 100_000


def plan() -> Package:
    """Forty lines over twelve months: personal care, outings, cleaning, therapy and nights, paid from two parts."""
    released = tuple(FundingPeriod(quarter, Money(18_000_000)) for quarter in QUARTERS)
    core = Component("core", "Core", Money(72_000_000), categories=("01", "02", "03", "04"), periods=released)
    capacity = Component("capacity", "Capacity building", Money(4_000_000), categories=("15",))
    made = tuple(_line(number) for number in range(LINES))
    return Package("ndis", YEAR, Place("VIC", "national", "Melbourne"), Funding(YEAR, (core, capacity)), made)


def _line(number: int) -> Line:
    start, weekday = 7 + number % 12, number % 7
    end = time((start + 2 + number % 3) % 24)
    price: Price = AtLimit() if number % 3 else Agreed((AgreedAmount(Money(6_200 + 10 * number)),))
    often = Weekly((weekday, (weekday + 2) % 7), time(start), end)
    others: dict[int, tuple[str, Schedule]] = {
        3: ("community", Weekly((weekday,), time(17), time(21))),
        4: ("cleaning", Weekly((weekday % 5,), time(9), time(11), 2)),
        6: ("psychology", Units(Quantity(20_000), "H")),
        7: ("self_care", Weekly((weekday,), time(22), time(6), sleepover=True)),
    }
    support, schedule = others.get(number % 8, ("self_care", often))
    return Line(
        id=f"line {number}",
        name=f"Support {number}",
        period=YEAR,
        support=support,
        schedule=schedule,
        price=price,
        provider="Somebody",
        purposes=("a goal",),
    )


def measure(soak: bool) -> list[Figure]:
    """The figures of the calculator: one plan, a caseload in a process of its own, and with ``soak`` a long proof."""
    package, editions, calendar = plan(), programs.shipped("ndis"), programs.calendar()

    def priced() -> Quote:
        return quote(package, editions, calendar)

    def unknown() -> Quote:
        for known in (lines.price, pricing.line_quote, pricing.ground_of):
            known.cache_clear()
        return quote(package, editions, calendar)

    def explained(answer: Callable[[], Quote]) -> Callable[[], None]:
        def work() -> None:
            assert answer().figure.parts

        return work

    def wished() -> Callable[[], object]:
        core = Component("core", "Core", priced().amount, categories=("01", "02", "03", "04", "15"))
        all_spent = replace(package, funding=Funding(YEAR, (core,)))
        wishes = cycle(Wish(line.id, visits=1) for line in package.lines if isinstance(line.schedule, Weekly))

        def work() -> None:
            assert trades(all_spent, next(wishes), editions, calendar).found

        return work

    earlier = Editions(editions.editions[:-1])
    since = editions.editions[-1].valid_from

    def repriced() -> Repricing:
        return reprice(package, package, (earlier, editions), calendar, since)

    warm, cold = _median(priced, ROUNDS), _median(unknown, ROUNDS)
    warm_explained, cold_explained = _median(explained(priced), ROUNDS), _median(explained(unknown), ROUNDS)
    found = [
        Figure("quote of 40 lines, warm, median", warm[0], "µs", 1_000),
        Figure("the same, without waiting for a processor", warm[1], "µs"),
        Figure("quote of 40 lines when no line was priced before, median", cold[0], "µs"),
        Figure("the same, without waiting for a processor", cold[1], "µs"),
        Figure("quote of 40 lines with its explanation, warm, median", warm_explained[0], "µs"),
        Figure("one visit more of a support, and what gives way, among 40, median", _median(wished(), WISHES)[0], "µs"),
        Figure("a plan of 40 lines held against a new price list, median", _median(repriced, ROUNDS)[0], "µs"),
        *_slow_way(package, warm_explained[1], cold_explained[1]),
        *_caseload(),
    ]
    return [*found, *_proof()] if soak else found


def _median(work: Callable[[], object], rounds: int) -> tuple[int, int]:
    """The median time of some work in µs: by the clock on the wall, and without waiting for a processor."""
    work()
    times = []
    for _ in range(rounds):
        began = perf_counter_ns(), thread_time_ns()
        work()
        times.append((perf_counter_ns() - began[0], thread_time_ns() - began[1]))
    return median([wall for wall, _ in times]) // 1000, median([own for _, own in times]) // 1000


def _tests(module: str) -> str:
    """Why a module of the tests cannot be used, or an empty text."""
    missing = [name for name in ("dateutil", "tests") if find_spec(name) is None]
    return f"{module} needs {' and '.join(missing)}" if missing else ""


def _slow_way(package: Package, warm: int, cold: int) -> list[Figure]:
    name = "quote with its explanation, warm, against every visit by itself"
    if why := _tests("the oracle"):
        return [Figure(name, None, "times", 25, most=False, skipped=why)]
    amount_of = import_module("tests.budgeting.oracle").amount_of
    editions, calendar = programs.shipped("ndis"), programs.calendar()
    quoted = quote(package, editions, calendar)

    def slowly() -> None:
        for line in quoted.lines:
            answer = amount_of(line.line, package, editions, calendar, line.management)
            assert answer.cents == line.amount.minor, "the two ways disagree"

    slow = _median(slowly, SLOW_ROUNDS)[1]
    return [
        Figure(name, slow // warm, "times", 25, most=False),
        Figure("the same when no line was priced before", slow // cold, "times"),
    ]


def _caseload() -> list[Figure]:
    """The figures of the caseload, from a process of its own: its memory is one of them."""
    answer = subprocess.run([sys.executable, "-m", "portal.bench.caseload"], check=True, capture_output=True)
    return [Figure(**plain) for plain in json.loads(answer.stdout)]


def _proof() -> list[Figure]:
    """One line, many at once and every visit by itself, on many packages of every program made by chance."""
    name = f"lines on which three ways of pricing disagree, of {SOAK_PACKAGES:,} packages"
    if why := _tests("the proof"):
        return [Figure(name, None, "lines", 0, skipped=why)]
    disagreements = import_module("tests.budgeting.agreement").disagreements
    many = SOAK_PACKAGES // len(programs.PROGRAMS)
    found = [disagreements(seed=1, many=many, program=program) for program in programs.PROGRAMS]
    return [Figure(name, sum(len(differing) for differing, _, _ in found), "lines", 0)]
