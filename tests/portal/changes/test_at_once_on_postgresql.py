"""The same hundred rounds on PostgreSQL, where they do collide: in a file of its own, for another process to run."""

from __future__ import annotations

import pytest

from portal.app import Coplan
from portal.bench.agreeing import rounds
from tests.portal.changes.at_once import ROUNDS, everybody


@pytest.mark.on_postgresql
def test_sixteen_at_once_lose_nothing_round_after_round(coplan: Coplan) -> None:
    """A hundred rounds here; two thousand in ``make soak``."""
    assert rounds(coplan, everybody(coplan), ROUNDS) > ROUNDS
