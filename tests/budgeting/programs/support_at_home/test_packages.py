"""Support at Home packages priced whole: who pays what, the lifetime cap, hardship, pathways, tiers, old money."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgeting.allocation import (
    Allocation,
    Brought,
    Contributed,
    Means,
    PackageMoney,
    Pathway,
    Relief,
    Supplement,
    Tier,
)
from budgeting.explain import Confidence
from budgeting.explain.lines import contribution_figure
from budgeting.money import ZERO, Percent
from budgeting.package import (
    Agreed,
    AgreedAmount,
    Component,
    ContributionRate,
    Funding,
    Line,
    Package,
    Role,
    Spread,
)
from budgeting.period import Band, Period, Place
from budgeting.quotation import Finding, Quote
from tests.budgeting.examples import (
    YEAR,
    agreed,
    day,
    days,
    every_figure,
    kinds,
    line,
    money,
    priced,
    units,
    weekly,
)

FIELDS = set(Allocation.__dataclass_fields__)
CLEANING = line(weekly("Mon", "09:00", "10:30"), id="clean", support="cleaning", price=agreed("95"))
CARE = line(weekly("Tue Thu", "09:00", "10:00"), id="care", support="personal_care", price=agreed("100"))
NURSE = line(weekly("Wed", "09:00", "10:00"), id="nurse", support="registered_nurse", price=agreed("160"))


def once(quantity: str, support: str, price: str, on: str = "2026-01-01", **others: object) -> Line:
    schedule = replace(units(quantity, "actual_cost"), spread=Spread.ONCE)
    whole = Period(day(on), YEAR.last)
    return line(schedule, id=support, support=support, price=agreed(price), period=whole, **others)


def funding(**wanted: object) -> Funding:
    granted = {key: wanted.pop(key) for key in list(wanted) if key in FIELDS}
    known = Funding(
        YEAR,
        classification="SAH-4",
        means_status="full_pensioner",
        allocation=replace(Allocation(), **granted),  # type: ignore[arg-type]  # the names are checked by replace itself
    )
    return replace(known, **wanted)  # type: ignore[arg-type]  # replace itself checks the names


def quoted(*lines: Line, **wanted: object) -> Quote:
    return priced(Package("support_at_home", YEAR, Place("VIC"), funding(**wanted), lines))


def finding(found: Quote, kind: str) -> Finding:
    return next(one for one in found.findings if one.kind == kind)


# The account and what stands beside it --------------------------------------------------------------------------------


def test_care_management_money_is_apart_and_never_counted_as_left() -> None:
    found = quoted()
    care = found.component("care_management")
    assert [one.released for one in care.periods] == [
        money("732.60"),  # 8.14 x 90
        money("740.74"),
        money("748.88"),
        money("748.88"),
    ]
    # What is left in June goes on only up to the allocation of April to June.
    assert care.periods[1].left == money("1473.34")
    assert care.periods[2].carried_in == money("740.74")
    assert found.left == found.component("account").left


def test_the_supplement_for_care_management_goes_to_the_provider_and_never_into_the_account() -> None:
    plain, more = quoted(), quoted(supplements=(Supplement("CM"),))
    care = more.component("care_management")
    assert [one.released for one in care.periods] == [
        money("1088.10"),  # 12.09 x 90
        money("1100.19"),
        money("1112.28"),
        money("1112.28"),
    ]
    assert more.component("account").amount == plain.component("account").amount
    assert care.figure.confidence is Confidence.B


@pytest.mark.parametrize(("until", "noticed"), [("10:15", False), ("10:30", False), ("10:20", True)])
def test_a_service_by_the_hour_is_counted_in_quarters_of_an_hour(until: str, noticed: bool) -> None:
    visit = line(weekly("Mon", "09:00", until), support="cleaning", price=agreed("95"))
    assert ("time_step" in kinds(quoted(visit))) is noticed


def test_care_management_is_paid_by_what_the_provider_holds_and_asks_no_share() -> None:
    monthly = line(weekly("Wed", "09:00", "09:45", every=4), id="cm", support="care_management", price=agreed("150"))
    found = quoted(monthly)
    assert found.line("cm").component == "care_management"
    assert found.contribution == ZERO
    assert "care_management_monthly" not in kinds(found)


def test_a_month_without_care_management_is_noticed() -> None:
    rare = line(weekly("Wed", "09:00", "09:45", every=8), id="cm", support="care_management", price=agreed("150"))
    assert finding(quoted(rare), "care_management_monthly").line == "cm"


def test_money_of_the_quarter_before_is_expected_until_it_is_confirmed() -> None:
    expected = quoted(CLEANING, brought=Brought(money("800")))
    assert expected.component("account").periods[0].carried_in == money("800")
    assert "carry_over_expected" in kinds(expected)
    assert "carry_over_expected" not in kinds(quoted(CLEANING, brought=Brought(money("800"), confirmed=True)))


def test_brought_money_counts_towards_what_is_left() -> None:
    more, less = quoted(CLEANING, brought=Brought(money("100"), confirmed=True)), quoted(CLEANING)
    assert more.component("account").periods[0].left - less.component("account").periods[0].left == money("100")


def test_the_base_of_what_goes_on_changes_what_goes_on() -> None:
    own = quoted(classification="SAH-8").component("account")
    gross = quoted(classification="SAH-8", carry_over_base="published_quarterly_total").component("account")
    assert own.periods[1].carried_in == money("1733.31")  # 10 % of 192.59 x 90
    assert gross.periods[1].carried_in == money("1952.66")  # 10 % of 19,526.59


def test_what_the_account_does_not_reach_needs_an_agreement_made_before() -> None:
    much = line(weekly("Mon Tue Wed Thu Fri", "09:00", "12:00"), id="much", support="respite", price=agreed("99"))
    found = finding(quoted(much), "overrun")
    assert found.component == "account"
    # 282.15 a day is taken (297.00 less 5 %); 23 days are 6,489.45 and the 24th is over 6,589.80: 3 February.
    assert found.day == day("2026-02-03")


# Old package money, tiers and pathways --------------------------------------------------------------------------------


def test_old_package_money_pays_after_the_account_and_before_a_tier() -> None:
    much = line(weekly("Mon Tue Wed Thu Fri", "09:00", "12:00"), id="much", support="respite", price=agreed("99"))
    held = (PackageMoney("services_australia", money("90000")), PackageMoney("provider", money("2000")))
    walker = once("1", "equipment", "300")
    found = quoted(much, walker, package_money=held, tiers=(Tier("at", money("500"), day("2026-01-01")),))
    names = [one.payer for one in found.line("much").payments[:3]]
    assert names == ["account", "package_money_provider", "package_money_services_australia"]
    assert [one.payer for one in found.line("equipment").payments] == ["package_money_provider"]
    assert found.component("at").planned == ZERO


def test_equipment_is_paid_from_its_tier_and_never_from_the_account() -> None:
    walker = once("1", "equipment", "1240")
    found = quoted(walker, tiers=(Tier("at", money("2000"), day("2026-01-01")),))
    assert found.component("at").left == money("822")  # 1,240 less 5 %
    assert found.component("account").planned == ZERO
    assert "no_component" in kinds(quoted(walker))


def test_a_tier_in_a_remote_place_has_more_and_says_why() -> None:
    part = quoted(tiers=(Tier("hm", money("2000"), day("2026-01-01"), remote=True),)).component("hm")
    assert part.amount == money("3000")
    how = part.periods[0].how
    assert how is not None
    assert [one.value for one in how.parts] == [money("2000"), money("1000")]


def test_equipment_after_the_tier_has_ended_is_noticed() -> None:
    found = quoted(once("1", "equipment", "300", "2026-06-01"), tiers=(Tier("at", money("500"), day("2025-05-01")),))
    assert finding(found, "outside_money").day == day("2026-06-01")


@pytest.mark.parametrize(
    ("price", "fee", "noticed"),
    [("1364", "124", False), ("1364", "125", True), ("6600", "600", True), ("6500", "500", False)],
)
def test_a_fee_over_the_highest_that_is_allowed_is_noticed(price: str, fee: str, noticed: bool) -> None:
    found = quoted(
        once("1", "equipment", price, fee=money(fee)), tiers=(Tier("at", money("15000"), day("2026-01-01")),)
    )
    assert ("fee_over_limit" in kinds(found)) is noticed


def test_equipment_above_the_highest_tier_needs_a_prescription() -> None:
    tier = Tier("at", money("20000"), day("2026-01-01"))
    chair = once("1", "equipment", "16000")
    assert "needs_prescription" in kinds(quoted(chair, tiers=(tier,)))
    assert "needs_prescription" not in kinds(quoted(chair, tiers=(replace(tier, prescribed=True),)))


def test_restorative_care_comes_beside_the_account() -> None:
    physio = line(
        weekly("Fri", "09:00", "10:00"),
        id="physio",
        support="physiotherapy",
        price=agreed("185"),
        component="rc",
        period=days("2026-02-02", "2026-05-24"),
    )
    found = quoted(physio, CLEANING, pathways=(Pathway("RC", day("2026-02-02"), 2),))
    assert found.component("rc").left == money("12022.08") - money("2960")  # 16 Fridays
    assert [one.component for one in found.lines] == ["rc", "account"]


def test_end_of_life_money_pays_while_it_is_there_and_care_management_too() -> None:
    monthly = line(weekly("Wed", "09:00", "10:00", every=4), id="cm", support="care_management", price=agreed("150"))
    found = quoted(CLEANING, monthly, pathways=(Pathway("EOL", day("2026-02-01")),))
    assert [one.payer for one in found.line("clean").payments] == ["account", "eol", "account"]
    assert "eol" in {one.payer for one in found.line("cm").payments}
    assert found.component("eol").amount == money("25035.36")


# What the client pays -------------------------------------------------------------------------------------------------


def test_an_estimated_share_is_counted_and_called_an_estimate() -> None:
    told = Means("single", money("30000"), money("280000"), home_owner=True)
    found = quoted(CLEANING, means_status="part_pensioner", means=told)
    (row,) = found.line("clean").rows
    assert row.rate == Percent(334_300)  # 33.43 %, as in the worked case
    assert row.rate_source is not None
    assert row.rate_source.confidence is Confidence.B
    assert "rate_estimated" in kinds(found)
    assert "thresholds_unconfirmed" in kinds(found)


def test_a_rate_of_a_letter_is_never_replaced_by_an_estimate() -> None:
    told = Means("single", money("30000"), money("280000"), home_owner=True)
    letter = (ContributionRate("everyday_living", Percent(200_000), day("2025-11-01"), day("2025-11-01")),)
    found = quoted(CLEANING, means_status="part_pensioner", means=told, rates=letter)
    assert found.line("clean").rows[0].rate == Percent(200_000)
    assert "rate_estimated" not in kinds(found)


def test_means_that_nobody_told_leave_the_share_unknown() -> None:
    assert "no_rate" in kinds(quoted(CLEANING, means_status="cshc_holder"))


def test_an_increase_before_the_next_quarter_is_questioned() -> None:
    told = (
        ContributionRate("everyday_living", Percent(175_000), day("2025-11-01"), day("2025-11-01")),
        ContributionRate("everyday_living", Percent(300_000), day("2026-02-10"), day("2026-02-10")),
    )
    found = finding(quoted(CLEANING, rates=told), "rate_increase_early")
    assert found.words.values["next"] == day("2026-04-01")


def test_an_announced_change_counts_where_that_is_chosen() -> None:
    counted = quoted(CARE, announced=True)
    assert counted.line("care").contribution == money("390")  # 78 visits to 30 September, 5.00 each
    assert "announced_change" not in kinds(counted)


def test_nothing_is_due_while_hardship_is_decided() -> None:
    found = quoted(CLEANING, reliefs=(Relief(days("2026-01-01", "2026-02-28")),))
    assert found.contribution == money("1097.36")  # 44 of 52 Mondays, 24.94 each


def test_a_fee_reduction_comes_off_each_day_and_never_more_than_is_due() -> None:
    found = quoted(CLEANING, CARE, reliefs=(Relief(days("2026-02-01", "2026-02-28"), money("7")),))
    assert found.line("clean").contribution == money("1296.88") - money("28")  # 4 Mondays
    assert found.line("care").contribution == money("525") - money("40")  # 105 visits in the year, 8 in February
    for one in found.lines:
        assert one.contribution + one.funded == one.amount


def test_a_lifetime_cap_ends_the_share_in_the_middle_of_a_line() -> None:
    so_far = Contributed(money("135218.69"), day("2025-12-31"))  # 100.00 below the cap
    found = quoted(CLEANING, contributed=so_far)
    # 24.94 a week: four are 99.76, so the fifth Monday asks for 0.24.
    assert found.contribution == money("100")
    assert found.line("clean").funded == money("7310")
    assert finding(found, "cap_reached").day == day("2026-02-02")


def test_a_cap_that_rises_later_asks_for_nothing_more_from_those_who_reached_it() -> None:
    so_far = Contributed(money("135300"), day("2025-12-31"))
    assert quoted(CLEANING, contributed=so_far).contribution == money("18.69")


def test_a_cap_not_reached_before_it_rises_leaves_more_room() -> None:
    so_far = Contributed(money("135070"), day("2025-12-31"))  # eleven Mondays to 19 March ask for 274.34 at most
    assert quoted(CLEANING, contributed=so_far).contribution == money("248.69")
    earlier = Contributed(money("135000"), day("2025-12-31"))
    assert quoted(CLEANING, contributed=earlier).contribution == money("1296.88")


def test_the_lower_cap_is_for_those_who_are_no_worse_off() -> None:
    so_far = Contributed(money("84500"), day("2025-12-31"))
    found = quoted(CLEANING, cohort="no_worse_off", means_status="self_funded_no_cshc", contributed=so_far)
    assert found.contribution == money("71.66")


def test_the_room_of_the_last_day_goes_to_the_lines_in_the_order_of_their_ids() -> None:
    both = [replace(CLEANING, id=name) for name in ("b", "a")]
    found = quoted(*both, contributed=Contributed(money("135288.69"), day("2025-12-31")))  # 30.00 is left
    assert found.line("a").contribution == money("24.94")
    assert found.line("b").contribution == money("5.06")


def test_what_a_cap_takes_off_explains_itself() -> None:
    found = quoted(CLEANING, contributed=Contributed(money("135218.69"), day("2025-12-31")))
    figure = contribution_figure(found.line("clean"))
    assert figure.value == money("100")
    assert any(one.value == money("1196.88") for one in every_figure(figure))


def test_what_the_money_of_others_pays_uses_no_room_under_the_cap() -> None:
    gift = Component("gift", "A gift", money("9000"))
    paid = replace(CLEANING, id="a", component="gift")
    so_far = Contributed(money("135218.69"), day("2025-12-31"))
    package = Package("support_at_home", YEAR, Place("VIC"), funding(contributed=so_far), (paid, CLEANING), (gift,))
    found = priced(package)
    assert found.line("a").contribution == ZERO
    assert found.line("clean").contribution == money("100")


def test_a_backup_uses_no_room_under_the_cap() -> None:
    spare = replace(CLEANING, id="a", role=Role.BACKUP)
    found = quoted(spare, CLEANING, contributed=Contributed(money("135218.69"), day("2025-12-31")))
    assert found.line("clean").contribution == money("100")
    assert found.line("a").contribution == money("1296.88")


def test_a_book_of_prices_has_its_own_price_for_each_time() -> None:
    book = Agreed(
        (
            AgreedAmount(money("95"), Band.DAY),
            AgreedAmount(money("133"), Band.SATURDAY),
            AgreedAmount(money("140"), Band.SATURDAY, day("2026-07-01")),
        )
    )
    saturdays = replace(CLEANING, schedule=weekly("Sat", "09:00", "10:00"), price=book)
    found = quoted(saturdays).line("clean")
    assert found.amount == money("7098")  # 26 Saturdays at 133.00 and 26 at 140.00: no multiplier
    assert "no_price" in kinds(quoted(replace(CLEANING, schedule=weekly("Sun", "09:00", "10:00"), price=book)))


@pytest.mark.parametrize(("price", "noticed"), [("66", False), ("66.01", True)])
def test_more_than_a_tenth_on_top_of_a_third_party_is_noticed(price: str, noticed: bool) -> None:
    helper = replace(CLEANING, price=agreed(price), third_party=money("60"))
    assert ("third_party_overhead" in kinds(quoted(helper))) is noticed


def test_amounts_that_may_be_out_of_date_are_marked_and_change_nothing() -> None:
    found = quoted(CLEANING, contributed=Contributed(ZERO, day("2025-12-31")), supplements=(Supplement("OXY"),))
    assert {"amounts_unconfirmed", "cap_unconfirmed", "supplement_unconfirmed"} <= set(kinds(found))
    assert found.contribution == quoted(CLEANING).contribution
