"""The last day on which a support may be claimed, where a program has one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from budgeting.explain import Source


@dataclass(frozen=True, slots=True)
class ClaimBy:
    """The last day for a claim by the law we read, and ``sooner`` where an announced change would make it earlier."""

    day: date
    source: Source
    sooner: date | None = None
    announced: Source | None = None

    def late(self, on: date) -> bool:
        """Whether it is too late on a day by the law we read."""
        return on > self.day
