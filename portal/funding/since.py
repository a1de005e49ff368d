"""How the funding learns what was delivered since the day up to which spending was told.

A slice above this one registers who knows it; every page that says what can be spent now takes it off:

    @since.told
    def by_entries(work: Work, client: Client, plan: FundingPlan) -> Mapping[str, Figure]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from budgeting.explain import Figure
from portal.funding.model import FundingPlan
from portal.people.model import Client
from portal.work import Work

Tell = Callable[[Work, Client, FundingPlan], Mapping[str, Figure]]
_TOLD: list[Tell] = []


def told(tell: Tell) -> Tell:
    """Register who knows what was delivered, by the key of each part of the funding, as the reader may see it."""
    _TOLD.append(tell)
    return tell


def by_part(work: Work, client: Client, plan: FundingPlan) -> Mapping[str, Figure]:
    """What was delivered of each part since its spending was told; parts of which nothing was are left out."""
    return {key: figure for tell in _TOLD for key, figure in tell(work, client, plan).items()}
