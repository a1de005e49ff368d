"""What a provider offered for lines of a draft, handed in by the slice that asked it, and suggested in the draft.

A slice above this one registers what was offered under a name, and then has it suggested by a job:

    @offered.source("plans.request")
    def offers(work: Work, about: UUID) -> Sequence[Offered]: ...

    work.later("proposals.suggest_offered", source="plans.request", about=request.id, account_id=work.account_id)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.proposals.terms import Terms
from portal.work import Work


@dataclass(frozen=True)
class Offered:
    """One line as it would be: what it said when it was asked, what was offered, and the provider's own words."""

    client_id: UUID
    proposal_id: UUID
    line_id: UUID
    was: Terms
    terms: Terms
    reason: str


Source = Callable[[Work, UUID], Sequence[Offered]]
SOURCES: dict[str, Source] = {}


def source(name: str) -> Callable[[Source], Source]:
    """Register who hands in offers under a name; the name is stored with the job and never changes."""

    def register(tell: Source) -> Source:
        SOURCES[name] = tell
        return tell

    return register
