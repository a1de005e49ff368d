"""An agreement whose version of the plan others have passed by, and changes agreed since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from agreements import queries as agreements
from agreements.model import Agreement
from agreements.states import State
from budgeting.money import Money
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.proposals import queries as proposals
from tests.agreements.offers import an_offer, the_agreement, what_is_next
from tests.beginnings import Beginning
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import SHOWER, SWIMMING, asked, everybody_agrees, price
from tests.portal.plans.people import Circle


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def test_an_agreement_of_a_former_version_that_was_offered_says_so_and_what_is_next(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    here, said = mei.address, "It is of a former version of the plan."
    assert said not in mei.text
    with reading(circle.coplan, circle.mei) as work:
        former = next(one for one in agreements.of_client(work, circle.client) if one.state is State.OFFERED)
        accepted = proposals.proposal(work, circle.client, former.proposal_id)
    circle.goes_on_with(accepted, "Help in the shower", price=Money(70_00))
    assert said in mei.open(here).text
    assert "take it back below" in mei.text
    assert said in mei.open(f"/people/{circle.client.id}/agreements").text
    step = "The agreement with Sunrise Support is of a former version of the plan. Take it back if nobody needs it."
    assert step in what_is_next(circle, circle.mei)
    mei.open(here).send("withdraw")
    assert step not in what_is_next(circle, circle.mei)
    mei.open(here).follow("The agreement of the new version")
    assert mei.address != here
    assert said not in mei.text


def test_a_provider_is_told_before_it_signs_what_a_newer_version_changed_of_its_own_supports_only(
    person: Person, circle: Circle
) -> None:
    grace = signed_in(person, circle.grace).open(an_offer(person, circle))
    here, said = grace.address, "What you deliver is different in the newer one."
    with reading(circle.coplan, circle.mei) as work:
        accepted = proposals.proposal(work, circle.client, the_agreement(circle).proposal_id)
    second = circle.goes_on_with(accepted, SWIMMING, price=Money(71_00))  # what somebody else delivers
    assert said not in grace.open(here).text
    circle.goes_on_with(second, "Help in the shower", price=Money(70_00))
    assert said in grace.open(here).text
    assert said not in signed_in(person.another(), circle.mei).open(here).text  # it is not Mei who delivers
    grace.follow("Read and answer the newer one")
    assert "70.00" in grace.text


def test_agreements_that_are_over_stand_after_those_that_still_count(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    over = the_agreement(circle)
    with reading(circle.coplan, circle.mei) as work:
        accepted = proposals.proposal(work, circle.client, over.proposal_id)
    circle.goes_on_with(accepted, "Help in the shower", price=Money(70_00))
    with acting(circle.coplan, circle.mei) as work:
        for one in work.session.scalars(unscoped(select(Agreement), "a test")):
            one.starts = over.starts + timedelta(days=one.id != over.id and -1)
    mei.send("withdraw")
    with reading(circle.coplan, circle.mei) as work:
        states = [one.state for one in agreements.of_client(work, circle.client)]
    assert states[-1] is State.WITHDRAWN
    assert len(states) > 1


def test_a_signed_agreement_points_to_the_changes_agreed_since_that_touch_it_and_to_no_others(
    person: Person, circle: Circle
) -> None:
    address = an_offer(person, circle)
    mei, grace = signed_in(person.another(), circle.mei), signed_in(person.another(), circle.grace)
    mei.open(address).send("sign", name="Mei Chen", agree="yes")
    grace.open(address).send("sign", name="Grace Tan", agree="yes")
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SWIMMING, price(70))))
    assert "A change agreed on" not in mei.open(address).text
    change = asked(circle, circle.mei, circle.first, (SHOWER, price(65)))
    everybody_agrees(circle, change)
    for reader in (mei, grace):
        reader.open(address)
        assert "A change agreed on" in reader.text
        links = reader.page.xpath("//*[@id='beside']//a/@href")
        assert links == [f"/people/{circle.client.id}/changes/{change}"]
        assert reader.open(links[0]).status == 200
    plan = mei.open(f"/people/{circle.client.id}/plan")
    assert links[0] in plan.page.xpath("//*[@id='changes']//a/@href")
