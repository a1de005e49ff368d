"""Amounts of lines: every expected figure is worked out by hand from the price lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.money import Minutes
from budgeting.package import Agreed, AgreedAmount, Boundary, Management, Spread
from budgeting.period import Band, Place
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    YEAR,
    a_price_list,
    agreed,
    component,
    day,
    days,
    funded,
    holidays,
    kinds,
    line,
    money,
    package,
    priced,
    units,
    weekly,
)


def test_a_visit_on_a_public_holiday_has_the_price_of_a_public_holiday() -> None:
    monday = line(weekly("Mon", "09:00", "11:00"), period=days("2026-01-19", "2026-02-01"))
    quoted = priced(package(monday), calendar=holidays("2026-01-26")).line("shower")
    rows = {row.band: (row.visits, row.amount) for row in quoted.rows}
    assert rows == {Band.DAY: (1, money("140.46")), Band.HOLIDAY: (1, money("312.06"))}


def test_a_visit_is_priced_by_its_day_not_by_the_day_of_the_agreement() -> None:
    wednesday = line(weekly("Wed", "10:00", "12:00"), period=days("2026-06-24", "2026-07-01"))
    rows = priced(package(wednesday)).line("shower").rows
    assert [(row.unit_price, row.first) for row in rows] == [
        (money("70.23"), day("2026-06-24")),
        (money("73.58"), day("2026-07-01")),
    ]


def test_an_item_with_two_rows_in_one_list_takes_the_one_of_the_day() -> None:
    art = line(weekly("Mon", "09:00", "10:00"), support="art_therapy", period=days("2025-11-17", "2025-11-30"))
    wanted = package(art, period=days("2025-11-01", "2025-11-30"))
    assert [row.unit_price for row in priced(wanted).line("shower").rows] == [money("193.99"), money("156.16")]


def test_the_place_decides_the_limit() -> None:
    monday = line(weekly("Mon", "09:00", "10:00"), period=days("2026-01-05", "2026-01-11"))
    remote = package(monday, place=Place("NT", "very_remote"))
    assert priced(remote).amount == money("105.35")


def test_part_hours_are_rounded_once_for_each_visit() -> None:
    ten_minutes = line(
        weekly("Mon Tue", "09:00", "09:10"), support="occupational_therapy", period=days("2026-01-05", "2026-01-11")
    )
    assert priced(package(ten_minutes)).amount == money("64.66")  # 32.33 twice, not 64.663 rounded


def test_a_fortnightly_visit_comes_every_second_week() -> None:
    fortnightly = line(weekly("Tue", "09:00", "10:00", every=2), period=days("2026-01-06", "2026-02-02"))
    assert priced(package(fortnightly)).line("shower").visits == 2


def test_a_day_that_is_skipped_costs_nothing() -> None:
    monday = line(weekly("Mon", "09:00", "10:00"), period=days("2026-01-05", "2026-01-18"))
    skipping = replace(monday, skips=(day("2026-01-12"), day("2026-01-13")))
    assert priced(package(skipping)).line("shower").visits == 1


def test_a_sleepover_is_one_unit_for_each_night() -> None:
    nights = replace(weekly("Fri Sat", "22:00", "06:00"), sleepover=True)
    quoted = priced(package(line(nights, period=days("2026-01-05", "2026-01-11"))))
    assert quoted.amount == money("595.20")  # 2 x 297.60


def test_a_visit_across_two_bands_is_split_or_at_the_higher_price() -> None:
    friday = line(weekly("Fri", "18:00", "21:00"), period=days("2025-09-12", "2025-09-12"))
    wanted = package(friday, period=days("2025-09-01", "2025-09-30"))
    assert priced(wanted).amount == money("217.84")
    higher = package(replace(friday, boundary=Boundary.HIGHER), period=days("2025-09-01", "2025-09-30"))
    assert priced(higher).amount == money("232.14")
    assert priced(wanted).line("shower").visits == priced(higher).line("shower").visits == 1


def test_a_visit_over_new_year_has_each_part_on_its_own_day() -> None:
    night = line(weekly("Thu", "23:00", "01:00"), period=days("2026-12-31", "2026-12-31"))
    rows = priced(package(night), calendar=holidays("2027-01-01")).line("shower").rows
    assert [(row.band, row.first) for row in rows] == [
        (Band.EVENING, day("2026-12-31")),
        (Band.HOLIDAY, day("2027-01-01")),
    ]


def test_people_in_a_group_share_the_limit_in_whole_cents_rounded_down() -> None:
    wednesday = line(weekly("Wed", "09:00", "13:00"), period=days("2026-01-07", "2026-01-07"))
    shared = replace(wednesday, support="group_activities", participants=4)
    row = priced(package(shared)).line("shower").rows[0]
    assert row.unit_price == money("17.55")  # 70.23 / 4 = 17.5575
    assert row.amount == money("70.20")


@pytest.mark.parametrize("management", [Management.AGENCY, Management.PLAN])
def test_agency_and_plan_manager_pay_no_more_than_the_limit(management: Management) -> None:
    over = line(weekly("Mon", "09:00", "10:00"), price=agreed("72"), period=days("2026-06-29", "2026-07-12"))
    quoted = priced(package(over, funding=funded(component("9000", management=management.value))))
    assert [row.unit_price for row in quoted.line("shower").rows] == [money("70.23"), money("72")]
    assert "over_limit" in kinds(quoted)


def test_self_managed_money_may_pay_above_the_limit_and_is_told_in_hours() -> None:
    over = line(weekly("Mon", "09:00", "19:00"), price=agreed("77.25"), period=days("2026-01-05", "2026-01-11"))
    quoted = priced(package(over, funding=funded(component("9000", management="self"))))
    assert quoted.amount == money("772.50")
    (told,) = [finding for finding in quoted.findings if finding.kind == "above_limit"]
    assert told.words.values["time"] == Minutes(59)  # 70.20 above the limit buys 0.9996 hours


def test_an_agreed_price_does_not_rise_by_itself() -> None:
    monday = line(weekly("Mon", "09:00", "10:00"), price=agreed("65"), period=days("2026-06-29", "2026-07-12"))
    assert {row.unit_price for row in priced(package(monday)).line("shower").rows} == {money("65")}


def test_a_new_price_counts_from_the_day_it_was_agreed() -> None:
    rising = Agreed((AgreedAmount(money("60")), AgreedAmount(money("66"), since=day("2026-01-12"))))
    monday = line(weekly("Mon", "09:00", "10:00"), price=rising, period=days("2026-01-05", "2026-01-18"))
    assert priced(package(monday)).amount == money("126")


def test_a_price_by_band_leaves_other_bands_unknown_not_free() -> None:
    weekend = line(weekly("Sat Sun", "09:00", "10:00"), price=agreed(sat="90"), period=days("2026-01-05", "2026-01-11"))
    quoted = priced(package(weekend))
    assert quoted.amount == money("90")
    assert not quoted.complete
    assert "no_price" in kinds(quoted)


def test_a_line_without_a_price_is_not_known_and_not_zero() -> None:
    quoted = priced(package(line(weekly("Mon", "09:00", "10:00"), price=None)))
    assert quoted.line("shower").figure.value is None
    assert not quoted.complete
    assert kinds(quoted)[0] == "no_price"


def test_money_given_for_one_thing_alone_pays_before_general_money() -> None:
    general, alone = component("9000", key="core"), component("100", "01", key="alone")
    shower = line(weekly("Mon", "09:00", "10:00"))
    for parts in ((general, alone), (alone, general)):
        assert priced(package(shower, funding=funded(*parts))).line("shower").component == "alone"


def test_no_limit_is_not_a_limit_of_zero() -> None:
    open_priced = Editions([a_price_list({"01_900_0107_1_1": None})])
    monday = weekly("Mon", "09:00", "10:00")
    unlimited = line(monday, support="01_900_0107_1_1", period=days("2026-01-05", "2026-01-11"))
    assert "no_limit" in kinds(priced(package(unlimited), open_priced))
    with_price = replace(unlimited, price=agreed("80"), management=Management.PLAN)
    assert priced(package(with_price), open_priced).amount == money("80")


def test_a_band_without_an_item_is_said_and_not_priced_with_another() -> None:
    night = line(weekly("Tue", "22:00", "23:30"), support="community", period=days("2026-01-05", "2026-01-11"))
    early = replace(night, schedule=weekly("Tue", "04:00", "05:00"))
    assert priced(package(night)).amount == money("116.07")  # 1.5 x 77.38
    assert "no_item" in kinds(priced(package(early)))


def test_units_are_spread_over_the_days_and_follow_the_price_of_each_part() -> None:
    hours = line(units("73"), support="psychology", period=days("2026-01-01", "2026-12-31"))
    rows = priced(package(hours)).line("shower").rows
    assert [(row.quantity.thousandths, row.unit_price) for row in rows] == [
        (36200, money("232.99")),  # 181 of 365 days
        (36800, money("252.99")),
    ]


def test_units_used_at_once_take_the_price_of_the_first_day() -> None:
    once = replace(units("5"), spread=Spread.ONCE)
    assessment = line(once, support="psychology", period=days("2026-06-30", "2026-12-31"))
    assert priced(package(assessment)).amount == money("1164.95")


@pytest.mark.parametrize(
    ("quantity", "first", "last", "support", "amount"),
    [
        ("10", "2026-06-01", "2026-07-31", "occupational_therapy", "625.00"),  # 4.918 and 5.082 hours: 307.38 + 317.63
        ("100", "2026-01-01", "2026-12-31", "occupational_therapy", "6250.00"),
        ("10", "2026-06-01", "2026-07-31", "meals", "625.00"),  # counted in dollars
    ],
)
def test_units_at_one_price_are_rounded_once_though_a_new_list_begins(
    quantity: str, first: str, last: str, support: str, amount: str
) -> None:
    hours = line(units(quantity), support=support, period=days(first, last), price=agreed("62.50"))
    quoted = priced(package(hours, period=days(first, last))).lines[0]
    assert len(quoted.rows) == 2
    assert quoted.amount == quoted.funded == money(amount)


def test_units_are_rounded_for_each_price_where_it_changes() -> None:
    both = Agreed((AgreedAmount(money("62.50")), AgreedAmount(money("62.51"), since=day("2026-07-01"))))
    hours = line(units("10"), support="occupational_therapy", period=days("2026-06-01", "2026-07-31"), price=both)
    assert priced(package(hours)).amount == money("307.38") + money("317.68")  # 5.082 x 62.51 = 317.67582


def test_dollar_items_are_counted_in_dollars() -> None:
    taxi = line(units("1040.50", "YR"), support="transport")
    assert priced(package(taxi)).amount == money("1040.50")


def test_an_item_that_is_not_in_the_list_is_said() -> None:
    unknown = line(weekly("Mon", "09:00", "10:00"), support="99_999_0107_1_1")
    assert "not_listed" in kinds(priced(package(unknown)))


def test_an_item_that_is_in_no_list_is_said_once_until_it_costs_something() -> None:
    unknown = line(weekly("Mon", "09:00", "10:00"), support="99_999_0107_1_1", provider="Sunny", purposes=("walk",))
    money_for_it = funded(component("1000"))
    assert kinds(priced(package(unknown, funding=money_for_it))) == ["not_listed"]
    with_price = priced(package(replace(unknown, price=agreed("50")), funding=money_for_it))
    assert {"not_listed", "no_component"} <= set(kinds(with_price))


def test_a_later_list_replaces_the_earlier_one_whole() -> None:
    both = Editions(
        [
            a_price_list({"01_900_0107_1_1": "50", "01_901_0107_1_1": "60"}, "2025-07-01"),
            a_price_list({"01_900_0107_1_1": "55"}, "2026-07-01"),
        ]
    )
    assert both.row("01_901_0107_1_1", day("2026-06-30")) is not None
    assert both.row("01_901_0107_1_1", day("2026-07-01")) is None


def test_only_the_part_inside_the_package_is_priced() -> None:
    monday = line(weekly("Mon", "09:00", "10:00"), period=days("2026-01-05", "2026-01-25"))
    assert priced(package(monday, period=days("2026-01-12", "2026-12-31"))).line("shower").visits == 2
    assert priced(package(monday, period=days("2027-01-01", "2027-12-31"))).line("shower").visits == 0


def test_the_shipped_calendar_knows_the_extra_anzac_day_of_new_south_wales() -> None:
    monday = line(weekly("Mon", "09:00", "10:00"), period=days("2026-04-27", "2026-04-27"))
    assert priced(package(monday), calendar=programs.calendar()).amount == money("156.03")
    in_victoria = package(monday, place=Place("VIC"))
    assert priced(in_victoria, calendar=programs.calendar()).amount == money("70.23")


def test_the_brisbane_show_is_a_holiday_in_brisbane_only() -> None:
    calendar = programs.calendar()
    assert day("2026-08-12") in calendar.at(Place("QLD", region="Brisbane"))
    assert day("2026-08-12") not in calendar.at(Place("QLD"))


def test_christmas_eve_in_queensland_is_a_holiday_from_six_in_the_evening() -> None:
    thursday = line(weekly("Thu", "17:00", "19:00"), period=days("2026-12-24", "2026-12-24"))
    quoted = priced(package(thursday, place=Place("QLD")), calendar=programs.calendar())
    assert quoted.amount == money("73.58") + money("163.46")


def test_an_empty_package_costs_nothing() -> None:
    quoted = priced(package(period=YEAR), calendar=NO_HOLIDAYS)
    assert (quoted.amount, quoted.complete, quoted.findings) == (money("0"), True, ())


@pytest.mark.parametrize("management", [*Management, None])
def test_what_is_claimed_in_dollars_costs_what_was_agreed_whoever_manages_the_money(
    management: Management | None,
) -> None:
    meals = line(units("10", "E"), support="meals", price=agreed("25"), management=management)
    quoted = priced(package(meals))
    assert quoted.amount == money("250.00")  # the one dollar of the list is no limit: it says how meals are counted
    assert not {"over_limit", "above_limit"} & set(kinds(quoted))
    assert quoted.lines[0].rows[0].limit is None


def test_dollars_are_not_shared_by_a_group_and_are_the_price_where_none_was_agreed() -> None:
    dollars = line(units("46.8", "E"), period=days("2026-09-01", "2026-11-30"), support="worker_travel", participants=3)
    assert priced(package(dollars)).amount == money("46.80")
    assert priced(package(replace(dollars, price=agreed("1")))).amount == money("46.80")
