"""What becomes of the money of each part when a plan or a quarter ends, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from budgeting.explain import shown
from budgeting.forecast.ending import WITH_PLAN, WITH_QUARTER, Part, at_end, planned_left, shared
from budgeting.programs.support_at_home.rules import quarter
from budgeting.quotation import Quote
from budgeting.spending.totals import Standing
from budgeting.words import words
from portal.funding import queries
from portal.funding.model import FundingPlan
from portal.people.model import Client
from portal.site.tables import Column, Table
from portal.work import Work


def last_day(plan: FundingPlan, today: date) -> date:
    """The day on which money may end: the last of the plan, or of the quarter where the plan has none."""
    return plan.ends or quarter(max(today, plan.starts)).last


def planned(plan: FundingPlan, quoted: Quote, today: date) -> Table | None:
    """What is left at the end by what is planned; None where no part of the money ends then."""
    last = last_day(plan, today)
    return _table(plan, planned_left(quoted, last), last)


def delivered(plan: FundingPlan, standings: Iterable[Standing], today: date) -> Table | None:
    """The same by what was delivered so far and what is still planned."""
    last = last_day(plan, today)
    found: list[tuple[Part, tuple[str, ...]]] = []
    for one in standings:
        at = (
            one.whole
            if plan.ends
            else next((five for five in one.periods if five.period and five.period.last == last), None)
        )
        if at is not None and not one.total.component.apart:
            found.append(((one.total.component, at.free), one.total.pool))
    return _table(plan, shared(found), last, show_caption=True)


def replaced(work: Work, client: Client, plan: FundingPlan, quoted: Quote | None, starts: date) -> Table | None:
    """What is left when a new plan begins: by what is planned up to the last day, else as it stands today."""
    last = min(plan.ends or date.max, starts - timedelta(days=1))
    if last < plan.starts:
        return None
    if quoted is not None and last == plan.ends:
        return _table(plan, planned_left(quoted, last), last, replaced=True)
    parts = [one for one in queries.standing(work, client, plan, work.today(client)) if not one.component.apart]
    left = [(one.component, one.whole if plan.ends else one.unspent) for one in parts]
    return _table(plan, left, last, replaced=True)


def _table(
    plan: FundingPlan, left: Iterable[Part], last: date, *, replaced: bool = False, show_caption: bool = False
) -> Table | None:
    with_plan = replaced or plan.ends is not None
    named = WITH_PLAN if with_plan else WITH_QUARTER
    caption = (
        words("When the plan ends on {day}", day=last)
        if with_plan
        else words("When the quarter ends on {day}", day=last)
    )
    columns = (
        Column(words("Part of the money")),
        *(Column(one, numeric=True) for one in (words("What is left"), *named)),
    )
    rows = [(shown(one.name), one.left, one.goes_on, one.ends) for one in at_end(plan.program, left, last, named)]
    return Table("ending", caption, columns, rows, show_caption=show_caption) if rows else None
