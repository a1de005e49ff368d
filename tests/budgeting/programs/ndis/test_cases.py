"""Worked cases of the NDIS with other values than those that were handed to us; the expected values are by hand."""

from __future__ import annotations

from typing import Any

import pytest

from budgeting.cases import run_case
from budgeting.programs.ndis.price_cases import management_of

Result = dict[str, Any]
CARE = {
    "sleep": "01_010_0107_1_1", "sat": "01_013_0107_1_1", "sun": "01_014_0107_1_1", "ph": "01_012_0107_1_1",
}  # fmt: skip


def run(kind: str, **inputs: Any) -> Result:
    return run_case(kind, inputs)


def a_night(on: str, hours: object, **others: Any) -> Result:
    inputs = {"start": "22:00", "end": "06:00", "active_support_before_midnight_only": False, "items_by_band": CARE}
    return run("sleepover", **{**inputs, "start_date": on, "active_hours": hours, **others})


def test_a_night_without_extra_hours_has_a_row_of_nothing() -> None:
    night = a_night("2025-10-14", 2)
    assert (night["extra_active"]["hours"], night["extra_active"]["amount"]) == (0, "0.00")
    assert night["total"] == "297.60"


@pytest.mark.parametrize(
    ("start", "others", "item", "amount"),
    [
        ("2025-10-17", {}, "01_013_0107_1_1", "98.83"),  # Friday night: the hours fall on a Saturday
        ("2025-10-18", {}, "01_014_0107_1_1", "127.43"),
        ("2025-10-18", {"active_support_before_midnight_only": True}, "01_013_0107_1_1", "98.83"),
        ("2025-10-19", {}, "01_013_0107_1_1", "98.83"),  # Sunday night: Monday
        ("2025-10-05", {"public_holidays": ["2025-10-06"]}, "01_012_0107_1_1", "156.03"),
        ("2026-06-30", {}, "01_013_0107_1_1", "103.54"),  # over 1 July: the night at the old price, the hour at the new
    ],
)
def test_the_third_hour_costs_as_on_its_day(start: str, others: Result, item: str, amount: str) -> None:
    extra = a_night(start, 3, **others)["extra_active"]
    assert (extra["support_item"], extra["hours"], extra["amount"]) == (item, 1, amount)


def test_parts_of_active_hours_are_numbers_in_json() -> None:
    assert a_night("2025-10-14", 3.5)["extra_active"] == a_night("2025-10-14", "3.5")["extra_active"]
    assert a_night("2025-10-14", 3.5)["extra_active"]["hours"] == 1.5


@pytest.mark.parametrize(("start", "end"), [("23:00", "06:30"), ("00:30", "09:00"), ("15:00", "23:30")])
def test_what_is_no_sleepover_is_refused(start: str, end: str) -> None:
    with pytest.raises(ValueError, match="sleepover"):
        a_night("2025-10-14", 3, start=start, end=end)


def a_boundary(date: str, start: str, end: str, **others: str) -> Result:
    items = {"daytime_item": "01_011_0107_1_1", "evening_item": "01_015_0107_1_1", "night_item": "01_002_0107_1_1"}
    return run("time_band_boundary", **{**items, "date": date, "start": start, "end": end, **others})


@pytest.mark.parametrize(
    ("date", "start", "end", "one_worker", "split"),
    [
        ("2026-07-06", "19:00", "20:30", "121.61", "114.12"),  # 81.07 x 1.5; 73.58 and 40.535
        ("2025-09-12", "20:00", "24:00", "309.52", "309.52"),  # all evening
        ("2025-09-12", "20:00", "00:00", "309.52", "309.52"),
        ("2025-09-12", "05:00", "08:00", "236.43", "236.43"),  # begins before six: all night
        ("2025-09-10", "22:00", "02:00", "315.24", "315.24"),  # over midnight into a weekday: all night
    ],
)
def test_one_worker_at_the_higher_limit_or_a_split(
    date: str, start: str, end: str, one_worker: str, split: str
) -> None:
    answer = a_boundary(date, start, end)
    assert answer["same_worker"]["amount"] == one_worker
    assert answer["different_worker_after_20_00"]["amount"] == split


def test_a_band_without_an_item_is_a_missing_input() -> None:
    with pytest.raises(KeyError):
        a_boundary("2025-09-13", "18:00", "21:00")  # a Saturday


TRAVEL: Result = {
    "service_date": "2025-08-04", "mmm": "MMM 2", "agreed_hourly_rate": "60.00", "agreed_travel_rate": "60.00",
    "support_minutes": 60, "legs": [{"leg": "to", "minutes": 45}, {"leg": "return", "minutes": 45}],
    "leg_cap_minutes": 30, "km": "10", "agreed_rate_per_km": "0.90", "worker_paid_for_return": True,
    "support_item": "01_011_0107_1_1", "non_labour_item": "01_799_0107_1_1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "minutes", "total"),
    [
        ({}, 60, "129.00"),
        ({"worker_paid_for_return": False}, 30, "99.00"),
        ({"mmm": "MMM 4-5", "leg_cap_minutes": 60}, 90, "159.00"),
        ({"mmm": "MMM 6", "leg_cap_minutes": None}, 90, "159.00"),
        ({"mmm": 7, "leg_cap_minutes": None}, 90, "159.00"),
        ({"mmm": "MMM 6-7", "leg_cap_minutes": 20}, 40, "109.00"),  # a lower limit was agreed
        ({"mmm": "MMM 1-3", "leg_cap_minutes": None}, 60, "129.00"),
        ({"agreed_rate_per_km": "1.20"}, 60, "129.90"),  # ninety-nine cents at most
        ({"km": "0"}, 60, "120.00"),
        ({"support_item": "02_051_0108_1_1"}, 0, "60.00"),  # no travel with this support
        ({"parking": "5.50"}, 60, "134.50"),
    ],
)
def test_travel_follows_the_place_the_legs_and_the_item(changes: Result, minutes: int, total: str) -> None:
    answer = run("travel", **{**TRAVEL, **changes})
    assert (answer["travel_time"]["claimable_minutes"], answer["total"]) == (minutes, total)


def test_travel_at_an_agreed_rate_needs_no_list_unless_it_may_be_on_an_item_of_its_own() -> None:
    not_shipped = {"support_item": "01_301_0104_1_1", "agreed_rate_per_km": "0.90"}
    assert run("travel", **{**TRAVEL, **not_shipped})["travel_time"]["claim_type"] == "TRAN"
    therapy = {**TRAVEL, "support_item": "15_503_0134_1_3"}
    assert run("travel", **therapy)["travel_time"]["support_item"] == "15_503_0134_1_3"
    assert run("travel", **therapy | {"service_date": "2026-07-06"}) == {"unknown": "15_503_0134_1_3"}


@pytest.mark.parametrize(
    ("item", "day", "minutes"),
    [
        ("01_003_0107_1_1", "2025-08-04", 0),  # published without travel, and not on the list that comes along
        ("01_200_0115_1_1", "2025-02-03", 0),  # an older day is taken for one of the oldest list
        ("01_200_0115_1_1", "2026-07-06", 60),  # the same number, another support with travel since that year
        ("01_206_0115_1_1", "2025-08-04", 60),  # on no list of that year: as agreed
        ("01_206_0115_1_1", "2026-07-06", 0),
    ],
)
def test_travel_is_not_priced_for_an_item_that_allows_none_though_its_price_is_not_known(
    item: str, day: str, minutes: int
) -> None:
    case = {**TRAVEL, "support_item": item, "service_date": day}
    answer = run("travel", **case)
    assert answer["travel_time"]["claimable_minutes"] == minutes
    assert (answer["total"] == "60.00") is (minutes == 0)


def test_a_class_of_place_that_spans_two_limits_is_refused() -> None:
    with pytest.raises(ValueError, match="Modified Monash"):
        run("travel", **{**TRAVEL, "mmm": "MMM 3-4"})


TRIP: Result = {
    "legs_minutes": {"to_A": 50, "A_to_B": 25, "B_to_C": 15, "return": 30},
    "support_minutes": {"A": 60, "B": 60, "C": 120}, "agreed_hourly_rate": "60.00", "km_total": "90",
    "agreed_rate_per_km": "0.80", "leg_cap_minutes": 60,
}  # fmt: skip


@pytest.mark.parametrize(
    ("how", "minutes", "costs"),
    [
        ({"apportionment": "equal"}, ("40", "40", "40"), ("24.00", "24.00", "24.00")),
        ({"apportionment": "by_support_minutes"}, ("30", "30", "60"), ("18.00", "18.00", "36.00")),
        ({"apportionment": {"A": "0.5", "B": "0.25", "C": "0.25"}}, ("60", "30", "30"), ("36.00", "18.00", "18.00")),
        ({"apportionment": "shares", "shares": {"A": 2, "B": 1, "C": 1}}, ("60", "30", "30"),
         ("36.00", "18.00", "18.00")),
        ({"apportionment": "km", "km": {"A": "60", "B": "15", "C": "15"}}, ("80", "20", "20"),
         ("48.00", "12.00", "12.00")),
        ({"apportionment": "equal", "worker_paid_for_return": False}, ("30", "30", "30"), ("24.00",) * 3),
        ({"apportionment": "equal", "leg_cap_minutes": 20}, ("30", "30", "30"), ("24.00",) * 3),
    ],
)  # fmt: skip
def test_a_trip_is_shared_as_agreed(how: Result, minutes: tuple[str, ...], costs: tuple[str, ...]) -> None:
    answer = run("shared_trip", **{**TRIP, **how})
    assert tuple(one["travel_minutes"] for one in answer.values()) == minutes
    assert tuple(one["non_labour"] for one in answer.values()) == costs


CALLED_OFF: Result = {
    "support_item": "01_011_0107_1_1", "window": "7_days", "appointment": "2026-02-10T10:00",
    "notice_given": "2026-02-09T10:00", "public_holidays": [], "minutes": 90, "worker_backfilled": False,
    "agreement_allows": True, "agreed_unit_price": "70.00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "short", "amount"),
    [
        ({}, True, "105.00"),
        ({"agreement_allows": False}, True, "0.00"),
        ({"worker_backfilled": True}, True, "0.00"),
        ({"notice_given": None}, True, "105.00"),
        ({"notice_given": "2026-02-10T11:00"}, True, "105.00"),
        ({"notice_given": "2026-02-03T10:00"}, False, "0.00"),  # exactly seven days, nothing said
        ({"notice_given": "2026-02-03T10:00", "exactly_seven_days_is_short": True}, True, "105.00"),
        ({"notice_given": "2026-02-03T10:01"}, True, "105.00"),
        ({"support_item": "02_051_0108_1_1"}, True, "0.00"),  # this one may not be charged
        ({"window": "2_clear_business_days", "notice_given": "2026-02-06T10:00"}, False, "0.00"),
        ({"window": "2_clear_business_days", "notice_given": "2026-02-06T10:01"}, True, "105.00"),
        ({"support_item": "15_617_0128_1_3", "appointment": "2026-07-14T10:00", "notice_given": "2026-07-13T10:00"},
         True, "105.00"),  # has an item of its own for it
        ({"support_item": "01_010_0107_1_1"}, True, "70.00"),  # one night, however long
        ({"support_item": "15_503_0134_1_3"}, True, "105.00"),  # not shipped, but among the published windows
        ({"support_item": "01_060_0115_1_1"}, True, "70.00"),  # the same, and it is charged by the day
    ],
)  # fmt: skip
def test_a_visit_called_off_is_charged_only_under_every_condition(changes: Result, short: bool, amount: str) -> None:
    answer = run("cancellation", **{**CALLED_OFF, **changes})
    assert (answer["short_notice"], answer["max_amount"]) == (short, amount)
    assert answer["claimable"] == (amount != "0.00")
    assert answer["claim_type"] == ("CANC" if answer["claimable"] else "")


@pytest.mark.parametrize(
    ("months", "before", "amount"),
    [
        ({"2026-05": 20, "2026-06": 20, "2026-07": 20}, False, "702.30"),  # the limit of the first month
        ({"2026-07": "20.5", "2026-08": 20, "2026-09": 21}, False, "735.80"),
        ({"2026-07": "19.5", "2026-08": 20, "2026-09": 21}, False, "0.00"),
        ({"2026-07": 30, "2026-08": 30, "2026-10": 30}, False, "0.00"),
        ({"2026-07": 30, "2026-08": 30, "2026-09": 30}, True, "0.00"),
        ({}, False, "0.00"),
    ],
)
def test_an_establishment_fee_once_for_enough_hours(months: Result, before: bool, amount: str) -> None:
    answer = run(
        "establishment_fee",
        support_item="01_049_0107_1_1",
        agreed_hours_by_month=months,
        claimed_before_by_this_provider_for_this_participant=before,
    )
    assert answer == {"eligible": amount != "0.00", "amount": amount}


@pytest.mark.parametrize(
    ("vehicle", "rate", "people", "units"),
    [(None, "0.85", 1, "8.50"), ("car", "1.50", 1, "9.90"), ("bus", "3.00", 1, "27.60"), ("bus", "2.00", 4, "5.00")],
)
def test_driving_costs_what_was_agreed_up_to_the_reasonable_rate(
    vehicle: str | None, rate: str, people: int, units: str
) -> None:
    answer = run(
        "activity_transport",
        support_item="04_104_0125_6_1",
        transport_item="04_590_0125_6_1",
        worker_minutes_including_driving=60,
        agreed_hourly_rate="60.00",
        km="10",
        agreed_rate_per_km=rate,
        **({"vehicle": vehicle} if vehicle else {}),
        **({"participants": people} if people > 1 else {}),
    )
    assert answer["transport_units"] == units


@pytest.mark.parametrize("text", ["plan managed", "plan_managed", "Plan-managed", "plan"])
def test_ways_of_managing_money_are_known_however_they_are_spelt(text: str) -> None:
    assert management_of(text).value == "plan"


def test_no_limit_is_not_a_limit_of_zero() -> None:
    item = {"support_item": "03_090_0121_1_1", "dates": ["2026-07-06"]}
    checked = run("management_check", quoted_unit_price="500.00", **item)["2026-07-06"]
    falling = run("falling_limit", agreed_unit_price="500.00", minutes=60, management="agency managed", **item)
    if checked["limit"] is None:
        assert set(checked.values()) == {None, "ok"}
        assert falling["lines"][0]["payable_unit_price"] == "500.00"
    else:
        assert checked["plan_managed"] == "over_limit"


def test_a_price_never_rises_before_it_was_agreed() -> None:
    inputs: Result = {
        "support_item": "01_011_0107_1_1", "weekday": "Mon", "from": "2026-06-01", "to": "2026-08-31", "minutes": 60,
        "skipped_dates": [], "agreed_unit_price": "70.00", "new_unit_price": "75.00",
        "new_price_agreed_from": "2026-07-06",
    }  # fmt: skip
    free = run("agreed_price_rise", **inputs)
    assert free == {"visits_at_old_price": 5, "visits_at_new_price": 9, "total": "1025.00"}
    bound = run("agreed_price_rise", **inputs, management="plan managed")
    assert bound["total"] == "1012.22"  # 5 x 70.00, and 9 x the limit of 73.58


def test_nurses_have_their_own_hours() -> None:
    nurse = {"day": "01_606_0114_1_1", "eve": "01_607_0114_1_1", "night": "01_611_0114_1_1"}
    inputs = {"plan_start": "2026-02-02", "plan_end": "2026-02-08", "weekdays": ["Tue"], "items_by_band": nurse}
    found = {}
    for start, minutes in (("17:00", 120), ("11:00", 540), ("19:00", 660)):
        (line,) = run("schedule", start_time=start, minutes_per_visit=minutes, **inputs)["lines"]
        found[start] = line["support_item"]
    assert found == {"17:00": nurse["eve"], "11:00": nurse["day"], "19:00": nurse["night"]}


def test_a_rate_above_that_of_a_car_is_one_for_a_modified_vehicle_where_none_is_named() -> None:
    trip = {
        "support_item": "04_104_0125_6_1", "transport_item": "04_590_0125_6_1", "agreed_hourly_rate": "60.00",
        "worker_minutes_including_driving": 60, "km": "10",
    }  # fmt: skip
    paid = {rate: run_case("activity_transport", {**trip, "agreed_rate_per_km": rate}) for rate in ("2.50", "3.00")}
    assert [one["transport"] for one in paid.values()] == ["25.00", "27.60"]
    named = run_case("activity_transport", {**trip, "agreed_rate_per_km": "2.50", "vehicle": "car"})
    assert named["transport"] == "9.90"
