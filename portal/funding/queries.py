"""Funding plans a reader may see, and the one mapping from their rows to the calculator's values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from budgeting import package
from budgeting.money import ZERO
from budgeting.period import Period, Place
from budgeting.programs.support_at_home.rules import quarter
from portal.access.scope import unscoped, visible
from portal.access.table import Action
from portal.funding.model import FundingComponent, FundingPlan, FundingState
from portal.people.model import Client
from portal.work import NotVisible, Work

QUARTERS_AHEAD = 3  # how far money without an end is looked at: the present quarter and three more


def _whole(statement: Select[FundingPlan]) -> Select[FundingPlan]:
    return statement.options(
        selectinload(FundingPlan.components).selectinload(FundingComponent.periods),
        selectinload(FundingPlan.determinations),
    )


def current(work: Work, client: Client, action: Action = Action.READ) -> FundingPlan | None:
    """The client's current funding plan with all its parts; None when there is none or the reader may not see it."""
    wanted = visible(work, FundingPlan, action).where(
        FundingPlan.client_id == client.id, FundingPlan.state == FundingState.CURRENT
    )
    return work.session.scalars(_whole(wanted)).one_or_none()


def current_for_job(work: Work, client_id: UUID) -> FundingPlan | None:
    """The current funding plan for the system's own work, where nobody reads."""
    wanted = select(FundingPlan).where(FundingPlan.client_id == client_id, FundingPlan.state == FundingState.CURRENT)
    return work.session.scalars(unscoped(_whole(wanted), "a job works on the client's own plan")).one_or_none()


def plan(work: Work, client: Client, plan_id: UUID) -> FundingPlan:
    """One funding plan of this client with all its parts; NotVisible otherwise."""
    wanted = visible(work, FundingPlan).where(FundingPlan.client_id == client.id, FundingPlan.id == plan_id)
    found = work.session.scalars(_whole(wanted)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def past(work: Work, client: Client) -> Sequence[FundingPlan]:
    """The client's earlier funding plans, the latest first."""
    wanted = visible(work, FundingPlan).where(
        FundingPlan.client_id == client.id, FundingPlan.state == FundingState.PAST
    )
    return work.session.scalars(_whole(wanted).order_by(FundingPlan.starts.desc(), FundingPlan.created_at.desc())).all()


def place(client: Client) -> Place:
    """Where the client's supports happen, for prices and public holidays."""
    return Place(client.state, client.zone)


def last_day(plan: FundingPlan, today: date) -> date:
    """The last day to look at: the plan's own, or the end of the third quarter after this one when it has none."""
    if plan.ends is not None:
        return plan.ends
    last = quarter(max(today, plan.starts)).last
    for _ in range(QUARTERS_AHEAD):
        last = quarter(last + timedelta(1)).last
    return last


def funding_values(plan: FundingPlan, today: date) -> package.Funding:
    """A funding plan as the calculator's values; what is not known to be spent is not subtracted.

    Money without an end begins with the quarter of ``spent_until``, or with the present quarter when that is not known.
    """
    starts = plan.starts
    if plan.ends is None:
        starts = max(starts, quarter(max(plan.spent_until or today, starts)).first)
    return package.Funding(
        period=Period(starts, max(last_day(plan, today), starts)),
        components=tuple(_component(one) for one in plan.components),
        classification=plan.classification,
        entered=plan.entered,
        means_status=plan.means_status,
        cohort=plan.cohort,
        rates=tuple(
            package.ContributionRate(one.category, one.rate, one.since, one.letter_date) for one in plan.determinations
        ),
        spent=plan.spent or ZERO,
        spent_until=plan.spent_until if plan.spent is not None else None,
    )


def _component(row: FundingComponent) -> package.Component:
    return package.Component(
        key=row.key,
        name=row.name,
        amount=row.amount,
        management=row.management,
        categories=row.unpacked(),
        periods=tuple(package.FundingPeriod(Period(one.starts, one.ends), one.amount) for one in row.periods),
        spent=row.spent or ZERO,
        spent_until=row.spent_until if row.spent is not None else None,
        stated=row.stated,
    )
