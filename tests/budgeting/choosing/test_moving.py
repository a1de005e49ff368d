"""Money and hours moved from one support to another: never more taken than freed, never a step too many given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from budgeting import programs
from budgeting.choosing.moving import NotMovable, move
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Line, Package, Units
from tests.budgeting.examples import NO_HOLIDAYS, agreed, line, money, package, priced, units, weekly

EDITIONS = programs.shipped("ndis")
CLEAN = line(weekly("Mon", "09:00", "11:00"), id="clean", name="Cleaning", support="cleaning", price=agreed("60"))
SHOWER = line(weekly("Tue Fri", "07:00", "08:00"), id="shower", name="Shower", price=agreed("50"))
HOURS = line(units("20", "H"), id="hours", name="Therapy", support="occupational_therapy", price=agreed("100"))
NEW = replace(HOURS, id="new", name="Painting", support=None, schedule=Units(Quantity(0), "H"), price=agreed("40"))


def of(wanted: Package, line_id: str) -> tuple[Money, Minutes]:
    found = priced(wanted).line(line_id)
    return found.amount, found.minutes


def with_lines(*lines: Line) -> Package:
    return package(*lines)


def test_an_hour_a_week_less_cleaning_pays_for_a_quarter_more_of_each_shower() -> None:
    wanted = with_lines(CLEAN, SHOWER)
    weeks = of(wanted, "clean")[1].count // 120
    moved = move(wanted, "clean", SHOWER, Minutes(weeks * 60), EDITIONS, NO_HOLIDAYS)
    assert moved.giver.schedule == weekly("Mon", "09:00", "10:00")
    assert moved.freed_minutes == Minutes(weeks * 60)
    assert moved.taken_minutes.count <= moved.freed_minutes.count


def test_money_moves_from_a_number_of_hours_to_a_new_support() -> None:
    moved = move(with_lines(HOURS), "hours", NEW, money("500"), EDITIONS, NO_HOLIDAYS)
    assert (moved.freed, moved.freed_minutes) == (money("500"), Minutes(300))
    assert moved.taker.schedule == units("12.5", "H")
    assert (moved.taken, moved.over) == (money("500"), money("0"))


def test_nobody_gives_more_than_they_have() -> None:
    with pytest.raises(NotMovable, match="so much"):
        move(with_lines(HOURS), "hours", NEW, money("2000"), EDITIONS, NO_HOLIDAYS)


def test_too_little_for_one_step_is_said_and_nothing_is_taken() -> None:
    dear = replace(NEW, price=agreed("40000"))
    with pytest.raises(NotMovable, match="not enough"):
        move(with_lines(HOURS), "hours", dear, money("1"), EDITIONS, NO_HOLIDAYS)


def test_what_has_no_price_yet_takes_and_gives_nothing() -> None:
    with pytest.raises(NotMovable, match="no price"):
        move(with_lines(HOURS), "hours", replace(SHOWER, price=None), money("100"), EDITIONS, NO_HOLIDAYS)


@settings(max_examples=40)
@given(
    giver=st.sampled_from([CLEAN, HOURS]),
    taker=st.sampled_from([SHOWER, NEW]),
    wanted=st.one_of(
        st.integers(1, 200_000).map(Money),
        st.integers(1, 3_000).map(Minutes),
    ),
)
def test_what_is_taken_never_costs_more_than_is_freed_and_one_step_less_would_not_do(
    giver: Line, taker: Line, wanted: Money | Minutes
) -> None:
    before = with_lines(giver, SHOWER)
    try:
        moved = move(before, giver.id, taker, wanted, EDITIONS, NO_HOLIDAYS)
    except NotMovable:
        return
    others = [] if taker.id == SHOWER.id else [SHOWER]
    after = with_lines(moved.giver, moved.taker, *others)
    assert moved.taken <= moved.freed
    assert priced(after).amount == priced(before).amount - moved.over
    assert moved.freed >= wanted if isinstance(wanted, Money) else moved.freed_minutes >= wanted
    freed = of(before, giver.id)[0] - of(after, giver.id)[0]
    assert freed == moved.freed
