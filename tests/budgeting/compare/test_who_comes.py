"""How many different people come: each counted once, and nobody invented where nothing was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from budgeting.compare.who_comes import who_comes
from budgeting.package import Line, Unpaid
from budgeting.period import Period
from budgeting.words import Name

YEAR = Period(date(2026, 7, 1), date(2027, 6, 30))
SHOWER, MEALS, GARDEN = (Line(key, key.title(), YEAR) for key in ("shower", "meals", "garden"))


def test_somebody_who_comes_for_two_supports_is_one_person() -> None:
    known = {"shower": {"1": "Ivy", "2": "Sam"}, "meals": {"1": "Ivy"}}
    found = who_comes((SHOWER, MEALS), known)
    assert found.value == 2
    assert [part.label.values["name"] for part in found.parts] == [Name("Ivy"), Name("Sam")]
    assert not found.not_included


def test_two_people_with_one_name_are_two() -> None:
    assert who_comes((SHOWER,), {"shower": {"1": "Sam", "2": "Sam"}}).value == 2


def test_a_support_of_which_nobody_said_who_comes_is_named_and_never_counted() -> None:
    found = who_comes((SHOWER, GARDEN), {"shower": {"1": "Ivy"}})
    assert found.value == 1
    assert len(found.not_included) == 1
    assert who_comes((GARDEN,), {}).value is None


def test_family_who_help_without_pay_come_themselves() -> None:
    sister = replace(GARDEN, price=Unpaid(), provider="My sister")
    assert who_comes((sister, SHOWER), {"shower": {"1": "Ivy"}}).value == 2
