"""How far a support has come, from an option to what was agreed."""

from __future__ import annotations

import pytest

from portal.app import Coplan
from portal.proposals import so_far
from portal.proposals.model import Line
from tests.builders import reading
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_a_support_is_followed_from_an_option_to_what_was_agreed(circle: Circle) -> None:
    line = circle.add()
    assert stage(circle, line) is so_far.Stage.OPTION
    circle.accept(circle.mei)
    assert stage(circle, line) in (so_far.Stage.AGREED, so_far.Stage.IN_FORCE)


def stage(circle: Circle, line: Line) -> so_far.Stage:
    with reading(circle.coplan, circle.mei) as work:
        return so_far.stage_of(so_far.facts(work, circle.client, line.key))
