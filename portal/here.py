"""Who looks at what at this moment: in the memory of one process, written down nowhere, and gone when they leave."""

from __future__ import annotations

from collections import Counter
from uuid import UUID


class Here:
    """Accounts that have a page about a record open, each as often as they have it open."""

    def __init__(self) -> None:
        self._looking: dict[UUID, Counter[UUID]] = {}

    def come(self, record: UUID, account: UUID) -> bool:
        """Somebody opened a page about a record; True when they were not there before."""
        looking = self._looking.setdefault(record, Counter())
        looking[account] += 1
        return looking[account] == 1

    def go(self, record: UUID, account: UUID) -> bool:
        """Somebody closed it; True when they have no other open."""
        looking = self._looking.get(record, Counter())
        looking[account] -= 1
        if looking[account] > 0:
            return False
        del looking[account]
        if not looking:
            self._looking.pop(record, None)
        return True

    def at(self, record: UUID) -> frozenset[UUID]:
        """The accounts that have a page about this record open now."""
        return frozenset(self._looking.get(record, ()))
