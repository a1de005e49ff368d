"""The same money, more of this: which supports give way for a wish, and that no part of the funding pays for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from budgeting import programs
from budgeting.choosing.easings import EasingKind
from budgeting.choosing.trades import Trade, Trades, trades
from budgeting.choosing.wishes import Wish, could_wish
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Agreed, AgreedAmount, Component, Line, OpenMoney, Package, Priority, Role
from budgeting.period import Band, Place
from tests.budgeting.examples import (
    NO_HOLIDAYS,
    WEEK,
    YEAR,
    agreed,
    component,
    day,
    funded,
    line,
    money,
    package,
    priced,
    quarters,
    units,
    weekly,
)

EDITIONS = programs.shipped("ndis")
SWIM = line(
    weekly("Tue", "10:00", "12:00"), id="swim", name="Swimming", support="community", price=agreed("50"),
    purposes=("swim",),
)  # fmt: skip
CLEAN = line(weekly("Mon Thu", "09:00", "11:00"), id="clean", name="Cleaning", support="cleaning", price=agreed("50"))
SHOWER = line(weekly("Mon Wed Fri", "07:00", "08:00"), price=agreed("50"), purposes=("wash",))
A_YEAR = money("5200")  # 52 visits of two hours at 50 dollars


def self_managed(amount: str, **others: object) -> Component:
    return replace(component(amount, management="self"), **others)  # type: ignore[arg-type]  # replace checks the names


def exactly_paid(*lines: Line, extra: str = "0") -> Package:
    """A package whose one component holds what its lines cost, and something more."""
    cost = priced(package(*lines)).amount + money(extra)
    return package(*lines, funding=funded(replace(self_managed("1"), amount=cost)))


def ask(wanted: Package, wish: Wish, **more: object) -> Trades:
    return trades(wanted, wish, EDITIONS, NO_HOLIDAYS, **more)  # type: ignore[arg-type]  # keep, since and most


def givers(trade: Trade) -> set[str]:
    return {give.line.id for give in trade.gives}


def test_what_must_happen_gives_nothing_while_something_else_is_enough() -> None:
    must, should, nice = (
        replace(CLEAN, id=name, name=name, priority=priority)
        for name, priority in (("must", Priority.MUST), ("should", Priority.SHOULD), ("nice", Priority.NICE))
    )
    found = ask(exactly_paid(SWIM, must, should, nice), Wish("swim", visits=1)).found
    assert givers(found[0]) == {"nice"}
    assert all("must" not in givers(trade) for trade in found)
    only = ask(exactly_paid(SWIM, must), Wish("swim", visits=1)).found
    assert givers(only[0]) == {"must"}


def test_a_second_morning_of_swimming_costs_a_morning_of_cleaning() -> None:
    answer = ask(exactly_paid(SWIM, CLEAN), Wish("swim", visits=1))
    assert answer.cost == A_YEAR
    assert answer.gained == Minutes(52 * 120)
    best = answer.found[0]
    assert givers(best) == {"clean"}
    assert best.minutes_lost == Minutes(52 * 120)
    assert best.left == money("0")
    assert best.quote.amount == answer.before.amount


def test_what_is_missing_already_today_is_told_beside_the_choices() -> None:
    answer = ask(exactly_paid(SWIM, CLEAN, extra="-1000"), Wish("swim", visits=1))
    assert answer.missing == money("1000")
    assert answer.found
    assert answer.sentences[-1].values["amount"] == money("1000")
    assert ask(exactly_paid(SWIM, CLEAN), Wish("swim", visits=1)).missing == money("0")


def test_a_wish_for_which_there_is_money_needs_no_trade() -> None:
    answer = ask(exactly_paid(SWIM, CLEAN, extra="5200"), Wish("swim", visits=1))
    assert answer.fits
    assert answer.found == ()


def test_money_that_is_left_over_is_used_first() -> None:
    answer = ask(exactly_paid(SWIM, CLEAN, extra="2600"), Wish("swim", visits=1))
    assert answer.found[0].minutes_lost == Minutes(52 * 60)  # half of it is there: only half must be found


def test_a_support_that_must_stay_is_never_offered() -> None:
    answer = ask(exactly_paid(SWIM, CLEAN, SHOWER), Wish("swim", visits=1), keep=("clean",))
    assert answer.found
    assert {"shower"} == {one for trade in answer.found for one in givers(trade)}
    assert ask(exactly_paid(SWIM, CLEAN), Wish("swim", visits=1), keep=("clean",)).found == ()


def test_money_stated_for_one_purpose_is_never_offered() -> None:
    stated = self_managed("9999", stated=True)
    answer = ask(package(SWIM, CLEAN, funding=funded(stated)), Wish("swim", visits=1))
    assert answer.found == ()
    assert not answer.fits


def test_another_part_of_the_funding_is_never_offered() -> None:
    therapy = line(units("40"), id="ot", support="occupational_therapy", price=agreed("190"))
    parts = funded(replace(self_managed("1"), amount=A_YEAR), self_managed("7600", categories=("15",), key="skills"))
    answer = ask(package(SWIM, therapy, funding=parts), Wish("swim", visits=1))
    assert answer.found == ()


def test_money_without_a_known_limit_is_never_asked_for_more() -> None:
    own = (OpenMoney("own", "My own money"),)
    lines = tuple(replace(one, component="own") for one in (SWIM, CLEAN))
    answer = ask(replace(package(*lines), others=own), Wish("swim", visits=1))
    assert not answer.fits
    assert answer.found[0].quote.amount <= answer.before.amount
    alone = ask(replace(package(lines[0]), others=own), Wish("swim", visits=1))
    assert (alone.fits, alone.found) == (False, ())


def test_reserves_and_backups_are_never_offered() -> None:
    for role in (Role.RESERVE, Role.BACKUP):
        cost = priced(package(SWIM, CLEAN)).amount
        held = package(SWIM, replace(CLEAN, role=role), funding=funded(replace(self_managed("1"), amount=cost)))
        found = ask(held, Wish("swim", visits=4)).found
        assert all("clean" not in givers(trade) for trade in found)


def test_a_saturday_that_becomes_a_friday_gives_without_losing_time() -> None:
    price = Agreed((AgreedAmount(money("50")), AgreedAmount(money("150"), band=Band.SATURDAY)))
    out = line(weekly("Sat", "10:00", "12:00"), id="out", name="Going out", support="community", price=price)
    best = ask(exactly_paid(SWIM, out), Wish("swim", visits=1)).found[0]
    assert best.gives[0].easing.kind is EasingKind.WEEKDAY
    assert best.minutes_lost == Minutes(0)


def test_going_out_in_a_group_is_offered_and_washing_in_a_group_is_not() -> None:
    going = replace(CLEAN, id="out", name="Going out", support="community", price=line().price)
    wash = replace(SHOWER, price=line().price)
    lines = (replace(SWIM, price=line().price), going, wash)
    kinds = {(give.line.id, give.easing.kind) for trade in ask(exactly_paid(*lines), Wish("swim", visits=1)).found
             for give in trade.gives}  # fmt: skip
    assert ("out", EasingKind.SHARED) in kinds
    assert ("shower", EasingKind.SHARED) not in kinds


def test_the_goals_that_a_trade_touches_are_told() -> None:
    answer = ask(exactly_paid(SWIM, SHOWER), Wish("swim", visits=1))
    assert answer.purposes == ("swim",)
    assert answer.found[0].purposes == ("wash",)


def test_a_support_without_a_goal_gives_before_one_with_a_goal() -> None:
    gardening = replace(CLEAN, id="garden", name="Garden", purposes=("roses",))
    answer = ask(exactly_paid(SWIM, CLEAN, gardening), Wish("swim", visits=1))
    assert [givers(trade) for trade in answer.found[:2]] == [{"clean"}, {"garden"}]


def test_several_supports_give_a_little_when_no_single_one_is_enough() -> None:
    some = [replace(CLEAN, id=f"help{n}", schedule=weekly("Mon", "09:00", "11:00")) for n in range(4)]
    answer = ask(exactly_paid(SWIM, *some), Wish("swim", visits=1))
    assert any(len(trade.gives) > 1 for trade in answer.found)


def test_later_money_is_not_used_early_for_a_wish() -> None:
    cost = priced(package(SWIM, CLEAN)).amount
    quarterly = self_managed("1", periods=quarters("3900", "3900", "3900", "3900"))
    answer = ask(package(SWIM, CLEAN, funding=funded(replace(quarterly, amount=cost))), Wish("swim", visits=1))
    for trade in answer.found:
        assert trade.quote.component("core").runs_dry is None or answer.before.component("core").runs_dry


def test_more_hours_can_be_wished_for_where_a_support_has_units() -> None:
    therapy = line(units("40"), id="ot", name="Therapy", support="occupational_therapy", price=agreed("100"))
    more = line(units("30"), id="speech", name="Speech", support="speech_therapy", price=agreed("100"))
    skills = funded(self_managed("7000", categories=("15",), key="skills"))
    answer = ask(package(therapy, more, funding=skills), Wish("ot", units=Quantity(5000)))
    assert answer.gained == Minutes(300)
    assert answer.found[0].gives[0].easing.kind in (EasingKind.UNITS, EasingKind.LATER)
    assert answer.found[0].quote.component("skills").left >= Money(0)


def test_hours_beside_regular_visits_are_taken_when_they_are_wanted() -> None:
    answer = ask(exactly_paid(SWIM, CLEAN), Wish("swim", units=Quantity(10_000)))
    assert answer.cost == money("500")
    assert answer.wished.values["time"] == Minutes(600)


def test_only_the_rest_of_the_year_changes_when_it_has_begun() -> None:
    answer = ask(exactly_paid(SWIM, CLEAN), Wish("swim", visits=1), since=day("2026-07-01"))
    assert answer.cost == money("2600")  # 26 Fridays from 3 July on
    for trade in answer.found:
        first_half = priced(replace(trade.package, period=replace(YEAR, last=day("2026-06-30"))))
        assert first_half.amount == priced(replace(answer.before.package, period=first_half.package.period)).amount


def test_a_package_asked_about_before_is_answered_as_well() -> None:
    first, second = exactly_paid(SWIM, CLEAN), exactly_paid(replace(SWIM), replace(CLEAN))
    assert ask(first, Wish("swim", visits=1)).cost == ask(second, Wish("swim", visits=1)).cost == A_YEAR


@pytest.mark.parametrize("wish", [{}, {"visits": -1}, {"longer": Minutes(-5)}])
def test_a_wish_for_nothing_is_refused(wish: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="more of something"):
        Wish("swim", **wish)  # type: ignore[arg-type]  # what is tried here


def test_more_visits_than_there_are_free_days_are_refused() -> None:
    with pytest.raises(ValueError, match="free days"):
        ask(exactly_paid(SWIM), Wish("swim", visits=7))
    assert could_wish(SWIM)
    assert not could_wish(replace(SWIM, schedule=None))


@st.composite
def wanted(draw: st.DrawFn) -> Package:
    lines = []
    for number in range(draw(st.integers(2, 6))):
        days = draw(st.lists(st.sampled_from(WEEK), min_size=1, max_size=3, unique=True))
        start = draw(st.sampled_from(("07:00", "10:00", "18:30")))
        end = {"07:00": "08:30", "10:00": "13:00", "18:30": "21:00"}[start]
        support = draw(st.sampled_from(("self_care", "community", "cleaning")))
        price = draw(st.sampled_from((agreed("55"), line().price)))
        role = draw(st.sampled_from((Role.PLANNED, Role.PLANNED, Role.PLANNED, Role.RESERVE)))
        lines.append(line(weekly(" ".join(days), start, end), id=str(number), support=support, price=price, role=role))
    made = package(*lines)
    cost = priced(made, EDITIONS).amount.minor
    share = draw(st.integers(70, 130))
    core = replace(self_managed("1"), amount=Money(cost * share // 100))
    if draw(st.booleans()):
        four = quarters(*["1"] * 4)
        core = replace(core, periods=tuple(replace(one, amount=Money(core.amount.minor // 4)) for one in four))
        core = replace(core, amount=Money(core.amount.minor // 4 * 4))
    return replace(made, funding=funded(core), place=Place("NSW"))


@settings(max_examples=40)
@given(wanted(), st.integers(1, 2), st.sets(st.sampled_from("012345"), max_size=2))
def test_no_trade_takes_more_than_there_was_and_none_touches_what_must_stay(
    asked: Package, visits: int, keep: set[str]
) -> None:
    answer = ask(asked, Wish("0", visits=visits), keep=keep, most=3)
    before = answer.before.component("core")
    for trade in answer.found:
        again = priced(trade.package, EDITIONS)
        assert again == trade.quote
        after = again.component("core")
        assert (after.runs_dry or YEAR.last) >= (before.runs_dry or YEAR.last)
        assert before.runs_dry is not None or after.runs_dry is None
        assert after.left >= min(before.left, Money(0))
        assert not givers(trade) & (keep | {"0"})
        assert all(give.saves > Money(0) for give in trade.gives)
        kept = {one.id: one for one in asked.lines if one.id in keep and one.id != "0"}
        assert all(one == kept[one.id] for one in trade.package.lines if one.id in kept)


@settings(max_examples=10)
@given(wanted())
def test_the_same_question_has_the_same_answer(asked: Package) -> None:
    one, two = (ask(asked, Wish("0", visits=1)) for _ in range(2))
    assert [trade.gives for trade in one.found] == [trade.gives for trade in two.found]


def test_a_wish_is_answered_in_a_plan_of_forty_supports() -> None:
    days = ("Mon Wed", "Tue Thu", "Fri", "Sat", "Mon Sat")
    forty = [
        line(weekly(days[n % 5], "09:00", f"{10 + n % 4}:30"), id=str(n), support=("self_care", "community")[n % 2])
        for n in range(40)
    ]
    asked = exactly_paid(*forty)
    assert all(ask(asked, Wish(str(number * 5), visits=1)).found for number in range(1, 6))
