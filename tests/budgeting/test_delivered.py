"""What was delivered since the spending was told is taken once, and what was planned on these days is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from budgeting import programs
from budgeting.charges import Ledger
from budgeting.forecast.burndown import burn_downs
from budgeting.money import ZERO, Money
from budgeting.package import Delivered, Line, Package
from budgeting.pricing import quote
from budgeting.quotation import ComponentTotal, Drawn, Quote
from tests.budgeting.arbitrary import packages


@pytest.mark.parametrize("program", ["ndis", "support_at_home"])
def test_money_lasts_just_as_long_when_every_support_was_delivered_as_planned(program: str) -> None:
    editions, calendar, random = programs.shipped(program), programs.calendar(), Random(31)
    taken = later = 0
    for wanted in (one for one in packages(20_261_130, 160) if one.program == program and one.funding and one.lines):
        assert wanted.funding
        plain = quote(wanted, editions, calendar)
        known = {one.line.id: wanted.period.first + timedelta(random.randint(0, 80)) for one in plain.lines}
        delivered = tuple(_as_planned(plain, known))
        found = quote(replace(wanted, funding=replace(wanted.funding, delivered=delivered)), editions, calendar)
        assert [one.amount for one in found.lines] == [one.amount for one in plain.lines]
        assert _taken(found) == _taken(plain)
        if any(len({each.payer for each in one.payments}) > 1 for one in (*plain.lines, *found.lines)):
            continue  # who pays which day depends on whose money reaches; together they pay the same
        for before, after in zip(plain.components, found.components, strict=True):
            mine = [one.amount for one in delivered if one.component == after.component.key]
            taken += bool(mine)
            assert after.spent == before.spent + sum(mine, ZERO)
            assert after.spent + after.planned == before.spent + before.planned
            assert abs(after.left.minor - before.left.minor) <= len(wanted.lines)
            for one, other in zip(after.periods, before.periods, strict=True):  # what is spread evenly is rounded anew
                assert abs((one.left - one.short).minor - (other.left - other.short).minor) <= len(wanted.lines)
            if any(one.charges for one in after.drawn) and not _dry_by(before, max(known.values())):
                later += before.runs_dry is not None
                assert (after.runs_dry, after.lasts_until) == (before.runs_dry, before.lasts_until)
    assert taken > 30
    assert later > 5


@pytest.mark.parametrize("program", ["ndis", "support_at_home"])
def test_a_support_that_cost_more_than_planned_leaves_just_so_much_less(program: str) -> None:
    editions, calendar = programs.shipped(program), programs.calendar()
    seen = 0
    for wanted in (one for one in packages(20_261_131, 120) if one.program == program and one.funding and one.lines):
        assert wanted.funding
        plain = quote(wanted, editions, calendar)
        known = {one.line.id: wanted.period.first + timedelta(50) for one in plain.lines}
        delivered = tuple(_as_planned(plain, known))
        if not delivered:
            continue
        dearer = (replace(delivered[0], amount=delivered[0].amount + Money(7_00)), *delivered[1:])
        found = quote(replace(wanted, funding=replace(wanted.funding, delivered=dearer)), editions, calendar)
        key = delivered[0].component
        assert found.component(key).spent == plain.component(key).spent + Money(7_00) + sum(
            (one.amount for one in delivered if one.component == key), ZERO
        )
        seen += 1
    assert seen > 20


@pytest.mark.parametrize("program", ["ndis", "support_at_home"])
def test_the_picture_of_the_money_ends_with_what_is_left_and_says_what_was_delivered_on_its_day(program: str) -> None:
    editions, calendar, random = programs.shipped(program), programs.calendar(), Random(33)
    seen = 0
    for wanted in (one for one in packages(20_261_132, 80) if one.program == program and one.funding and one.lines):
        assert wanted.funding
        plain = quote(wanted, editions, calendar)
        known = {one.line.id: wanted.period.first + timedelta(random.randint(10, 70)) for one in plain.lines}
        delivered = tuple(_as_planned(plain, known))
        found = quote(replace(wanted, funding=replace(wanted.funding, delivered=delivered)), editions, calendar)
        for before, after in zip(burn_downs(plain), burn_downs(found), strict=True):
            for span in before.spans:
                for day, left in before.points(span):
                    if day > max(known.values()) or all(
                        one.component.spent_until is None for one in (*plain.components, *plain.others)
                    ):
                        then = after.span(span.period.first).morning(day)
                        assert abs(then.minor - left.minor) <= len(wanted.lines)
                        seen += 1
    assert seen > 100


def test_a_new_draft_takes_what_was_delivered_of_the_same_support() -> None:
    editions, calendar = programs.shipped("ndis"), programs.calendar()
    for wanted in (one for one in packages(20_261_133, 60) if one.program == "ndis" and one.funding):
        assert wanted.funding
        plain = quote(wanted, editions, calendar)
        one = next((each for each in plain.lines if each.line.support and each.component and each.charges), None)
        if one is None or one.component is None:
            continue
        until = wanted.period.first + timedelta(40)
        told = Delivered(one.component, wanted.period.first, until, Money(5_00), "another", one.line.support)
        found = quote(replace(wanted, funding=replace(wanted.funding, delivered=(told,))), editions, calendar)
        assert {each.recorded for each in found.lines if each.line.support == one.line.support} == {
            (told.day.toordinal(), until.toordinal())
        }
        return
    pytest.fail("no draft with a support")


def _taken(quoted: Quote) -> Money:
    return sum((one.spent + one.planned for one in (*quoted.components, *quoted.others)), ZERO)


def _dry_by(part: ComponentTotal, day: date) -> bool:
    return part.runs_dry is not None and part.runs_dry <= day


def _as_planned(quoted: Quote, known: dict[str, date]) -> Iterator[Delivered]:
    """Each support as it was planned, up to the day until which its deliveries are written down."""
    for part in (*quoted.components, *quoted.others):
        first = max(part.component.spent_until or date.min, part.periods[0].period.first - timedelta(1))
        for one in part.drawn:
            line = _line(quoted.package, quoted, one)
            yield from _days(part, one, line, first, known[line.id])


def _line(package: Package, quoted: Quote, one: Drawn) -> Line:
    if one.quoted is not None:
        return one.quoted.line
    return next(line for line in package.lines if line.name == one.name)


def _days(part: ComponentTotal, one: Drawn, line: Line, first: date, last: date) -> Iterator[Delivered]:
    times, start = Ledger(one.charges), first.toordinal() + 1
    last = min(last, part.periods[-1].period.last)
    for number in range(start, last.toordinal() + 1):
        amount, day = times.taken(number, number), date.fromordinal(number)
        if amount or number in (start, last.toordinal()):
            yield Delivered(part.component.key, day, last, Money(amount), line.id, line.support)
