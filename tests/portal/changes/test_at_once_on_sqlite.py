"""Sixteen parties approve, edit and take back at once: no acknowledged answer is lost, and no state is wrong."""

from __future__ import annotations

from portal.app import Coplan
from portal.bench.agreeing import rounds
from tests.portal.changes.at_once import ROUNDS, everybody


def test_sixteen_at_once_lose_nothing_round_after_round(coplan: Coplan) -> None:
    """A hundred rounds here; two thousand in ``make soak``."""
    assert rounds(coplan, everybody(coplan), ROUNDS) > ROUNDS
