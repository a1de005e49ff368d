"""Several payers for one line, money of others, support without pay, reserves and backups."""

from __future__ import annotations

from dataclasses import replace

from budgeting.explain.lines import contribution_figure
from budgeting.explain.others import backup_figure, reserved_figure
from budgeting.explain.totals import quote_figures
from budgeting.money import Minutes, Percent, total
from budgeting.package import (
    Component,
    ContributionRate,
    Funding,
    FundingPeriod,
    Line,
    OpenMoney,
    Package,
    Role,
    Unpaid,
)
from budgeting.period import Place
from budgeting.quotation import Quote
from tests.budgeting.examples import (
    YEAR,
    adds_up,
    agreed,
    component,
    day,
    days,
    every_figure,
    funded,
    kinds,
    line,
    money,
    package,
    paid,
    priced,
    quarters,
    units,
    weekly,
)

OWN = OpenMoney("own", "My own money")
GRANT = Component("grant", "Garden grant", money("300"), categories=(), funder="The council")
MONDAYS = line(weekly("Mon", "09:00", "10:00"), price=agreed("50"), id="mondays")  # 52 Mondays in 2026
TUESDAYS = line(weekly("Tue", "09:00", "10:00"), price=agreed("50"), id="tuesdays")


def test_a_line_moves_to_its_next_payer_on_the_first_day_that_is_not_reached() -> None:
    wanted = replace(MONDAYS, payers=("core", "own"))
    quoted = priced(replace(package(wanted, funding=funded(component("2025"))), others=(OWN,)))
    # 40 Mondays cost 2,000.00; the 41st is 12 October.
    assert paid(quoted.line("mondays")) == [
        ("core", "2026-01-05", "2026-10-05", money("2000")),
        ("own", "2026-10-12", "2026-12-28", money("600")),
    ]
    assert quoted.component("core").left == money("25")
    assert quoted.component("core").runs_dry is None
    assert quoted.open[0].planned == money("600")


def test_a_line_returns_when_the_next_funding_period_begins() -> None:
    wanted = replace(MONDAYS, payers=("core", "own"))
    core = component("2600", periods=quarters("500", "700", "700", "700"))
    quoted = priced(replace(package(wanted, funding=funded(core)), others=(OWN,)))
    # Every quarter has 13 Mondays; the first one pays for ten.
    assert paid(quoted.line("mondays")) == [
        ("core", "2026-01-05", "2026-03-09", money("500")),
        ("own", "2026-03-16", "2026-03-30", money("150")),
        ("core", "2026-04-06", "2026-12-28", money("1950")),
    ]


def test_a_release_that_does_not_pay_for_one_visit_is_used_up_by_the_first() -> None:
    core = component("520", periods=quarters("500", "20", "0", "0"))
    skills = component("3000", "15", key="skills")
    half = replace(MONDAYS, payers=("core", "skills"), period=days("2026-01-01", "2026-06-30"))
    quoted = priced(package(half, funding=funded(core, skills)))
    # Ten Mondays take the first 500.00, three are paid by the other part; on 6 April 20.00 of 50.00 are there.
    assert paid(quoted.line("mondays")) == [
        ("core", "2026-01-05", "2026-03-09", money("500")),
        ("skills", "2026-03-16", "2026-03-30", money("150")),
        ("core", "2026-04-06", "2026-04-06", money("20")),
        ("skills", "2026-04-06", "2026-06-29", money("630")),
    ]
    assert quoted.component("core").left == money("0")


def test_a_line_without_a_further_payer_stays_and_is_short() -> None:
    wanted = package(replace(MONDAYS, payers=("core", "own")), TUESDAYS, funding=funded(component("1020")))
    core = priced(replace(wanted, others=(OWN,))).component("core")
    # Ten weeks cost 1,000.00 for both; from Monday 16 March only Tuesdays are left, and 20.00.
    assert core.planned == money("500") + money("2600")
    assert core.runs_dry == day("2026-03-17")
    assert core.periods[0].short == money("2080")


def test_a_payer_that_stops_is_followed_by_the_next_one() -> None:
    released = FundingPeriod(days("2026-01-01", "2026-06-30"), money("5000"))
    half = replace(GRANT, amount=money("5000"), periods=(released,))
    wanted = replace(MONDAYS, payers=("grant", "core"))
    quoted = priced(replace(package(wanted, funding=funded(component("5000"))), others=(half,)))
    assert paid(quoted.line("mondays")) == [
        ("grant", "2026-01-05", "2026-06-29", money("1300")),
        ("core", "2026-07-06", "2026-12-28", money("1300")),
    ]


def test_two_lines_may_name_each_others_payer() -> None:
    wanted = package(
        replace(MONDAYS, payers=("core", "grant")),
        replace(TUESDAYS, payers=("grant", "core")),
        funding=funded(component("1000")),
    )
    quoted = priced(replace(wanted, others=(GRANT,)))
    # The grant pays six Tuesdays, up to 10 February; then the rest of the core money pays both.
    assert paid(quoted.line("tuesdays"))[0] == ("grant", "2026-01-06", "2026-02-10", money("300"))
    assert paid(quoted.line("tuesdays"))[1][:2] == ("core", "2026-02-17")
    assert paid(quoted.line("mondays"))[0][0] == "core"
    assert quoted.component("core").planned + quoted.component("grant").planned == quoted.amount


def test_money_for_anything_pays_what_no_other_part_holds() -> None:
    quoted = priced(replace(package(MONDAYS, funding=funded(component("5000", "15"))), others=(GRANT,)))
    assert quoted.line("mondays").component == "grant"
    assert quoted.unplaced == money("0")
    assert quoted.component("grant").runs_dry == day("2026-02-16")


def test_own_money_needs_no_funding_plan() -> None:
    quoted = priced(replace(package(MONDAYS), others=(OWN,)))
    assert quoted.open[0].planned == quoted.funded == money("2600")
    assert (quoted.components, quoted.left) == ((), money("0"))


def test_what_is_left_of_money_without_a_limit_is_not_known() -> None:
    (own,) = priced(replace(package(MONDAYS), others=(OWN,))).open
    assert not hasattr(own, "left")
    assert "it is not known what is left" in own.figure.not_included[0].text


def test_a_limit_does_not_bind_the_money_of_others() -> None:
    dear = replace(MONDAYS, price=agreed("500"), period=days("2026-01-05", "2026-01-11"))
    assert priced(replace(package(dear), others=(OWN,))).amount == money("500")
    assert priced(package(dear, funding=funded(component("5000")))).amount == money("70.23")


def test_a_payer_that_nobody_knows_is_said() -> None:
    quoted = priced(package(replace(MONDAYS, payers=("core", "aunt")), funding=funded(component("5000"))))
    assert "unknown_payer" in kinds(quoted)
    assert quoted.line("mondays").component == "core"


def test_each_move_is_said_with_its_day() -> None:
    wanted = replace(MONDAYS, payers=("core", "own"))
    quoted = priced(replace(package(wanted, funding=funded(component("2025"))), others=(OWN,)))
    (finding,) = [one for one in quoted.findings if one.kind == "payer_changes"]
    assert (finding.line, finding.day) == ("mondays", day("2026-10-12"))
    assert finding.words.values["amount"] == money("600")


def test_what_is_missing_in_a_funding_period_is_said() -> None:
    quoted = priced(package(MONDAYS, funding=funded(component("2650", periods=quarters("500", "700", "700", "750")))))
    (finding,) = [one for one in quoted.findings if one.kind == "over_period"]
    assert finding.words.values["short"] == money("150")


# Contributions --------------------------------------------------------------------------------------------------------


def at_home(*lines: Line, others: tuple[OpenMoney, ...] = (OWN,), **funding: object) -> Quote:
    granted = replace(Funding(YEAR, classification="SAH-1", means_status="full_pensioner"), **funding)  # type: ignore[arg-type]  # checked by replace
    return priced(Package("support_at_home", YEAR, Place("VIC"), granted, lines, others))


CLEANING = line(weekly("Mon Thu", "09:00", "11:00"), id="clean", support="cleaning", price=agreed("80"))


def test_own_money_pays_the_whole_price_and_no_share_is_asked_beside_it() -> None:
    quoted = at_home(replace(CLEANING, payers=("own",)))
    clean = quoted.line("clean")
    assert clean.funded == clean.amount
    assert clean.contribution == money("0")
    assert any(row.contribution for row in clean.rows)  # it would be asked for beside the account


def test_beyond_the_account_own_money_pays_the_whole_price() -> None:
    quoted = at_home(replace(CLEANING, payers=("account", "own")))
    clean = quoted.line("clean")
    assert {one.payer for one in clean.payments} == {"account", "own"}
    assert clean.contribution + clean.funded == clean.amount
    assert total([one.contribution for one in clean.payments]) == clean.contribution
    assert all(adds_up(one) for figure in quote_figures(quoted) for one in every_figure(figure) if one.adds_up)
    # 17.5 % of each 160.00 is 28.00: the account pays 132.00 a visit, own money 160.00 and no share beside it.
    for one in clean.payments:
        assert one.amount.minor % (13_200 if one.payer == "account" else 16_000) == 0
        assert (one.contribution.minor == 0) == (one.payer == "own")


def test_when_the_account_is_charged_the_whole_price_own_money_pays_no_more() -> None:
    rates = (ContributionRate("everyday_living", Percent(100_000)),)
    quoted = at_home(replace(CLEANING, payers=("own",)), debit_basis="price", rates=rates)
    assert quoted.line("clean").funded == quoted.line("clean").amount
    assert quoted.contribution == money("0")


def test_a_share_that_nobody_told_does_not_matter_where_own_money_pays() -> None:
    quoted = at_home(replace(CLEANING, payers=("own",)), means_status="part_pensioner")
    assert "no_rate" not in kinds(quoted)
    assert contribution_figure(quoted.line("clean")).value == money("0")


# Support without pay --------------------------------------------------------------------------------------------------


def test_unpaid_support_has_hours_and_no_price() -> None:
    aunt = replace(TUESDAYS, price=Unpaid(), provider=None)
    quoted = priced(package(MONDAYS, aunt, funding=funded(component("5000"))))
    assert quoted.unpaid == Minutes(52 * 60)
    assert quoted.minutes == Minutes(52 * 60)
    assert quoted.amount == money("2600")
    assert quoted.complete
    assert {one.kind for one in quoted.findings if one.line == "tuesdays"} <= {"no_purpose"}


def test_unpaid_support_is_never_zero_dollars() -> None:
    figure = priced(package(replace(TUESDAYS, price=Unpaid()))).line("tuesdays").figure
    assert figure.value == Minutes(52 * 60)


def test_what_unpaid_support_would_cost_is_a_figure_of_its_own() -> None:
    quoted = priced(package(replace(TUESDAYS, price=Unpaid(money("41.50")))))
    replacement = quoted.line("tuesdays").replacement
    assert replacement is not None
    assert replacement.value == money("2158")  # 52 hours
    assert quoted.amount == money("0")
    assert priced(package(replace(TUESDAYS, price=Unpaid()))).line("tuesdays").replacement is None


# Reserves and backups -------------------------------------------------------------------------------------------------


def test_a_reserve_is_planned_and_shown_apart() -> None:
    reserve = line(units("10"), id="reserve", price=agreed("60"), role=Role.RESERVE)
    quoted = priced(package(MONDAYS, reserve, funding=funded(component("5000"))))
    assert quoted.reserved == reserved_figure(quoted).value == money("600")
    assert quoted.amount == money("3200")
    assert quoted.component("core").planned == money("3200")


def test_a_backup_is_priced_and_counted_nowhere() -> None:
    backup = replace(TUESDAYS, role=Role.BACKUP)
    with_backup = priced(package(MONDAYS, backup, funding=funded(component("2650"))))
    without = priced(package(MONDAYS, funding=funded(component("2650"))))
    assert with_backup.backup == backup_figure(with_backup).value == money("2600")
    for name in ("amount", "funded", "contribution", "minutes", "left", "unplaced", "reserved", "complete"):
        assert getattr(with_backup, name) == getattr(without, name), name
    assert with_backup.component("core").periods == without.component("core").periods


def test_a_backup_without_a_price_leaves_the_rest_complete() -> None:
    assert priced(package(MONDAYS, replace(TUESDAYS, role=Role.BACKUP, price=None))).complete
