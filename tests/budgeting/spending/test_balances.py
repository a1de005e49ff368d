"""Ours, the funder's and the plan manager's balance: what each difference is made of, and that nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings, strategies as st

from budgeting.money import ZERO, Money, dollars, total
from budgeting.package import Component
from budgeting.spending import Entry, EntryState
from budgeting.spending.balances import Difference, Keeper, Payment, Told, difference, ours, rest_said

CORE = Component("core", "Core supports", dollars("10000.00"), spent_until=date(2026, 6, 30))
TODAY = date(2026, 11, 20)


def entry(day: int, amount: str, state: EntryState = EntryState.ENTERED, **more: object) -> Entry:
    made = Entry("Sunrise", date(2026, 11, day), date(2026, 11, day), dollars(amount), component="core", state=state)
    return replace(made, **more)  # type: ignore[arg-type]  # a shorthand of this file


NEW = entry(10, "100.00")
ON_ITS_WAY = entry(6, "200.00", EntryState.CLAIMED, claimed_on=date(2026, 11, 12))
PAID = entry(2, "300.00", EntryState.PAID, claimed_on=date(2026, 11, 3), paid_on=date(2026, 11, 9))
PAID_LATER = entry(4, "50.00", EntryState.PAID, claimed_on=date(2026, 11, 5), paid_on=date(2026, 11, 21))
QUESTIONED = entry(8, "70.00", EntryState.QUESTIONED)
ALL = [NEW, ON_ITS_WAY, PAID, PAID_LATER, QUESTIONED]


def told(left: str, payments: tuple[Payment, ...] | None = None) -> Told:
    return Told(Keeper.FUNDER, TODAY, dollars(left), payments)


def amounts(found: Difference) -> list[Money | None]:
    return [one.by for one in found.reasons]


def test_ours_is_what_was_granted_less_everything_somebody_owes_or_has_paid() -> None:
    assert ours(CORE, ALL, TODAY).value == dollars("9350.00")  # the questioned visit takes nothing
    assert ours(CORE, ALL, date(2026, 11, 5)).value == dollars("9650.00")


def test_what_was_told_as_spent_is_not_counted_twice() -> None:
    known = replace(CORE, spent=dollars("320.00"), spent_until=date(2026, 11, 5))
    assert ours(known, ALL, TODAY).value == dollars("9380.00")  # only the supports of 6 and 10 November come on top


def test_while_nobody_has_told_what_was_spent_ours_is_unknown_whatever_is_written_down() -> None:
    untold = replace(CORE, spent_until=None)
    assert ours(untold, ALL, TODAY).value is None
    assert difference(untold, ALL, told("9000.00")).by.value is None


def test_before_the_day_up_to_which_spending_was_told_ours_is_unknown_and_not_zero() -> None:
    known = replace(CORE, spent=dollars("320.00"), spent_until=date(2026, 11, 5))
    assert ours(known, ALL, date(2026, 11, 1)).value is None
    found = difference(known, ALL, replace(told("1.00"), on=date(2026, 11, 1)))
    assert (found.by.value, found.rest, found.reasons) == (None, None, ())


def test_a_funder_that_has_paid_only_one_claim_is_explained_by_claims_not_made_and_on_their_way() -> None:
    found = difference(CORE, ALL, told("9700.00"))
    assert found.by.value == dollars("350.00")
    assert amounts(found) == [dollars("100.00"), dollars("250.00")]  # not claimed; claimed, or paid after their day
    assert found.explained


def test_what_nothing_explains_is_said_as_such() -> None:
    found = difference(CORE, ALL, told("9650.00"))
    assert found.rest == dollars("-50.00")
    assert not found.explained
    assert "less is left there" in rest_said(dollars("-50.00")).text
    assert "more is left there" in rest_said(dollars("50.00")).text


def test_with_their_list_the_entry_that_is_missing_there_is_named() -> None:
    theirs = tuple(Payment(one.first, one.amount) for one in (NEW, ON_ITS_WAY, PAID_LATER))
    found = difference(CORE, ALL, told("9650.00", theirs))
    (reason,) = found.reasons
    assert (reason.by, reason.entries) == (dollars("300.00"), (PAID,))
    assert found.explained


def test_a_payment_in_their_list_that_is_not_here_is_named_and_one_that_was_questioned_too() -> None:
    theirs = tuple(Payment(one.first, one.amount) for one in ALL)
    stranger = Payment(date(2026, 11, 15), dollars("44.00"))
    found = difference(CORE, ALL, told("9236.00", (*theirs, stranger)))
    assert amounts(found) == [dollars("-70.00"), dollars("-44.00")]
    assert found.reasons[0].entries == (QUESTIONED,)
    assert found.explained


def test_two_visits_of_one_day_and_price_need_two_payments() -> None:
    twins = [entry(3, "80.00"), entry(3, "80.00")]
    found = difference(CORE, twins, told("9920.00", (Payment(date(2026, 11, 3), dollars("80.00")),)))
    assert amounts(found) == [dollars("80.00")]


def test_entries_of_another_component_change_nothing() -> None:
    assert ours(CORE, [replace(NEW, component="skills")], TODAY).value == CORE.amount


STATES = st.sampled_from(list(EntryState))
DAYS = st.dates(date(2026, 10, 1), date(2026, 12, 31))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    day, state = draw(DAYS), draw(STATES)
    claimed = day + timedelta(draw(st.integers(0, 20))) if state in (EntryState.CLAIMED, EntryState.PAID) else None
    paid = claimed + timedelta(draw(st.integers(0, 20))) if claimed and state is EntryState.PAID else None
    made = Entry("A", day, day, Money(draw(st.integers(1, 9))), component="core", state=state)
    return replace(made, claimed_on=claimed, paid_on=paid)


@given(st.lists(entries(), max_size=10), st.integers(-100, 100), st.booleans(), st.lists(entries(), max_size=4))
@settings(max_examples=80, deadline=None)
def test_reasons_and_rest_always_add_up_to_the_difference(
    found: list[Entry], off: int, listed: bool, others: list[Entry]
) -> None:
    payments = tuple(Payment(one.first, one.amount) for one in (*found[:5], *others)) if listed else None
    made = difference(CORE, found, told("9999.00", payments))
    assert isinstance(made.by.value, Money)
    assert made.rest is not None
    assert total([one.by for one in made.reasons if one.by is not None]) + made.rest == made.by.value


@given(st.lists(entries(), max_size=10))
@settings(max_examples=60, deadline=None)
def test_a_funder_that_knows_what_was_paid_by_its_day_differs_by_nothing_unexplained(found: list[Entry]) -> None:
    paid = [one for one in found if one.first <= TODAY and one.paid_on is not None and one.paid_on <= TODAY]
    left = CORE.amount - total([one.amount for one in paid])
    assert difference(CORE, found, Told(Keeper.FUNDER, TODAY, left)).rest == ZERO
