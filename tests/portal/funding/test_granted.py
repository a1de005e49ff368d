"""What is granted beside the parts of the funding: told kind by kind, counted by the rules, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from budgeting.letters.grants import Told, grants
from budgeting.money import Money, dollars
from budgeting.programs import PROGRAMS
from portal.app import Coplan
from portal.funding import commands, queries
from portal.funding.granted import AboutPart, Granted, granted, kept
from portal.funding.terms import SUPPORT_AT_HOME, Letter
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.funding.test_funding import CORE, Family, read

AGED = Letter(SUPPORT_AT_HOME, date(2025, 11, 1), classification="SAH-5", entered=date(2025, 11, 1))
TOLD = {
    "code": "",
    "amount": dollars("100"),
    "second": dollars("5"),
    "since": date(2026, 8, 1),
    "until": date(2026, 9, 1),
    "units": 1,
    "ticked": frozenset({"remote", "extended", "prescribed", "confirmed", "home_owner"}),
}


@pytest.fixture
def family(coplan: Coplan) -> Family:
    return Family(coplan)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_kind_of_every_program_is_told_kept_said_and_taken_back(program: str) -> None:
    for grant in grants(program):
        for code in grant.codes or ("",):
            now = grant.added(Granted().allocation, Told(**{**TOLD, "code": code}))  # type: ignore[arg-type]  # by name
            if now == Granted().allocation:  # the usual answer: nothing is told by it
                continue
            assert grant.said(grant.told(now)[0]).text
            assert granted(kept(Granted(now))).allocation == now
            assert grant.without(now, 0) == Granted().allocation


def test_a_plan_about_which_nothing_more_is_told_keeps_nothing() -> None:
    assert kept(Granted()) is None
    assert kept(AboutPart()) is None


def test_a_tier_is_money_of_its_own_for_equipment(person: Person, family: Family) -> None:
    with acting(family.coplan, family.yusuf) as work:
        commands.type_letter(work, family.client, AGED)
    yusuf = signed_in(person, family.yusuf).open(f"{family.page}/granted")
    yusuf.follow("Money for equipment or changes to your home")
    yusuf.send("grant", code="at", amount="2,000", since="2026-08-01")
    assert "Equipment and products: $2,000.00" in read(yusuf)
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        parts = {
            one.component.key: one.component.amount
            for one in queries.standing(work, family.client, plan, date(2026, 11, 22))
        }
    assert parts["at"] == dollars("2000")
    yusuf.open(f"{family.page}/granted").send("drop-tier-1")
    assert "$2,000.00" not in read(yusuf)


def test_what_is_needed_is_asked_for_in_place(person: Person, family: Family) -> None:
    with acting(family.coplan, family.yusuf) as work:
        commands.type_letter(work, family.client, AGED)
    yusuf = signed_in(person, family.yusuf).open(f"{family.page}/granted?kind=relief")
    yusuf.send("grant", since="2026-08-01")
    assert yusuf.status == 422
    assert "This is needed to go on." in read(yusuf)
    yusuf.open(f"{family.page}/granted?kind=relief").send("grant", since="2026-08-02", until="2026-08-01")
    assert yusuf.status == 422


def test_money_from_somewhere_else_can_be_told_in_every_program(person: Person, family: Family) -> None:
    family.has_core()
    yusuf = signed_in(person, family.yusuf).open(f"{family.page}/granted")
    assert "A supplement" not in read(yusuf)
    yusuf.follow("Money from somewhere else").send("grant", name="City grant", amount="500")
    assert "City grant: $500.00" in read(yusuf)
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        (other,) = queries.funding_values(plan, date(2026, 11, 22)).others
    assert (other.name, other.amount) == ("City grant", dollars("500"))


def test_a_part_of_another_funder_says_so_to_the_calculator(family: Family) -> None:
    family.has_core(replace(CORE, about=AboutPart("The state", Money(50_00), fallback=True)))
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        (core,) = queries.funding_values(plan, date(2026, 11, 22)).components
    assert (core.funder, core.carried, core.fallback) == ("The state", Money(50_00), True)


def test_whoever_may_not_see_the_money_finds_no_page(person: Person, family: Family) -> None:
    family.has_core()
    karim = signed_in(person, family.karim).open(f"{family.page}/granted")
    assert karim.status == 404


def test_beside_two_letters_it_is_chosen_for_which_of_them_something_is_told(person: Person, family: Family) -> None:
    with acting(family.coplan, family.yusuf) as work:
        commands.type_letter(work, family.client, AGED)
        later = commands.type_letter(work, family.client, replace(AGED, starts=date(2040, 1, 1)))
    yusuf = signed_in(person, family.yusuf).open(f"{family.page}/granted")
    yusuf.follow("From 1 January 2040").follow("Money for equipment or changes to your home")
    yusuf.send("grant", code="at", amount="2,000", since="2040-01-01")
    with reading(family.coplan, family.yusuf) as work:
        told = {one.id: one.granted.allocation for one in queries.counting(work, family.client)}
    assert [key for key, allocation in told.items() if allocation != Granted().allocation] == [later.id]
