"""How often money for a short time may be granted: two restorative episodes a year, one at the end of life."""

from __future__ import annotations

from datetime import date

import pytest

from budgeting.allocation import Allocation, Pathway, Tier
from budgeting.money import dollars
from budgeting.programs.support_at_home.episodes import findings


def noticed(*told: str, code: str = "RC") -> list[date | None]:
    given = Allocation(pathways=tuple(Pathway(code, date.fromisoformat(day)) for day in told))
    return [one.day for one in findings(given)]


@pytest.mark.parametrize(
    ("second", "fine"),
    [("2026-07-22", False), ("2026-07-23", True)],  # 16 weeks from 1 January end on 22 April; three months more
)
def test_three_months_lie_between_two_restorative_episodes(second: str, fine: bool) -> None:
    assert (noticed("2026-01-01", second) == []) is fine


def test_a_third_restorative_episode_is_not_in_the_same_year() -> None:
    assert noticed("2026-01-01", "2026-08-01") == []
    assert noticed("2025-11-01", "2026-05-22", "2026-12-12") == []  # a year after the first is over by then
    assert noticed("2026-12-12", "2025-11-01", "2026-05-22") == []  # told in another order
    assert noticed("2026-01-01", "2026-02-01") == [date(2026, 2, 1)]


def test_the_end_of_life_pathway_is_granted_once() -> None:
    assert noticed("2026-01-01", code="EOL") == []
    assert noticed("2026-01-01", "2028-01-01", code="EOL") == [date(2028, 1, 1)]


def test_the_highest_amount_for_the_home_is_granted_once_in_a_lifetime() -> None:
    def tiers(*amounts: str, scheme: str = "hm") -> Allocation:
        return Allocation(tiers=tuple(Tier(scheme, dollars(amount), date(2026, 1, 1)) for amount in amounts))

    assert not list(findings(tiers("15000.00", "2000.00", "500.00")))
    assert not list(findings(tiers("15000.00", "15000.00", scheme="at")))
    assert [one.kind for one in findings(tiers("15000.00", "9000.00"))] == ["tier_too_often"]
