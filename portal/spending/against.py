"""What speaks against an entry, as slices know it that keep what happened: visits to which nobody came.

    @against.told
    def nobody_came(work: Work, client: Client) -> Iterable[tuple[UUID, date, time]]: ...

Each is the line of the plan, the day and the beginning of a visit, as far as the reader may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from uuid import UUID

from portal.people.model import Client
from portal.work import Work

Tell = Callable[[Work, Client], Iterable[tuple[UUID, date, time]]]
_TELL: list[Tell] = []


def told(tell: Tell) -> Tell:
    """Register who knows of visits that were not made."""
    _TELL.append(tell)
    return tell


def not_made(work: Work, client: Client) -> frozenset[tuple[str, date, time]]:
    """The visits to which nobody came, by the id of their line as text, their day and their beginning."""
    return frozenset((str(line), day, begins) for tell in _TELL for line, day, begins in tell(work, client))
