"""What can happen to the secret addresses of calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class FeedMade(Event):
    kind: ClassVar[str] = "plans.feed_made"

    def words(self, name: Resolve) -> Words:
        return words("Made a secret address that shows the visits in a calendar.")


@dataclass(frozen=True, kw_only=True)
class FeedEnded(Event):
    kind: ClassVar[str] = "plans.feed_ended"

    def words(self, name: Resolve) -> Words:
        return words("Ended a secret address that showed the visits in a calendar.")
