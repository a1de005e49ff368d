"""What a shadow shift costs: a new worker comes along to learn (NDIS Pricing Arrangements, page 37: six hours)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.explain import Figure
from budgeting.living import shadow
from budgeting.money import Money, dollars
from budgeting.period import Place
from budgeting.words import words
from budgeting.working import TOLD
from tests.budgeting.examples import day, holidays

NDIS, AGED = (programs.program(key).parameters for key in ("ndis", "support_at_home"))
TUESDAY = day("2026-02-03")
VISIT = Figure(words("One visit"), dollars("140.46"), working=TOLD)  # two hours at 70.23


def price(minutes: int = 120, used: int = 0, visit: Figure = VISIT, on: date = TUESDAY, **others: bool) -> Figure:
    asked = {"complex_needs": True, "working_day": True} | others
    return shadow.price(NDIS, visit, on, minutes, used, **asked)


def test_for_complex_needs_on_a_weekday_it_costs_what_the_visit_costs() -> None:
    told = price()
    assert told.value == dollars("140.46")
    assert told.parts[0].value == dollars("140.46")


@pytest.mark.parametrize("others", [{"complex_needs": False}, {"working_day": False}])
def test_otherwise_the_provider_pays_for_it(others: dict[str, Any]) -> None:
    assert price(**others).value == Money(0)


@pytest.mark.parametrize(
    ("minutes", "used", "charged"),
    [(360, 0, True), (361, 0, False), (120, 240, True), (120, 241, False), (1, 360, False)],
)
def test_six_hours_a_year_may_be_charged_and_a_shift_is_charged_whole_or_not_at_all(
    minutes: int, used: int, charged: bool
) -> None:
    assert price(minutes, used).value == (dollars("140.46") if charged else Money(0))


def test_a_visit_whose_price_is_not_known_makes_it_unknown_and_not_free() -> None:
    assert price(visit=replace(VISIT, value=None, working=None)).value is None


def test_a_program_without_a_rule_for_it_charges_nothing() -> None:
    told = shadow.price(AGED, VISIT, TUESDAY, 120, 0, complex_needs=True, working_day=True)
    assert told.value == Money(0)


def test_the_rule_names_its_source_and_how_sure_it_is() -> None:
    told = price()
    assert told.source is not None
    assert (told.source.clause, told.source.confidence) == ("Shadow shifts, page 37", "B")


@pytest.mark.parametrize(
    ("on", "working"),
    [("2026-02-02", True), ("2026-02-06", True), ("2026-02-07", False), ("2026-02-08", False), ("2026-01-26", False)],
)
def test_a_working_day_is_from_monday_to_friday_and_no_holiday(on: str, working: bool) -> None:
    assert shadow.working_day(holidays("2026-01-26"), Place("NSW"), day(on)) is working


@given(st.lists(st.integers(1, 400), max_size=12))
def test_never_are_more_than_six_hours_of_a_year_charged(shifts: list[int]) -> None:
    used = 0
    for minutes in shifts:
        value = price(minutes, used).value
        assert value in (Money(0), VISIT.value)
        used += minutes if value else 0
    assert used <= 360
