"""Equipment: what quotes come to, rent against buying, what has to be agreed, and money held for it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from budgeting import programs
from budgeting.living import equipment
from budgeting.living.equipment import Asked, Level, Step
from budgeting.money import Money, total
from budgeting.words import Name
from tests.budgeting.examples import every_figure

DAY = date(2026, 8, 1)
NDIS, SUPPORT_AT_HOME = (programs.program(key).parameters for key in ("ndis", "support_at_home"))
CHAIR = Asked("Wheels and more", Money(4_200_00), Money(80_00), Money(250_00), Money(190_00))


def test_a_quote_is_the_thing_with_its_delivery_and_setting_up() -> None:
    assert equipment.buying(CHAIR).value == Money(4_530_00)


def test_what_a_supplier_did_not_say_is_named_and_never_zero() -> None:
    found = equipment.buying(Asked("Wheels and more", Money(4_200_00)))
    assert found.value == Money(4_200_00)
    assert len(found.not_included) == 3  # delivery, setting up, and what comes later
    assert equipment.buying(Asked("Only rents", rent=Money(10_00))).value is None


def test_rent_is_set_against_the_price_in_whole_months() -> None:
    assert equipment.renting(CHAIR, 6).value == Money(6 * 190_00 + 330_00)
    assert equipment.even_after(CHAIR).value == 22  # 22 months are 4,180; the 23rd would go past 4,200
    assert equipment.even_after(Asked("Sells", Money(1_00))).value is None


@pytest.mark.parametrize(
    ("cents", "level", "approval"),
    [
        (1_499_99, Level.LOW, False),
        (1_500_00, Level.MIDDLE, False),
        (15_000_00, Level.MIDDLE, False),
        (15_000_01, Level.HIGH, True),
    ],
)
def test_an_ndis_price_needs_more_agreement_the_higher_it_is(cents: int, level: Level, approval: bool) -> None:
    found = equipment.needs(NDIS, Money(cents), DAY)
    assert (found.level, found.approval) == (level, approval)
    assert found.why is not None
    assert found.why.source is not None


def test_support_at_home_asks_for_a_prescription_above_its_high_tier() -> None:
    assert equipment.needs(SUPPORT_AT_HOME, Money(15_000_01), DAY).approval is True
    assert equipment.needs(SUPPORT_AT_HOME, Money(800_00), DAY).level is Level.MIDDLE


def test_a_tenth_is_held_back_until_delivery_and_low_cost_things_are_not_paid_before() -> None:
    found = equipment.most_deposit(NDIS, Money(4_530_00), DAY)
    assert found is not None
    assert found.value == Money(4_077_00)
    assert equipment.most_deposit(NDIS, Money(1_000_00), DAY) is None
    assert equipment.most_deposit(SUPPORT_AT_HOME, Money(4_530_00), DAY) is None


def test_money_is_held_from_the_approval_on_and_less_once_the_deposit_is_paid() -> None:
    cost = equipment.buying(CHAIR)
    held = [
        equipment.paying(step, cost, approved, deposit, rest_paid=rest).held.value
        for step, approved, deposit, rest in (
            (Step.QUOTES, None, None, False),
            (Step.APPROVED, None, None, False),
            (Step.APPROVED, Money(4_000_00), None, False),
            (Step.ORDERED, None, Money(1_000_00), False),
            (Step.IN_USE, None, Money(1_000_00), True),
        )
    ]
    assert held == [Money(0), Money(4_530_00), Money(4_000_00), Money(3_530_00), Money(0)]


def test_what_a_thing_costs_more_than_was_approved_is_said_and_not_held() -> None:
    cost = equipment.buying(CHAIR)  # 4,530.00 altogether
    found = equipment.paying(Step.IN_USE, cost, Money(4_000_00), None, rest_paid=True)
    assert found.above is not None
    assert (found.above.value, found.paid.value, found.held.value) == (Money(530_00), Money(4_000_00), Money(0))
    for approved in (None, Money(4_530_00), Money(9_000_00)):
        assert equipment.paying(Step.IN_USE, cost, approved, None, rest_paid=True).above is None


def test_what_was_paid_counts_whatever_was_asked_or_approved_and_nothing_more_is_held() -> None:
    cost = equipment.buying(CHAIR)  # 4,530.00 altogether
    for approved, deposit, rest, paid, above in (
        (None, None, 4_200_00, 4_200_00, None),
        (4_000_00, 1_000_00, 2_900_00, 3_900_00, None),
        (4_000_00, 1_000_00, 3_000_00, 4_000_00, 530_00),
        (4_000_00, None, 4_100_00, 4_100_00, 100_00),
    ):
        told = Money(approved) if approved else None, Money(deposit) if deposit else None
        found = equipment.paying(Step.IN_USE, cost, *told, rest_paid=True, rest=Money(rest))
        assert (found.paid.value, found.held.value) == (Money(paid), Money(0))
        assert (found.above.value if found.above else None) == (Money(above) if above else None)
        assert found.paid.adds_up == (deposit is not None)


def test_what_is_held_for_a_thing_without_a_price_is_not_known() -> None:
    cost = equipment.buying(Asked("Nobody yet"))
    found = equipment.paying(Step.APPROVED, cost, None, None, rest_paid=False)
    assert found.held.value is None
    together = equipment.held_together([(Name("Chair"), found.held)])
    assert together.not_included


@given(
    st.integers(0, 10**7),
    st.one_of(st.none(), st.integers(0, 10**7)),
    st.one_of(st.none(), st.integers(0, 10**7)),
    st.sampled_from(Step),
    st.booleans(),
)
def test_paid_and_held_never_come_to_more_than_price_and_deposit_and_every_figure_explains_itself(
    price: int, approved: int | None, deposit: int | None, step: Step, rest: bool
) -> None:
    cost = equipment.buying(Asked("Somebody", Money(price)))
    found = equipment.paying(
        step,
        cost,
        Money(approved) if approved is not None else None,
        Money(deposit) if deposit is not None else None,
        rest_paid=rest,
    )
    assert isinstance(found.held.value, Money)
    assert Money(0) <= found.held.value <= Money(price)
    assert total([found.held.value, Money(0)]) == found.held.value
    for figure in every_figure(found.held):
        assert figure.value is None or figure.working is not None
