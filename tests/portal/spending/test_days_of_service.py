"""The day of the service decides which plan pays (ndis.md, F6): a new plan's money never pays for days before it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgeting.money import ZERO, Money, dollars
from budgeting.package import Management
from portal.app import Coplan
from portal.funding import commands as funding, held, queries as letters
from portal.funding.terms import NDIS, Letter, Terms
from portal.spending.balance_pages import reckoning
from portal.spending.book import book
from portal.work import Work
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.spending.delivered import Family, a_support

GRANTED = dollars("8000.00")
ONE = dollars("120.00")  # what one support of delivered.py costs


@pytest.fixture
def family(coplan: Coplan) -> Family:
    """A support of the old plan, one of the new plan, and a late claim of the old; the new began 20 days ago."""
    made = Family(coplan)
    made.has_a_letter()
    with coplan.open_work() as work:
        a_support(work, made.client, days_ago=40)
        a_support(work, made.client, days_ago=30, invoice="INV 8", claimed_on=work.day - timedelta(days=2))
        a_support(work, made.client, days_ago=5, invoice="INV 9")
    begins(made, days=-20)
    return made


def begins(family: Family, days: int) -> None:
    """A new letter with one part, from a day counted from today on."""
    with acting(family.coplan, family.yusuf) as work:
        starts = work.day + timedelta(days=days)
        plan = funding.type_letter(work, family.client, Letter(NDIS, starts, starts + timedelta(days=364)))
        funding.add_part(work, plan, _core(GRANTED, work, days))


def _core(amount: Money, work: Work, days: int) -> Terms:
    """Core supports; where the plan has begun, nothing was told as spent up to ten days after its first day."""
    told = work.day + timedelta(days=days + 10) if days < 0 else None
    spent = ZERO if told else None
    return Terms("Core supports", Management.PLAN, ("01", "02", "03", "04"), amount, False, (), spent, told, "core")


def delivered(work: Work, family: Family) -> Money | None:
    """What Spending says was delivered of the core supports."""
    (found,) = [one for one in book(work, family.client).standings if one.total.component.key == "core"]
    value = found.whole.delivered.value
    return value if isinstance(value, Money) else None


def test_supports_of_days_before_a_plan_take_nothing_from_its_money(family: Family) -> None:
    with reading(family.coplan, family.yusuf) as work:
        assert delivered(work, family) == ONE
        plan = letters.current(work, family.client)
        assert plan is not None
        money = held.beside(work, family.client, letters.told(work, family.client, plan))
        assert [(one.component, one.amount) for one in money.delivered] == [("core", ONE)]
        (left,) = letters.standing(work, family.client, plan, work.today(family.client))
        assert left.whole.value == GRANTED - ONE
        reckoned = reckoning(work, family.client)
        assert reckoned is not None
        (core,) = reckoned.parts()
        ours = reckoned.left(core, work.today(family.client))
        assert ours is not None
        assert ours.value == GRANTED - ONE


def test_every_page_that_tells_money_leaves_out_what_was_delivered_before_the_plan(
    family: Family, person: Person
) -> None:
    signed_in(person, family.yusuf)
    for page in ("funding", "balances", "review", "spending"):
        text = person.open(f"{family.base}/{page}").text
        assert person.status == 200
        if page in ("funding", "balances"):
            assert "$7,880.00" in text  # 8,000.00 less the one support of its days
        assert not any(one in text for one in ("$7,760.00", "$7,640.00")), page
    assert "$240.00 was delivered before" in text
    manager = signed_in(person.another(), family.ben).open(f"{family.base}/managed").text
    assert "$120.00" in manager
    assert "$7,760.00" not in manager
    assert "$7,640.00" not in manager


def test_until_a_plan_begins_what_is_delivered_is_paid_by_the_one_before(coplan: Coplan) -> None:
    family = Family(coplan)
    family.has_a_letter()
    with coplan.open_work() as work:
        a_support(work, family.client, days_ago=5)
    begins(family, days=30)
    with reading(coplan, family.yusuf) as work:
        assert delivered(work, family) == ONE
        plan = letters.current(work, family.client, on=work.day + timedelta(days=30))
        assert plan is not None
        assert plan.components[0].amount == GRANTED
        assert not held.beside(work, family.client, letters.told(work, family.client, plan)).delivered
