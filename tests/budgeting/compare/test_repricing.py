"""What new prices do to what was agreed, while nothing of it changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from budgeting.catalogue import Editions
from budgeting.compare.repricing import Mark, Outcome, Repricing, lost_figure, more_figure, reprice
from budgeting.explain import Figure
from budgeting.money import Minutes, Money
from budgeting.package import Line, Package
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    a_price_list,
    adds_up,
    agreed,
    component,
    day,
    every_figure,
    funded,
    line,
    money,
    package,
    weekly,
)

ITEM = "01_011_0107_1_1"  # a made-up list names it once, for any time
EARLIER = a_price_list({ITEM: "70"}, "2025-07-01")
TUESDAYS = line(weekly("Tue", "10:00", "12:00"), support=ITEM)  # 52 visits of 2 hours in 2026, 26 from July on
FIRST = day("2026-07-01")


def with_new(prices: dict[str, str | None], *lines: Line, held: Package | None = None) -> Repricing:
    """The lines with the earlier list alone, and with a list of these prices from July 2026."""
    new = a_price_list(prices, "2026-07-01")
    wanted = held or package(*lines)
    return reprice(wanted, wanted, (Editions([EARLIER]), Editions([EARLIER, new])), NO_HOLIDAYS, FIRST)


def marks(found: Repricing) -> list[Mark]:
    return [mark for one in found.lines for mark in one.marks]


def test_a_support_without_an_agreed_price_costs_the_new_limit_from_its_first_day() -> None:
    found = with_new({ITEM: "73"}, TUESDAYS)
    assert found.outcome is Outcome.DEARER
    assert found.more == money("156")  # 26 visits of two hours from July on, 3 dollars an hour more
    assert marks(found) == [Mark.DEARER]
    (touch,) = found.lines[0].touches
    assert (touch.day, touch.limit_before, touch.limit_after) == (
        day("2026-07-07"),
        money("70"),
        money("73"),
    )


def test_an_agreed_price_does_not_rise_with_the_limit() -> None:
    found = with_new({ITEM: "73"}, replace(TUESDAYS, price=agreed("68")))
    assert found.outcome is Outcome.SAME
    assert found.more == money("0")
    assert marks(found) == [Mark.STAYS]
    assert found.lines[0].touches[0].day == FIRST, "the limit rises on a Wednesday, before the first visit"


def test_when_the_limit_falls_below_an_agreed_price_only_the_limit_is_paid() -> None:
    held = package(replace(TUESDAYS, price=agreed("70")), funding=funded(component("20000", management="agency")))
    found = with_new({ITEM: "65"}, held=held)
    assert found.outcome is Outcome.CHEAPER
    assert found.more == money("-260")  # 26 visits of two hours, 5 dollars an hour less
    assert marks(found) == [Mark.ABOVE_LIMIT]


def test_self_managed_money_may_go_on_paying_an_agreed_price_above_the_new_limit() -> None:
    held = package(replace(TUESDAYS, price=agreed("70")), funding=funded(component("20000", management="self")))
    found = with_new({ITEM: "65"}, held=held)
    assert found.outcome is Outcome.SAME
    assert marks(found) == [Mark.OVER]


def test_a_support_that_is_not_in_the_new_list_makes_the_answer_unclear_instead_of_cheaper() -> None:
    found = with_new({"15_617_0128_1_3": "100"}, TUESDAYS)
    assert found.outcome is Outcome.UNCLEAR
    assert marks(found) == [Mark.ENDED]


def test_a_plan_that_the_list_does_not_touch_stays_the_same() -> None:
    found = with_new({ITEM: "70"}, TUESDAYS)
    assert (found.outcome, found.lines, found.earlier) == (Outcome.SAME, (), False)


def test_dearer_supports_make_the_money_run_short_earlier_and_it_is_said_in_hours() -> None:
    held = package(TUESDAYS, funding=funded(component("7280", management="agency")))  # 52 visits at 140 dollars
    found = with_new({ITEM: "84"}, held=held)  # from July on 168 dollars a visit
    assert found.runs_dry[0] is None
    assert found.earlier
    # 3,640 dollars are left in July: 21 visits of 168 dollars are 3,528; the 22nd, on 1 December, is not paid.
    assert found.runs_dry[1] == day("2026-12-01")
    assert found.paid == (Minutes(52 * 120), Minutes((26 + 21) * 120))
    # 728 dollars more: of 52 visits that cost 8,008 now, that is 6,240 min × 728 ÷ 8,008 = 567.27 min
    assert found.lost == Minutes(567)


def test_the_figures_add_up_and_can_be_followed() -> None:
    found = with_new({ITEM: "73"}, TUESDAYS, replace(TUESDAYS, id="other", price=agreed("60")))
    more, lost = more_figure(found), lost_figure(found)
    assert more.value == money("156")
    assert all(isinstance(one, Figure) and (one.working or one.parts) for one in every_figure(more))
    assert adds_up(lost)


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 300))
def test_an_agreed_price_never_costs_more_with_any_new_list_unless_the_old_limit_held_it_down(
    before: int, after: int, price: int
) -> None:
    old, new = a_price_list({ITEM: str(before)}), a_price_list({ITEM: str(after)}, "2026-07-01")
    held = package(replace(TUESDAYS, price=agreed(str(price))), funding=funded(component("90000", management="plan")))
    found = reprice(held, held, (Editions([old]), Editions([old, new])), NO_HOLIDAYS, FIRST)
    expected = 52 * (min(price, after) - min(price, before))  # 26 visits of two hours from July on
    assert found.more == Money(expected * 100)
    assert found.more.minor <= 0 or price > before
