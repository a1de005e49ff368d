"""A portal on a calendar that is turned by hand, who is in it, and what they said, for random acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from portal.app import Coplan
from portal.settings import Settings
from portal.work import SYSTEM, Work

MORNING = datetime(2026, 7, 6, 0, 0, tzinfo=UTC)  # ten o'clock in Sydney on a Monday


class Calendar(Coplan):
    """The portal on a calendar that is turned by hand; each unit of work is a second later than the one before."""

    def __init__(self, settings: Settings) -> None:
        self.now = MORNING
        super().__init__(settings)

    @contextmanager
    def open_work(self, actor: Any = SYSTEM) -> Iterator[Work]:
        self.now += timedelta(seconds=1)
        with super().open_work(actor) as work:
            work.now = self.now
            yield work

    @contextmanager
    def open_reading(self, actor: Any = SYSTEM) -> Iterator[Work]:
        with super().open_reading(actor) as work:
            work.now = self.now
            yield work


@dataclass(frozen=True)
class Cast:
    """Whose plan it is, the accounts of everybody around by a short key, and the organisation of those who have one."""

    client_id: UUID
    accounts: Mapping[str, UUID]
    homes: Mapping[str, UUID]
    providers: Sequence[UUID]
    critical: frozenset[UUID]  #: lines that somebody relies on with their body


@dataclass(frozen=True)
class Said:
    """What one party said about one change: the lines it was about, and those it said yes to."""

    asked: frozenset[str]
    yes: frozenset[str]
    apart: bool
    lasting: bool
