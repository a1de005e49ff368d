"""Who is known to come for each support: told by a slice above this one, and counted as people in every package."""

from __future__ import annotations

from collections.abc import Callable

from budgeting.compare.who_comes import Known
from portal.people.model import Client
from portal.work import Work

Tell = Callable[[Work, Client], Known]
_TOLD: list[Tell] = []


def told(tell: Tell) -> Tell:
    """Register who knows the people that come, by the key of the support, as far as the reader may see them."""
    _TOLD.append(tell)
    return tell


def known(work: Work, client: Client) -> Known:
    """The names of those who come for each support."""
    return {key: names for tell in _TOLD for key, names in tell(work, client).items()}
