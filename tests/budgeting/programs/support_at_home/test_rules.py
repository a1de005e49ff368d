"""The rules of Support at Home by themselves: credits, what goes on, rates, caps, tiers, old money."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from budgeting.allocation import Allocation, Pathway, Reclassified, Supplement, Tier
from budgeting.cases import check, run_case
from budgeting.money import ZERO, Money, Percent, total
from budgeting.package import Funding
from budgeting.period import Period
from budgeting.programs.support_at_home import account, athm, facts
from budgeting.programs.support_at_home.granted import components
from tests.budgeting.examples import day, days, money

CODES = facts.classification_codes()
codes = st.sampled_from(CODES)
in_force = st.dates(date(2025, 11, 1), date(2027, 12, 31))
cents = st.integers(0, 5_000_000).map(Money)
rates = st.integers(0, 10_000).map(lambda hundredths: Percent(hundredths * 100))


def funded(code: str = "SAH-4", period: Period | None = None, **allocation: object) -> Funding:
    whole = period or days("2026-01-01", "2026-12-31")
    given = replace(Allocation(), **allocation)  # type: ignore[arg-type]  # the names are checked by replace itself
    return Funding(whole, classification=code, means_status="full_pensioner", allocation=given)


def credited(funding: Funding) -> list[tuple[str, str, Money]]:
    return [(str(one.period.first), str(one.period.last), one.amount) for one in account.credits(funding)]


# Credits --------------------------------------------------------------------------------------------------------------


def test_nobody_is_credited_for_days_before_the_program_began() -> None:
    autumn = account.quarter(day("2025-11-20"))
    assert account.credited_days(None, autumn) == days("2025-11-01", "2025-12-31")


def test_entry_on_the_last_day_of_a_quarter_is_one_day() -> None:
    assert account.credited_days(day("2026-06-30"), account.quarter(day("2026-06-30"))) == days(
        "2026-06-30", "2026-06-30"
    )


def test_a_supplement_is_added_for_each_day_of_the_quarters_in_which_it_begins_on_the_first_day() -> None:
    oxygen = Supplement("OXY", since=day("2026-02-01"))
    first, second, *_ = credited(funded("SAH-6", supplements=(oxygen,)))
    assert first[2] == money("10677.60")  # 118.64 x 90: it began inside the quarter
    assert second[2] == money("12130.30")  # and 14.66 x 91


def test_a_supplement_that_is_a_share_is_rounded_to_the_cent_a_day() -> None:
    (first, *_) = credited(funded("SAH-2", supplements=(Supplement("VET"),)))
    assert first[2] == money("3968.10")  # 39.54 and 4.55 (4.5471) x 90


def test_a_supplement_that_is_on_no_list_is_counted_as_it_was_told() -> None:
    (first, *_) = account.credits(funded("SAH-2", supplements=(Supplement("NEW", daily=money("1.10")),)))
    assert first.amount == money("3657.60")  # 39.54 and 1.10, x 90
    assert first.how is not None
    assert first.how.parts[1].value == money("99")


def test_interim_funding_is_a_part_and_the_rest_comes_with_the_full_place() -> None:
    first, second, third, *_ = credited(funded("SAH-2", interim=days("2025-12-01", "2026-02-09")))
    assert first == ("2026-01-01", "2026-02-09", money("2135.16"))  # 60 % of 39.54 x 90
    assert second == ("2026-02-10", "2026-03-31", money("790.80"))  # 39.54 x 50, less 60 % of it
    assert third == ("2026-04-01", "2026-06-30", money("3598.14"))


def test_a_higher_classification_adds_from_its_day_and_a_lower_one_waits_for_the_next_quarter() -> None:
    up = credited(funded("SAH-3", changes=(Reclassified("SAH-5", day("2026-02-10")),)))
    assert up[:3] == [
        ("2026-01-01", "2026-02-09", money("4874.40")),
        ("2026-02-10", "2026-03-31", money("2186.00")),
        ("2026-04-01", "2026-06-30", money("8907.08")),
    ]
    down = credited(funded("SAH-5", changes=(Reclassified("SAH-3", day("2026-02-10")),)))
    assert down[:2] == [
        ("2026-01-01", "2026-03-31", money("8809.20")),  # 97.88 x 90
        ("2026-04-01", "2026-06-30", money("4928.56")),  # 54.16 x 91
    ]


def test_end_of_life_money_replaces_the_account_for_its_days() -> None:
    whole = credited(funded(pathways=(Pathway("EOL", day("2026-02-01")),)))
    assert whole[:2] == [
        ("2026-01-01", "2026-01-31", money("2269.82")),  # 73.22 x 31
        ("2026-05-24", "2026-06-30", money("2782.36")),  # 16 weeks later; x 38
    ]


@given(codes, in_force, st.data())
def test_the_parts_of_a_quarter_add_up_to_its_credit(code: str, on: date, data: st.DataObject) -> None:
    whole = account.credited_days(None, account.quarter(on))
    assert whole is not None
    cut = data.draw(st.integers(1, whole.days - 1))
    first, second = (
        Period(whole.first, whole.first + timedelta(cut - 1)),
        Period(whole.first + timedelta(cut), whole.last),
    )
    assert account.credit(code, first) + account.credit(code, second) == account.credit(code, whole)


@given(codes, codes, in_force)
def test_a_change_inside_a_quarter_is_never_less_than_no_change_nor_more_than_the_higher_for_all_of_it(
    before: str, after: str, on: date
) -> None:
    within = account.quarter(on)
    less, more = (components(funded(before, within, changes=one)) for one in ((), (Reclassified(after, on),)))
    left, days = Period(on, within.last), account.credited_days(None, within)
    assert days is not None
    for was, now in zip(less, more, strict=True):
        assert was.amount <= now.amount or on == days.first  # a lower one counts from the first day of a quarter
    assert more[0].amount - less[0].amount <= max(ZERO, account.credit(after, left))


def test_every_credit_explains_itself_with_the_amount_it_credits() -> None:
    funding = funded(
        "SAH-3",
        changes=(Reclassified("SAH-5", day("2026-02-10")),),
        supplements=(Supplement("OXY"),),
        interim=days("2026-01-01", "2026-05-10"),
    )
    for one in account.credits(funding):
        assert one.how is not None
        assert one.how.value == one.amount
        assert one.how.working is not None


# What goes on ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "basis", "limit"),
    [
        ("SAH-5", "service_budget", "1000"),
        ("SAH-5", "published_quarterly_total", "1000"),
        ("HCP-3", "service_budget", "1000"),
        ("HCP-3", "published_quarterly_total", "1051.38"),  # 10 % of 10,513.83
        ("HCP-4", "service_budget", "1414.89"),  # 10 % of 157.21 x 90
        ("SAH-8", "published_quarterly_total", "1952.66"),
    ],
)
def test_the_base_of_what_goes_on_is_a_choice(code: str, basis: str, limit: str) -> None:
    quarter = days("2026-01-01", "2026-03-31")
    assert account.carry_limit(account.credit(code, quarter), code, quarter.last, basis) == money(limit)


@given(cents, cents, cents)
def test_no_more_goes_on_than_is_unspent_and_nothing_is_lost_on_the_way(
    available: Money, debits: Money, limit: Money
) -> None:
    closing = account.close(available, debits, limit, date(2026, 3, 31))
    assert ZERO <= closing.carried <= closing.unspent
    assert closing.carried <= limit
    assert closing.carried + closing.lapsed == closing.unspent
    assert closing.settles == date(2026, 5, 30)  # sixty days after the quarter


# Pathways, tiers and old money ----------------------------------------------------------------------------------------


def test_restorative_care_has_up_to_two_units_and_end_of_life_care_one() -> None:
    on = day("2026-01-01")
    assert account.pathway_budget("RC", 2, on) == money("12022.08")
    assert account.pathway_budget("EOL", 1, on) == money("25035.36")
    for code, units in (("RC", 3), ("RC", 0), ("EOL", 2)):
        with pytest.raises(ValueError, match="units"):
            account.pathway_budget(code, units, on)


def test_a_tier_is_spent_within_twelve_months_or_twice_that_when_it_is_extended() -> None:
    tier = Tier("hm", money("15000"), day("2024-02-29"))
    assert athm.tier_days(tier).last == day("2025-02-28")  # as months end in the Acts Interpretation Act 1901, s 2G
    assert athm.tier_days(replace(tier, since=day("2026-03-01"))).last == day("2027-02-28")
    assert athm.tier_days(replace(tier, since=day("2026-03-15"), extended=True)).last == day("2028-03-14")


def test_a_remote_place_has_half_as_much_again() -> None:
    assert athm.tier_amount(money("2000"), day("2026-01-01"), remote=True) == money("3000")


@given(st.dictionaries(st.sampled_from("abcd"), cents, min_size=1), cents, st.permutations("abcd"))
def test_drawing_down_conserves_money(balances: dict[str, Money], wanted: Money, order: list[str]) -> None:
    drawn = account.draw(balances, wanted, order)
    taken = total(list(drawn.values()))
    assert taken == min(wanted, total(list(balances.values())))
    assert all(ZERO < amount <= balances[source] for source, amount in drawn.items())
    left_before = set(order[: order.index(list(drawn)[-1])]) if drawn else set()
    assert all(drawn.get(source, ZERO) == balances.get(source, ZERO) for source in left_before)


@given(st.lists(st.tuples(cents, cents), min_size=1, max_size=4))
def test_a_care_management_account_is_never_overdrawn(quarters: list[tuple[Money, Money]]) -> None:
    allocations, claims = [one[0] for one in quarters], [one[1] for one in quarters]
    balances = account.roll_on(allocations, claims)
    assert all(balance >= ZERO for balance in balances)
    assert balances[-1] == max(ZERO, total(allocations) - total(claims))


# Cases of the same kinds with other values ---------------------------------------------------------------------------

LINES: list[dict[str, Any]] = [
    {"service": "A", "category": "everyday_living", "quantity": "2", "unit_price": "95.00"},
    {"service": "B", "category": "independence", "quantity": 2, "unit_price": "99.00"},
]
RATES = {"independence": "50", "everyday_living": "80", "clinical": "0"}


def case(kind: str, **inputs: object) -> dict[str, Any]:
    return run_case(kind, inputs)


def test_a_cap_that_is_passed_already_leaves_no_room() -> None:
    found = case(
        "lifetime_cap_reached",
        cohort="standard",
        service_date="2026-03-19",
        contributions_to_date="140000.00",
        rates_pct=RATES,
        lines=LINES,
    )
    assert (found["cap"], found["remaining_before"], found["total_contribution"]) == ("135318.69", "0.00", "0.00")
    assert found["cap_reached"] is True


def test_a_cap_far_away_limits_nothing() -> None:
    found = case(
        "lifetime_cap_reached",
        cohort="standard",
        service_date="2026-04-01",
        contributions_to_date="0.00",
        rates_pct=RATES,
        lines=LINES,
    )
    assert (found["total_contribution"], found["cap_reached"]) == ("251.00", False)  # 152.00 and 99.00


def test_an_overrun_on_the_whole_price_leaves_less_for_the_next_service() -> None:
    found = case(
        "budget_overrun",
        available_balance="250.00",
        rates_pct=RATES,
        lines=LINES,
        hcp_unspent="0.00",
        parameters={"debit_basis": "price"},
    )
    assert [one["payable"] for one in found["payments"]] == ["38.00", "60.00"]  # 190.00 is taken first
    assert (found["unpaid_subsidy"], found["closing_balance"]) == ("39.00", "0.00")


def test_means_that_nobody_told_leave_the_steps_unknown() -> None:
    found = case("means_test_rate", means_status="self_funded_no_cshc", as_of="2026-04-01")
    assert found["income_reduction"] is None
    assert (found["independence_pct"], found["everyday_living_pct"]) == ("50.00", "80.00")


def test_joint_amounts_of_a_couple_are_halved() -> None:
    joint = {"means_status": "cshc_holder", "household": "couple", "home_owner": True, "as_of": "2026-04-01"}
    half = {**joint, "household": "couple_each", "assessable_income": "41250", "assessable_assets": "300000"}
    assert case("means_test_rate", **joint, assessable_income="82500", assessable_assets="600000") == case(
        "means_test_rate", **half
    )


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("quarter_budget", {"classification": "SAH-9", "as_of": "2026-01-01"}),
        ("mid_quarter_entry", {"classification": "SAH-1", "entry_date": "2026-02-30"}),
        (
            "carry_over",
            {
                "classification": "SAH-1",
                "quarter_start": "2026-01-01",
                "debits": "1",
                "parameters": {"carry_over_base": "moon"},
            },
        ),
        ("restorative_care", {"pathway": "RC", "units": 3, "lines": [], "rates_pct": {}}),
        ("athm_purchase", {"scheme": "boat", "tier_amount": "1", "item_cost": "1", "independence_rate_pct": "5"}),
        ("means_test_rate", {"means_status": "part_pensioner", "cohort": "no_worse_off", "as_of": "2026-01-01"}),
        ("means_test_rate", {"means_status": "part_pensioner", "as_of": "2026-01-01"}),
        ("fee_reduction", {"rates_pct": {"clinical": "0"}, "lines": LINES}),
        (
            "contributions_maximum",
            {"classification": "SAH-1", "rates_pct": RATES, "lines": LINES, "parameters": {"debit_basis": "half"}},
        ),
        ("category_by_service_date", {"service": "Tea", "visits": [{"date": "2026-01-01"}]}),
        ("draw_down_order", {"balances": {}, "claims": [{"type": "moon", "subsidy": "1"}]}),
        ("care_management_account", {"allocations_by_quarter": [], "claims_by_quarter": []}),
    ],
)
def test_what_cannot_be_is_a_failed_case_and_never_a_crash(kind: str, inputs: dict[str, Any]) -> None:
    report = check(json.dumps([{"id": "X", "kind": kind, "inputs": inputs, "expected": {}}]))
    assert report.failed == 1
    assert "cannot be run" in report.as_text()


@given(
    codes,
    in_force,
    st.lists(st.tuples(st.sampled_from(list(RATES)), st.integers(0, 400), cents), max_size=5),
    st.sampled_from(["subsidy", "price"]),
)
def test_the_amounts_of_a_case_add_up(code: str, on: date, services: list[tuple[str, int, Money]], basis: str) -> None:
    lines = [
        {
            "service": str(n),
            "category": category,
            "quantity": f"{quarters // 4}.{quarters % 4 * 25:02d}",
            "unit_price": f"{price.minor // 100}.{price.minor % 100:02d}",
        }
        for n, (category, quarters, price) in enumerate(services)
    ]
    found = case(
        "contributions_maximum",
        classification=code,
        as_of=on.isoformat(),
        rates_pct=RATES,
        lines=lines,
        parameters={"debit_basis": basis},
    )
    for one in found["lines"]:
        assert money(one["contribution"]) + money(one["subsidy"]) == money(one["price"])
    assert money(found["total_contribution"]) + money(found["total_subsidy"]) == money(found["total_price"])
    assert found["total_debit"] == found["total_price" if basis == "price" else "total_subsidy"]
    assert money(found["service_budget"]) - money(found["total_debit"]) == money(found["remaining_service_budget"])
