"""What is noted on the pages of home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class Talked(Event):
    """A coordinator and the person talked on this day, wherever that was."""

    kind: ClassVar[str] = "home.talked"

    def words(self, name: Resolve) -> Words:
        return words("Noted that they talked that day.")
