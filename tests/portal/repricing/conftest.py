"""The plan that the tests of new prices are about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgeting.money import Money, Quantity
from budgeting.package import Management, Units
from portal.app import Coplan
from tests.portal.plans.people import Circle, a_circle
from tests.portal.proposals.people import a_funding_plan
from tests.portal.repricing.people import OTHER_ITEM, a_list, at_the_limit, imported


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei with a shower at the limit and therapy at an agreed price, both in force for eight weeks from today."""
    found = a_circle(coplan)
    imported(coplan, a_list(found.first - timedelta(days=300), shower=70, therapy=190))
    with coplan.open_work() as work:
        plan = a_funding_plan(work, found.client, Management.PLAN)
        plan.starts, plan.ends = found.first - timedelta(days=30), found.first + timedelta(days=300)
        plan.components[0].categories = ",01,15,"
    shower = at_the_limit(found)
    hours = Units(Quantity(8_000), "H")
    therapy = found.line("Speech therapy", found.northside, Money(180_00), support=OTHER_ITEM, schedule=hours)
    found.accepted(shower, therapy)
    return found
