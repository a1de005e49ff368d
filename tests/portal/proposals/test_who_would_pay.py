"""Whoever writes down a support reads before it is sent which money would pay for it, or that none does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgeting.money import Money
from portal.app import Coplan
from portal.proposals import commands as proposals
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.outlook.people import Purse, with_money
from tests.portal.plans.people import a_circle


@pytest.fixture
def mei(coplan: Coplan) -> Purse:
    """Money of one part, for daily activities."""
    return with_money(a_circle(coplan))


def _draft(mei: Purse) -> str:
    circle = mei.circle
    with acting(circle.coplan, circle.mei) as work:
        draft = proposals.start(work, circle.client, "Next", "ndis", circle.first, circle.first + timedelta(days=55))
        proposals.add_line(work, draft, circle.line("Swimming", None, Money(1_00)))
    return f"/people/{circle.client.id}/proposals/{draft.id}"


def test_a_suggestion_says_before_it_is_sent_who_would_pay_for_it_and_never_stands_in_the_way(
    mei: Purse, person: Person
) -> None:
    at = _draft(mei)
    daniel = signed_in(person, mei.circle.daniel).open(f"{at}/add?support=self_care")
    (paid,) = daniel.page.xpath("//*[@id='pays']")
    assert "Paid from" in paid.text_content()
    unpaid = daniel.open(f"{at}/add?support=occupational_therapy").page.xpath("//*[@id='pays']")
    assert "No part of the funding is for this kind of support." in unpaid[0].text_content()
    assert unpaid[0].xpath(".//a[contains(@href, '/options')]")
    daniel.send("line", how="later")
    assert "Suggested. Nothing changes until it is accepted." in daniel.text


def test_where_no_funding_is_known_nothing_is_said_about_who_would_pay(coplan: Coplan, person: Person) -> None:
    circle = a_circle(coplan)
    with acting(coplan, circle.mei) as work:
        draft = proposals.start(work, circle.client, "First", "ndis", circle.first, circle.first + timedelta(days=55))
    signed_in(person, circle.mei).open(f"/people/{circle.client.id}/proposals/{draft.id}/add?support=self_care")
    assert person.form("line") is not None
    assert not person.page.xpath("//*[@id='pays']")
