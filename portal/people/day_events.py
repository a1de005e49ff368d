"""What can happen to a day by which something was due; each slice gives it the kind that says who may read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class DayNoted(Event):
    """What was due by a day is done."""

    due: date
    on: date
    provider_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.provider_id is None:
            return words("What was due by {day} is done.", day=self.due)
        provider = name(self.provider_id)
        return words("What was due by {day} with {provider} is done.", day=self.due, provider=provider)


@dataclass(frozen=True, kw_only=True)
class DayOpenAgain(Event):
    """It was not done after all."""

    due: date
    provider_id: UUID | None = None

    def words(self, name: Resolve) -> Words:
        if self.provider_id is None:
            return words("What was due by {day} is to be done after all.", day=self.due)
        provider = name(self.provider_id)
        return words("What was due by {day} with {provider} is to be done after all.", day=self.due, provider=provider)
