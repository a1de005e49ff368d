"""What a client need not pay of delivered services: hardship by day, and nothing above the lifetime cap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings, strategies as st

from budgeting.allocation import Allocation, Contributed, Relief
from budgeting.money import ZERO, Money, dollars, total
from budgeting.package import Funding
from budgeting.programs.support_at_home.relieving import relieved
from budgeting.programs.support_at_home.statement import statement
from budgeting.programs.support_at_home.statement_rows import Service, service
from budgeting.spending import Entry, EntryState
from tests.budgeting.programs.support_at_home.test_statement import (
    CREDITED,
    ENTRIES,
    FUNDING,
    JULY,
    JULY_SERVICES,
    account,
    entry,
    rows,
)

CAP = dollars("137917.01")  # the standard cap from 20 March 2026 on
CLEANING, CARE, NURSE, _ = JULY_SERVICES  # shares: 17.5 % of $120.00, 5 % of $80.00, nothing


def hardship(daily: str, funding: Funding = FUNDING) -> Funding:
    return replace(funding, allocation=Allocation(reliefs=(Relief(JULY, dollars(daily)),)))


def paid_so_far(amount: Money, until: str = "2026-06-30", funding: Funding = FUNDING) -> Funding:
    known = Contributed(amount, date.fromisoformat(until))
    return replace(funding, allocation=Allocation(contributed=known))


def shares(funding: Funding, *services: Service) -> list[object]:
    return [one.contribution.value for one in relieved(services, funding)]


def sum_of(values: list[object]) -> Money:
    return total([one for one in values if isinstance(one, Money)])


def test_hardship_takes_its_amount_off_each_day_and_never_more_than_is_due() -> None:
    made = statement(hardship("10.00"), JULY, rows(*JULY_SERVICES))
    assert made.contributions.value == dollars("11.00")  # 21.00 less 10.00, and 4.00 less 4.00
    assert account(made).closing.value == CREDITED - dollars("289.00")  # the account pays what the person does not


def test_what_comes_off_says_since_when_it_does() -> None:
    (one,) = relieved(rows(CLEANING), hardship("10.00"))
    (less,) = [part.source for part in one.contribution.parts if part.value == dollars("10.00")]
    assert less is not None
    assert less.since == JULY.first


def test_two_services_of_one_day_share_what_comes_off_that_day() -> None:
    garden = entry("gardening", "40.00", CLEANING.first)  # a share of 7.00
    assert sum_of(shares(hardship("10.00"), *rows(CLEANING, garden))) == dollars("18.00")


def test_something_over_three_days_gets_the_help_of_three_days() -> None:
    long = replace(CLEANING, last=date(2026, 7, 8))
    assert shares(hardship("5.00"), *rows(long)) == [dollars("6.00")]


def test_outside_the_days_of_hardship_nothing_comes_off() -> None:
    august = entry("cleaning", "120.00", date(2026, 8, 3))
    assert shares(hardship("10.00"), *rows(august)) == [dollars("21.00")]


def test_at_the_lifetime_cap_only_what_is_left_is_paid_and_then_nothing() -> None:
    funding = paid_so_far(CAP - dollars("17.01"))
    made = statement(funding, JULY, rows(*JULY_SERVICES))
    assert made.contributions.value == dollars("17.01")
    assert shares(funding, *rows(CARE, CLEANING)) == [ZERO, dollars("17.01")]  # by their days, as they came
    assert account(made).closing.value == CREDITED - dollars("282.99")


def test_what_was_paid_up_to_a_day_holds_the_services_of_that_day() -> None:
    funding = paid_so_far(CAP - dollars("17.01"), until="2026-07-06")
    assert shares(funding, *rows(CLEANING, CARE)) == [dollars("21.00"), dollars("4.00")]


def test_somebody_over_the_cap_pays_nothing_more() -> None:
    assert shares(paid_so_far(CAP + dollars("100.00")), *rows(CLEANING, CARE)) == [ZERO, ZERO]


def test_what_an_invoice_named_stays_and_uses_up_what_is_left() -> None:
    funding = paid_so_far(CAP - dollars("20.00"))
    told = service(CLEANING, funding, told=dollars("19.99"))
    assert shares(funding, told, *rows(CARE)) == [dollars("19.99"), dollars("0.01")]


def test_after_a_share_that_is_not_known_what_is_left_is_not_known_either() -> None:
    rates = tuple(one for one in FUNDING.rates if one.category == "independence")
    funding = paid_so_far(CAP - dollars("17.01"), funding=replace(FUNDING, rates=rates))
    services = [service(one, funding) for one in (CLEANING, CARE)]
    assert shares(funding, *services) == [None, None]
    plenty = paid_so_far(CAP - dollars("500.00"), funding=replace(FUNDING, rates=rates))
    assert shares(plenty, *services) == [None, dollars("4.00")]  # whatever the cleaning takes


def test_a_questioned_service_uses_up_nothing() -> None:
    asked = replace(CLEANING, state=EntryState.QUESTIONED)
    assert shares(paid_so_far(CAP - dollars("17.01")), *rows(asked, CARE)) == [dollars("21.00"), dollars("4.00")]


def test_hardship_comes_off_before_the_cap() -> None:
    both = Allocation(
        reliefs=(Relief(JULY, dollars("10.00")),), contributed=Contributed(CAP - dollars("12.00"), date(2026, 6, 30))
    )
    later = entry("cleaning", "120.00", date(2026, 7, 8))  # 11.00 more after hardship, and 1.00 is left
    assert shares(replace(FUNDING, allocation=both), *rows(CLEANING, later)) == [dollars("11.00"), dollars("1.00")]


@given(ENTRIES, st.integers(0, 5_000), st.integers(0, 30_000), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_nobody_pays_more_than_without_help_or_above_the_cap_and_the_order_of_services_changes_nothing(
    entries: list[Entry], daily: int, left: int, chance: Random
) -> None:
    services = rows(*entries)
    helped = Allocation(reliefs=(Relief(JULY, Money(daily)),), contributed=Contributed(CAP - Money(left), JULY.first))
    funding = replace(FUNDING, allocation=helped)
    after = relieved(services, funding)
    inside = ZERO
    for one, was in zip(after, services, strict=True):
        paid, due = one.contribution.value, was.contribution.value
        assert isinstance(paid, Money)
        assert isinstance(due, Money)
        assert ZERO <= paid <= due
        assert one.subsidy == one.price - paid
        inside = inside + paid if one.first > JULY.first else inside
    assert inside <= Money(left)
    mixed = list(services)
    chance.shuffle(mixed)
    before: list[object] = [one.contribution.value for one in after]
    assert sum_of(shares(funding, *mixed)) == sum_of(before)
