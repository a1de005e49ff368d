"""The picture of the money shows what the quote says: every release, every period's end, and the day it runs dry."""

from __future__ import annotations

import pytest

from budgeting import programs
from budgeting.forecast.burndown import BurnDown, burn_downs
from budgeting.money import ZERO
from budgeting.period import DAY
from budgeting.pricing import quote
from budgeting.quotation import Quote
from tests.budgeting.arbitrary import packages
from tests.budgeting.examples import agreed, component, day, funded, line, money, package, priced, quarters, weekly

PACKAGES = 120


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Quote, BurnDown]]:
    made = packages(seed=20260711, number=PACKAGES)
    quoted = [quote(one, programs.shipped(one.program), programs.calendar()) for one in made]
    return [(one, burn) for one in quoted for burn in burn_downs(one)]


def test_the_money_at_the_end_of_each_funding_period_is_what_the_quote_says(
    drawn: list[tuple[Quote, BurnDown]],
) -> None:
    alone = [(quoted.component(burn.keys[0]), burn) for quoted, burn in drawn if len(burn.keys) == 1]
    assert alone
    for part, burn in alone:
        for period, span in zip(part.periods, burn.spans, strict=True):
            overspent = ZERO if span.spent_until else span.spent  # more than the periods before could hold
            assert span.opening == period.released + period.carried_in
            assert span.morning(span.period.first) == span.opening - overspent
            assert span.morning(span.period.last + DAY) == period.left - period.short


def test_the_first_morning_after_the_day_that_is_not_paid_is_the_first_one_below_nothing(
    drawn: list[tuple[Quote, BurnDown]],
) -> None:
    dry = [burn for _, burn in drawn if burn.runs_dry]
    assert dry
    for burn in dry:
        assert burn.runs_dry is not None
        span = burn.span(burn.runs_dry)
        assert span.morning(burn.runs_dry + DAY) < ZERO
        if burn.runs_dry > span.period.first and (span.spent_until is None or burn.runs_dry > span.spent_until + DAY):
            assert not span.morning(burn.runs_dry) < ZERO


def test_parts_that_share_their_money_are_drawn_as_one() -> None:
    both = (
        component("1000", "01", key="daily", periods=quarters("250", "250", "250", "250")),
        component("5000", "04", key="community"),
    )
    mondays = line(weekly("Mon", "09:00", "10:00"), price=agreed("50"))  # thirteen in each quarter of 2026
    (burn,) = burn_downs(priced(package(mondays, funding=funded(*both))))
    assert burn.keys == ("daily", "community")
    assert [span.opening for span in burn.spans] == [money("5250"), money("4850"), money("4450"), money("4050")]
    assert burn.morning(day("2026-04-06")) == money("4850")
    assert burn.morning(day("2026-04-07")) == money("4800")  # a Monday was the day before
    assert burn.spans[-1].morning(day("2027-01-01")) == burn.left == money("3400")


def test_a_part_that_nothing_draws_on_has_no_picture() -> None:
    assert burn_downs(priced(package(funding=funded(component("1000", "01"))))) == []


def test_an_even_pace_begins_with_everything_and_ends_with_nothing(drawn: list[tuple[Quote, BurnDown]]) -> None:
    for _, burn in drawn:
        for span in burn.spans:
            assert span.pace(span.period.first).value == span.opening
            assert span.pace(span.period.last + DAY).value == ZERO


def test_a_picture_has_few_points_and_ends_on_the_morning_after(drawn: list[tuple[Quote, BurnDown]]) -> None:
    for _, burn in drawn:
        points = [list(burn.points(span)) for span in burn.spans]
        assert all(one[0][0] == span.period.first for one, span in zip(points, burn.spans, strict=True))
        assert all(one[-1][0] == span.period.last + DAY for one, span in zip(points, burn.spans, strict=True))
        assert sum(map(len, points)) < 140 + 2 * len(burn.spans)
