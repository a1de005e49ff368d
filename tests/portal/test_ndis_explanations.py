"""Figures of what comes along with NDIS supports, followed with a pocket calculator from their text alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from budgeting import programs
from budgeting.explain.totals import quote_figures
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Extra,
    Irregular,
    Leg,
    RowKind,
    Telehealth,
    Transport,
    Travel,
    Vehicle,
    Work,
    WorkKind,
)
from budgeting.money import ZERO, Money, Quantity
from budgeting.period import Band
from budgeting.pricing import quote
from budgeting.quotation import Quote
from portal.language import OFFERED
from tests.budgeting.arbitrary import packages
from tests.budgeting.examples import agreed, days, line, package, priced, units, weekly
from tests.portal.test_explanations import followed

KILOMETRES = tuple(map(Quantity, (0, 7_500, 12_345, 20_000)))
RATES = (None, Money(78), Money(320))


def an_extra(random: Random) -> Extra:
    of = random.choice((1, 1, 2, 3))
    kilometres, rate, other = random.choice(KILOMETRES), random.choice(RATES), random.choice((ZERO, Money(450)))
    hourly = random.choice((None, Money(random.randint(1, 20_000))))
    legs = tuple(Leg(random.randint(0, 90), random.random() < 0.4) for _ in range(random.randint(0, 3)))
    mmm, part, trips = random.choice((None, 1, 4, 7)), random.randint(1, of), random.choice((None, 3))
    paid, vehicle = random.random() < 0.8, random.choice(list(Vehicle))
    every: tuple[Extra, ...] = (
        Travel(legs, mmm, hourly, paid, kilometres, rate, other, part, of, trips),
        Transport(kilometres, rate, other, vehicle, part, of, trips),
        Centre(),
        Work(random.choice(list(WorkKind)), random.randint(0, 2_000), hourly),
        Establishment(),
        Irregular(random.randint(0, 2_000), random.choice((Band.DAY, Band.NIGHT, Band.SUNDAY)), hourly),
        Telehealth(random.choice((None, "national", "remote")), random.random() < 0.3),
        ActiveHours(random.randint(0, 400), random.random() < 0.3),
    )
    return random.choice(every)


@pytest.fixture(scope="module")
def made() -> list[Quote]:
    """The quotes of random packages whose supports have something that comes along."""
    random, found = Random(5), []
    for one in packages(seed=77, number=70):
        if one.program == "ndis":
            lines = (replace(line, extras=tuple(an_extra(random) for _ in range(3))) for line in one.lines)
            given = replace(one, lines=tuple(lines))
            found.append(quote(given, programs.shipped("ndis"), programs.calendar()))
    return found


def test_most_kinds_of_rows_occur(made: list[Quote]) -> None:
    found = {row.kind for one in made for line in one.lines for row in line.rows}
    assert len(found) >= len(RowKind) - 2


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_what_comes_along_with_a_support(made: list[Quote], tag: str) -> None:
    assert sum(followed(quote_figures(one), tag) for one in made) >= len(made) > 0


@pytest.mark.parametrize("tag", OFFERED)
def test_a_pocket_calculator_gets_units_over_a_new_price_list_and_the_way_to_a_group(tag: str) -> None:
    summer = days("2026-06-01", "2026-07-31")
    hours = line(units("10"), support="occupational_therapy", period=summer, price=agreed("62.50"))
    extras = Travel((Leg(40),), mmm=1), Work(WorkKind.NON_FACE_TO_FACE, 60)
    visits = weekly("Tue", "09:00", "11:00")
    group = line(visits, id="group", support="group_activities", period=summer, price=agreed("23.45"), extras=extras)
    for people, workers in ((3, 1), (4, 2), (1, 2), (5, 3)):
        together = replace(group, participants=people, workers=workers)
        quoted = priced(package(hours, together, period=summer))
        assert {row.kind for row in quoted.lines[1].rows} == {
            RowKind.SUPPORT, RowKind.TRAVEL_TIME, RowKind.NON_FACE_TO_FACE,
        }  # fmt: skip
        assert followed(quote_figures(quoted), tag) > 0
