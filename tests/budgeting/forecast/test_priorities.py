"""How much a support matters decides which one a fix of the year touches."""

from __future__ import annotations

from dataclasses import replace

from budgeting.package import Priority
from tests.budgeting.forecast.test_rehearsal import OUT, SHOWER, play, short_by


def test_what_must_happen_is_left_as_it_is_while_something_else_can_mend_the_year() -> None:
    wash, out = replace(SHOWER, priority=Priority.MUST), replace(OUT, priority=Priority.NICE)
    fixes = play(short_by("300", wash, out)).fixes
    assert fixes
    for fix in fixes:
        assert wash in fix.quote.package.lines


def test_what_must_happen_gives_way_where_nothing_else_is_enough() -> None:
    alone = play(short_by("100", replace(SHOWER, priority=Priority.MUST)))
    assert [fix.words for fix in alone.fixes] == [fix.words for fix in play(short_by("100", SHOWER)).fixes] != []
