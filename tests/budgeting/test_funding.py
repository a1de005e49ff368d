"""Funding components and periods of the NDIS, quarters and contributions of Support at Home."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from budgeting import programs
from budgeting.cases import run_case
from budgeting.explain.lines import contribution_figure
from budgeting.money import Percent
from budgeting.package import ContributionRate, Funding, FundingPeriod, Package
from budgeting.period import Place
from budgeting.programs.support_at_home.rules import classification_codes, credit, quarter
from budgeting.quotation import Quote
from tests.budgeting.examples import (
    YEAR,
    agreed,
    component,
    day,
    days,
    funded,
    kinds,
    line,
    money,
    package,
    priced,
    quarters,
    weekly,
)

MONDAYS = line(weekly("Mon", "09:00", "10:00"), price=agreed("50"))  # 52 Mondays in 2026


def test_money_that_is_not_used_goes_on_to_the_next_funding_period() -> None:
    quoted = priced(package(MONDAYS, funding=funded(component("2800", periods=quarters("1000", "600", "600", "600")))))
    core = quoted.component("core")
    # Each quarter of 2026 has 13 Mondays.
    assert [period.planned for period in core.periods] == [money("650")] * 4
    assert [period.carried_in for period in core.periods] == [money("0"), money("350"), money("300"), money("250")]
    assert core.left == core.periods[-1].left == money("200")
    assert core.runs_dry is None
    assert core.lasts_until == day("2026-12-31")


def test_a_period_cannot_use_the_money_of_a_later_one() -> None:
    quoted = priced(package(MONDAYS, funding=funded(component("2650", periods=quarters("500", "700", "700", "750")))))
    core = quoted.component("core")
    assert core.left == money("50")  # enough over the year
    assert core.periods[0].short == money("150")
    assert core.runs_dry == day("2026-03-16")  # the eleventh Monday
    assert core.lasts_until == day("2026-03-15")
    assert "over_period" in kinds(quoted)


def test_a_package_over_the_whole_amount_says_how_much_is_missing() -> None:
    quoted = priced(package(MONDAYS, funding=funded(component("2000"))))
    (finding,) = [one for one in quoted.findings if one.kind == "over_component"]
    assert finding.words.values["short"] == money("600")
    assert finding.day == day("2026-10-12")  # the 41st Monday


def test_visits_up_to_the_day_spending_is_known_are_not_counted_again() -> None:
    spent = component("2600", spent=money("777.70"), spent_until=day("2026-06-30"))
    core = priced(package(MONDAYS, funding=funded(spent))).component("core")
    assert core.planned == money("1300")  # 26 Mondays after June
    assert core.left == money("522.30")


def test_spending_known_up_to_a_day_fills_the_earlier_periods_first() -> None:
    spent = component(
        "4000", periods=quarters("1000", "1000", "1000", "1000"), spent=money("1200"), spent_until=day("2026-07-12")
    )
    core = priced(package(MONDAYS, funding=funded(spent))).component("core")
    assert [period.spent for period in core.periods] == [money("1000"), money("200"), money("0"), money("0")]
    assert core.periods[2].carried_in == money("800")
    assert core.periods[2].planned == money("600")  # 12 Mondays from 13 July on


def test_core_components_of_one_management_share_their_money() -> None:
    both = (component("1000", "01", key="daily"), component("5000", "04", key="community"))
    quoted = priced(package(MONDAYS, funding=funded(*both)))
    assert quoted.component("daily").pool == ("daily", "community")
    assert quoted.component("daily").runs_dry is None
    assert "uses_pool" in kinds(quoted)


def test_core_components_of_different_management_do_not_share() -> None:
    both = (component("1000", "01", key="daily"), component("5000", "04", key="community", management="agency"))
    quoted = priced(package(MONDAYS, funding=funded(*both)))
    assert quoted.component("daily").runs_dry == day("2026-05-25")  # the 21st Monday
    assert "over_component" in kinds(quoted)


def test_stated_money_stands_alone() -> None:
    both = (component("1000", "01", key="daily", stated=True), component("5000", "04", key="community"))
    assert priced(package(MONDAYS, funding=funded(*both))).component("daily").pool == ()


def test_a_line_is_paid_from_the_component_of_its_category() -> None:
    both = (component("5000", key="core"), component("5000", "15", key="skills"))
    therapy = line(weekly("Mon", "09:00", "10:00"), id="ot", support="occupational_therapy")
    quoted = priced(package(MONDAYS, therapy, funding=funded(*both)))
    assert [one.component for one in quoted.lines] == ["core", "skills"]


def test_a_line_that_nothing_pays_for_is_said() -> None:
    quoted = priced(package(MONDAYS, funding=funded(component("5000", "15"))))
    assert "no_component" in kinds(quoted)
    assert quoted.unplaced == money("2600")


def test_periods_that_do_not_add_up_are_said() -> None:
    quoted = priced(package(MONDAYS, funding=funded(component("4000", periods=quarters("900", "900", "900", "900")))))
    assert "periods_differ" in kinds(quoted)


def answered(amounts: list[str], claims: list[tuple[str, str]]) -> list[dict[str, object]]:
    """What a worked case says of claims against quarters with these amounts."""
    periods = [
        {"from": str(one.period.first), "to": str(one.period.last), "amount": amount}
        for one, amount in zip(quarters(*amounts), amounts, strict=True)
    ]
    asked = [{"service_date": on, "amount": amount} for on, amount in claims]
    inputs = {"funding_periods": periods, "claims_in_service_date_order": asked}
    found: list[dict[str, object]] = run_case("funding_periods", inputs)["results"]
    return found


def test_a_claim_that_is_not_paid_spends_nothing() -> None:
    claims = [("2026-02-01", "120"), ("2026-02-02", "90"), ("2026-04-01", "110")]
    assert [one["accepted"] for one in answered(["100", "100"], claims)] == [False, True, True]


def test_after_the_last_period_nothing_is_available() -> None:
    (late,) = answered(["100"], [("2026-04-01", "10")])
    assert (late["available_before"], late["short_by"]) == ("0.00", "10.00")


# Support at Home ------------------------------------------------------------------------------------------------------


def at_home(**funding: object) -> Funding:
    return replace(Funding(YEAR, classification="SAH-4", means_status="full_pensioner"), **funding)  # type: ignore[arg-type]  # checked by replace


def home_package(*lines: object, **funding: object) -> Package:
    return Package("support_at_home", YEAR, Place("VIC"), at_home(**funding), lines)  # type: ignore[arg-type]  # lines


def quoted_home(*lines: object, **funding: object) -> Quote:
    return priced(home_package(*lines, **funding))


CLEANING = line(weekly("Mon", "09:00", "10:30"), id="clean", support="cleaning", price=agreed("95"))
PERSONAL = line(weekly("Tue", "09:00", "10:00"), id="care", support="personal_care", price=agreed("100"))


def test_a_quarter_is_credited_by_days_not_by_the_published_figure() -> None:
    account = quoted_home().components[0]
    assert [period.released for period in account.periods] == [
        money("6589.80"),  # 73.22 x 90
        money("6663.02"),
        money("6736.24"),
        money("6736.24"),
    ]


def test_the_first_quarter_counts_from_the_entry_day() -> None:
    account = quoted_home(entered=day("2026-02-10")).components[0]
    assert account.periods[0].released == money("3661.00")  # 73.22 x 50
    assert account.periods[0].period.first == day("2026-02-10")


def test_the_account_pays_the_price_less_the_share_of_the_client() -> None:
    quoted = quoted_home(CLEANING)
    clean = quoted.line("clean")
    # 52 visits of 142.50; the share is 17.5 % of each: 24.9375, rounded to 24.94.
    assert clean.amount == money("7410")
    assert clean.contribution == money("1296.88")
    assert clean.funded == money("6113.12")


def test_the_whole_price_is_charged_when_that_reading_is_chosen() -> None:
    assert quoted_home(CLEANING, debit_basis="price").line("clean").funded == money("7410")


def test_the_rate_of_the_letter_counts_from_its_day() -> None:
    rates = (
        ContributionRate("everyday_living", Percent(300_000), day("2025-11-01")),
        ContributionRate("everyday_living", Percent(400_000), day("2026-07-01"), day("2026-05-20")),
    )
    rows = quoted_home(CLEANING, means_status="part_pensioner", rates=rates).line("clean").rows
    assert [(row.rate, row.first) for row in rows] == [
        (Percent(300_000), day("2026-01-05")),
        (Percent(400_000), day("2026-07-06")),
    ]


def test_a_rate_that_nobody_told_is_not_known_and_not_zero() -> None:
    quoted = quoted_home(CLEANING, means_status="part_pensioner")
    assert contribution_figure(quoted.line("clean")).value is None
    assert "no_rate" in kinds(quoted)


def test_an_announced_change_is_said_but_not_counted() -> None:
    quoted = quoted_home(PERSONAL)
    assert quoted.line("care").contribution == money("260")  # 52 visits, 5.00 each, also after 1 October
    assert "announced_change" in kinds(quoted)


def test_care_for_health_is_free_whatever_the_means() -> None:
    nurse = line(weekly("Wed", "09:00", "10:00"), support="registered_nurse", price=agreed("160"))
    assert quoted_home(nurse, means_status="part_pensioner").contribution == money("0")


def test_at_most_a_thousand_dollars_or_a_tenth_go_on() -> None:
    account = quoted_home(classification="SAH-8").components[0]
    assert account.periods[0].lapsed == money("17333.10") - money("1733.31")
    small = quoted_home(classification="SAH-1").components[0]
    assert small.periods[1].carried_in == money("1000")


def test_amounts_past_the_day_they_were_confirmed_are_marked() -> None:
    assert "amounts_unconfirmed" in kinds(quoted_home())


@pytest.mark.parametrize("code", classification_codes())
def test_a_quarter_split_in_two_is_credited_the_same(code: str) -> None:
    whole = quarter(day("2026-05-05"))
    for length in range(1, whole.days):
        cut = whole.first + timedelta(length)
        first, second = days(str(whole.first), str(cut - timedelta(1))), days(str(cut), str(whole.last))
        assert credit(code, first) + credit(code, second) == credit(code, whole)


def test_the_published_fixed_rates_have_a_source() -> None:
    row = quoted_home(CLEANING).line("clean").rows[0]
    assert row.rate_source is not None
    assert row.rate_source.since == day("2025-11-01")


def test_an_account_without_lines_has_no_last_day() -> None:
    account = quoted_home().components[0]
    assert (account.lasts_until, account.runs_dry) == (None, None)


def test_quarters_begin_where_spending_is_known() -> None:
    account = quoted_home(CLEANING, spent=money("2000"), spent_until=day("2026-05-31")).components[0]
    assert account.periods[0].period == days("2026-04-01", "2026-06-30")
    assert account.periods[0].spent == money("2000")
    assert len(account.periods) == 3


def test_periods_need_not_be_equal_or_three_months_long() -> None:
    uneven = (
        FundingPeriod(days("2026-01-01", "2026-01-31"), money("200")),
        FundingPeriod(days("2026-02-01", "2026-12-31"), money("2400")),
    )
    core = priced(package(MONDAYS, funding=funded(component("2600", periods=uneven)))).component("core")
    assert [period.left for period in core.periods] == [money("0"), money("0")]
    assert core.runs_dry is None


def test_every_program_has_its_rules() -> None:
    for key in programs.PROGRAMS:
        assert programs.rules(key).pools(()) == ()


def test_the_last_day_of_the_calendar_is_no_stumbling_block() -> None:
    far = days("9999-11-01", "9999-12-31")
    account = priced(Package("support_at_home", far, Place("VIC"), Funding(far, classification="SAH-4"))).components[0]
    assert [period.period.last for period in account.periods] == [day("9999-12-31")]
    monday = line(weekly("Mon", "22:00", "06:00"), period=far, price=agreed("50"))
    assert priced(package(monday, period=far, funding=funded(component("5000"), period=far))).amount == money("3600")
