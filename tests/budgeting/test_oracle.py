"""Rules that hold for every package of both programs, whatever is in it: all that ``chance`` draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from budgeting import programs
from budgeting.package import Line, Package, Units, Weekly
from budgeting.period import Period
from budgeting.pricing import quote
from budgeting.quotation import ComponentTotal, Drawn, Quote
from tests.budgeting.chance import packages

MANY = 150
SEED = 20_261_123
Sums = tuple[int, int, int]


def priced(package: Package) -> Quote:
    return quote(package, programs.shipped(package.program), programs.calendar())


def sums(*quotes: Quote) -> Sums:
    """The cents that some packages cost together, what the client pays of them, and the minutes of support."""
    return (
        sum(one.amount.minor for one in quotes),
        sum(one.contribution.minor for one in quotes),
        sum(one.minutes.count for one in quotes),
    )


def weekly(package: Package) -> Iterator[Line]:
    """The lines with visits."""
    return (line for line in package.lines if isinstance(line.schedule, Weekly))


@pytest.mark.parametrize("program", programs.PROGRAMS)
def test_splitting_a_line_with_visits_changes_nothing(program: str) -> None:
    by, split = Random(SEED), 0
    for package in packages(SEED, MANY, program):
        for line in weekly(package):
            if line.period.days > 1:
                first, second = halves(line.period, by)
                assert isinstance(line.schedule, Weekly)
                anchored = replace(line, schedule=replace(line.schedule, anchor=line.schedule.anchor or first.first))
                parts = replace(anchored, period=first), replace(anchored, id="second", period=second)
                whole = sums(priced(replace(package, lines=(anchored,))))
                assert whole == sums(priced(replace(package, lines=parts))), line
                split += bool(whole[0])
    assert split > MANY // 3


@pytest.mark.parametrize("program", programs.PROGRAMS)
def test_splitting_the_days_of_a_package_changes_nothing_but_the_rounding_of_units(program: str) -> None:
    by, split = Random(SEED), 0
    for package in packages(SEED, MANY, program):
        if package.period.days == 1:
            continue
        parts = [priced(replace(package, period=half)) for half in halves(package.period, by)]
        for number, line in enumerate(priced(package).lines):
            both = [part.lines[number] for part in parts]
            apart = abs(sum(one.amount.minor for one in both) - line.amount.minor)
            shares = abs(sum(one.contribution.minor for one in both) - line.contribution.minor)
            used = sum(row.quantity.thousandths for one in both for row in one.rows if not row.visits)
            assert used == sum(row.quantity.thousandths for row in line.rows if not row.visits)
            assert max(apart, shares) <= isinstance(line.line.schedule, Units), line  # a cent, where a unit is cut
            split += bool(line.amount)
    assert split > MANY // 3


def halves(days: Period, by: Random) -> tuple[Period, Period]:
    last = days.first + timedelta(by.randrange(days.days - 1))
    return Period(days.first, last), Period(last + timedelta(1), days.last)


@pytest.mark.parametrize("program", programs.PROGRAMS)
def test_the_order_of_lines_changes_nothing(program: str) -> None:
    paid = 0
    for package in packages(SEED, MANY, program, lines=(2, 3, 5)):
        quoted, turned = priced(package), priced(replace(package, lines=tuple(reversed(package.lines))))
        assert sums(quoted) == sums(turned)
        assert [without_order(one) for one in quoted.components] == [without_order(one) for one in turned.components]
        assert quoted.lines == tuple(reversed(turned.lines))
        paid += sum(len(line.payments) > 1 for line in quoted.lines)
    assert paid or program == "support_at_home"


def without_order(one: ComponentTotal) -> tuple[ComponentTotal, Counter[Drawn]]:
    """The totals of a component, with what each line takes in no particular order."""
    return replace(one, drawn=()), Counter(one.drawn)


@pytest.mark.parametrize("program", programs.PROGRAMS)
def test_more_days_never_cost_less(program: str) -> None:
    by, more = Random(SEED), 0
    for short_one in packages(SEED, MANY, program):
        package = replace(short_one, period=Period(short_one.period.first, short_one.period.last + timedelta(90)))
        for line in weekly(package):
            later = replace(line, period=Period(line.period.first, line.period.last + timedelta(by.randrange(90))))
            short, long = (sums(priced(replace(package, lines=(one,)))) for one in (line, later))
            assert all(short[number] <= long[number] for number in range(len(short))), line
            more += short[0] < long[0]
    assert more > MANY // 5
