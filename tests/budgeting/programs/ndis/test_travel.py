"""Provider travel and driving: NDIS Pricing Arrangements 2025-26 v1.1, "Provider travel"."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.extras import Leg, Vehicle
from budgeting.money import Money, Quantity
from budgeting.programs.ndis import travel
from tests.budgeting.examples import day, money

ON = day("2025-08-04")
minutes = st.integers(0, 600)
limits = st.none() | st.integers(0, 120)


@pytest.mark.parametrize(("mmm", "limit"), [(1, 30), (2, 30), (3, 30), (4, 60), (5, 60), (6, None), (7, None)])
def test_how_long_a_leg_may_be_depends_on_the_place(mmm: int, limit: int | None) -> None:
    assert travel.leg_limit(mmm, ON) == limit


@pytest.mark.parametrize("mmm", [0, 8, -1])
def test_a_class_of_place_that_does_not_exist_is_refused(mmm: int) -> None:
    with pytest.raises(ValueError, match="Modified Monash"):
        travel.leg_limit(mmm, ON)


def test_time_above_the_limit_of_a_leg_is_lost_and_not_carried_over() -> None:
    assert travel.claimable([Leg(35), Leg(25, back=True)], 30, back_paid=True) == 55
    assert travel.claimable([Leg(100), Leg(0, back=True)], 30, back_paid=True) == 30


def test_the_way_back_counts_only_if_the_worker_is_paid_for_it() -> None:
    assert travel.claimable([Leg(20), Leg(20, back=True)], 30, back_paid=False) == 20


def test_a_shared_trip_is_shared_first_and_tested_afterwards() -> None:
    legs = [Leg(65), Leg(25), Leg(40, back=True)]
    assert travel.claimable_share(legs, Fraction(1, 2), 60, back_paid=True) == 65
    assert travel.claimable_share(legs, Fraction(1), 60, back_paid=True) == 100


@given(st.lists(st.builds(Leg, minutes, st.booleans()), max_size=6), limits, st.booleans())
def test_nobody_claims_more_than_was_travelled_or_than_the_limit_of_each_leg(
    legs: list[Leg], limit: int | None, back: bool
) -> None:
    claimed = travel.claimable(legs, limit, back_paid=back)
    assert 0 <= claimed <= sum(leg.minutes for leg in legs)
    if limit is not None:
        assert claimed <= limit * len(legs)
    assert claimed <= travel.claimable(legs, None, back_paid=True)


@given(
    st.lists(st.builds(Leg, minutes, st.booleans()), max_size=6), st.lists(st.integers(1, 9), min_size=1, max_size=5)
)
def test_the_shares_of_a_trip_without_a_limit_add_up_to_the_whole_trip(legs: list[Leg], weights: list[int]) -> None:
    shares = travel.shares(Fraction(weight, 10) for weight in weights)
    claimed = [travel.claimable_share(legs, share, None, back_paid=True) for share in shares]
    assert sum(claimed) == sum(leg.minutes for leg in legs) * sum(shares)
    assert sum(shares) <= 1


@pytest.mark.parametrize(
    ("given_shares", "expected"),
    [((1, 1, 2), (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2))), ((60, 40), (Fraction(3, 5), Fraction(2, 5)))],
)
def test_shares_may_be_weights_or_percentages(given_shares: tuple[int, ...], expected: tuple[Fraction, ...]) -> None:
    assert travel.shares(map(Fraction, given_shares)) == expected


def test_parts_that_add_up_to_less_than_one_leave_the_rest_to_the_provider() -> None:
    assert travel.shares([Fraction(1, 2), Fraction(1, 4)]) == (Fraction(1, 2), Fraction(1, 4))


def test_shares_that_are_all_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="shares"):
        travel.shares([Fraction(0)])


@pytest.mark.parametrize(
    ("item", "on", "limit", "expected"),
    [
        ("15_622_0128_1_3", "2025-08-04", "193.99", "97.00"),  # half, rounded half up
        ("15_622_0128_1_3", "2025-06-30", "193.99", "193.99"),  # before the rule
        ("01_011_0107_1_1", "2025-08-04", "70.23", "70.23"),  # not therapy
        ("12_029_0126_3_3", "2025-08-04", "60.00", "60.00"),  # a personal trainer is no therapist
    ],
)
def test_travel_of_a_therapist_costs_at_most_half(item: str, on: str, limit: str, expected: str) -> None:
    row = programs.shipped("ndis").row(item, day("2025-08-04"))
    assert row
    assert travel.time_limit(row.item, money(limit), day(on)) == money(expected)


def test_every_travel_item_of_a_therapy_is_half_of_its_limit() -> None:
    """The rounding of the rule of 2025-26 is that of the published travel items of 2026-27."""
    editions, on = programs.shipped("ndis"), day("2026-07-06")
    found = 0
    for item in editions.editions[1].rows:
        row = editions.row(f"{item.number}_PT", on)
        if row:
            found += 1
            for zone in ("national", "remote", "very_remote"):
                assert row.item.limit(zone) == travel.time_limit(item, item.limit(zone), on), (item.number, zone)
    assert found > 15


def test_a_kilometre_costs_no_more_than_the_highest_reasonable_rate_where_it_binds() -> None:
    trip = travel.Driving(Quantity(10_000), Money(150))
    assert trip.cost(ON) == money("9.90")
    assert trip.cost(ON, binds=False) == money("15.00")
    assert travel.Driving(Quantity(10_000), Money(78)).cost(ON) == money("7.80")
    assert travel.Driving(Quantity(10_000), None, Vehicle.MODIFIED).cost(ON) == money("27.60")


def test_tolls_and_parking_are_paid_in_full_and_shared_like_the_kilometres() -> None:
    assert travel.Driving(Quantity(20_000), Money(85), other=money("4.50")).cost(ON) == money("21.50")
    assert travel.Driving(Quantity(20_000), Money(85), other=money("4.50")).cost(ON, Fraction(1, 2)) == money("10.75")
