"""What rests on a funding letter since it was typed in: while something does, the letter is not taken back.

Slices above this one register a statement about the client and the letter that finds something written down since:

    @resting.told
    def entries(plan: FundingPlan) -> Select[UUID]: ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select

from portal.access.scope import unscoped
from portal.funding.model import FundingPlan
from portal.work import Work

Find = Callable[[FundingPlan], Select[Any]]
_TOLD: list[Find] = []


def told(find: Find) -> Find:
    """Register what finds something that rests on a letter."""
    _TOLD.append(find)
    return find


def anything(work: Work, plan: FundingPlan) -> bool:
    """Whether something was written down that rests on this letter; nothing of it is told."""
    return any(
        work.session.execute(unscoped(find(plan).limit(1), "only whether there is any")).first() is not None
        for find in _TOLD
    )
