"""What was understood of a file, kept until somebody has looked at it: columns, rows, and what was left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from enum import Enum
from typing import Any
from uuid import UUID

from budgeting.money import Money
from budgeting.package import Management
from budgeting.programs.ndis.claims import GstCode
from budgeting.spending import ClaimType
from budgeting.spending.checks import Setting
from budgeting.spending.marks import mark, squeezed
from portal.spending.columns import Column, Layout, Role
from portal.spending.model import Told
from portal.spending.reading import Left, Reading, ReadRow

_FIELDS = tuple(one.name for one in fields(Told))
_READ = frozenset(one.name for one in fields(ReadRow))
_TYPES: Mapping[str, Any] = {
    **dict.fromkeys(("first", "last", "invoice_date"), date.fromisoformat),
    **dict.fromkeys(("amount", "unit_price", "contribution"), Money),
    **dict.fromkeys(("provider_id", "line_id"), UUID),
    "begins": time.fromisoformat,
    "gst": GstCode,
    "claim_type": ClaimType,
    "management": Management,
}


@dataclass(frozen=True)
class FileRow:
    """One row on its way in: its place in the file, what it says, and its marks.

    ``number`` is 2 for the second row of a file that says the same as one before it, and so on.
    """

    row: int
    told: Told
    mark: str
    number: int
    worked_out: bool


@dataclass(frozen=True)
class Understood:
    """A file as it is understood."""

    layout: Layout | None
    rows: tuple[FileRow, ...]
    left_out: tuple[tuple[int, Left], ...]
    order: str
    unsure: bool
    example: str
    said: Money | None


def told_of(read: ReadRow, at: Setting, providers: Mapping[str, UUID]) -> Told:
    """What a row says; a unit that the file does not say is that of the support item, else items.

    ``providers`` holds organisations by their name or business number, as ``squeezed`` writes them.
    """
    item = at.editions.row(read.item, read.first) if read.item else None
    unit = read.unit or (item.item.unit if item else "") or "E"
    known = (providers.get(squeezed(read.abn)) if read.abn else None) or providers.get(squeezed(read.provider))
    shared = {name: getattr(read, name) for name in _FIELDS if name in _READ}
    return Told(**{**shared, "unit": unit}, provider_id=known, provider_name="" if known else read.provider)


def pack(found: Understood) -> str:
    """As text to keep."""
    columns = found.layout.columns if found.layout else ()
    return json.dumps(
        {
            "header": found.layout.header if found.layout else None,
            "columns": [[one.position, one.title, one.role, one.samples] for one in columns],
            "rows": [[one.row, one.mark, one.number, one.worked_out, _plain(one.told)] for one in found.rows],
            "left": found.left_out,
            "order": found.order,
            "unsure": found.unsure,
            "example": found.example,
            "said": found.said.minor if found.said else None,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpack(text: str) -> Understood:
    """What ``pack`` kept."""
    data = json.loads(text)
    columns = tuple(
        Column(place, title, Role(role) if role else None, tuple(samples))
        for place, title, role, samples in data["columns"]
    )
    return Understood(
        None if data["header"] is None else Layout(data["header"], columns),
        tuple(FileRow(row, _told(told), mark_, number, out) for row, mark_, number, out, told in data["rows"]),
        tuple((row, Left(why)) for row, why in data["left"]),
        data["order"],
        data["unsure"],
        data["example"],
        None if data["said"] is None else Money(data["said"]),
    )


def understood(reading: Reading, told: Sequence[Told]) -> Understood:
    """A reading with what each row was found to belong to, in the order of the rows."""
    seen: dict[str, int] = {}
    rows = []
    for read, one in zip(reading.rows, told, strict=True):
        plain = one.entry()
        first = mark(plain)
        seen[first] = number = seen.get(first, 0) + 1
        rows.append(FileRow(read.row, one, first if number == 1 else mark(plain, number), number, read.worked_out))
    return Understood(
        reading.layout, tuple(rows), reading.left_out, reading.order, reading.unsure, reading.example, reading.said
    )


def _plain(told: Told) -> dict[str, Any]:
    """The fields that say something, as plain values."""
    return {name: _written(value) for name in _FIELDS if (value := getattr(told, name)) not in (None, "")}


def _written(value: Any) -> Any:
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _told(data: Mapping[str, Any]) -> Told:
    return Told(**{name: _TYPES[name](value) if name in _TYPES else value for name, value in data.items()})
