"""The year of the plan in force: a calendar for those who may see the money, and nothing for anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from budgeting.money import Money
from budgeting.package import Management
from portal.access.scope import visible
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.model import FundingComponent
from portal.funding.terms import NDIS, Letter, Terms
from portal.proposals import away, commands, scenarios
from portal.proposals.frozen import FrozenProposal
from portal.work import Work
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_the_plan_leads_to_its_year_and_only_who_sees_the_money_sees_it(person: Person, circle: Circle) -> None:
    circle.usual()
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan").follow("The year of the plan")
    assert mei.page.xpath("//svg[contains(@class,'a-month')]")
    assert "What happens, month by month" in mei.text
    mei.follow("One week").follow("The week after")
    assert mei.page.xpath("//table[@id='one-week-table']/tbody/tr")
    for other in (circle.tom, circle.karim, circle.grace):
        assert signed_in(person.another(), other).open(f"/people/{circle.client.id}/plan/year").status == 404


def test_what_would_mend_a_plan_in_force_is_tried_in_one_press_in_a_copy_that_only_one_sees(
    person: Person, circle: Circle
) -> None:
    circle.usual()
    with acting(circle.coplan, circle.mei) as work:
        line = next(one for one in frozen(work, circle).lines if one.terms.name == OTHER_SUPPORT)
        away.tell(work, circle.client, "Owen", line.id, circle.first, circle.first + timedelta(days=20))
        commands.start(work, circle.client, "Another draft", "ndis", circle.first, circle.first + timedelta(days=55))
    page = f"/people/{circle.client.id}/plan/year"
    mei = signed_in(person, circle.mei).open(page)
    old = signed_in(person.another(), circle.mei).open(page)
    assert "Owen is away" in mei.text
    mei.send("fix-1", press="into=scenario")
    assert "Kept as a scenario. Nobody but you sees it until you share it." in mei.text
    assert "Against the plan in force" in mei.text
    assert mei.page.xpath("//a[contains(@href, '/changes/new?because=scenario:')]")
    with reading(circle.coplan, circle.mei) as work:
        (kept,) = scenarios.scenarios(work, circle.client)
        agreed = {one.id: one.terms for one in frozen(work, circle).lines}
    assert {one.key: one.terms for one in kept.lines} != agreed
    assert kept.shared_at is None
    with acting(circle.coplan, circle.mei) as work:
        (told,) = away.aways(work, circle.client)
        away.take_back(work, told, told.version)
    old.send("fix-1", press="into=scenario")
    assert "Something changed since you opened this page." in old.text
    with reading(circle.coplan, circle.mei) as work:
        assert len(scenarios.scenarios(work, circle.client)) == 1


def frozen(work: Work, circle: Circle) -> FrozenProposal:
    """What was agreed."""
    found = scenarios.in_force(work, circle.client)
    assert found
    return found


def test_until_when_the_money_lasts_is_not_certain_while_nobody_told_what_was_spent_on_the_days_that_are_over(
    person: Person, circle: Circle
) -> None:
    begins = circle.first - timedelta(days=30)
    with acting(circle.coplan, circle.mei) as work:
        letter = funding.type_letter(work, circle.client, Letter(NDIS, begins, begins + timedelta(days=364)))
        core = Terms("Core supports", Management.SELF, ("01", "04"), Money(90_000_00), key="core")
        funding.add_part(work, letter, core)
    circle.accepted(circle.line("Morning shower", circle.sunrise, Money(71_13), support="self_care"))
    signed_in(person, circle.mei)
    for page in PROMISING:
        assert UNTOLD in person.open(f"/people/{circle.client.id}{page}").text
    with acting(circle.coplan, circle.mei) as work:
        row = work.session.scalars(visible(work, FundingComponent)).one()
        funding.note_spent(work, row, row.version, Money(1_000_00), circle.first - timedelta(days=1))
    for page in PROMISING:
        assert UNTOLD not in person.open(f"/people/{circle.client.id}{page}").text


def test_a_plan_agreed_with_a_price_still_open_does_not_say_what_is_left_of_the_money_for_it(
    person: Person, circle: Circle
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        letter = funding.type_letter(work, circle.client, Letter(NDIS, circle.first, circle.first + timedelta(days=55)))
        core = Terms("Core supports", Management.SELF, ("01", "04"), Money(9_000_00), key="core")
        funding.add_part(work, letter, core)
        funding.add_part(work, letter, Terms("Therapy", Management.SELF, ("15",), Money(5_000_00), key="daily"))
    priced = circle.line("Morning shower", circle.sunrise, Money(71_13), component="core")
    circle.accepted(priced, replace(priced, name="Speech therapy", price=None, component="daily"))
    said = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan").text
    left = said.split("Left of the funding at its end")[1]
    assert "Core supports: left at the end $" in left
    assert "Therapy : left at the end Not known yet" in left
    assert "$0.00" not in left


UNTOLD = "What was spent is not known for every part."
PROMISING = ("", "/alarms", "/plan/year")
