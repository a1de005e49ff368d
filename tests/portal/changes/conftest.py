"""A plan in force: help in the shower by Sunrise, swimming by Northside, both said that they can deliver."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.app import Coplan
from portal.plans import commands, queries
from portal.plans.states import BriefState
from tests.beginnings import Beginning
from tests.builders import acting
from tests.portal.plans.people import Circle, in_force


def deliverable(coplan: Coplan) -> Circle:
    """Mei and everybody around her, with her plan in force, which both providers can deliver."""
    found = in_force(coplan)
    for account, provider in ((found.grace, found.sunrise), (found.owen, found.northside)):
        brief = found.brief(provider)
        with acting(coplan, account) as work:
            commands.answer(work, queries.brief_for_us(work, brief.id), BriefState.CAN, "")
    return found


@pytest.fixture(scope="session")
def begins_deliverable(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Beginning:
    """The same for all tests of changes."""
    return Beginning(deliverable, migrated, tmp_path_factory.mktemp("deliverable"))


@pytest.fixture
def circle(begins_deliverable: Beginning, coplan: Coplan) -> Circle:
    """Mei and everybody around her."""
    return begins_deliverable.everybody(coplan)
