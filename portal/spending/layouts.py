"""What people said the columns of a file are, so that a file that is laid out the same way is known again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.spending.columns import Layout, Role, titles
from portal.spending.model import InvoiceImport
from portal.spending.reading import Reading, read_invoices
from portal.work import Work

CALLED = "called"
MOST = 30  # files of a client that are looked at, the newest first

Roles = Mapping[int, Role | None]


@dataclass(frozen=True)
class Said:
    """What somebody said of a file: its columns by their place, how they are called, and how days are written."""

    columns: Roles
    called: tuple[str, ...]
    order: str


def packed(columns: Roles, layout: Layout | None) -> str:
    """What somebody says of the columns of a file, as it is kept with it."""
    kept = {str(place): role.value if role else "" for place, role in columns.items()}
    return json.dumps({**kept, CALLED: titles(layout) if layout else []})


def said(found: InvoiceImport) -> Said:
    """What somebody said of the columns of a file; nothing where it was understood by itself."""
    known = json.loads(found.columns)
    called = tuple(known.pop(CALLED, ()))
    columns = {int(place): Role(role) if role else None for place, role in known.items()}
    return Said(columns, called, found.day_order)


def read_as_before(work: Work, client_id: UUID, content: bytes, reading: Reading, today: date) -> Reading:
    """The same file, read as somebody said of one with the same columns; as it was read, where nobody did."""
    called = tuple(titles(reading.layout)) if reading.layout and reading.layout.header else ()
    if not called:
        return reading
    wanted = select(InvoiceImport).where(InvoiceImport.client_id == client_id, InvoiceImport.columns != "{}")
    newest = wanted.order_by(InvoiceImport.asked_at.desc()).limit(MOST)
    before = map(said, work.session.scalars(unscoped(newest, "names of columns in the client's own files")))
    known = next((one for one in before if one.called == called and one.columns), None)
    if known is None:
        return reading
    again = read_invoices(content, known.columns, "", today)
    return read_invoices(content, known.columns, known.order, today) if again.unsure else again
