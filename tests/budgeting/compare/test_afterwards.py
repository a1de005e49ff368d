"""What a change of some lines leaves of the funding, found without pricing the package anew, is true."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from budgeting import programs
from budgeting.compare.afterwards import Afterwards
from budgeting.package import Line, Package
from budgeting.pricing import quote
from tests.budgeting.arbitrary import packages


@pytest.mark.parametrize("program", ["ndis", "support_at_home"])
def test_what_would_be_left_is_the_same_as_with_the_whole_package_priced_anew(program: str) -> None:
    editions, calendar, random = programs.shipped(program), programs.calendar(), Random(5)
    told = 0
    for wanted in (one for one in packages(20_261_122, 160) if one.program == program and len(one.lines) > 1):
        now = quote(wanted, editions, calendar)
        gone, new = now.lines[0], replace(random.choice(wanted.lines[1:]), id="new")
        (alone,) = quote(_with(wanted, (new,)), editions, calendar).lines
        found = Afterwards(now).of([gone], [alone])
        if found is None:
            continue
        then = quote(_with(wanted, (*wanted.lines[1:], new)), editions, calendar)
        for before, after in found:
            told += 1
            assert before == now.component(before.component.key)
            expected = then.component(after.component.key)
            assert (after.left, after.periods) == (expected.left, expected.periods)
        untouched = {one.component.key for one in now.components} - {one.component.key for one, _ in found}
        assert all(now.component(key).left == then.component(key).left for key in untouched)
    assert told > 20


def _with(wanted: Package, lines: tuple[Line, ...]) -> Package:
    return replace(wanted, lines=lines)
