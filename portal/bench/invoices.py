"""A file of a thousand invoice lines: how long reading it, matching it to forty lines and looking at it takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter_ns

from budgeting import programs
from budgeting.spending.checks import Setting, look
from budgeting.spending.matching import Planned, match
from portal.bench.calculator import YEAR, plan
from portal.bench.figures import Figure
from portal.spending.reading import read_invoices
from portal.spending.understood import told_of

LINES = 1_000
HEAD = "Date,Description,Hours,Rate,Total,Invoice no,Provider"


def measure() -> list[Figure]:
    """The time from the bytes of the file to what is worth a look in it, in milliseconds."""
    package, editions, calendar = plan(), programs.shipped("ndis"), programs.calendar()
    families = programs.program("ndis").by_key
    planned = [Planned(line, line.period, component="core") for line in package.lines]
    at = Setting("ndis", package.place, editions, calendar, YEAR.last, plan=YEAR)
    content = _file([families[one.support].label.text for one in package.lines if one.support])
    began = perf_counter_ns()
    rows = read_invoices(content, {}, "", date(2027, 7, 1)).rows
    entries = [told_of(row, at, {}).entry() for row in rows]
    look(entries, match(entries, planned, "ndis"), at)
    took = (perf_counter_ns() - began) // 1_000_000
    name = f"a file of {LINES:,} invoice lines read, matched to {len(planned)} lines and checked"
    return [Figure(name, took if len(rows) == LINES else None, "ms", 3_000, skipped="the file was not read")]


def _file(names: Sequence[str]) -> bytes:
    days = [YEAR.first + timedelta(days=number % 300) for number in range(LINES)]
    lines = [
        f'{day:%d/%m/%Y},"{names[number % len(names)]}",2,68.00,136.00,INV-{number},Somebody'
        for number, day in enumerate(days)
    ]
    return "\n".join((HEAD, *lines)).encode()
