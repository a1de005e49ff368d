"""A reader with a pocket calculator gets shadow shifts, hardship, the lifetime cap and usual prices from the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from budgeting import programs
from budgeting.allocation import Allocation, Contributed, PackageMoney, Relief, Tier
from budgeting.explain import Figure, as_told
from budgeting.forecast.ending import at_end
from budgeting.living import shadow
from budgeting.money import dollars
from budgeting.period import Period
from budgeting.programs.support_at_home import idle, indicative, leaving
from budgeting.programs.support_at_home.granted import components
from budgeting.programs.support_at_home.statement import statement
from budgeting.words import words
from budgeting.working import TOLD
from tests.budgeting.programs.support_at_home.test_relieving import CAP
from tests.budgeting.programs.support_at_home.test_statement import FUNDING, JULY, JULY_SERVICES, entry, rows
from tests.portal.test_explanations import followed

VISIT = Figure(words("One visit"), dollars("140.46"), working=TOLD)


def _shadows() -> list[Figure]:
    at, on = programs.program("ndis").parameters, date(2026, 2, 3)
    asked = [(120, 0, True, True), (120, 300, True, True), (60, 0, False, True), (60, 0, True, False)]
    found = [
        shadow.price(at, VISIT, on, minutes, used, complex_needs=needs, working_day=working)
        for minutes, used, needs, working in asked
    ]
    unknown = replace(VISIT, value=None, sum=words("No price is known yet"), working=None)
    found.append(shadow.price(at, unknown, on, 60, 0, complex_needs=True, working_day=True))
    aged = programs.program("support_at_home").parameters
    return [*found, shadow.price(aged, VISIT, on, 60, 0, complex_needs=True, working_day=True)]


def _statements() -> list[Figure]:
    later = entry("cleaning", "120.00", date(2026, 7, 20))
    hardship = (Relief(JULY, dollars("10.00")),)
    helped = [
        Allocation(reliefs=hardship),
        Allocation(contributed=Contributed(CAP - dollars("17.01"), date(2026, 6, 30))),
        Allocation(reliefs=hardship, contributed=Contributed(CAP - dollars("12.00"), date(2026, 6, 30))),
        Allocation(contributed=Contributed(CAP + dollars("1.00"), date(2026, 6, 30))),
    ]
    found = []
    for one in helped:
        made = statement(replace(FUNDING, allocation=one), JULY, rows(*JULY_SERVICES, later))
        found += [made.contributions, *(balance.closing for balance in made.balances)]
        found += [figure for group in made.groups for figure in (group.price, group.subsidy, group.contribution)]
    rates = tuple(one for one in FUNDING.rates if one.category == "independence")
    unsure = replace(FUNDING, rates=rates, allocation=helped[1])
    made = statement(unsure, JULY, [replace(one, told=False) for one in rows(*JULY_SERVICES)])
    return [*found, made.contributions]


def _facts() -> list[Figure]:
    usual = [indicative.figure(key, date(2026, 7, 1)) for key in ("personal_care", "transport", "taxi")]
    return [*usual, idle.withdrawn(date(2025, 11, 10), [], date(2026, 7, 1))]


def _endings() -> list[Figure]:
    last = date(2026, 9, 30)
    told = Allocation(
        package_money=(PackageMoney("client", dollars("312.40")), PackageMoney("provider", dollars("80.00"))),
        tiers=(Tier("at", dollars("500.00"), date(2025, 10, 1)),),
    )
    parts = components(replace(FUNDING, period=Period(date(2026, 7, 1), last), allocation=told))
    left = [(one, as_told(words("Left at the end"), dollars("4321.09"))) for one in parts if not one.apart]
    found = [figure for one in at_end("support_at_home", left, last) for figure in (one.goes_on, one.ends)]
    back = leaving.paid_back(told, last)
    assert back is not None
    days = [*leaving.due(last).values(), leaving.told_by(last), leaving.care_claimed_by(last)]
    return [*found, back, *days]


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_a_pocket_calculator_gets_every_figure(tag: str) -> None:
    found = [*_shadows(), *_statements(), *_facts(), *_endings()]
    assert followed(found, tag) == len(found)
