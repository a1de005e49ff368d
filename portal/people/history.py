"""How history names things and what each event is about: each slice says its part, the history page reads them.

Events keep ids. A slice registers, in its ``queries.py``, how to name its records by id, where the reader may see them:

    @history.naming
    def lines(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
        rows = work.session.execute(limit(select(Line.id, Line.name), work, Line).where(Line.id.in_(ids)))
        return {row.id: Name(row.name) for row in rows}

and, if not already in ``ABOUT``, which part of the record its events belong to:

    history.about("care.", Resource.STORY)          # every event whose kind begins with "care."
    history.about("care.note_read", Resource.SAFETY)  # one kind; the longest match wins

A reader of a history sees an event only when they may read the part it is about. Events without a part are not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from budgeting.words import Name
from portal.access.table import Resource
from portal.journal import KINDS
from portal.work import Work

Naming = Callable[[Work, Collection[UUID]], Mapping[UUID, Name]]

_NAMINGS: list[Naming] = []
ABOUT: dict[str, Resource] = {
    "people.": Resource.CIRCLE,
    "goals.": Resource.STORY,
    "proposals.": Resource.DRAFT,
    "plans.": Resource.PLAN,
    "agreements.": Resource.AGREEMENT,
    "funding.": Resource.BUDGET,
    "start.": Resource.BUDGET,
    "payments.": Resource.PAYMENT,
}  # the beginning of a kind -> the part of the record it is about


def naming(name: Naming) -> Naming:
    """Register how a slice names its records: of any ids asked, answer those that are yours and visible."""
    _NAMINGS.append(name)
    return name


def about(beginning: str, resource: Resource) -> None:
    """Say which part of the record the events with this beginning of their kind belong to."""
    ABOUT[beginning] = resource


def part_of(kind: str) -> Resource | None:
    """The part of the record an event of this kind is about; None when nobody said (then nobody is shown it)."""
    fitting = [beginning for beginning in ABOUT if kind.startswith(beginning)]
    return ABOUT[max(fitting, key=len)] if fitting else None


def kinds_about(parts: Collection[Resource]) -> list[str]:
    """The kinds of event someone may read who may read these parts; private ones never."""
    return sorted(name for name, kind in KINDS.items() if not kind.private and part_of(name) in parts)


def names(work: Work, ids: Collection[UUID]) -> Mapping[UUID, Name]:
    """What the reader may call these records; ids that are missing are not theirs to see."""
    found: dict[UUID, Name] = {}
    for name in _NAMINGS:
        if left := set(ids) - found.keys():
            found.update(name(work, left))
    return found
