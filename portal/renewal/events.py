"""What can happen while a new plan letter is typed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class RenewalBegun(Event):
    kind: ClassVar[str] = "renewal.begun"

    def words(self, name: Resolve) -> Words:
        return words("Began to type in the letter of a new plan. Nothing changes by that yet.")


@dataclass(frozen=True, kw_only=True)
class RenewalEdited(Event):
    kind: ClassVar[str] = "renewal.edited"

    def words(self, name: Resolve) -> Words:
        return words("Went on typing in the letter of a new plan.")


@dataclass(frozen=True, kw_only=True)
class RenewalThrownAway(Event):
    kind: ClassVar[str] = "renewal.thrown_away"

    def words(self, name: Resolve) -> Words:
        return words("Threw away what was typed of a new plan. Nothing has changed.")


@dataclass(frozen=True, kw_only=True)
class RenewalTaken(Event):
    """The new letter counts now, and the week went on into a draft."""

    kind: ClassVar[str] = "renewal.taken"
    starts: date
    lines: int

    def words(self, name: Resolve) -> Words:
        return words(
            "Took over the new plan from {day}, with {number} supports carried over into a draft.",
            day=self.starts,
            number=self.lines,
        )


@dataclass(frozen=True, kw_only=True)
class RenewalReopened(Event):
    """Its funding letter was taken back."""

    kind: ClassVar[str] = "renewal.reopened"

    def words(self, name: Resolve) -> Words:
        return words("What was typed in of the new plan is there again to go on with.")
