"""Which funding plan counts on a day. A new one may be typed in before it begins; the one before goes on until then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from budgeting.period import DAY, Period
from portal.funding.model import FundingPlan, FundingState


class Starting(Protocol):
    """Whatever says on which day a funding plan begins."""

    @property
    def starts(self) -> date: ...


S = TypeVar("S", bound=Starting)


def on_day(plans: Sequence[S], day: date) -> S | None:
    """The one that counts on a day: of those that have begun the latest, and before any has the first.

    ``plans`` have the newest first, so that of two with the same first day the newer one counts.
    """
    begun = [one for one in plans if one.starts <= day]
    return max(begun, key=_starts) if begun else min(plans, key=_starts, default=None)


def later(plans: Sequence[S], day: date) -> list[S]:
    """Those that begin after a day and do not count on it yet, in the order in which they begin."""
    now = on_day(plans, day)
    return sorted((one for one in plans if one.starts > day and one is not now), key=_starts)


def service_days(plan: Starting, plans: Sequence[Starting]) -> Period:
    """The days whose supports a plan pays: from its first day until another begins, for it goes on until then.

    The day of the service decides, whenever its invoice comes (F6).
    """
    following = min((one.starts for one in plans if one.starts > plan.starts), default=None)
    return Period(plan.starts, following - DAY if following else date.max)


def counts_on(day: date) -> ColumnElement[bool]:
    """The same as ``on_day`` for a statement about funding plans."""
    other = aliased(FundingPlan)
    latest = and_(other.starts <= day, other.starts > FundingPlan.starts)
    first = and_(FundingPlan.starts > day, other.starts < FundingPlan.starts)
    instead = exists().where(
        other.client_id == FundingPlan.client_id, other.state == FundingState.CURRENT, or_(latest, first)
    )
    return and_(FundingPlan.state == FundingState.CURRENT, ~instead)


def followed() -> ColumnElement[bool]:
    """Whether another plan is there already that begins after a funding plan, for a statement about funding plans."""
    other = aliased(FundingPlan)
    return exists().where(
        other.client_id == FundingPlan.client_id,
        other.state == FundingState.CURRENT,
        other.starts > FundingPlan.starts,
    )


def _starts(one: Starting) -> date:
    return one.starts
