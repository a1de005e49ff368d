"""What is left when a plan ends, or when somebody leaves: what goes on, what ends, and what is due until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from budgeting import programs
from budgeting.allocation import Allocation, PackageMoney, Pathway, Tier
from budgeting.catalogue import Editions
from budgeting.explain import Confidence, as_told
from budgeting.forecast.ending import at_end, shared
from budgeting.money import Money, dollars
from budgeting.package import NOTHING, Component, Funding, FundingPeriod, Package
from budgeting.period import Period, Place
from budgeting.pricing import quote
from budgeting.programs.support_at_home.granted import components
from budgeting.programs.support_at_home.leaving import after_leaving, care_claimed_by, due, paid_back, told_by
from budgeting.words import words
from tests.budgeting.examples import NO_HOLIDAYS

SAH, LAST = "support_at_home", date(2026, 9, 30)
QUARTER = Period(date(2026, 7, 1), LAST)


def sah(given: Allocation = NOTHING) -> Funding:
    return Funding(QUARTER, (), classification="SAH-4", entered=date(2025, 11, 1), allocation=given)


def left_of(funding: Funding, last: date, **left: str) -> dict[str, tuple[object, object]]:
    told = [
        (one, as_told(words("Left"), dollars(left[one.key]) if one.key in left else None))
        for one in components(funding)
    ]
    return {one.key: (one.goes_on.value, one.ends.value) for one in at_end(SAH, told, last)}


def test_what_is_left_of_an_ndis_plan_ends_with_it() -> None:
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    part = Component("core", "Core", dollars("900.00"), periods=(FundingPeriod(year, dollars("900.00")),))
    (found,) = at_end("ndis", [(part, as_told(words("Left"), dollars("120.50")))], year.last)
    assert (found.goes_on.value, found.ends.value) == (Money(0), dollars("120.50"))
    assert found.ends.confidence is Confidence.A


def test_at_the_end_of_a_quarter_the_account_goes_on_up_to_its_limit_and_the_rest_ends() -> None:
    # 73.22 x 92 days = 6,736.24: a tenth is less than 1,000 dollars, which may always go on
    assert left_of(sah(), LAST, account="1400.00")["account"] == (dollars("1000.00"), dollars("400.00"))
    assert left_of(sah(), LAST, account="999.99")["account"] == (dollars("999.99"), Money(0))


def test_inside_a_quarter_a_new_plan_takes_nothing_from_the_account() -> None:
    assert left_of(sah(), date(2026, 8, 31), account="1400.00")["account"] == (dollars("1400.00"), Money(0))


def test_a_pathway_and_a_tier_end_with_their_own_days_and_old_package_money_stays() -> None:
    given = Allocation(
        pathways=(Pathway("RC", date(2026, 6, 11)),),  # 112 days: until 30 September
        tiers=(Tier("at", dollars("500.00"), date(2026, 1, 1)), Tier("hm", dollars("500.00"), date(2025, 10, 1))),
        package_money=(PackageMoney("provider", dollars("800.00")),),
    )
    found = left_of(sah(given), LAST, rc="50.00", at="60.00", hm_2="70.00", package_money_provider="80.00")
    assert found["rc"] == (Money(0), dollars("50.00"))
    assert found["at"] == (dollars("60.00"), Money(0))
    assert found["hm_2"] == (Money(0), dollars("70.00"))
    assert found["package_money_provider"] == (dollars("80.00"), Money(0))


def test_what_nobody_knows_to_be_left_is_not_known_to_end_either() -> None:
    assert left_of(sah(), LAST)["account"] == (None, None)


def test_a_provider_has_four_weeks_60_and_70_days_after_somebody_left() -> None:
    found = {key: one.value for key, one in due(date(2026, 3, 31)).items()}
    assert found == {
        "notify": date(2026, 4, 28),
        "hand_over": date(2026, 4, 28),
        "claims": date(2026, 5, 30),
        "package_money": date(2026, 6, 9),
    }


@pytest.mark.parametrize(("given", "until"), [("2026-06-30", "2026-08-29"), ("2026-07-01", "2027-08-29")])
def test_care_management_is_claimed_within_60_days_of_its_financial_year(given: str, until: str) -> None:
    assert care_claimed_by(date.fromisoformat(given)).value == date.fromisoformat(until)


def test_package_money_is_handed_back_where_there_is_some_or_nobody_may_know() -> None:
    day = date(2026, 3, 31)
    old = sah(Allocation(package_money=(PackageMoney("provider", dollars("80.00")),)))
    own = sah(Allocation(package_money=(PackageMoney("client", dollars("12.00")),)))
    april, may, june, august = date(2026, 4, 28), date(2026, 5, 30), date(2026, 6, 9), date(2026, 8, 29)
    assert [one.value for one in after_leaving(None, day).values()] == [april, april, may, june, august]
    assert [one.value for one in after_leaving(old, day).values()] == [april, april, may, june, august]
    assert [one.value for one in after_leaving(sah(), day).values()] == [april, april, may, august]
    assert [one.value for one in after_leaving(own, day).values()] == [april, april, may, august, dollars("12.00")]
    assert programs.rules("ndis").after_leaving(None, day) == {}


def test_a_change_of_circumstances_is_told_within_28_days() -> None:
    told = told_by(date(2026, 2, 1))
    assert (told.value, told.confidence) == (date(2026, 3, 1), Confidence.A)


def test_the_clients_own_part_of_package_money_pays_for_nothing_and_is_paid_back() -> None:
    held = (PackageMoney("client", dollars("312.40")), PackageMoney("provider", dollars("100.00")))
    given = Allocation(package_money=held)
    funding = sah(given)
    assert "package_money_client" not in {one.key for one in components(funding)}
    back = paid_back(given, LAST)
    assert back is not None
    assert back.value == dollars("312.40")
    found = quote(Package(SAH, QUARTER, Place("NSW"), funding), Editions(()), NO_HOLIDAYS).findings
    assert [one.words.values["amount"] for one in found if one.kind == "own_package_money"] == [dollars("312.40")]
    assert paid_back(Allocation(), LAST) is None


def test_an_account_that_goes_on_for_quarters_ends_only_what_this_quarter_may_not_keep() -> None:
    funding = replace(sah(), period=Period(date(2026, 7, 1), date(2026, 12, 31)))
    account = components(funding)[0]
    assert [one.period.last for one in account.periods] == [LAST, date(2026, 12, 31)]
    (found,) = at_end(SAH, [(account, as_told(words("Left"), dollars("1400.00")))], LAST)
    assert (found.goes_on.value, found.ends.value) == (dollars("1000.00"), dollars("400.00"))


def test_a_part_that_takes_what_is_anothers_is_told_together_with_it() -> None:
    day = date(2026, 12, 31)
    core, skills, chair = (
        (Component(key, key.title(), dollars("900.00")), as_told(words("Left"), dollars(left)))
        for key, left in (("core", "-200.00"), ("skills", "500.00"), ("chair", "70.00"))
    )
    pool = ("core", "skills")
    found = at_end("ndis", shared([(core, pool), (skills, pool), (chair, ())]), day)
    assert [(one.key, one.ends.value) for one in found] == [("core", dollars("300.00")), ("chair", dollars("70.00"))]


def test_more_planned_than_there_is_leaves_nothing_to_end() -> None:
    core = Component("core", "Core", dollars("900.00"))
    (found,) = at_end("ndis", [(core, as_told(words("Left"), dollars("-200.00")))], date(2026, 12, 31))
    assert (found.goes_on.value, found.ends.value) == (Money(0), Money(0))
