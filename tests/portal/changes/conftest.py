"""A plan in force: help in the shower by Sunrise, swimming by Northside, both said that they can deliver."""

from __future__ import annotations

import pytest

from portal.app import Coplan
from portal.plans import commands, queries
from portal.plans.states import BriefState
from tests.builders import acting
from tests.portal.plans.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei and everybody around her, with her plan in force."""
    found = a_circle(coplan)
    found.usual()
    for account, provider in ((found.grace, found.sunrise), (found.owen, found.northside)):
        brief = found.brief(provider)
        with acting(coplan, account) as work:
            commands.answer(work, queries.brief_for_us(work, brief.id), BriefState.CAN, "")
    return found
