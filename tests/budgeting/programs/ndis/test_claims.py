"""Claim-by days, GST, the establishment fee, programs of support, registered providers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from budgeting.explain import Confidence
from budgeting.programs.ndis import claims
from budgeting.programs.ndis.claims import GstCode, agreed_minutes
from budgeting.programs.ndis.items import transformation
from tests.budgeting.examples import day, days, line, money, units, weekly

services = st.dates(date(2024, 10, 3), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("service", "last"),
    [("2025-07-10", "2027-07-09"), ("2025-01-01", "2026-12-31"), ("2028-02-29", "2030-02-28")],
)
def test_two_years_begin_on_the_day_of_the_support(service: str, last: str) -> None:
    assert claims.claim_by(day(service)).day == day(last)


def test_the_announced_ninety_days_are_told_apart_and_marked_as_not_verified() -> None:
    answer = claims.claim_by(day("2026-12-10"))
    assert (answer.day, answer.sooner) == (day("2028-12-09"), day("2027-03-09"))
    assert answer.announced is not None
    assert answer.announced.confidence is Confidence.U
    assert answer.source.confidence is Confidence.A


def test_the_announced_change_also_shortens_older_claims_but_not_before_it_begins() -> None:
    assert claims.claim_by(day("2025-07-10")).sooner == day("2026-11-30")
    assert claims.claim_by(day("2026-11-20")).sooner == day("2027-02-17")
    assert claims.claim_by(day("2024-10-10")).sooner is None


@given(services, st.integers(0, 400))
def test_a_later_support_may_be_claimed_later_or_as_late(service: date, more: int) -> None:
    first, second = claims.claim_by(service), claims.claim_by(service + timedelta(days=more))
    assert first.day <= second.day
    assert not first.late(first.day)
    assert first.late(first.day + timedelta(days=1))
    assert first.sooner is None or first.sooner < first.day


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({(2025, 9): 22, (2025, 10): 20, (2025, 11): 24}, (2025, 9)),
        ({(2025, 11): 20, (2025, 12): 20, (2026, 1): 20}, (2025, 11)),
        ({(2025, 9): 40, (2025, 11): 40, (2025, 12): 40}, None),
        ({(2025, 9): 19, (2025, 10): 20, (2025, 11): 20, (2025, 12): 20}, (2025, 10)),
        ({(2025, 9): 40, (2025, 10): 40}, None),
        ({}, None),
    ],
)
def test_the_establishment_fee_needs_twenty_hours_in_three_months_in_a_row(
    months: dict[claims.Month, int], expected: claims.Month | None
) -> None:
    minutes = {month: hours * 60 for month, hours in months.items()}
    assert claims.fee_month(minutes, day("2025-09-01")) == expected


def test_the_hours_of_each_month_come_from_the_schedule() -> None:
    visits = line(weekly("Mon Thu", "09:00", "11:30"), period=days("2026-01-15", "2026-03-31"))
    assert agreed_minutes(visits) == {(2026, 1): 5 * 150, (2026, 2): 8 * 150, (2026, 3): 9 * 150}
    spread = line(units("59"), period=days("2026-01-01", "2026-02-28"))
    assert agreed_minutes(spread) == {(2026, 1): 31 * 60, (2026, 2): 28 * 60}


def test_a_skipped_day_is_not_agreed_time() -> None:
    visits = line(weekly("Mon", "09:00", "10:00"), period=days("2026-06-01", "2026-06-30"), skips=(day("2026-06-08"),))
    assert agreed_minutes(visits) == {(2026, 6): 4 * 60}


def test_a_program_of_support_lasts_six_months_at_most() -> None:
    assert claims.program_ends_by(day("2026-01-01")) == day("2026-06-30")
    assert claims.program_ends_by(day("2026-08-31")) == day("2027-02-28")
    assert not claims.needs_review(days("2026-01-01", "2026-03-25"))  # twelve weeks
    assert claims.needs_review(days("2026-01-01", "2026-03-26"))


def test_leaving_a_program_of_support_costs_two_weeks_and_four_when_nothing_is_said() -> None:
    program = days("2026-01-01", "2026-06-30")
    assert claims.billed_until(program) == day("2026-06-30")
    assert claims.billed_until(program, told=day("2026-03-01")) == day("2026-03-15")
    assert claims.billed_until(program, stopped=day("2026-03-01")) == day("2026-03-29")
    assert claims.billed_until(program, told=day("2026-06-25")) == day("2026-06-30")


@pytest.mark.parametrize(("code", "inside"), [("P1", "10.00"), ("P2", "0"), ("P5", "0")])
def test_a_taxable_price_holds_one_eleventh_of_gst(code: str, inside: str) -> None:
    found = claims.gst_in(money("110.00"), GstCode(code))
    assert (found.value, found.sum) == (money(inside), GstCode(code).words)


def test_most_supports_are_free_of_gst() -> None:
    assert claims.gst_code(day("2026-07-01")) is GstCode.FREE


def test_some_supports_need_a_registered_provider_whoever_manages_the_money() -> None:
    on = day("2026-07-01")
    assert claims.registered_only("0127", on)  # plan management
    assert not claims.registered_only("0107", on)


@pytest.mark.parametrize(
    ("item", "day", "known"),
    [
        ("01_011_0107_1_1_T", "2025-06-30", True),
        ("01_011_0107_1_1_T", "2025-07-01", False),
        ("01_011_0107_1_1", "2025-07-01", None),
        ("15_617_0128_1_3_PT", "2026-07-01", None),  # travel of a therapist, and no such price
    ],
)
def test_an_item_at_transformation_prices_is_claimed_no_more_once_the_lists_have_none(
    item: str, day: str, known: bool | None
) -> None:
    assert transformation(item, date.fromisoformat(day)) is known
