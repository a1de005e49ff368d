"""The part of a line between two days: hours stay hours that people can say, and nothing is lost where it is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, strategies as st

from budgeting.explain import so_much
from budgeting.money import Minutes, Quantity
from budgeting.package import Units
from budgeting.words import Words
from portal.plans.spoken import when
from portal.proposals.cut import clip
from portal.proposals.terms import Terms

FIRST, LAST = date(2026, 11, 15), date(2027, 7, 31)
THERAPY = Terms("Therapy", FIRST, LAST, schedule=Units(Quantity(20_000), "H"))


def hours(terms: Terms | None) -> Quantity:
    assert terms is not None
    assert isinstance(terms.schedule, Units)
    return terms.schedule.quantity


def test_twenty_hours_from_a_later_day_on_are_said_in_hours_and_minutes() -> None:
    cut = clip(THERAPY, date(2026, 11, 23), LAST)
    assert hours(cut) == Quantity(19_400)  # 8 of 259 days are over, 0.618 of 20 hours: 36 minutes
    assert so_much(hours(cut), "H") == Minutes(19 * 60 + 24)
    said = when(cut.schedule if cut else None)
    assert said.values["amount"] == Minutes(19 * 60 + 24)


@given(days=st.integers(0, 257), quantity=st.integers(1, 400_000), unit=st.sampled_from(["H", "E", "trip"]))
def test_what_is_cut_apart_is_together_the_whole(days: int, quantity: int, unit: str) -> None:
    whole = replace(THERAPY, schedule=Units(Quantity(quantity), unit))
    there = FIRST + timedelta(days=days)
    before, after = clip(whole, FIRST, there), clip(whole, there + timedelta(days=1), LAST)
    assert hours(before).thousandths + hours(after).thousandths == quantity
    assert min(hours(before).thousandths, hours(after).thousandths) >= 0


def test_what_is_not_counted_in_hours_keeps_its_unit() -> None:
    said = so_much(Quantity(3_000), "trip")
    assert isinstance(said, Words)
    assert said.text == "{quantity} {unit}"
