"""How the money goes down is drawn from the plan in force, with every change that was agreed since."""

from __future__ import annotations

from datetime import timedelta

from budgeting.money import Money
from budgeting.package import Management
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms
from portal.proposals import commands as proposals
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.changes.asking import SHOWER, asked, everybody_agrees
from tests.portal.plans.people import Circle, a_circle

AFTERWARDS = Money(16 * 140_00)  # sixteen visits of two hours at $70; at $71.13 they are $36.16 more
LASTS = "The money lasts to the end, and $0.00 is left."


def with_money(circle: Circle) -> Circle:
    """One support at $71.13 an hour, and money for it at $70 an hour."""
    dear = Money(71_13)
    circle.accepted(circle.line(SHOWER, circle.sunrise, dear, support="self_care"))
    with acting(circle.coplan, circle.mei) as work:
        plan = funding.type_letter(work, circle.client, Letter(NDIS, circle.first, circle.first + timedelta(days=55)))
        funding.add_part(work, plan, Terms("Core supports", Management.SELF, ("01", "04"), AFTERWARDS, key="core"))
    return circle


def drawn(person: Person, circle: Circle) -> str:
    """What stands on the funding page."""
    return person.open(f"/people/{circle.client.id}/funding").text


def test_the_funding_page_and_the_overview_follow_a_change_that_was_agreed(coplan: Coplan, person: Person) -> None:
    circle = with_money(a_circle(coplan))
    signed_in(person, circle.mei)
    assert LASTS not in drawn(person, circle)
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SHOWER, {"price": Money(70_00)})))
    assert LASTS in drawn(person, circle)
    overview = person.open(f"/people/{circle.client.id}")
    assert overview.page.xpath("//section[@id='lasts']//a[text()='See what it is planned for']/@href") == [
        f"/people/{circle.client.id}/plan"
    ]


def test_while_a_draft_is_worked_on_the_plan_in_force_leads_and_the_draft_is_told_in_relation_to_it(
    coplan: Coplan, person: Person
) -> None:
    circle = with_money(a_circle(coplan))
    signed_in(person, circle.mei)
    before = person.open(f"/people/{circle.client.id}").text
    assert "In the draft" not in before
    with acting(circle.coplan, circle.mei) as work:
        last = circle.first + timedelta(days=55)
        draft = proposals.start(work, circle.client, "Next", NDIS, circle.first, last)
        proposals.add_line(work, draft, circle.line(SHOWER, None, Money(70_00), support="self_care"))
    overview = person.open(f"/people/{circle.client.id}")
    first, after = _lasts_of(before), _lasts_of(overview.text)
    assert first == after  # a draft moves nothing that was agreed
    (beside,) = overview.page.xpath("//section[@id='lasts']//a[contains(., 'In the draft')]")
    assert beside.get("href") == f"/people/{circle.client.id}/proposals/{draft.id}"
    assert "more" in beside.text_content()
    assert LASTS not in drawn(person, circle)  # the funding page draws what was agreed, too


def _lasts_of(text: str) -> str:
    """The day that leads the overview."""
    return text.split("Your money lasts until")[1].split("How?")[0]
