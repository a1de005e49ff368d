"""How spending learns on which days an agreement with a provider holds, from the slice that keeps agreements.

    @agreed.asked
    def in_force(work: Work, client: Client) -> Mapping[UUID, Sequence[Period]] | None: ...

None where the reader may not see the agreements: then nothing is said about them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from budgeting.period import Period
from portal.people.model import Client
from portal.work import Work

InForce = Callable[[Work, Client], Mapping[UUID, Sequence[Period]] | None]
_ASKED: list[InForce] = []


def asked(answer: InForce) -> InForce:
    """Register who knows the days of agreements."""
    _ASKED.append(answer)
    return answer


def in_force(work: Work, client: Client) -> Mapping[UUID, Sequence[Period]] | None:
    """The days on which agreements hold, by organisation; None while nobody knows."""
    known = [found for answer in _ASKED if (found := answer(work, client)) is not None]
    return known[0] if known else None
