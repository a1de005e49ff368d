"""Support by telephone or video, work from another place, and support in a shared home that nobody could foresee."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from budgeting import programs
from budgeting.choosing import offers
from budgeting.extras import Centre, Extra, Irregular, Leg, RowKind, Telehealth, Travel, Work, WorkKind
from budgeting.money import Minutes, Money
from budgeting.package import AtLimit, Management, Price
from budgeting.period import DAY, Band, Period, Place
from budgeting.quotation import LineQuote
from tests.budgeting.examples import agreed, day, days, kinds, line, money, package, priced, units, weekly

REMOTE, CITY = Place("NSW", "remote"), Place("NSW")
TUESDAY = weekly("Tue", "09:00", "10:00")
BEFORE, AFTER = days("2026-02-02", "2026-02-08"), days("2026-07-06", "2026-07-12")


def therapy(*extras: Extra, place: Place = REMOTE, period: Period = AFTER, price: Price | None = None) -> LineQuote:
    made = line(TUESDAY, support="occupational_therapy", period=period, extras=extras, price=price or AtLimit())
    return priced(package(made, period=period, place=place)).lines[0]


@pytest.mark.parametrize(
    ("told", "limit"),
    [
        (None, "271.59"),  # somebody comes to a remote place
        (Telehealth(), "193.99"),  # where the worker is was not said: the limit of a city
        (Telehealth("national"), "193.99"),
        (Telehealth("very_remote"), "290.99"),
        (Telehealth(remote_agreed=True), "271.59"),
        (Telehealth("national", remote_agreed=True), "271.59"),
    ],
)
@pytest.mark.parametrize("period", [BEFORE, AFTER])
def test_by_telephone_or_video_the_place_of_the_worker_sets_the_limit(
    told: Telehealth | None, limit: str, period: Period
) -> None:
    (row,) = therapy(*([told] if told else []), period=period).rows
    assert (row.unit_price, row.amount) == (money(limit), money(limit))


def test_agreeing_to_a_remote_price_means_nothing_in_a_city() -> None:
    assert therapy(Telehealth("very_remote", remote_agreed=True), place=CITY).rows[0].unit_price == money("290.99")
    assert therapy(Telehealth(remote_agreed=True), place=CITY).rows[0].unit_price == money("193.99")


def test_a_list_with_an_item_of_its_own_for_it_has_that_item_from_its_first_day() -> None:
    both = days("2026-06-29", "2026-07-12")  # Tuesdays: 30 June, 7 July
    assert [(row.item, row.visits) for row in therapy(Telehealth(), period=both).rows] == [
        ("15_617_0128_1_3", 1),
        ("15_617_0128_1_3_TH", 1),
    ]


def test_an_agreed_price_stays_and_is_held_to_the_limit_of_the_worker_where_limits_bind() -> None:
    for management, payable in ((Management.PLAN, "193.99"), (Management.SELF, "250.00")):
        made = line(
            TUESDAY,
            support="occupational_therapy",
            period=AFTER,
            extras=(Telehealth(),),
            price=agreed("250.00"),
            management=management,
        )
        (row,) = priced(package(made, period=AFTER, place=REMOTE)).lines[0].rows
        assert row.unit_price == money(payable)


def test_nobody_travels_to_a_telephone_call_and_it_is_said() -> None:
    extras = (Telehealth(), Travel((Leg(20),)), Centre())
    made = line(TUESDAY, support="occupational_therapy", period=AFTER, extras=extras, price=AtLimit())
    quoted = priced(package(made, period=AFTER, place=REMOTE))
    assert {row.kind for row in quoted.lines[0].rows} == {RowKind.SUPPORT}
    assert {"extra_not_claimable", "worker_place_unknown"} <= set(kinds(quoted))


def test_work_in_another_place_has_the_limit_of_that_place() -> None:
    for zone, hour in ((None, "271.59"), ("national", "193.99"), ("very_remote", "290.99")):
        quoted = therapy(Work(WorkKind.NON_FACE_TO_FACE, 60, zone=zone))
        (row,) = [row for row in quoted.rows if row.kind is RowKind.NON_FACE_TO_FACE]
        assert row.amount == money(hour)


@pytest.mark.parametrize(
    ("band", "amount"),
    [(Band.DAY, "140.46"), (Band.SATURDAY, "197.66"), (Band.HOLIDAY, "312.06")],  # two hours at 70.23, 98.83, 156.03
)
def test_support_that_nobody_could_foresee_has_the_price_of_its_kind_of_time(band: Band, amount: str) -> None:
    week = line(TUESDAY, support="shared_living", period=BEFORE, extras=(Irregular(120, band),), price=AtLimit())
    quoted = priced(package(week, period=BEFORE)).lines[0]
    (row,) = [row for row in quoted.rows if row.kind is RowKind.IRREGULAR]
    assert row.amount == money(amount)
    assert quoted.minutes == Minutes(60)  # the visit alone: nobody knows yet whether the rest comes


def test_it_can_be_claimed_only_with_supports_whose_row_allows_it() -> None:
    week = line(TUESDAY, support="self_care", period=BEFORE, extras=(Irregular(120),), price=AtLimit())
    quoted = priced(package(week, period=BEFORE))
    assert all(row.kind is RowKind.SUPPORT for row in quoted.lines[0].rows)
    assert "extra_not_claimable" in kinds(quoted)


def test_each_is_offered_only_where_the_rules_know_it() -> None:
    def offered(support: str) -> frozenset[str]:
        return offers.offered("ndis", support, CITY, programs.shipped("ndis"), day("2026-07-06"))

    assert "irregular" in offered("shared_living")
    assert "telehealth" not in offered("shared_living")
    assert "telehealth" in offered("occupational_therapy")
    assert "irregular" not in offered("occupational_therapy")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5_000), st.sampled_from([Band.DAY, Band.SUNDAY]), st.integers(0, 363))
def test_all_minutes_of_a_year_are_there_however_the_year_is_cut(minutes: int, band: Band, cut: int) -> None:
    year = days("2026-07-01", "2027-06-30")  # one price all the time
    extra = (Irregular(minutes, band),)
    made = line(units("0"), support="shared_living", period=year, extras=extra, price=AtLimit())
    middle = year.first + cut * DAY
    whole, *halves = (
        sum(row.minutes or 0 for row in priced(package(made, period=part)).lines[0].rows)
        for part in (year, Period(year.first, middle), Period(middle + DAY, year.last))
    )
    assert whole == minutes == sum(halves)
    hour = money("73.58") if band is Band.DAY else money("133.50")
    assert priced(package(made, period=year)).lines[0].amount == Money((hour.minor * minutes * 2 + 60) // 120)
