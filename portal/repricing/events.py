"""What can happen when a price list is held against the plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.money import Money
from budgeting.words import Words, nwords, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class RepricingAsked(Event):
    kind: ClassVar[str] = "repricing.asked"
    since: date

    def words(self, name: Resolve) -> Words:
        return words("Had every plan in force counted again with the prices from {day}.", day=self.since)


@dataclass(frozen=True, kw_only=True)
class RepricingWentOn(Event):
    """Some more plans were counted again; the last time says that it is done."""

    kind: ClassVar[str] = "repricing.went_on"
    since: date
    looked: int

    def words(self, name: Resolve) -> Words:
        return nwords(
            "Counted {n} plan again with the prices from {day}.",
            "Counted {n} plans again with the prices from {day}.",
            self.looked,
            day=self.since,
        )


@dataclass(frozen=True, kw_only=True)
class PlanRepriced(Event):
    """The plan itself did not change."""

    kind: ClassVar[str] = "repricing.plan"
    since: date
    before: Money
    after: Money

    def words(self, name: Resolve) -> Words:
        return words(
            "Counted the plan again with the prices from {day}: {after} instead of {before}. The plan stays as it is.",
            day=self.since,
            before=self.before,
            after=self.after,
        )


@dataclass(frozen=True, kw_only=True)
class LetterWritten(Event):
    kind: ClassVar[str] = "repricing.letter_written"
    since: date

    def words(self, name: Resolve) -> Words:
        return words("Added words to the letter about the prices from {day}.", day=self.since)


@dataclass(frozen=True, kw_only=True)
class LetterGiven(Event):
    kind: ClassVar[str] = "repricing.letter_given"
    since: date

    def words(self, name: Resolve) -> Words:
        return words("Gave the letter about the prices from {day}.", day=self.since)


@dataclass(frozen=True, kw_only=True)
class ChangeDrafted(Event):
    kind: ClassVar[str] = "repricing.change_drafted"
    since: date

    def words(self, name: Resolve) -> Words:
        return words("Began a change because of the prices from {day}. Nobody is asked yet.", day=self.since)


@dataclass(frozen=True, kw_only=True)
class Settled(Event):
    kind: ClassVar[str] = "repricing.settled"
    since: date

    def words(self, name: Resolve) -> Words:
        return words("Said that the prices from {day} need nothing more.", day=self.since)
