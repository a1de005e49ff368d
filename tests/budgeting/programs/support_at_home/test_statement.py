"""A monthly statement of Support at Home: its balances, who pays what, and what goes on when a quarter ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from budgeting.allocation import Allocation, PackageMoney, Tier
from budgeting.money import ZERO, Minutes, Money, Percent, Quantity, dollars
from budgeting.package import ContributionRate, Funding
from budgeting.period import Period, month_of
from budgeting.programs.support_at_home.statement import Balance, Statement, balances, beside, due, statement
from budgeting.programs.support_at_home.statement_rows import Service, committed, service
from budgeting.spending import ClaimType, Entry, EntryState
from budgeting.words import Name

SINCE = date(2026, 7, 1)
FUNDING = Funding(
    Period(SINCE, date(2026, 9, 30)),
    classification="SAH-5",
    entered=SINCE,
    means_status="part_pensioner",
    rates=(
        ContributionRate("independence", Percent(50_000), SINCE),
        ContributionRate("everyday_living", Percent(175_000), SINCE),
    ),
)
JULY, AUGUST, SEPTEMBER = (month_of(date(2026, month, 1)) for month in (7, 8, 9))
CREDITED = Money(9788 * 92)  # $97.88 for each of the 92 days from July to September


def entry(item: str, amount: str, day: date, **more: object) -> Entry:
    return replace(Entry("Green Door", day, day, dollars(amount), item=item), **more)  # type: ignore[arg-type]  # a shorthand of this file


def rows(*entries: Entry) -> list[Service]:
    return [service(one, FUNDING) for one in entries]


JULY_SERVICES = (
    entry("cleaning", "120.00", date(2026, 7, 6), quantity=Quantity(2000), minutes=Minutes(120)),
    entry("personal_care", "80.00", date(2026, 7, 7)),
    entry("registered_nurse", "100.00", date(2026, 7, 8)),
    entry("care_management", "60.00", date(2026, 7, 9), minutes=Minutes(30)),
)
REFUND = entry("cleaning", "-50.00", date(2026, 7, 20))


def account(made: Statement) -> Balance:
    return next(one for one in made.balances if one.key == "account")


def test_the_account_opens_at_nothing_is_credited_the_quarter_and_pays_each_price_less_the_contribution() -> None:
    made = account(statement(FUNDING, JULY, rows(*JULY_SERVICES)))
    assert (made.opening.value, made.added.value) == (ZERO, CREDITED)
    assert made.taken.value == dollars("275.00")  # 99.00 cleaning, 76.00 personal care, 100.00 nursing
    assert made.closing.value == CREDITED - dollars("275.00")


def test_a_month_of_very_many_services_is_explained_day_by_day_and_comes_to_the_same() -> None:
    many = [replace(JULY_SERVICES[0], first=day, last=day) for day in (date(2026, 7, 6), date(2026, 7, 7))] * 150
    made = statement(FUNDING, JULY, rows(*many))
    (kind,) = made.groups
    assert len(kind.services) == 300
    assert [(one.label.values["day"], one.value) for one in kind.subsidy.parts] == [
        (date(2026, 7, 6), dollars("14850.00")),
        (date(2026, 7, 7), dollars("14850.00")),
    ]
    for figure, value in ((kind.price, "36000.00"), (kind.subsidy, "29700.00"), (kind.contribution, "6300.00")):
        assert (figure.value, figure.adds_up) == (dollars(value), True)
    few = statement(FUNDING, JULY, rows(*many[:2])).groups[0]
    assert kind.contribution.confidence == few.contribution.confidence
    unknown = statement(replace(FUNDING, rates=()), JULY, [service(one, replace(FUNDING, rates=())) for one in many])
    assert unknown.groups[0].subsidy.value is None
    assert {one.value for one in unknown.groups[0].subsidy.parts} == {None}


def test_services_stand_by_kind_and_care_management_stands_apart() -> None:
    made = statement(FUNDING, JULY, rows(*JULY_SERVICES))
    told = {one.key: (one.price.value, one.subsidy.value, one.contribution.value) for one in made.groups}
    assert told == {
        "clinical": (dollars("100.00"), dollars("100.00"), ZERO),
        "independence": (dollars("80.00"), dollars("76.00"), dollars("4.00")),
        "everyday_living": (dollars("120.00"), dollars("99.00"), dollars("21.00")),
    }
    assert made.contributions.value == dollars("25.00")
    assert made.care_minutes.value == Minutes(30)
    assert made.notes == ()


def test_a_month_without_care_management_says_what_is_due() -> None:
    assert len(statement(FUNDING, AUGUST, rows(*JULY_SERVICES)).notes) == 1


def test_a_refund_settles_an_earlier_month_and_both_sides_get_their_part_back() -> None:
    refund = service(REFUND, FUNDING, posted=date(2026, 8, 12))
    made = statement(FUNDING, AUGUST, [*rows(*JULY_SERVICES), refund])
    assert made.adjustments == (refund,)
    assert made.groups == ()
    assert made.contributions.value == dollars("-8.75")
    assert account(made).opening.value == CREDITED - dollars("275.00")
    assert account(made).closing.value == CREDITED - dollars("275.00") + dollars("41.25")


def test_at_the_end_of_a_quarter_the_larger_of_a_thousand_dollars_and_a_tenth_goes_on() -> None:
    made = statement(FUNDING, SEPTEMBER, rows(*JULY_SERVICES))
    assert made.onward is not None
    left = CREDITED - dollars("275.00")
    assert made.onward.goes_on.value == dollars("1000.00")  # a tenth of $9,004.96 is less
    assert made.onward.ends.value == left - dollars("1000.00")
    assert made.onward.settled == date(2026, 11, 29)  # sixty days after 30 September
    assert statement(FUNDING, AUGUST, []).onward is None


def test_when_less_is_left_than_may_go_on_all_of_it_goes_on() -> None:
    most_of_it = entry("registered_nurse", "8704.96", date(2026, 9, 1))
    made = statement(FUNDING, SEPTEMBER, rows(most_of_it))
    assert made.onward is not None
    assert (made.onward.goes_on.value, made.onward.ends.value) == (dollars("300.00"), ZERO)


def test_a_contribution_that_an_invoice_named_counts_as_it_was_named() -> None:
    told = service(JULY_SERVICES[0], FUNDING, told=dollars("19.99"))
    assert told.subsidy == dollars("100.01")


def test_a_share_that_is_not_known_leaves_the_closing_balance_unknown_and_never_zero() -> None:
    silent = replace(FUNDING, rates=(), means_status=None)
    made = statement(silent, JULY, [service(JULY_SERVICES[0], silent)])
    assert made.contributions.value is None
    assert account(made).taken.value is None
    assert account(made).closing.value is None


def test_what_came_from_the_quarter_before_is_unknown_until_a_statement_says_it() -> None:
    october = month_of(date(2026, 10, 1))
    assert account(statement(FUNDING, october, [])).opening.value is None
    told = statement(FUNDING, october, [], {october.first: dollars("1000.00")})
    assert account(told).opening.value == dollars("1000.00")
    november = statement(FUNDING, month_of(date(2026, 11, 1)), [], {october.first: dollars("1000.00")})
    assert account(november).opening.value == account(told).closing.value


def test_a_questioned_service_is_shown_but_takes_nothing() -> None:
    made = statement(FUNDING, JULY, rows(replace(JULY_SERVICES[0], state=EntryState.QUESTIONED)))
    assert (account(made).taken.value, len(made.questioned)) == (ZERO, 1)


def test_a_visit_called_off_at_short_notice_is_marked() -> None:
    (one,) = rows(replace(JULY_SERVICES[0], claim_type=ClaimType.CANCELLATION))
    assert one.called_off


def test_equipment_is_paid_from_its_tier_and_old_package_money_keeps_a_balance_of_its_own() -> None:
    given_ = Allocation(
        tiers=(Tier("at", dollars("500.00"), date(2026, 7, 5)),),
        package_money=(PackageMoney("provider", dollars("850.00")),),
    )
    funding = replace(FUNDING, allocation=given_)
    walker = service(entry("equipment", "200.00", date(2026, 7, 15)), funding)
    old = service(entry("cleaning", "100.00", date(2026, 7, 16), component="package_money_provider"), funding)
    balances = {one.key: one for one in statement(funding, JULY, [walker, old]).balances}
    assert balances["at"].added.value == dollars("500.00")
    assert balances["at"].closing.value == dollars("310.00")  # the person pays 5 % of $200.00
    assert balances["at"].ends == date(2027, 7, 4)
    assert balances["package_money_provider"].closing.value == dollars("850.00") - dollars("82.50")
    assert balances["account"].taken.value == ZERO
    assert "care_management" not in balances


def test_a_statement_is_due_on_the_last_day_of_the_month_after() -> None:
    assert due(JULY) == date(2026, 8, 31)
    assert due(month_of(date(2027, 1, 15))) == date(2027, 2, 28)


ITEMS = st.sampled_from(["cleaning", "personal_care", "registered_nurse", "transport", "gardening"])
DAYS = st.dates(SINCE, date(2026, 9, 30))
CENTS = st.integers(1, 50_000)
ONE = st.builds(lambda item, cents, day: Entry("A", day, day, Money(cents), item=item), ITEMS, CENTS, DAYS)
ENTRIES = st.lists(ONE, max_size=8)


@given(ENTRIES)
@settings(max_examples=25, deadline=None)
def test_every_month_opens_with_what_the_month_before_closed_with_and_no_cent_is_lost(entries: list[Entry]) -> None:
    services = rows(*entries)
    months = [statement(FUNDING, month, services) for month in (JULY, AUGUST, SEPTEMBER)]
    for before, after in pairwise(months):
        assert account(after).opening.value == account(before).closing.value
    prices = sum(one.amount.minor for one in entries)
    paid = sum(made.contributions.value.minor for made in months if isinstance(made.contributions.value, Money))
    assert account(months[-1]).closing.value == CREDITED - Money(prices - paid)


def test_a_provider_that_left_a_service_out_is_found_by_the_amount() -> None:
    made = statement(FUNDING, JULY, rows(*JULY_SERVICES))
    closing = CREDITED - dollars("275.00") + dollars("99.00")  # without the cleaning, which takes $99.00
    opening, last, paid = beside(made, ZERO, closing, dollars("4.00"))
    assert (opening.by, opening.reasons) == (ZERO, ())
    assert (last.by, len(last.reasons)) == (dollars("99.00"), 1)
    assert last.reasons[0].values["day"] == date(2026, 7, 6)
    assert paid.by == dollars("-21.00")
    assert paid.reasons[0].values["day"] == date(2026, 7, 6)


def test_a_difference_that_was_there_when_the_month_began_is_not_looked_for_in_the_month() -> None:
    made = statement(FUNDING, JULY, rows(*JULY_SERVICES))
    _, last, _ = beside(made, dollars("10.00"), CREDITED - dollars("265.00"), None)
    assert [one.text for one in last.reasons] == ["{amount} of it was there already when the month began."]


def test_what_a_statement_does_not_say_differs_by_nothing_known() -> None:
    made = statement(FUNDING, JULY, rows(*JULY_SERVICES))
    assert [one.by for one in beside(made, None, None, None)] == [None, None, None]


def test_what_services_took_in_a_month_of_which_nothing_is_written_down_is_not_known_in_any_part() -> None:
    funding = replace(FUNDING, allocation=Allocation(tiers=(Tier("at", Money(200_000), JULY.first),)))
    heard = {JULY.first}
    told = statement(funding, JULY, rows(*JULY_SERVICES), heard=heard)
    assert all(one.taken.value is not None and one.closing.value is not None for one in told.balances)
    silent = statement(funding, AUGUST, rows(*JULY_SERVICES), heard=heard)
    assert len(silent.balances) == 2
    assert [(one.taken.value, one.closing.value) for one in silent.balances] == [(None, None)] * 2
    assert silent.contributions.value is None


def test_a_part_of_the_funding_is_on_no_statement_of_a_month_before_it_is_there() -> None:
    funding = replace(FUNDING, allocation=Allocation(tiers=(Tier("at", Money(200_000), AUGUST.first),)))
    assert [len(balances(funding, month, ())) for month in (JULY, AUGUST)] == [1, 2]


def test_what_was_agreed_and_has_not_come_yet_is_the_rest_of_each_and_never_below_zero() -> None:
    walker, rail, ramp = Name("Walker"), Name("Rail"), Name("Ramp")
    agreed = [
        (walker, dollars("500.00"), dollars("120.00")),
        (rail, dollars("90.00"), dollars("90.00")),
        (ramp, dollars("80.00"), dollars("95.00")),
    ]
    assert committed(agreed).value == dollars("380.00")
