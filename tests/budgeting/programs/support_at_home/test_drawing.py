"""What is left of one part of the money is used up before the next part pays, as in the worked cases of the order."""

from __future__ import annotations

from dataclasses import replace

from budgeting.allocation import Allocation, PackageMoney, Tier
from budgeting.explain.lines import contribution_figure, funded_figure
from budgeting.package import Funding, Line, Package, Spread
from budgeting.period import Place
from budgeting.quotation import LineQuote, Quote
from tests.budgeting.examples import adds_up, agreed, day, days, every_figure, kinds, line, money, priced, units

QUARTER = days("2026-01-01", "2026-03-31")
OLD = (PackageMoney("provider", money("250")), PackageMoney("services_australia", money("1000")))
TIER = (Tier("at", money("2000"), day("2026-01-10")),)


def once(id: str, support: str, price: str, on: str) -> Line:
    schedule = replace(units("1", "actual_cost"), spread=Spread.ONCE)
    return line(schedule, id=id, support=support, price=agreed(price), period=days(on, on))


def quoted(*lines: Line, spent: str = "0", old: tuple[PackageMoney, ...] = OLD) -> Quote:
    """Classification 5 in a quarter of 90 days of $97.88, of which some was spent by the end of February."""
    funding = Funding(
        QUARTER,
        classification="SAH-5",
        means_status="full_pensioner",
        spent=money(spent),
        spent_until=day("2026-02-28"),
        allocation=Allocation(package_money=old, tiers=TIER),
    )
    return priced(Package("support_at_home", QUARTER, Place("NSW"), funding, lines))


def paid(one: LineQuote) -> dict[str, str]:
    return {part.payer: f"{part.amount.minor // 100}.{part.amount.minor % 100:02}" for part in one.payments}


def test_a_plan_says_of_the_order_of_the_money_what_the_worked_case_says() -> None:
    nurse = once("nurse", "registered_nurse", "900.00", "2026-03-30")
    walker = once("walker", "equipment", "1578.95", "2026-03-31")  # 1,500.00 and 5 %
    found = quoted(nurse, walker, spent="8509.20")  # of 8,809.20, so that 300.00 is left
    assert paid(found.line("nurse")) == {
        "account": "300.00", "package_money_provider": "250.00", "package_money_services_australia": "350.00",
    }  # fmt: skip
    assert paid(found.line("walker")) == {"package_money_services_australia": "650.00", "at": "850.00"}
    assert found.component("at").left == money("1150")
    assert found.line("walker").contribution == money("78.95")
    assert "overrun" not in kinds(found)
    for one in found.lines:
        figures = [*every_figure(funded_figure(one)), *every_figure(contribution_figure(one))]
        assert all(adds_up(figure) for figure in figures if figure.working and figure.working.way == "parts")


def test_what_two_purchases_of_one_day_take_does_not_depend_on_their_order() -> None:
    one, other = (once(id, "equipment", "200.00", "2026-03-02") for id in ("one", "other"))  # 190.00 each
    for lines in ((one, other), (other, one)):
        found = quoted(*lines, old=OLD[:1])
        assert paid(found.line("one")) == {"package_money_provider": "190.00"}
        assert paid(found.line("other")) == {"package_money_provider": "60.00", "at": "130.00"}
        assert found.contribution == money("20.00")
        assert found.line("one").contribution == money("10.00")


def test_nothing_is_used_up_that_another_support_needs_which_nothing_else_pays() -> None:
    kept = replace(once("later", "equipment", "210.53", "2026-03-20"), payers=("package_money_provider",))  # 200.00
    walker = once("walker", "equipment", "1000.00", "2026-03-02")
    found = quoted(walker, kept, old=OLD[:1])
    assert paid(found.line("walker")) == {"package_money_provider": "50.00", "at": "900.00"}
    assert found.component("package_money_provider").left == money("0")
