"""Changes that another part of the portal suggests: they are drafted for somebody, and nobody is asked by that.

A slice above this one registers what it suggests under a name, and then asks for it by a job:

    @drafts.source("repricing")
    def from_prices(work: Work, about: UUID) -> Suggested | None: ...

    work.later("changes.draft_from", source="repricing", about=row.id, request_id=uuid4(), account_id=work.account_id)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.changes.edits import Edit
from portal.work import Work


@dataclass(frozen=True)
class Suggested:
    """A change to draft: whose plan, why in words somebody can edit, from which day, and which lines say what."""

    client_id: UUID
    reason: str
    effective: date
    edits: tuple[Edit, ...] = ()
    because: tuple[str, UUID] | None = None  #: kind and id of what it comes from, as in causes.py


Source = Callable[[Work, UUID], Suggested | None]
SOURCES: dict[str, Source] = {}


def source(name: str) -> Callable[[Source], Source]:
    """Register who suggests changes under a name; the name is stored with the job and never changes."""

    def register(tell: Source) -> Source:
        SOURCES[name] = tell
        return tell

    return register
