"""What a person pays under Support at Home: shares, estimates from means, letters, caps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from budgeting.allocation import Means
from budgeting.explain import Confidence
from budgeting.money import ZERO, Money, Percent
from budgeting.package import ContributionRate
from budgeting.programs.support_at_home import contributions, facts, means as means_test
from tests.budgeting.examples import day, money

CODES = facts.classification_codes()
codes = st.sampled_from(CODES)
in_force = st.dates(date(2025, 11, 1), date(2027, 12, 31))
cents = st.integers(0, 5_000_000).map(Money)
rates = st.integers(0, 10_000).map(lambda hundredths: Percent(hundredths * 100))


@given(cents, rates, cents, st.none() | cents)
def test_contribution_and_subsidy_are_the_price(price: Money, rate: Percent, off: Money, room: Money | None) -> None:
    share = contributions.split(price, rate, off, room)
    assert ZERO <= share <= price
    assert room is None or share <= room
    assert share <= price.share(rate.ppm)


def means(household: str = "single", income: str = "0", assets: str = "0", *, owner: bool = True) -> Means:
    return Means(household, money(income), money(assets), owner)


def estimated(told: Means, on: str = "2026-04-01") -> tuple[int, int, int, int, int]:
    found = means_test.estimate(told, day(on))
    ppm = found.rates["independence"].ppm, found.rates["everyday_living"].ppm
    return found.income_reduction, found.asset_reduction, found.maximum, *ppm


def test_nothing_over_the_free_areas_gives_the_rates_of_a_full_pensioner() -> None:
    assert estimated(means(income="5668", assets="321500")) == (0, 0, 47719, 50_000, 175_000)


def test_a_large_income_gives_the_highest_rates_and_no_more() -> None:
    assert estimated(means(income="500000"))[3:] == (500_000, 800_000)


def test_those_who_do_not_own_a_home_have_a_larger_free_area() -> None:
    assert estimated(means(assets="579500"))[1] == 20124  # 7.8 % of 258,000
    assert estimated(means(assets="579500", owner=False))[1] == 0


def test_a_couple_separated_by_illness_has_the_limit_of_a_single_person_and_the_free_areas_of_a_couple() -> None:
    couple = means("couple_separated_by_illness_each", "24940", "240750")
    assert estimated(couple)[:3] == (10000, 0, 48083)  # half of 101,105 - 4,940 is 48,082.50


@given(
    st.sampled_from(["single", "couple_each", "couple_separated_by_illness_each"]), cents, cents, st.booleans(), cents
)
def test_more_income_never_lowers_a_rate(
    household: str, income: Money, assets: Money, owner: bool, more: Money
) -> None:
    first = means_test.estimate(Means(household, income, assets, owner), date(2026, 4, 1)).rates
    second = means_test.estimate(Means(household, income + more, assets, owner), date(2026, 4, 1)).rates
    for category, low, high in (("independence", 50_000, 500_000), ("everyday_living", 175_000, 800_000)):
        assert low <= first[category].ppm <= second[category].ppm <= high


def test_an_estimate_says_that_it_is_one() -> None:
    source = means_test.estimate(means(), day("2026-04-01")).sources["independence"]
    assert source.confidence is Confidence.B
    assert "estimate" in source.clause


@pytest.mark.parametrize(
    ("cohort", "status", "everyday"),
    [
        ("standard", "full_pensioner", "17.5"),
        ("standard", "means_not_disclosed", "80"),
        ("no_worse_off", "full_pensioner", "0"),
        ("no_worse_off", "self_funded_no_cshc", "25"),
        ("no_worse_off_paid_no_fee", "self_funded_no_cshc", "0"),
    ],
)
def test_fixed_rates_are_those_that_are_published(cohort: str, status: str, everyday: str) -> None:
    found = contributions.published(cohort, status, "everyday_living", day("2026-01-01"))
    assert found is not None
    assert found[0] == Percent(int(everyday.replace(".5", "")) * 10_000 + (5_000 if "." in everyday else 0))


def test_the_rate_of_a_part_pensioner_who_is_no_worse_off_is_only_in_the_letter() -> None:
    assert contributions.published("no_worse_off", "part_pensioner", "independence", day("2026-01-01")) is None


def rate(percent: int, letter: str | None = None, since: str | None = None) -> ContributionRate:
    return ContributionRate(
        "independence", Percent(percent * 10_000), day(since) if since else None, day(letter) if letter else None
    )


def test_an_increase_starts_with_the_next_quarter_and_a_decrease_with_the_letter() -> None:
    told = (rate(10, "2025-11-03"), rate(20, "2026-02-10"), rate(15, "2026-05-05"))
    found = [(since, one.rate.ppm // 10_000) for since, one in contributions.effective(told, "independence")]
    assert found == [(date.min, 10), (day("2026-04-01"), 20), (day("2026-05-05"), 15)]


def test_the_day_that_a_letter_names_counts() -> None:
    told = (rate(10), rate(20, "2026-02-10", "2026-07-01"))
    assert contributions.effective(told, "independence")[1][0] == day("2026-07-01")


def test_a_determination_on_the_first_day_of_a_quarter_raises_the_rate_in_the_next() -> None:
    assert contributions.starts(Percent(1), Percent(2), day("2026-04-01")) == day("2026-07-01")


@pytest.mark.parametrize(
    ("cohort", "on", "cap"),
    [
        ("standard", "2026-03-19", "135318.69"),
        ("standard", "2026-03-20", "137917.01"),
        ("no_worse_off", "2026-03-19", "84571.66"),
        ("no_worse_off_paid_no_fee", "2026-09-19", "86185.23"),
        ("standard", "2026-11-22", "137917.01"),  # the value of 20 September 2026 is not known: the last one counts
    ],
)
def test_the_cap_is_that_of_the_cohort_and_the_day(cohort: str, on: str, cap: str) -> None:
    assert contributions.cap(cohort, day(on)).money == money(cap)


def test_a_cap_past_its_confirmation_is_marked() -> None:
    confirmed = contributions.cap("standard", day("2026-11-22")).confirmed_to
    assert confirmed == day("2026-09-19")


def test_every_fact_has_a_source_a_day_and_a_confidence() -> None:
    for key, who in facts.every():
        for row in facts.facts(key, who):
            assert row.value
            assert row.source.title
            assert row.since >= date(2025, 9, 20)
            assert row.confirmed_to is None or row.confirmed_to >= row.since
