"""Money that is held for something else is not there for the supports, and they stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from budgeting import programs
from budgeting.compare.afterwards import Afterwards
from budgeting.money import ZERO, Money, Quantity
from budgeting.package import Agreed, AgreedAmount, Line, Package, Spread, Units
from budgeting.period import Period
from budgeting.pricing import quote
from budgeting.quotation import ComponentTotal
from tests.budgeting.arbitrary import packages

ONCE = Units(Quantity(1000), "E", Spread.ONCE)


@pytest.mark.parametrize("program", ["ndis", "support_at_home"])
def test_held_money_never_moves_a_last_day_later_and_touches_no_support(program: str) -> None:
    editions, calendar, random = programs.shipped(program), programs.calendar(), Random(11)
    sooner = 0
    for wanted in (one for one in packages(20_261_123, 120) if one.program == program and one.funding and one.lines):
        plain = quote(wanted, editions, calendar)
        if not plain.components or wanted.others:
            continue
        part = random.choice(plain.components)
        found = quote(_holding(wanted, part, random), editions, calendar)
        assert [one.amount for one in found.lines] == [one.amount for one in plain.lines]
        assert (found.amount, found.minutes, found.reserved) == (plain.amount, plain.minutes, plain.reserved)
        more = sum(one.planned.minor for one in found.components) - sum(one.planned.minor for one in plain.components)
        assert more in (0, sum(one.amount.minor for one in found.held))  # nothing, where it is told as spent
        for before, after in zip(plain.components, found.components, strict=True):
            assert after.left + after.lapsed + after.planned == before.left + before.lapsed + before.planned
            if before.runs_dry:
                assert after.runs_dry is not None
                assert after.runs_dry <= before.runs_dry
            sooner += after.runs_dry != before.runs_dry
    assert sooner > 5


def test_what_a_suggestion_would_leave_is_told_from_the_money_that_is_not_held() -> None:
    editions, calendar, random = programs.shipped("ndis"), programs.calendar(), Random(12)
    told = 0
    for wanted in (one for one in packages(20_261_124, 160) if one.program == "ndis" and len(one.lines) > 1):
        plain = quote(wanted, editions, calendar)
        if not plain.components or wanted.others:
            continue
        holding = _holding(wanted, random.choice(plain.components), random)
        now = quote(holding, editions, calendar)
        found = Afterwards(now).of([now.lines[0]], [])
        then = quote(replace(holding, lines=holding.lines[1:]), editions, calendar)
        for _, after in found or ():
            told += bool(now.held)
            expected = then.component(after.component.key)
            assert (after.left, after.periods) == (expected.left, expected.periods)
    assert told > 10


def test_money_is_held_on_its_own_day_also_where_the_supports_begin_later() -> None:
    editions, calendar = programs.shipped("ndis"), programs.calendar()
    wanted = next(one for one in packages(3, 400) if one.program == "ndis" and one.funding and one.funding.components)
    assert wanted.funding
    whole = wanted.funding.period
    later = Period(whole.first + timedelta(days=30), whole.last)
    key = wanted.funding.components[0].key
    funding = replace(wanted.funding, held=(_thing("chair", key, Period(whole.first, whole.first), Money(70_00)),))
    found = quote(replace(wanted, period=later, funding=funding, lines=(), others=()), editions, calendar)
    assert found.held_in(key, whole) == Money(70_00)
    assert found.held_in(key, later) == ZERO
    over = Period(whole.first - timedelta(days=30), whole.first - timedelta(days=1))
    assert not quote(replace(wanted, period=over, funding=funding, lines=(), others=()), editions, calendar).held


def _thing(name: str, key: str, day: Period, amount: Money) -> Line:
    return Line(name, name, day, schedule=ONCE, price=Agreed((AgreedAmount(amount),)), component=key)


def _holding(wanted: Package, part: ComponentTotal, random: Random) -> Package:
    assert wanted.funding
    days = wanted.funding.period.overlap(wanted.period) or wanted.funding.period
    day = days.first + timedelta(days=random.randrange(days.days))
    amount = Money(random.randint(1, max(part.amount.minor, 2)))
    thing = _thing("chair", part.component.key, Period(day, day), amount)
    return replace(wanted, funding=replace(wanted.funding, held=(thing,)))
