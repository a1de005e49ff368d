"""What can happen to a funding plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.money import Money
from budgeting.words import Words, words
from portal.journal import Event, Resolve
from portal.people import day_events


@dataclass(frozen=True, kw_only=True)
class FundingTyped(Event):
    """A new plan letter was typed in; an earlier plan, if there was one, is now past."""

    kind: ClassVar[str] = "funding.typed"
    starts: date

    def words(self, name: Resolve) -> Words:
        return words("Typed in a funding letter that counts from {starts}.", starts=self.starts)


@dataclass(frozen=True, kw_only=True)
class FundingTakenBack(Event):
    """A letter counts on no day any more; the one before it counts again."""

    kind: ClassVar[str] = "funding.taken_back"
    starts: date

    def words(self, name: Resolve) -> Words:
        return words("Took back the funding letter that counted from {starts}.", starts=self.starts)


@dataclass(frozen=True, kw_only=True)
class FundingChanged(Event):
    """The dates or other facts of the plan as a whole were corrected."""

    kind: ClassVar[str] = "funding.changed"

    def words(self, name: Resolve) -> Words:
        return words("Corrected what the funding letter says.")


@dataclass(frozen=True, kw_only=True)
class PartAdded(Event):
    kind: ClassVar[str] = "funding.part_added"
    component_id: UUID
    amount: Money

    def words(self, name: Resolve) -> Words:
        return words("Added {part} of the funding: {amount}.", part=name(self.component_id), amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class PartChanged(Event):
    kind: ClassVar[str] = "funding.part_changed"
    component_id: UUID
    before: Money
    after: Money

    def words(self, name: Resolve) -> Words:
        part = name(self.component_id)
        if self.before == self.after:
            return words("Changed {part} of the funding; its amount stayed {amount}.", part=part, amount=self.after)
        before, after = self.before, self.after
        return words("Changed {part} of the funding from {before} to {after}.", part=part, before=before, after=after)


@dataclass(frozen=True, kw_only=True)
class PartRemoved(Event):
    kind: ClassVar[str] = "funding.part_removed"
    amount: Money

    def words(self, name: Resolve) -> Words:
        return words("Removed a part of the funding: {amount}.", amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class SpendingNoted(Event):
    """How much was spent up to a day was written down; without a part it is the whole account."""

    kind: ClassVar[str] = "funding.spending_noted"
    component_id: UUID | None = None
    spent: Money
    until: date

    def words(self, name: Resolve) -> Words:
        if self.component_id is None:
            return words("Noted that {spent} was spent up to {until}.", spent=self.spent, until=self.until)
        return words(
            "Noted that {spent} of {part} was spent up to {until}.",
            spent=self.spent,
            part=name(self.component_id),
            until=self.until,
        )


@dataclass(frozen=True, kw_only=True)
class CircumstancesChanged(Event):
    """Income, assets or the household changed on a day; the agency is told by another."""

    kind: ClassVar[str] = "funding.circumstances_changed"
    on: date
    due: date

    def words(self, name: Resolve) -> Words:
        return words("Noted that income, assets or the household changed on {day}.", day=self.on)


@dataclass(frozen=True, kw_only=True)
class ChangeTakenBack(Event):
    """They did not change on that day after all."""

    kind: ClassVar[str] = "funding.change_taken_back"
    on: date

    def words(self, name: Resolve) -> Words:
        return words("Took back that income, assets or the household changed on {day}.", day=self.on)


class DayNoted(day_events.DayNoted):
    kind: ClassVar[str] = "funding.day_noted"


class DayOpenAgain(day_events.DayOpenAgain):
    kind: ClassVar[str] = "funding.day_open_again"
