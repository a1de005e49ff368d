"""Supports found by everyday words, and what is given without pay."""

from __future__ import annotations

import pytest

from budgeting.period import Place
from budgeting.programs import shipped
from portal.proposals import supports
from portal.proposals.offering import often_forgotten
from tests.portal.proposals.people import FIRST


def test_help_in_the_shower_finds_personal_care() -> None:
    for program in ("ndis", "support_at_home"):
        found = supports.find(program, "help in the shower", shipped(program), Place("NSW"), FIRST)
        assert found[0].key in ("self_care", "personal_care")


@pytest.mark.parametrize("wanted", ["my sister, without pay", "my mum helps", "unpaid", "Our neighbours for free"])
def test_help_without_pay_is_found_by_who_gives_it(wanted: str) -> None:
    (found,) = often_forgotten("ndis", wanted)
    assert "line=unpaid" in found["query"]


@pytest.mark.parametrize("wanted", ["help in the shower", "physio", "someone to clean", "going to church"])
def test_what_is_paid_for_is_not_looked_for_in_the_family(wanted: str) -> None:
    assert not often_forgotten("ndis", wanted)
