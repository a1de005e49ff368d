"""Three ways to the same cents: one line at a time, many at once, and one visit after the other."""

from __future__ import annotations

from itertools import islice

from budgeting import lines, programs
from budgeting.bulk import quick
from budgeting.bulk.compiled import Book
from budgeting.setting import setting
from tests.budgeting.chance import WINDOW, packages
from tests.budgeting.oracle import amount_of

TOGETHER = 1_000  # packages that are priced at once


def disagreements(seed: int, many: int, program: str = "ndis") -> tuple[list[str], int, int]:
    """Lines on which the three ways differ, of so many packages made by chance; how many lines there were, and how
    many of them were left to the engine that prices one line."""
    editions, calendar = programs.shipped(program), programs.calendar()
    differing: list[str] = []
    count = left = 0
    made = packages(seed, many, program)
    while some := list(islice(made, TOGETHER)):
        book = Book(WINDOW)
        asked = []
        for package in some:
            marks = calendar.marks(package.place)
            at = setting(program, package.period, package.place, None, editions, marks)
            asked += [(package, line, at) for line in package.lines]
        left += sum(book.compile_line(line, at, line.management) is None for _, line, at in asked)
        count += len(asked)
        at_once = quick([(line, at, line.management) for _, line, at in asked], book, {program: editions}, calendar)
        for number, (package, line, at) in enumerate(asked):
            alone = lines.price(line, at, None, line.management)
            one = (alone.amount.minor, alone.complete)
            many_at_once = (int(at_once.amounts[number]), not at_once.unknown[number])
            slowly = amount_of(line, package, editions, calendar, line.management)
            if not one == many_at_once == slowly:
                differing.append(f"{one} {many_at_once} {slowly} for {line} in {package.period} at {package.place}")
    return differing, count, left
