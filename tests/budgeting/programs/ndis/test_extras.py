"""What comes along with an NDIS support, as rows of a priced package."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from budgeting.explain import Confidence
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Extra,
    Irregular,
    Leg,
    ProgramOfSupport,
    RowKind,
    Transport,
    Travel,
    Vehicle,
    Work,
    WorkKind,
)
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import AtLimit, Boundary, Line, Management
from budgeting.period import Band, Place
from budgeting.programs.ndis import costs
from tests.budgeting.examples import (
    agreed,
    days,
    every_figure,
    kinds,
    line,
    money,
    package,
    priced,
    units,
    weekly,
)
from tests.budgeting.programs.ndis.one_visit import A_VISIT, ALONE, THERE_AND_BACK, WEEK, one_visit, only, rows


def test_travel_is_priced_like_the_support_up_to_the_limit_of_each_way() -> None:
    quoted = one_visit(Travel(THERE_AND_BACK, mmm=3, kilometres=Quantity(20_000), other=money("4.50")))
    time, costs = only(quoted, RowKind.TRAVEL_TIME), only(quoted, RowKind.TRAVEL_COSTS)
    assert (time.item, time.minutes, time.unit_price, time.amount) == (
        "01_011_0107_1_1", 50, money("70.23"), money("58.53"),
    )  # fmt: skip
    assert (costs.item, costs.unit_price, costs.quantity, costs.amount) == (
        "01_799_0107_1_1", money("1.00"), Quantity(24_300), money("24.30"),
    )  # fmt: skip
    assert quoted.amount == money("140.46") + money("58.53") + money("24.30")
    assert quoted.minutes == Minutes(120)  # travel is no time of support


@pytest.mark.parametrize(("mmm", "minutes"), [(1, 50), (4, 60), (7, 60)])
def test_the_place_decides_how_much_travel_time_counts(mmm: int, minutes: int) -> None:
    assert only(one_visit(Travel(THERE_AND_BACK, mmm=mmm)), RowKind.TRAVEL_TIME).minutes == minutes


def test_very_remote_places_have_no_limit_of_time_and_their_own_price() -> None:
    quoted = one_visit(Travel((Leg(200),)), place=Place("NT", "very_remote"))
    time = only(quoted, RowKind.TRAVEL_TIME)
    assert (time.minutes, time.unit_price) == (200, money("105.35"))


def test_where_the_place_is_not_known_the_lower_limit_counts_and_it_is_said() -> None:
    week = line(A_VISIT, period=WEEK, extras=(Travel((Leg(50),)),))
    quoted = priced(package(week, period=WEEK))
    assert only(quoted.lines[0], RowKind.TRAVEL_TIME).minutes == 30
    assert {"place_unknown", "travel_cut"} <= set(kinds(quoted))


def test_two_workers_travel_twice() -> None:
    quoted = one_visit(Travel((Leg(20),), mmm=1), workers=2)
    assert only(quoted, RowKind.TRAVEL_TIME).minutes == 40


def test_a_group_shares_a_trip_equally_unless_something_else_was_agreed() -> None:
    quoted = one_visit(Travel((Leg(40),), mmm=1), support="group_activities", participants=4)
    assert only(quoted, RowKind.TRAVEL_TIME).minutes == 10
    agreed_share = one_visit(Travel((Leg(40),), mmm=1, part=1, of=2), support="group_activities", participants=4)
    assert only(agreed_share, RowKind.TRAVEL_TIME).minutes == 20


@pytest.mark.parametrize(
    ("people", "workers", "price", "minutes", "hour", "amount"),
    [
        (3, 1, "23.00", 30, "69.00", "11.50"),  # a third of half an hour that costs three times $23.00
        (4, 1, "17.55", 40, "70.20", "11.70"),  # ten minutes
        (4, 2, "35.00", 30, "70.00", "17.50"),  # two workers: a quarter of an hour of work
        (1, 2, "140.00", 30, "70.00", "70.00"),  # two workers for one person: an hour of work
    ],
)
def test_the_way_to_a_group_costs_what_everyone_in_it_pays_together(
    people: int, workers: int, price: str, minutes: int, hour: str, amount: str
) -> None:
    for management in (Management.PLAN, Management.SELF):
        trip = Travel((Leg(minutes),), mmm=4)
        quoted = one_visit(trip, price=agreed(price), participants=people, workers=workers, management=management)
        time = only(quoted, RowKind.TRAVEL_TIME)
        assert (time.unit_price, time.amount) == (money(hour), money(amount))
        assert time.how is not None
        assert Confidence.U in {one.source.confidence for one in every_figure(time.how) if one.source is not None}


def test_a_group_never_pays_more_for_the_way_than_the_limit_where_it_binds() -> None:
    trip = Travel((Leg(30),), mmm=1)
    group = only(one_visit(trip, price=agreed("30"), participants=3, management=Management.PLAN), RowKind.TRAVEL_TIME)
    assert (group.unit_price, group.amount) == (money("70.23"), money("11.71"))  # not 90.00


def test_work_for_one_of_a_group_alone_is_not_divided_among_the_group() -> None:
    work = Work(WorkKind.NON_FACE_TO_FACE, 60)
    group = one_visit(work, support="group_activities", price=agreed("20"), participants=3)
    assert only(group, RowKind.NON_FACE_TO_FACE).amount == money("60.00")
    at_limit = one_visit(work, support="group_activities", participants=3)
    assert only(at_limit, RowKind.NON_FACE_TO_FACE).amount == money("70.23")


def test_travel_of_a_therapist_is_at_half_the_limit_and_on_its_own_item_from_july_2026() -> None:
    before = one_visit(Travel((Leg(30),), mmm=1), support="speech_therapy")
    after = one_visit(Travel((Leg(30),), mmm=1), support="speech_therapy", on="2026-07-06")
    assert [(row.item, row.unit_price) for row in rows(before, RowKind.TRAVEL_TIME)] == [
        ("15_622_0128_1_3", money("97.00"))
    ]
    assert [(row.item, row.unit_price) for row in rows(after, RowKind.TRAVEL_TIME)] == [
        ("15_622_0128_1_3_PT", money("97.00"))
    ]


@pytest.mark.parametrize(
    ("management", "rate", "payable"),
    [
        ("plan", "97.00", "97.00"),
        ("plan", "120.00", "97.00"),  # no more than half the limit
        ("plan", "60.00", "60.00"),
        ("plan", None, "97.00"),
        ("self", "120.00", "120.00"),  # the limit does not bind
        ("self", None, "180.00"),  # as the support
    ],
)
def test_the_lower_of_the_agreed_travel_rate_and_the_limit_is_paid_where_it_binds(
    management: str, rate: str | None, payable: str
) -> None:
    extra = Travel((Leg(30),), mmm=1, rate=money(rate) if rate else None)
    quoted = one_visit(extra, support="speech_therapy", price=agreed("180"), management=Management(management))
    assert only(quoted, RowKind.TRAVEL_TIME).unit_price == money(payable)


def test_travel_of_units_is_counted_by_trips() -> None:
    extra = Travel((Leg(30),), mmm=1, trips=10, kilometres=Quantity(5_000))
    year = line(units("20"), support="speech_therapy", extras=(extra,))
    quoted = priced(package(year)).lines[0]
    assert sum(row.visits for row in rows(quoted, RowKind.TRAVEL_TIME)) == 10
    assert sum(row.amount.minor for row in rows(quoted, RowKind.TRAVEL_COSTS) if row.amount) == 10 * 495


@pytest.mark.parametrize(
    ("support", "extra"),
    [
        ("transport", Travel((Leg(30),), mmm=1)),
        ("self_care", Centre()),
        ("speech_therapy", Transport(Quantity(1000))),
        ("self_care", Work(WorkKind.REPORT, 60)),
        ("self_care", Establishment()),  # two hours a week are not enough
    ],
)
def test_what_a_support_does_not_allow_is_not_priced_and_said(support: str, extra: Extra) -> None:
    quoted = priced(package(line(A_VISIT, support=support, period=WEEK, extras=(extra,)), period=WEEK))
    assert all(row.kind is RowKind.SUPPORT for row in quoted.lines[0].rows)
    assert "extra_not_claimable" in kinds(quoted)


def test_a_centre_costs_the_same_for_each_person_however_many_there_are() -> None:
    alone = one_visit(Centre(), support="group_activities")
    group = one_visit(Centre(), support="group_activities", participants=3)
    assert only(alone, RowKind.CENTRE_CAPITAL).amount == only(group, RowKind.CENTRE_CAPITAL).amount == money("5.18")


def test_driving_with_a_bus_is_shared_by_the_group() -> None:
    bus = Transport(Quantity(30_000), other=money("6.00"), vehicle=Vehicle.MODIFIED)
    quoted = one_visit(bus, support="group_activities", participants=4)
    row = only(quoted, RowKind.ACTIVITY_TRANSPORT)
    assert (row.item, row.amount) == ("04_591_0136_6_1", money("22.20"))


def test_a_dear_kilometre_is_capped_and_said() -> None:
    extra = Transport(Quantity(10_000), per_kilometre=money("1.50"))
    week = line(A_VISIT, support="community", period=WEEK, extras=(extra,), management=Management.PLAN)
    quoted = priced(package(week, period=WEEK))
    assert only(quoted.lines[0], RowKind.ACTIVITY_TRANSPORT).amount == money("9.90")
    assert "over_kilometre_rate" in kinds(quoted)


def test_work_away_from_the_person_is_claimed_on_its_own_item_from_july_2026() -> None:
    year = line(units("20"), support="speech_therapy", extras=(Work(WorkKind.NON_FACE_TO_FACE, 365),))
    found = rows(priced(package(year)).lines[0], RowKind.NON_FACE_TO_FACE)
    assert [(row.item, row.minutes) for row in found] == [("15_622_0128_1_3", 181), ("15_622_0128_1_3_NF", 184)]


def test_work_away_from_the_person_at_one_price_is_rounded_to_the_cent_once_whichever_list_is_in_force() -> None:
    work = Work(WorkKind.NON_FACE_TO_FACE, 100, rate=money("97"))
    first, second = rows(priced(package(line(units("20"), support="speech_therapy", extras=(work,)))).lines[0],
                         RowKind.NON_FACE_TO_FACE)  # fmt: skip
    assert (first.minutes, second.minutes) == (50, 50)
    assert (first.amount, second.amount) == (money("80.83"), money("80.84"))  # 100 min at $97.00 are $161.67
    assert second.how is not None
    assert second.how.sum is not None
    assert [part.value for part in second.how.parts] == [money("161.67"), money("80.83")]


def test_the_establishment_fee_is_charged_once_on_the_first_day() -> None:
    visits = weekly("Mon Thu", "09:00", "12:00")
    made = line(visits, extras=(Establishment(),), provider="Sunny")
    other = line(visits, id="more", support="community", extras=(Establishment(),), provider="Sunny")
    quoted = priced(package(made, other))
    assert only(quoted.lines[0], RowKind.ESTABLISHMENT_FEE).amount == money("702.30")
    assert "establishment_fee_twice" in kinds(quoted)
    assert not rows(priced(package(line(visits, extras=(Establishment(True),)))).lines[0], RowKind.ESTABLISHMENT_FEE)


def test_a_program_of_support_of_a_year_is_too_long() -> None:
    assert "program_too_long" in kinds(priced(package(line(A_VISIT, extras=(ProgramOfSupport(),)))))
    quarter = line(A_VISIT, period=days("2026-01-01", "2026-04-30"), extras=(ProgramOfSupport(),))
    assert "program_review" in kinds(priced(package(quarter)))


@pytest.mark.parametrize(
    ("weekday", "start", "end", "noticed"),
    [
        ("Fri", "18:00", "20:00", False),
        ("Fri", "18:00", "21:00", True),
        ("Fri", "22:00", "02:00", True),
        ("Thu", "22:00", "02:00", False),  # a night from weekday to weekday has one price anyway
    ],
)
def test_the_higher_price_for_a_visit_over_two_bands_has_to_be_talked_about(
    weekday: str, start: str, end: str, noticed: bool
) -> None:
    one_worker = line(weekly(weekday, start, end), boundary=Boundary.HIGHER)
    assert ("higher_price" in kinds(priced(package(one_worker)))) is noticed
    assert "higher_price" not in kinds(priced(package(replace(one_worker, boundary=Boundary.SPLIT))))


def test_a_plan_manager_must_be_registered() -> None:
    fee = line(units("12", "MON"), support="plan_management", management=Management.PLAN)
    assert "registered_only" in kinds(priced(package(fee)))


extras = st.lists(
    st.one_of(
        st.builds(
            Travel,
            legs=st.lists(st.builds(Leg, st.integers(0, 200), st.booleans()), max_size=3).map(tuple),
            mmm=st.none() | st.integers(1, 7),
            rate=st.none() | st.builds(Money, st.integers(0, 30_000)),
            kilometres=st.builds(Quantity, st.integers(0, 200_000)),
            other=st.builds(Money, st.integers(0, 5_000)),
            of=st.integers(1, 5),
            trips=st.integers(0, 30),
        ),
        st.builds(Transport, kilometres=st.builds(Quantity, st.integers(0, 200_000)), trips=st.integers(0, 30)),
        st.just(Centre()),
        st.builds(Work, st.sampled_from(WorkKind), st.integers(0, 3_000)),
        st.builds(Irregular, st.integers(0, 3_000), st.sampled_from([Band.DAY, Band.NIGHT, Band.SUNDAY])),
        st.just(Establishment()),
        st.builds(ActiveHours, st.integers(0, 480), st.booleans()),
    ),
    max_size=4,
).map(tuple)
SUPPORTS = ("self_care", "community", "group_activities", "speech_therapy", "registered_nurse", "shared_living")


@settings(max_examples=60, deadline=None)
@given(
    extras,
    st.sampled_from(SUPPORTS),
    st.sampled_from([weekly("Mon Fri Sun", "17:00", "21:30"), weekly("Sat", "22:00", "07:00"), units("24")]),
    st.sampled_from(["national", "remote", "very_remote"]),
)
def test_rows_and_charges_of_what_comes_along_add_up_and_leave_the_support_alone(
    chosen: tuple[Extra, ...], support: str, schedule: object, zone: str
) -> None:
    made: Line = line(schedule, support=support, price=AtLimit(), extras=chosen)  # type: ignore[arg-type]  # one of the two schedules
    quoted = priced(package(made, place=Place("NSW", zone))).lines[0]
    bare = priced(package(line(schedule, support=support, price=AtLimit()), place=Place("NSW", zone))).lines[0]  # type: ignore[arg-type]  # one of the two schedules
    assert tuple(row for row in quoted.rows if row.kind is RowKind.SUPPORT) == bare.rows
    assert quoted.minutes == bare.minutes
    assert quoted.amount.minor == sum(row.amount.minor for row in quoted.rows if row.amount)
    taken = sum(
        charge.amount if hasattr(charge, "amount") else charge.each * charge.days.count(0, 10**7)
        for charge in quoted.charges
    )
    assert taken == quoted.funded.minor == quoted.amount.minor
    for row in quoted.rows:
        if row.kind is not RowKind.SUPPORT and row.how is not None:
            assert row.how.value == row.each


def test_the_limit_of_a_way_is_named_only_where_it_takes_something_away() -> None:
    at = date(2026, 7, 1)
    within = costs.travel_minutes(Travel((Leg(20), Leg(30, back=True))), ALONE, 1, 1, at)
    above = costs.travel_minutes(Travel((Leg(20), Leg(31, back=True))), ALONE, 1, 1, at)
    assert (within.value, within.rule) == (Minutes(50), None)
    assert above.value == Minutes(50)
    assert above.rule is not None


def test_the_units_of_one_dollar_name_where_they_stand_and_since_when() -> None:
    extra = Travel((Leg(20),), kilometres=Quantity(20_000))
    figure = costs.driving(extra, Vehicle.CAR, ALONE, binds=True, day=date(2026, 7, 1))
    assert figure.source is not None
    assert (figure.source.since, figure.source.confidence) == (date(2025, 7, 1), Confidence.A)
