"""Which funding plan counts on a day, asked of values and of the database alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.access.scope import unscoped
from portal.app import Coplan
from portal.funding import commands, queries
from portal.funding.by_day import counts_on, later, on_day, service_days
from portal.funding.model import FundingPlan
from portal.funding.terms import NDIS, SUPPORT_AT_HOME, Letter
from tests.builders import acting, reading
from tests.portal.spending.delivered import Family

YEAR = timedelta(days=364)


@pytest.fixture
def family(coplan: Coplan) -> Family:
    """Yusuf with a plan that runs, and one that was typed in before it begins."""
    made = Family(coplan)
    typed(made, -100)
    typed(made, 50)
    return made


def typed(family: Family, days: int) -> None:
    """A letter from a day counted from today on."""
    with acting(family.coplan, family.yusuf) as work:
        starts = work.day + timedelta(days=days)
        commands.type_letter(work, family.client, Letter(NDIS, starts, starts + YEAR))


@pytest.mark.parametrize(("days", "begun"), [(-200, -100), (-100, -100), (0, -100), (49, -100), (50, 50), (900, 50)])
def test_the_plan_that_began_last_counts_on_a_day_and_before_any_the_first(
    family: Family, days: int, begun: int
) -> None:
    with reading(family.coplan, family.yusuf) as work:
        plans = queries.counting(work, family.client)
        day, starts = work.day + timedelta(days=days), work.day + timedelta(days=begun)
        found = on_day(plans, day)
        assert found is not None
        assert found.starts == starts
        assert queries.current_for_job(work, family.client, day) is found
        wanted = select(FundingPlan.starts).where(counts_on(day))
        assert work.session.scalars(unscoped(wanted, "a test")).all() == [starts]


def test_a_plan_pays_for_days_until_another_begins(family: Family) -> None:
    with reading(family.coplan, family.yusuf) as work:
        plans = queries.counting(work, family.client)
        now, then = on_day(plans, work.day), *later(plans, work.day)
        assert now is not None
        assert service_days(now, plans).last == then.starts - timedelta(days=1)
        assert (service_days(then, plans).first, service_days(then, plans).last) == (then.starts, date.max)


def test_a_letter_that_is_typed_in_again_takes_the_place_of_the_one_for_the_same_days(family: Family) -> None:
    typed(family, 50)
    typed(family, 40)
    with reading(family.coplan, family.yusuf) as work:
        starts = [(one.starts - work.day).days for one in queries.counting(work, family.client)]
        assert sorted(starts) == [-100, 40]
    typed(family, -1)
    with reading(family.coplan, family.yusuf) as work:
        assert [(one.starts - work.day).days for one in queries.counting(work, family.client)] == [-1]
        assert len(queries.past(work, family.client)) == 4


def test_a_draft_is_priced_with_the_money_of_the_day_on_which_it_starts(family: Family) -> None:
    with acting(family.coplan, family.yusuf) as work:
        starts = work.day + timedelta(days=80)
        commands.type_letter(work, family.client, Letter(SUPPORT_AT_HOME, starts, classification="SAH-5"))
    with reading(family.coplan, family.yusuf) as work:
        assert queries.values(work, family.client, NDIS, work.day) is not None
        assert queries.values(work, family.client, SUPPORT_AT_HOME, work.day) is None
        assert queries.values(work, family.client, SUPPORT_AT_HOME, starts) is not None
