"""What happened around whom: the end of the journal, read once for everybody in a process who asks what is new.

Nothing of it is shown: who asks looks again at what they may see, and only there. What somebody keeps to themselves
stands in the journal without its client; then it happened around whoever did it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from itertools import takewhile
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import aliased

from portal.db import Memory
from portal.journal import JournalEntry
from portal.reads import Reads
from portal.work import Work

FAR_BACK = 1_000  # entries; what happened before these is not known
_LAST = select(func.max(aliased(JournalEntry).seq)).scalar_subquery()
_SEEN = bindparam("seen", type_=JournalEntry.seq.type)
# From the last entry that was read before, or the last that this transaction sees: it is always there itself.
_SINCE = (
    select(JournalEntry.seq, JournalEntry.client_id, JournalEntry.actor_id, JournalEntry.kind)
    .where(JournalEntry.seq >= case((_LAST < _SEEN, _LAST), else_=_SEEN))
    .order_by(JournalEntry.seq.desc())
    .limit(FAR_BACK)
)


class Happened:
    """The newest entry around each person, as far as anybody in this process has read the journal."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._start = self._seen = 0  #: everything that happened after the first of them, up to the second, is known
        self._around: OrderedDict[UUID, int] = OrderedDict()  # in the order of their entries
        self._beside_drafts: dict[UUID, int] = {}

    def last(self, reads: Reads) -> int:
        """The last entry that this transaction sees."""
        rows = self._new(reads)
        with self._lock:
            return self._take_in(rows)

    def since(self, reads: Reads, entry: int) -> tuple[int, frozenset[UUID] | None]:
        """The last entry there is, and around whom something happened after another; None for anybody.

        Those around whom something happened since, which an older transaction does not see yet, are among them.
        """
        rows = self._new(reads)
        with self._lock:
            last = self._take_in(rows)
            if entry < self._start:
                return last, None
            return last, frozenset(takewhile(lambda who: self._around[who] > entry, reversed(self._around)))

    def beside_drafts(self, reads: Reads, client_id: UUID) -> int | None:
        """An entry after which only drafts were worked on around a client; None for who sees an older state."""
        rows = self._new(reads)
        with self._lock:
            last = self._take_in(rows)
            newest = self._beside_drafts.get(client_id, self._start)
            return newest if newest <= last else None

    def _new(self, reads: Reads) -> Sequence[Any]:
        return reads.all(_SINCE, {"seen": self._seen})

    def _take_in(self, rows: Sequence[Any]) -> int:
        if not rows:
            return 0
        if rows[-1].seq > self._seen + 1:
            self._around.clear()
            self._beside_drafts.clear()
            self._start = rows[-1].seq - 1
        for row in reversed(rows):
            if row.seq > self._seen and (who := row.client_id or row.actor_id):
                self._around[who] = row.seq
                self._around.move_to_end(who)
                if row.client_id and not row.kind.startswith("proposals."):
                    self._beside_drafts[who] = row.seq
        last: int = rows[0].seq
        self._seen = max(self._seen, last)
        return last


def happened(memory: Memory) -> Happened:
    """What is known in this process of one database."""
    known: Happened = memory.setdefault("happened", Happened())
    return known


def unchanged_since(work: Work, client_id: UUID) -> int | None:
    """An entry after which only drafts were worked on around a client; None where nothing is remembered."""
    return happened(work.memory).beside_drafts(work.reads, client_id) if work.reading else None
