"""A list of balances as somebody else keeps it: which column names a part, which says what is left, and of which part.

What was understood is only shown: a person looks at every row before a balance counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budgeting.money import Money
from budgeting.package import Component
from budgeting.spending.marks import squeezed
from budgeting.words import Words, words
from portal.catalogue.cells import tidy
from portal.catalogue.expected import Table
from portal.catalogue.problem import Odd, Unusable
from portal.catalogue.spreadsheet import tables
from portal.language import plain
from portal.spending import asides, cells
from portal.spending.reading import INVOICES

MOST_ROWS, MOST_COLUMNS, LONGEST = 200, 20, 200
HEADER_WITHIN = 40
LISTS = replace(INVOICES, empty=words("Choose a file first."))
NAMES = (  # of the column that names a part, the best first
    *("support category", "category", "budget category", "part of the funding", "component", "support budget", "part"),
    *("budget", "funding", "fund", "account", "support", "description", "service", "name", "item"),
    *("الجزء", "جزء التمويل", "الفئة", "القسم", "类别", "部分", "项目"),
)
LEFTS = (  # of the column that says what is left, the best first
    *("remaining", "remaining balance", "remaining budget", "budget remaining", "funds remaining", "amount remaining"),
    *("available", "available balance", "funds available", "closing balance", "balance", "left", "unspent"),
    *("remaining funds", "balance remaining", "available funds", "remaining amount", "total remaining"),
    *("المتبقي", "الباقي", "الرصيد", "المبلغ المتبقي", "剩余", "余额", "剩余金额"),
)
DAYS = (  # of the column that says for which day a row holds, the best first
    *("as at", "as of", "balance date", "date of balance", "as at date", "on", "date", "day"),
    *("التاريخ", "اليوم", "日期", "截至"),
)
COMMON = frozenset(("support", "supports", "and", "the", "of", "with", "building", "capacity"))
ALIKE, SHORT = 60, 90  # percent of a part's name that a row must say; one that says nothing else is nearly as good


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, how it names the part, what is left, and on which day where it says one.

    ``odd`` where one of these cannot be read.
    """

    number: int
    name: str
    left: Money | None
    odd: Words | None
    part: str | None  # key of a component; None where nothing fits for sure
    on: date | None = None


@dataclass(frozen=True)
class BalanceList:
    """A list as it is understood; ``name`` and ``left`` are places of columns from 0, None where none is known."""

    titles: tuple[str, ...]
    name: int | None
    left: int | None
    rows: tuple[Row, ...]


def cells_of(content: bytes) -> list[list[str]]:
    """The rows of a file, the sheet that looks most like a list of balances; Unusable where it is no list."""
    found = tables(content, LISTS)
    best = max(found, key=lambda one: (_header(one.rows)[0] > 0, len(one.rows)), default=Table("", []))
    if not any(text.strip() for row in best.rows for text in row):
        raise Unusable(LISTS.empty)
    return [[tidy(text)[:LONGEST] for text in row[:MOST_COLUMNS]] for row in best.rows[:MOST_ROWS]]


def understand(
    rows: Sequence[Sequence[str]], told: tuple[int | None, int | None] | None, parts: Sequence[Component]
) -> BalanceList:
    """What a list says; ``told`` are the two columns as a person said them, which count before any name."""
    header, name, left = _header(rows)
    header = header or _unknown_names(rows)
    if told is not None:
        name, left = told
    width = max((len(row) for row in rows), default=0)
    titles = rows[header - 1] if header else ()
    named = tuple(titles[place] if place < len(titles) else "" for place in range(width))
    if name is None or left is None:
        return BalanceList(named, name, left, ())
    day = _place(titles, DAYS)
    found = (_row(number, row, (name, left, day), parts) for number, row in enumerate(rows[header:], header + 1))
    return BalanceList(named, name, left, tuple(one for one in found if one is not None))


def _row(
    number: int, row: Sequence[str], places: tuple[int, int, int | None], parts: Sequence[Component]
) -> Row | None:
    """One row; None for a total, a remark, and what says no amount."""
    called, written, day = (row[at] if at is not None and at < len(row) else "" for at in places)
    if not called or not written or any(asides.total([text for text in row if text])):
        return None
    found = Row(number, called, None, None, part_of(called, parts))
    try:
        if said := cells.days(day):  # open numbers as people here write them: the day first
            found = replace(found, on=said.ordered("dmy", day)[0])
        return replace(found, left=cells.money(written))
    except Odd as odd:
        return replace(found, odd=odd.message)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, int | None, int | None]:
    """The row of the names, from 1, and the two columns; 0 and None where no row names them."""
    for number, row in enumerate(rows[:HEADER_WITHIN], 1):
        name, left = _place(row, NAMES), _place(row, LEFTS)
        if name is not None and left is not None:
            return number, name, left
    return 0, None, None


def _unknown_names(rows: Sequence[Sequence[str]]) -> int:
    """The row, from 1, that holds names we do not know: the first that is filled, where it says no number."""
    for number, row in enumerate(rows[:HEADER_WITHIN], 1):
        if sum(map(bool, row)) > 1:
            return 0 if any(letter.isdigit() for text in row for letter in text) else number
    return 0


def _place(row: Sequence[str], known: Sequence[str]) -> int | None:
    ranked: Mapping[str, int] = {squeezed(one): rank for rank, one in enumerate(known)}
    plain_ones = [squeezed(text.partition("(")[0] or text) for text in row]
    found = [(ranked[text], place) for place, text in enumerate(plain_ones) if text in ranked]
    return min(found)[1] if found else None


def part_of(called: str, parts: Sequence[Component]) -> str | None:
    """The one part that a row must mean: by its name, or by the number of a support category before it."""
    number = re.match(r"(\d{1,2})\b", called)
    if number and len(by := [one.key for one in parts if number[1].zfill(2) in one.categories]) == 1:
        return by[0]
    said = _words(called)
    scored = sorted(((_score(said, one), one.key) for one in parts), reverse=True)
    if not scored or scored[0][0] < ALIKE or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][1]


def _score(said: frozenset[str], part: Component) -> int:
    """How much of a part's name is said, in percent, in the language in which most is; a short name is enough."""
    names = {part.name if isinstance(part.name, str) else str(plain(part.name))}
    if not isinstance(part.name, str):
        names.add(part.name.text)
    return max(
        SHORT if said and said <= wanted else len(said & wanted) * 100 // len(wanted)
        for wanted in map(_words, names)
        if wanted
    )


def _words(text: str) -> frozenset[str]:
    found = frozenset(re.findall(r"\w+", text.casefold()))
    return found - COMMON or found
