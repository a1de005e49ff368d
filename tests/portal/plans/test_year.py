"""The year of the plan in force: a calendar for those who may see the money, and nothing for anybody else."""

from __future__ import annotations

import pytest

from portal.app import Coplan
from tests.builders import signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_before_there_is_a_plan_the_page_says_what_will_be_here(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan/year")
    assert "There is no plan in force yet" in mei.text


def test_the_plan_leads_to_its_year_and_only_who_sees_the_money_sees_it(person: Person, circle: Circle) -> None:
    circle.usual()
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan").follow("The year of the plan")
    assert mei.page.xpath("//svg[contains(@class,'a-month')]")
    assert "What happens, month by month" in mei.text
    mei.follow("One week").follow("The week after")
    assert mei.page.xpath("//table[@id='one-week-table']/tbody/tr")
    for other in (circle.tom, circle.karim, circle.grace):
        assert signed_in(person.another(), other).open(f"/people/{circle.client.id}/plan/year").status == 404
