"""One page of many rows: which of them the address asks for, and where the others are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from portal.site.page import Asked
from portal.site.tables import Content, Table

PAGE = 50


@dataclass(frozen=True)
class Pager:
    """One page of many rows, and where the others are."""

    rows: Sequence[Any]
    total: int
    pages: Sequence[tuple[int, str, bool]]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class PagedTable:
    """A table with one page of its rows, and where the others are; its file has them all."""

    table: Table
    page: Pager


def asked_for(asked: Asked, key: str = "page") -> int:
    """The number of the page that the address asks for by ``key``; the first one when it names none."""
    typed = asked.query.get(key, "")
    return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def paged(rows: Sequence[Any], asked: Asked, size: int = PAGE, key: str = "page") -> Pager:
    """The page that the address asks for by ``key``; the rest of the query stays as it is."""
    last = max(1, -(-len(rows) // size))
    number = min(asked_for(asked, key), last)

    def address(page: int) -> str:
        return f"{asked.page or asked.path}?{urlencode({**asked.query, key: page})}"

    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    return Pager(
        rows[(number - 1) * size : number * size],
        len(rows),
        [(page, address(page), page == number) for page in near] if last > 1 else [],
        address(number - 1) if number > 1 else None,
        address(number + 1) if number < last else None,
    )


def paged_table(
    table: Table, things: Sequence[Any], row: Callable[[Any], Sequence[Content]], asked: Asked, size: int = PAGE
) -> PagedTable:
    """A table of one row for each thing, of which the address asks for a page by the key of the table."""
    page = paged(things, asked, size, table.key)
    shown = replace(table, rows=[row(one) for one in page.rows], everything=lambda: [row(one) for one in things])
    return PagedTable(shown, page)
