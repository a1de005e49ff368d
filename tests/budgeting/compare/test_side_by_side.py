"""Packages side by side: what is compared, and over which days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from budgeting.compare.side_by_side import facts
from budgeting.period import Period
from budgeting.words import words
from tests.budgeting.examples import YEAR, agreed, line, package, priced, weekly

SHOWER = line(weekly("Mon", "09:00", "11:00"), price=agreed("60"))
LATER = Period(date(2026, 11, 21), YEAR.last)


def test_packages_that_count_other_days_say_which_before_anything_else() -> None:
    whole = package(SHOWER)
    rest = replace(whole, period=LATER)
    first = facts([priced(whole), priced(rest)])[0]
    assert first.label == words("From and until")
    assert first.cells == tuple(words("{first} to {last}", first=one.first, last=one.last) for one in (YEAR, LATER))


def test_packages_that_count_the_same_days_do_not_say_which() -> None:
    whole = package(SHOWER)
    assert words("From and until") not in [fact.label for fact in facts([priced(whole), priced(whole)])]
