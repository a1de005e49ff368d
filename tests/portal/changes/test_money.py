"""How the money goes down is drawn from the plan in force, with every change that was agreed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from budgeting.money import Money
from budgeting.package import Management
from portal.access.table import Relationship, Resource
from portal.accounts.model import OrganisationKind, Role
from portal.app import Coplan
from portal.funding import commands as funding, queries as funding_queries
from portal.funding.terms import NDIS, Letter, Terms
from portal.proposals import commands as proposals
from tests.builders import a_consent, a_tie, acting, an_organisation, signed_in, somebody_at
from tests.clock import stands_still
from tests.person import Person
from tests.portal.changes.asking import SHOWER, asked, everybody_agrees, parties
from tests.portal.plans.people import Circle, a_circle

AFTERWARDS = Money(16 * 140_00)  # sixteen visits of two hours at $70; at $71.13 they are $36.16 more
LASTS = "The money lasts to the end, and $0.00 is left."


def with_money(circle: Circle, management: Management = Management.SELF) -> Circle:
    """One support at $71.13 an hour, and money for it at $70 an hour."""
    with acting(circle.coplan, circle.mei) as work:
        plan = funding.type_letter(work, circle.client, Letter(NDIS, circle.first, circle.first + timedelta(days=55)))
        funding.add_part(work, plan, Terms("Core supports", management, ("01", "04"), AFTERWARDS, key="core"))
    circle.accepted(circle.line(SHOWER, circle.sunrise, Money(71_13), support="self_care"))
    return circle


def with_therapy(coplan: Coplan) -> Circle:
    """The same, with a part of the funding for therapy that pays for nothing yet."""
    circle = with_money(a_circle(coplan))
    with acting(coplan, circle.mei) as work:
        plan, *_ = funding_queries.letters(work, circle.client)
        funding.add_part(work, plan, Terms("Therapy", Management.SELF, ("15",), Money(5_000_00), key="daily"))
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


def test_the_overview_is_silent_about_money_whose_funding_is_over(
    coplan: Coplan, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle, now = with_money(a_circle(coplan)), datetime.now(UTC)
    for days, said in ((55, True), (56, False)):
        stands_still(monkeypatch, now + timedelta(days=days))
        mei = signed_in(person.another(), circle.mei).open(f"/people/{circle.client.id}")
        assert bool(mei.page.xpath("//section[@id='lasts']")) is said


def test_the_card_says_what_a_change_leaves_of_the_funding(coplan: Coplan, person: Person) -> None:
    circle = with_money(a_circle(coplan))
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"price": Money(69_00)}))
    card = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}/card").text
    assert "Left of the funding at its end" in card
    assert "$32.00" in card, "sixteen visits of two hours at a dollar less than there is money for"


def test_a_change_that_one_part_of_the_funding_cannot_pay_says_so_instead_of_adding_up_what_other_parts_hold(
    coplan: Coplan, person: Person
) -> None:
    circle = with_therapy(coplan)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"price": Money(80_00)}))
    here = f"/people/{circle.client.id}/changes/{change}"
    for address in (here, f"{here}/card"):
        costs = signed_in(person, circle.mei).open(address).text.split("What it costs")[1].split("Who")[0]
        assert "$320.00 is missing up to the end." in costs, "sixteen visits of two hours at ten dollars too much"
        assert "$4,680.00" not in costs, "what therapy holds pays for no shower"


def test_a_part_that_reaches_only_after_a_change_stands_beside_the_same_part_before(
    coplan: Coplan, person: Person
) -> None:
    circle = with_therapy(coplan)
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"price": Money(69_00)}))
    card = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}/card").text
    left = card.split("Left of the funding at its end")[1]
    assert "is missing up to the end." in left, "before"
    assert "$32.00" in left, "sixteen visits of two hours at a dollar less than there is money for"
    assert "$5,032.00" not in left, "what therapy holds paid for no shower before either"


def test_the_card_of_a_change_that_holds_still_says_what_it_leaves(coplan: Coplan, person: Person) -> None:
    circle = with_money(a_circle(coplan))
    change = asked(circle, circle.daniel, circle.first, (SHOWER, {"price": Money(69_00)}))
    everybody_agrees(circle, change)
    card = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/changes/{change}/card").text
    assert "Holds now" in card
    assert "$32.00" in card.split("Left of the funding at its end")[1]


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
    (beside,) = overview.page.xpath("//section[@aria-labelledby='reaches']//a[contains(., 'In the draft')]")
    assert beside.get("href") == f"/people/{circle.client.id}/proposals/{draft.id}"
    assert "more" in beside.text_content()
    assert LASTS not in drawn(person, circle)  # the funding page draws what was agreed, too
    daniel = signed_in(person.another(), circle.daniel).open(f"/people/{circle.client.id}").text
    assert "Your money" not in daniel
    assert daniel.split("The money lasts until")[1].split("How?")[0] == first


def test_a_draft_whose_days_are_over_is_not_told_beside_the_plan(coplan: Coplan, person: Person) -> None:
    circle = with_money(a_circle(coplan))
    first, last = circle.first - timedelta(days=300), circle.first - timedelta(days=7)
    with acting(circle.coplan, circle.mei) as work:
        draft = proposals.start(work, circle.client, "Last year", NDIS, first, last)
        line = circle.line(SHOWER, None, Money(70_00), support="self_care")
        proposals.add_line(work, draft, replace(line, starts=first, ends=last))
    assert "In the draft" not in signed_in(person, circle.mei).open(f"/people/{circle.client.id}").text


def _lasts_of(text: str) -> str:
    """The day that leads the overview."""
    return text.split("Your money lasts until")[1].split("How?")[0]


def test_who_manages_the_money_reads_nothing_of_a_change_that_the_money_pays_for(
    coplan: Coplan, person: Person
) -> None:
    circle = with_money(a_circle(coplan), Management.PLAN)
    with coplan.open_work() as work:
        books = an_organisation(work, "Clear Books", OrganisationKind.PLAN_MANAGER)
        ben = somebody_at(work, books, "Ben Adler", Role.PLAN_MANAGER_STAFF)
        tie = a_tie(work, circle.client, Relationship.PLAN_MANAGER, books)
        for part in (Resource.BUDGET, Resource.PAYMENT, Resource.CHANGE):
            a_consent(work, tie, part)
    change = asked(circle, circle.mei, circle.first, (SHOWER, {"price": Money(70_00)}))
    assert set(parties(circle, change)) == {"mei", "amal", "sunrise", "daniel"}
    signed_in(person, ben)
    here = f"/people/{circle.client.id}/changes"
    assert [person.open(f"{here}{page}").status for page in (f"/{change}", f"/{change}/card", "/new")] == [404] * 3
    for page in (here, "/changes", "/due"):
        assert "Mei" not in person.open(page).text
    first = person.open("/").text  # names whose parts they manage, and no more
    assert "Nothing waits at the moment." in first
    assert SHOWER not in first
