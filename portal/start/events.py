"""What can happen at the beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class BegunByOneself(Event):
    kind: ClassVar[str] = "start.begun"

    def words(self, name: Resolve) -> Words:
        return words("Began to use Coplan and kept the funding letter.")


@dataclass(frozen=True, kw_only=True)
class BegunForSomeone(Event):
    """Somebody made the record of another person, who has not confirmed it yet."""

    kind: ClassVar[str] = "start.begun_for_someone"

    def words(self, name: Resolve) -> Words:
        return words("Began this record for you. What they may see is yours to confirm.")


@dataclass(frozen=True, kw_only=True)
class ToldConfirmed(Event):
    """The person says that what a helper told about them is right."""

    kind: ClassVar[str] = "start.told_confirmed"

    def words(self, name: Resolve) -> Words:
        return words("Said that what was told for them is right.")
