"""The rows of the budget sheet: the template writes the shape of a row once, and every line fills it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple
from uuid import UUID

from markupsafe import Markup

from portal.language import Places, filled
from portal.proposals.cards import SheetSuggestion


class SheetLine(NamedTuple):
    """One row of the sheet: ``places`` are filled into the shape of a row, the rest says which pieces it has."""

    id: UUID
    form_id: str
    address: str
    version: int
    places: Places  #: by the names of the places in the shape
    fields: str  #: weekly, units or later: which fields can be typed into the sheet
    undoable: bool
    edited_by: str
    when: Markup
    parts: Sequence[Places]  #: kind of day, how often or how much, amount
    notes: Sequence[Places]
    comments: int
    disputed: bool
    suggestions: Sequence[SheetSuggestion]


class Shapes:
    """What the template wrote once for all rows: a row, and the pieces that only some rows have."""

    def __init__(self, pieces: Mapping[str, Markup], undone: str = "", has: Set[str] = frozenset()) -> None:
        self.pieces = pieces
        self.part, self.note = str(pieces["part"]), str(pieces["note"])
        self.key = secrets.token_urlsafe(16)  #: each row adds its own to it: one key for each form
        self.undone = undone  #: address of the row whose button has just gone: its price takes the focus
        self.has = has  #: marks of the rows that the browser shows already
        self._rows: dict[tuple[object, ...], str] = {}

    def row(self, row: SheetLine, refused: bool) -> str:
        """The shape of a row with the pieces that this row has; rows alike share one."""
        places = row.places
        hours, share = places["hours"] != "", places["share"] != ""
        focus = row.address == self.undone
        kind = (row.fields, row.undoable, refused, bool(row.parts), bool(row.notes), hours, share, focus)
        known = self._rows.get(kind)
        if known is None:
            known = self._rows[kind] = str(self._put_together(*kind))
        return known

    def _put_together(
        self, fields: str, undo: bool, refused: bool, parts: bool, notes: bool, hours: bool, share: bool, focus: bool
    ) -> Markup:
        present = {"parts": parts, "notes": notes, "hours": hours, "share": share, "share_why": share}
        shape = self.pieces["row"]
        for name, there in present.items():
            shape = shape.replace(f"[{name}]", self.pieces[name] if there else Markup())
        return shape.replace("[form]", Markup("{form}") if refused else self.form(fields, undo, focus))

    def form(self, fields: str, undo: bool, focus: bool) -> Markup:
        """The small form of a row; empty where the sheet cannot be edited."""
        return self.pieces["form"].replace("[typing]", self.typing(fields, undo, focus))

    def typing(self, fields: str, undo: bool, focus: bool = False) -> Markup:
        """The fields inside that form."""
        typing = self.pieces["typing"].replace("[fields]", self.pieces[fields])
        typing = typing.replace("[focus]", Markup(" data-focus") if focus else Markup())
        return typing.replace("[undo]", self.pieces["undo"] if undo else Markup())


def laid_out(shapes: Shapes, row: SheetLine, refused: Markup, said: Markup, more: Markup) -> Markup:
    """One row of the sheet: the shape that the template wrote once, filled.

    ``refused``, ``said`` and ``more`` are what few rows have, written by the template itself: a form with what was
    wrong in it, what people said, suggestions. A row that the browser shows already, as its mark tells, is only named:
    the old phone of somebody who changes one line need not fetch forty. ``more`` has keys of its own, so it comes anew.
    """
    shape = shapes.row(row, bool(refused))
    places = {
        **row.places,
        "form": refused,
        "said": said,
        "more": more,
        "parts": "".join([filled(shapes.part, one) for one in row.parts]),
        "notes": "".join([filled(shapes.note, one) for one in row.notes]) if row.notes else "",
    }
    mark = f"{hash((shape, *places.values())) & 0xFFFFFFFFFF:x}"
    if mark in shapes.has:
        return Markup('<tr id="line-{}" data-same></tr>').format(row.places["id"])
    places |= {"key": f"{shapes.key}-{row.form_id}", "mark": mark}
    return filled(shape, places)  # every place is markup, or a key or mark of our own


def typed_again(shapes: Shapes, row: SheetLine, typed: Mapping[str, object]) -> Markup:
    """The fields of a row whose form was refused, with what was typed in place."""
    return filled(shapes.typing(row.fields, row.undoable), row.places.also(**typed))
