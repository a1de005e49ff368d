"""A reader with a pocket calculator gets every figure of daily life and equipment from the text alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import cast
from uuid import UUID, uuid4

import pytest

from budgeting import programs
from budgeting.explain import Figure
from budgeting.extras import ProgramOfSupport
from budgeting.living import equipment, family_care, missed, respite, roster, sharing
from budgeting.living.equipment import Asked, Step
from budgeting.living.respite import Nights, Rates
from budgeting.living.roster import Shift
from budgeting.living.sharing import Group
from budgeting.money import Minutes, Money
from budgeting.package import Unpaid
from budgeting.period import Period, Place
from budgeting.words import Name
from portal.living import queries
from portal.proposals.frozen import FrozenProposal
from tests.budgeting.examples import YEAR, agreed, component, funded, line, package, weekly
from tests.portal.pocket import follow, reader, rendered

TAGS = ("en", "ar", "zh-Hans")
SHIPPED, CALENDAR = programs.shipped("ndis"), programs.calendar()
SHOWER = line(weekly("Mon Wed", "08:00", "10:00"), price=agreed("24.01"))
MUM = line(weekly("Tue", "18:00", "19:30"), id="mum", price=Unpaid(Money(60_00), Minutes(60)), support=None)
WHOLE = package(SHOWER, MUM, funding=funded(component("9000")))


def _house() -> list[Figure]:
    rows = [
        Shift("a", "06:30–09:00", (0, 5), time(6, 30), time(9), 2, frozenset("ab"), 1, everyone=True),
        Shift("b", "22:00–06:00", (0, 5), time(22), time(6), 1, frozenset("ab"), sleepover=True),
    ]
    at = roster.Setting("ndis", "shared_living", Place("VIC"), SHIPPED, CALENDAR)
    part = roster.share(rows, "a", Period(date(2026, 3, 2), date(2026, 6, 30)), at)
    return [part.week, part.whole]


def _group() -> list[Figure]:
    both = sharing.regrouped(WHOLE, SHOWER.id, Group(3), Group(2), date(2026, 4, 6), SHIPPED, CALENDAR)
    limited = sharing.regrouped(
        package(line(weekly("Mon Sat", "09:00", "12:00"), support="community")),
        "shower",
        Group(3),
        Group(2, 2),
        date(2026, 4, 6),
        SHIPPED,
        CALENDAR,
    )
    assert both is not None
    assert limited is not None
    found = [sharing.more_figure(one) for one in (both, limited)]
    for one in (both, limited):
        found += [one.before.hour, one.before.rest, one.after.hour, one.after.rest, one.same_money]
    return found


def _stay() -> list[Figure]:
    nights = Nights(date(2026, 3, 2), date(2026, 3, 5))
    cost = respite.cost(3, Rates(Money(100_00), Minutes(450), Money(73_58), Money(110_00)))
    during = respite.meanwhile(WHOLE, nights, SHIPPED, CALENDAR)
    year = respite.allowance(programs.program("ndis").parameters, YEAR, [nights], date(2026, 3, 4))
    unpaid = respite.replacement(during, Money(61_00))
    return [cost, respite.freed(during, cost), unpaid.cost, year.most, year.used, year.planned, year.left]


def _visits() -> list[Figure]:
    at = datetime(2026, 3, 4, 8, 0)
    one = missed.visit(WHOLE, SHOWER, at, time(10), SHIPPED, CALENDAR)
    how = missed.Circumstances(at, None, agreed=True, other_work=False)
    charge = missed.charge("ndis", one.item, one.cost, how, WHOLE.place)
    free = missed.money_free([(Name("Shower"), Money(48_02)), (Name("Other"), None)])
    return [one.cost, charge.most, missed.hours_owed([(Name("Shower"), Minutes(120))]), free]


def _things() -> list[Figure]:
    chair = Asked("Wheels", Money(4_200_00), Money(80_00), None, Money(190_00))
    parameters, day = programs.program("ndis").parameters, date(2026, 8, 1)
    cost = equipment.buying(chair)
    most = equipment.most_deposit(parameters, Money(4_280_00), day)
    why = equipment.needs(parameters, Money(4_280_00), day).why
    paying = equipment.paying(Step.ORDERED, cost, Money(4_000_00), Money(500_00), rest_paid=False)
    together = equipment.held_together([(Name("Chair"), paying.held), (Name("Bed"), equipment.renting(chair, 6))])
    free = equipment.free_of(cost, together)
    assert most is not None
    assert why is not None
    return [cost, equipment.renting(chair, 6), equipment.even_after(chair), most, why, paying.paid, paying.held,
            together, free]  # fmt: skip


def _care() -> list[Figure]:
    (mum,) = family_care.carers(WHOLE.lines, date(2026, 3, 4))
    return [mum.week, mum.replacement]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("figures", [_house, _group, _stay, _visits, _things, _care])
def test_a_pocket_calculator_gets_each_figure_from_its_text(figures: Callable[[], list[Figure]], tag: str) -> None:
    one = reader(tag)
    made = figures()
    assert made
    for figure in made:
        follow(rendered(figure, one.language), one)


def test_only_a_line_that_is_a_program_of_support_has_days_on_which_it_is_charged_in_full() -> None:
    pottery = replace(SHOWER, id=str(uuid4()), extras=(ProgramOfSupport(),))
    found = queries.Basis(cast(FrozenProposal, None), replace(WHOLE, lines=(SHOWER, pottery)), SHIPPED)
    assert found.program_of_support(UUID(pottery.id)) == pottery.period
    assert found.program_of_support(uuid4()) is found.program_of_support(None) is None
