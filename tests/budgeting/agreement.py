"""Three ways to the same cents: one line at a time, many at once, and one visit after the other."""

from __future__ import annotations

from itertools import islice

from budgeting import lines, programs
from budgeting.bulk import quick
from budgeting.bulk.compiled import Book
from budgeting.pricing import quote
from budgeting.quotation import LineQuote
from budgeting.setting import setting, shares_of
from tests.budgeting.chance import WINDOW, packages
from tests.budgeting.oracle import amount_of

TOGETHER = 1_000  # packages that are priced at once


def disagreements(seed: int, many: int, program: str = "ndis") -> tuple[list[str], int, int]:
    """Lines on which the three ways differ, of so many packages made by chance; how many lines there were, and how
    many of them were left to the engine that prices one line.

    What the client pays is compared between one line at a time and one visit after the other, and what all payers of
    a line pay with what the funding pays for it.
    """
    editions, calendar = programs.shipped(program), programs.calendar()
    differing: list[str] = []
    count = left = 0
    made = packages(seed, many, program)
    while some := list(islice(made, TOGETHER)):
        book = Book(WINDOW)
        asked = []
        for package in some:
            marks = calendar.marks(package.place)
            at = setting(program, package.period, package.place, shares_of(package.funding), editions, marks)
            if package.funding:
                quoted = quote(package, editions, calendar).lines
            else:
                quoted = tuple(lines.price(line, at, None, line.management) for line in package.lines)
            asked += [(package, one, at) for one in quoted]
        left += sum(book.compile_line(one.line, at, one.management) is None for _, one, at in asked)
        count += len(asked)
        at_once = quick([(one.line, at, one.management) for _, one, at in asked], book, {program: editions}, calendar)
        for number, (package, one, _) in enumerate(asked):
            slowly = amount_of(one.line, package, editions, calendar, one.management)
            alone = (one.amount.minor, one.complete, one.contribution.minor)
            many_at_once = (int(at_once.amounts[number]), not at_once.unknown[number])
            if not alone[:2] == many_at_once == slowly[:2] or alone[2] != slowly.share or not _paid(one):
                differing.append(f"{alone} {many_at_once} {slowly} for {one.line} in {package}")
    return differing, count, left


def _paid(one: LineQuote) -> bool:
    """Whether the payers of a line pay what it takes, and only those who were named."""
    if not one.payments:
        return True
    named = one.line.payers or (one.component,)
    return sum(part.amount.minor + part.contribution.minor for part in one.payments) == one.amount.minor and all(
        part.payer in named for part in one.payments
    )
