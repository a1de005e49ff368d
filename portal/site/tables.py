"""Tables of typed values: one on the page, on paper and in a file, always with the same facts.

A page puts a ``Table`` (or a list of them) into the values of its ``View``; its template shows it by ``data_table`` of
macros/tables.html. The same address then answers ``?table=KEY&as=csv`` or ``&as=xlsx`` with the file, under the same
access rule: serve.py finds the table in the values of the view, wherever it lies in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from budgeting.explain import Figure
from budgeting.explain.together import Grounds, grounds
from budgeting.words import Name, Value, Words
from portal.language import current, plain
from portal.site.page import File
from portal.site.tablefiles import CSV, XLSX, Sheet, csv_file, xlsx_file

KINDS: Mapping[str, tuple[Callable[[Sheet], bytes], str]] = {"csv": (csv_file, CSV), "xlsx": (xlsx_file, XLSX)}
KEY = re.compile(r"[a-z][a-z0-9-]{0,60}")
DEEP = 6  # how far down in the values of a view a table is looked for
NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u2066-\u2069/\\:*?\"<>|]+")


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; ``numeric`` ones are set flush, ``wide`` ones have room for bars or forms.

    ``sorts`` is where the table is shown sorted by it, ``sorted`` that it is.
    """

    label: Words
    numeric: bool = False
    wide: bool = False
    sorts: str = ""
    sorted: bool = False

    @property
    def cls(self) -> str:
        """Its class in the table."""
        return "num" if self.numeric else "wide" if self.wide else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with what only the page shows around it. The file holds the value alone.

    ``shown`` takes the place of the value; ``badge`` is the kind of a badge around it; ``figure`` explains it.
    """

    value: Value | None
    href: str | None = None
    note: Value | None = None
    badge: str | None = None
    shown: Markup | None = None
    figure: Figure | None = None


#: None is what is not known yet, which is never shown as zero; "" is an empty cell; a Figure explains itself.
Content = Value | Cell | Figure | None

ONE_PIECE = 24  # characters that fit into a column without a break


def in_one_piece(number: str) -> Content:
    """A number such as that of an invoice, which does not break at its hyphens unless it is long."""
    if not 0 < len(number) <= ONE_PIECE:
        return Name(number) if number else ""
    return Cell(Name(number), shown=Markup('<bdi class="whole">{}</bdi>').format(number))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``key`` names it in addresses and as an id, the first cell of each row is the heading of the row.

    ``foot`` is a row of totals; ``everything`` holds all rows for the file, where the page shows only some of them,
    or makes them once the file is asked for.
    A row with more or fewer cells than there are columns is a ValueError.
    """

    key: str
    caption: Words
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Content]]
    foot: Sequence[Content] | None = None
    show_caption: bool = True
    everything: Sequence[Sequence[Content]] | Callable[[], Sequence[Sequence[Content]]] | None = None

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError("the key of a table is small letters, digits and hyphens")
        more = () if callable(self.everything) else self.everything or ()
        self._must_fit((*self.rows, *more, *([self.foot] if self.foot else ())))

    def _must_fit(self, rows: Iterable[Sequence[Content]]) -> None:
        for row in rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.key}: a row has {len(row)} cells for {len(self.columns)} columns")

    def whole(self) -> Sequence[Sequence[Content]]:
        """Every row, also those that the page does not show."""
        if not callable(self.everything):
            return self.rows if self.everything is None else self.everything
        made = self.everything()
        self._must_fit(made)
        return made

    @property
    def heads(self) -> tuple[tuple[Markup | str, str], ...]:
        """The heads as the macro of tables takes them: text in the reader's language, and class."""
        return tuple((plain(one.label), one.cls) for one in self.columns)

    @property
    def cells(self) -> list[list[Cell]]:
        """The rows, each cell made whole for the page."""
        return [[whole(one) for one in row] for row in self.rows]

    @property
    def explained(self) -> list[tuple[Cell, Column, Figure]]:
        """Every figure with the headings of its row and column: on paper they are explained below the table."""
        rows = [*self.cells, *([self.foot_cells] if self.foot_cells else [])]
        found = [(row[0], column, one.figure) for row in rows for column, one in zip(self.columns, row, strict=True)]
        return [(head, column, figure) for head, column, figure in found if figure]

    @property
    def grounds(self) -> Grounds:
        """What the figures of this table rest on, each thing once."""
        return grounds(figure for _, _, figure in self.explained)

    @property
    def foot_cells(self) -> list[Cell] | None:
        """The row of totals, made whole for the page."""
        return [whole(one) for one in self.foot] if self.foot else None


@dataclass(frozen=True, slots=True)
class Later:
    """A table that is made only when its file is asked for: for what a page already shows in a way of its own."""

    key: str
    caption: Words
    make: Callable[[], Table]


def whole(content: Content) -> Cell:
    """A cell of any content."""
    if isinstance(content, Cell):
        return content
    if isinstance(content, Figure):
        return Cell(content.value, figure=content)
    return Cell(content)


def file(table: Table, kind: str, day: date, mark: Words | None = None) -> File:
    """The table as a file in the reader's language, named after what it holds and the day; KeyError for another kind.

    Days are ISO, money and numbers are plain decimal numbers, a time is hours and minutes. Text that a spreadsheet
    could take for a formula is made harmless. ``mark`` stands below everything.
    """
    language = current.get()
    rows = [[whole(one).value for one in row] for row in table.whole()]
    foot = [one.value for one in table.foot_cells] if table.foot_cells else None
    caption = plain(table.caption)
    heads = [plain(one.label) for one in table.columns]
    sheet = Sheet(caption, heads, rows, foot, language.rtl, plain(mark) if mark else None)
    name = f"{' '.join(NOT_IN_NAMES.sub(' ', caption).split())[:80]} {day.isoformat()}.{kind}"
    content, media_type = KINDS[kind]
    return File(name, content(sheet), media_type)


def find(values: Mapping[str, Any], key: str) -> Table | None:
    """The table of this key among the values of a view: by itself, in lists, mappings, or in what holds one."""
    found = next((one for one in _all(values, DEEP) if one.key == key), None)
    return found.make() if isinstance(found, Later) else found


def _all(value: Any, deep: int) -> Iterator[Table | Later]:
    if isinstance(value, Table | Later):
        yield value
    elif deep and isinstance(value, Mapping):
        yield from _each(value.values(), deep)
    elif deep and isinstance(value, list | tuple):
        yield from _each(value, deep)
    elif deep and is_dataclass(value) and not isinstance(value, type):
        yield from _each((getattr(value, one.name) for one in fields(value) if _may_hold(one.type)), deep)


def _may_hold(annotation: Any) -> bool:
    """Whether a field of a dataclass says that it holds tables or pictures."""
    return "Table" in str(annotation) or "Picture" in str(annotation)


def _each(values: Iterable[Any], deep: int) -> Iterator[Table | Later]:
    for one in values:
        yield from _all(one, deep - 1)
