"""A way that a provider makes for several people, as each of them pays for it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from budgeting.cases import run_case
from budgeting.explain import as_told
from budgeting.extras import (
    Leg,
    RowKind,
    Travel,
)
from budgeting.money import Minutes, Quantity
from budgeting.period import Place
from budgeting.programs.ndis import costs
from budgeting.words import words
from tests.budgeting.examples import (
    agreed,
    kinds,
    line,
    money,
    package,
    priced,
)
from tests.budgeting.programs.ndis.one_visit import A_VISIT, WEEK, one_visit, only


@pytest.mark.parametrize(
    ("legs", "mmm", "people", "each"),
    [
        (((91, False),), None, 3, "33.37"),  # 30.33 min: no limit in a place without a class far away
        (((61, False), (30, True)), 4, 3, "33.37"),
        (((65, False), (25, False), (40, True)), 4, 2, "71.50"),  # 45 and 20 min
        (((125, False), (20, True)), 4, 2, "77.00"),  # 62.5 min there count as 60
        (((100, False), (7, True)), 1, 3, "35.57"),  # 33.33 min there count as 30, and 2.33 back
        (((1, False),), 1, 6, "0.18"),  # ten seconds
        (((90, False),), 1, 3, "33.00"),  # just at the limit
        (((91, False),), 1, 3, "33.00"),
    ],
)
def test_a_plan_says_of_a_shared_trip_what_the_worked_case_says(
    legs: tuple[tuple[int, bool], ...], mmm: int | None, people: int, each: str
) -> None:
    trip = Travel(tuple(Leg(*one) for one in legs), mmm=mmm, rate=money("66.00"), of=people)
    place = Place("NT", "national" if mmm else "remote")
    quoted = one_visit(trip, price=agreed("66"), place=place)
    time = only(quoted, RowKind.TRAVEL_TIME)
    case = run_case(
        "shared_trip",
        {
            "legs_minutes": {f"{'return' if back else 'to'}_{number}": one for number, (one, back) in enumerate(legs)},
            "support_minutes": {str(number): 60 for number in range(people)},
            "agreed_hourly_rate": "66.00",
            "km_total": "0",
            "agreed_rate_per_km": "0.78",
            "leg_cap_minutes": None if mmm is None else 30 if mmm == 1 else 60,
            "apportionment": "equal",
        },
    )
    assert time.amount == money(each)
    assert {one["travel"] for one in case.values()} == {each}


def test_a_shared_way_loses_no_part_of_a_minute_and_says_the_part() -> None:
    at = date(2026, 7, 1)
    minutes = costs.travel_minutes(Travel((Leg(91),)), Fraction(1, 3), 1, None, at)
    assert minutes.value == Minutes(91)
    price = costs.lowest_of([as_told(costs.HOUR, money("66.00"))])
    how = costs.for_time(words("One time"), minutes, price, 3)
    assert how.value == money("33.37")
    assert how.sum is not None
    assert how.sum.values["minutes"] == Quantity(30_333)


def test_a_shared_way_that_is_cut_is_told_as_what_it_is_for_one_person() -> None:
    week = line(A_VISIT, period=WEEK, extras=(Travel((Leg(50), Leg(45)), mmm=1, of=3),))
    (found,) = (one for one in priced(package(week, period=WEEK)).findings if one.kind == "travel_cut")
    assert (found.words.values["time"], found.words.values["limit"]) == (Minutes(32), Minutes(30))
    group = line(A_VISIT, support="group_activities", period=WEEK, participants=3, extras=(Travel((Leg(80),), mmm=1),))
    assert "travel_cut" not in kinds(priced(package(group, period=WEEK)))
