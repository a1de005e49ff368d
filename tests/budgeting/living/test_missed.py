"""Visits that did not happen: their price, and what may be charged for one that the person called off."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest

from budgeting import programs
from budgeting.living import missed
from budgeting.living.missed import Charge, Circumstances, Visit
from budgeting.money import Minutes, Money
from budgeting.words import Name
from tests.budgeting.examples import NO_HOLIDAYS, agreed, day, days, line, package, weekly

AT = datetime(2026, 3, 4, 8, 0)  # a Wednesday
SHOWER = line(weekly("Mon Wed", "08:00", "10:00"), price=agreed("68"))
WHOLE = package(SHOWER)


def the_visit(at: datetime = AT, until: time = time(10)) -> Visit:
    return missed.visit(WHOLE, SHOWER, at, until, programs.shipped("ndis"), NO_HOLIDAYS)


def charged(program: str = "ndis", **how: Any) -> Charge:
    told: dict[str, Any] = {"appointment": AT, "notice": None, "agreed": True, "other_work": False, **how}
    one = the_visit()
    return missed.charge(program, one.item, one.cost, Circumstances(**told), WHOLE.place)


def test_a_visit_costs_what_was_agreed_on_its_day() -> None:
    assert the_visit().cost.value == Money(136_00)
    assert the_visit().item == "01_011_0107_1_1"


def test_a_visit_at_another_hour_or_day_is_priced_as_that_one() -> None:
    assert the_visit(datetime(2026, 3, 7, 9, 0), time(12)).cost.value == Money(204_00)


def test_nobody_at_home_without_notice_may_be_charged_in_full_when_it_was_agreed() -> None:
    found = charged()
    assert (found.allowed, found.most.value) == (True, Money(136_00))


@pytest.mark.parametrize(
    "kind", [{"agreed": False}, {"other_work": True}, {"worker_paid": False}, {"notice": datetime(2026, 2, 20, 8, 0)}]
)
def test_nothing_may_be_charged_when_one_of_the_conditions_is_missing(kind: dict[str, Any]) -> None:
    found = charged(**kind)
    assert (found.allowed, found.most.value) == (False, Money(0))


@pytest.mark.parametrize(
    ("notice", "until"), [(None, "2026-04-01"), (datetime(2026, 2, 20, 8, 0), "2026-03-06")]
)  # four weeks after somebody stopped coming; two weeks after they said so
def test_a_program_of_support_is_charged_in_full_until_somebody_leaves_it(notice: datetime | None, until: str) -> None:
    found = charged(notice=notice, agreed=False, other_work=True, whole=days("2026-01-01", "2026-06-30"))
    assert (found.allowed, found.most.value) == (True, Money(136_00))
    assert [note.values["day"] for note in found.notes] == [day(until)]
    at_its_end = charged(whole=days("2026-01-01", "2026-03-20"))
    assert [note.values["day"] for note in at_its_end.notes] == [day("2026-03-20")]


def test_exactly_seven_days_before_is_in_the_persons_favour_and_said() -> None:
    found = charged(notice=datetime(2026, 2, 25, 8, 0))
    assert found.most.value == Money(0)
    assert len(found.notes) == 1


def test_a_program_without_a_rule_leaves_it_to_the_agreement() -> None:
    found = charged("support_at_home")
    assert (found.allowed, found.most.value) == (None, None)


def test_hours_owed_are_added_up_visit_by_visit() -> None:
    found = missed.hours_owed([(Name("Shower"), Minutes(120)), (Name("Cleaning"), Minutes(90))])
    assert found.value == Minutes(210)


def test_money_that_is_not_known_is_left_out_and_said() -> None:
    found = missed.money_free([(Name("Shower"), Money(136_00)), (Name("Cleaning"), None)])
    assert found.value == Money(136_00)
    assert found.not_included
