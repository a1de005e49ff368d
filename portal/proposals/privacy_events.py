"""What can happen to a draft that somebody kept to themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class DraftShared(Event):
    """A draft that only one person saw is open to everybody who may see drafts; nothing before is told."""

    kind: ClassVar[str] = "proposals.draft_shared"

    def words(self, name: Resolve) -> Words:
        return words("Shared a draft: {proposal}", proposal=name(self.subject) if self.subject else words("a draft"))
