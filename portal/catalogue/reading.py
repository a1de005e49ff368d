"""Reading a published price list: columns by their names, rows into support items, and everything odd reported at once.

The layouts are those of the NDIS Support Catalogue 2025-26 (eight state columns) and 2026-27 (one national column).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from budgeting.catalogue import SupportItem
from budgeting.money import Money
from budgeting.words import Name, Words, words
from portal.catalogue import cells
from portal.catalogue.expected import MOST_ROWS, TITLE_ROWS, Table, too_many_rows
from portal.catalogue.problem import Odd, Problem, Unusable
from portal.catalogue.spreadsheet import tables

MOST_PROBLEMS = 20_000

FIELDS: Mapping[str, tuple[str, Callable[[str], Any]]] = {  # field -> the column's name as published, and its reader
    "number": ("Support Item Number", cells.item_number),
    "name": ("Support Item Name", cells.name),
    "group": ("Registration Group Number", cells.group),
    "category": ("Support Category Number", cells.category),
    "pace_category": ("Support Category Number (PACE)", cells.category),
    "unit": ("Unit", cells.unit),
    "quote": ("Quote", cells.quoted),
    "starts": ("Start date", cells.first_day),
    "ends": ("End Date", cells.day),
    "type": ("Type", cells.kind),
}
FLAGS = {
    "non_face_to_face": "Non-Face-to-Face Support Provision",
    "travel": "Provider Travel",
    "cancellation": "Short Notice Cancellations",
    "reports": "NDIA Requested Reports",
    "irregular_sil": "Irregular SIL Supports",
}
STATES = {state: state for state in ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")}
NATIONAL = {"national": "National"}
REMOTE = {"remote": "Remote", "very_remote": "Very Remote"}
ALSO = {"national non-remote": "national", "national remote": "remote", "national very remote": "very remote"}
REQUIRED = {**{field: title for field, (title, _) in FIELDS.items()}, **FLAGS, **REMOTE}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: its rows, or everything that must be put right first. One of the two is empty."""

    rows: tuple[SupportItem, ...]
    errors: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the column names stand, and which column each of ours is: title -> position."""

    row: int
    columns: Mapping[str, int]
    titles: Sequence[str]
    problems: tuple[Problem, ...]


def read_catalogue(name: str, content: bytes) -> Reading:
    """The support items of a CSV or XLSX file, judged by its content and not by its name.

    Never raises for what a file says: every problem comes back, with its row and column. Rows are only returned when
    there is no problem at all.
    """
    try:
        table, header = _catalogue_of(tables(content))
    except Unusable as refusal:
        return Reading((), (refusal.problem,))
    if header.problems:
        return Reading((), header.problems)
    items: list[tuple[int, SupportItem]] = []
    problems: list[Problem] = []
    for row, texts in enumerate(table.rows[header.row :], header.row + 1):
        if not any(text.strip() for text in texts):
            continue
        if len(items) >= MOST_ROWS:
            return Reading((), (too_many_rows(row).problem,))
        if len(problems) >= MOST_PROBLEMS:
            problems.append(Problem(row, "", words("Too much needs putting right, so we stopped reading here.")))
            break
        item = _item(row, texts, header, problems)
        if item is not None:
            items.append((row, item))
    problems.extend(_clashes(items))
    if not items and not problems:
        message = words("This file has column names and no rows below them. Download the catalogue again.")
        problems.append(Problem(header.row + 1, "", message))
    if problems:
        return Reading((), tuple(sorted(problems, key=lambda problem: problem.row)))
    return Reading(tuple(item for _, item in items), ())


def _catalogue_of(found: Sequence[Table]) -> tuple[Table, _Header]:
    """The sheet with the column names; of several the one called current, and a legacy one only when alone."""
    headed = [(table, header) for table in found if (header := _header(table)) is not None]
    if not headed:
        raise Unusable(
            words(
                "This file lacks the column names of a support catalogue, such as {first} and {second}. "
                "Choose the catalogue as published.",
                first=Name(REQUIRED["number"]),
                second=Name(REQUIRED["starts"]),
            )
        )

    def preference(candidate: tuple[Table, _Header]) -> tuple[bool, bool, int]:
        title = cells.folded(candidate[0].name)
        return "legacy" in title, "current" not in title, len(candidate[1].problems)

    return min(headed, key=preference)


def _header(table: Table) -> _Header | None:
    """The first row that holds at least half of the column names, or None."""
    wanted = {_title(title) for title in REQUIRED.values()}
    for row, texts in enumerate(table.rows[:TITLE_ROWS], 1):
        titles = [_title(text) for text in texts]
        if len(wanted.intersection(titles)) * 2 >= len(wanted):
            counts = Counter(title for title in titles if title)
            places = {title: position for position, title in reversed(list(enumerate(titles))) if title}
            shown = [cells.tidy(text) for text in texts]
            return _Header(row, places, shown, tuple(_header_problems(row, counts)))
    return None


def _header_problems(row: int, counts: Counter[str]) -> Iterator[Problem]:
    needed = list(REQUIRED.values())
    if not counts[_title("National")]:
        states = [state for state in STATES if not counts[_title(state)]]
        needed += NATIONAL.values() if len(states) == len(STATES) else states
    for title in needed:
        if not counts[_title(title)]:
            message = words("The column {column} is missing. Download the whole catalogue again.", column=Name(title))
            yield Problem(row, title, message)
    for title in (*needed, *STATES, *NATIONAL.values()):
        if counts[_title(title)] > 1:
            message = words("There are two columns called {column}. Keep the right one.", column=Name(title))
            yield Problem(row, title, message)


@lru_cache(maxsize=500)
def _title(text: str) -> str:
    title = cells.folded(text).rstrip(".: ")
    return ALSO.get(title, title)


def _item(row: int, texts: Sequence[str], header: _Header, problems: list[Problem]) -> SupportItem | None:
    """One row as a support item; None when a cell is odd, with every odd cell added to the problems."""
    before = len(problems)
    if len(texts) < len(header.titles):
        message = words("This row stops here: the file seems to be cut off. Download it again.")
        problems.append(Problem(row, header.titles[len(texts)], message))
        return None

    def cell(title: str, reader: Callable[[str], Any]) -> Any:
        position = header.columns[_title(title)]
        try:
            return reader(texts[position])
        except Odd as odd:
            problems.append(Problem(row, header.titles[position], odd.message))
            return None

    values = {field: cell(title, reader) for field, (title, reader) in FIELDS.items()}
    flags = {key: cell(title, cells.flag) for key, title in FLAGS.items()}
    known = {zone: title for zone, title in {**NATIONAL, **STATES, **REMOTE}.items() if _title(title) in header.columns}
    limits = {zone: cell(title, cells.limit) for zone, title in known.items()}
    if len(problems) == before and values["ends"] < values["starts"]:
        problems.append(Problem(row, FIELDS["ends"][0], words("The last day is before the first day.")))
    if len(problems) > before:
        return None
    return SupportItem(limits=_zones(limits), flags=flags, **values)


def _zones(limits: Mapping[str, Money | None]) -> dict[str, Money | None]:
    """National, remote and very remote, and a state only where it differs; national is what most states have."""
    states = {zone: limit for zone, limit in limits.items() if zone in STATES}
    national = limits["national"] if "national" in limits else Counter(states.values()).most_common(1)[0][0]
    zones = {"national": national, "remote": limits["remote"], "very_remote": limits["very_remote"]}
    return zones | {state: limit for state, limit in states.items() if limit != national}


def _clashes(items: Sequence[tuple[int, SupportItem]]) -> Iterator[Problem]:
    """Two rows of one support on the same day would mean two prices."""
    rows: dict[str, list[tuple[int, SupportItem]]] = {}
    for row, item in items:
        rows.setdefault(item.number, []).append((row, item))
    for several in rows.values():
        several.sort(key=lambda entry: (entry[1].starts, entry[0]))
        for (first, earlier), (row, later) in pairwise(several):
            if later.starts <= earlier.ends:
                yield Problem(row, FIELDS["starts"][0], _clash(first, earlier, later))


def _clash(row: int, earlier: SupportItem, later: SupportItem) -> Words:
    if earlier.starts == later.starts:
        return words("Row {row} has the same support with the same start date. Keep one of the two.", row=row)
    return words("Row {row} has the same support on some of these days, so its price would not be clear.", row=row)
