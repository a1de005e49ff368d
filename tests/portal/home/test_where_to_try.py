"""From the list of people a coordinator works with, "Try it" leads to where something can be tried at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgeting.money import Money
from portal.access.table import Relationship
from portal.accounts.model import Account, OrganisationKind, Role
from portal.app import Coplan
from portal.people.model import Client
from portal.proposals import commands as proposals
from tests.builders import a_client, a_tie, acting, an_account, an_organisation, signed_in, somebody_at
from tests.person import Person
from tests.portal.outlook.people import Purse, with_money
from tests.portal.plans.people import a_circle


@pytest.fixture
def mei(coplan: Coplan) -> Purse:
    """A plan in force, money for most of it, and no draft."""
    return with_money(a_circle(coplan))


def a_coordinator_of(coplan: Coplan, client: Client) -> Account:
    with coplan.open_work() as work:
        harbour = an_organisation(work, "Harbour", OrganisationKind.COORDINATION)
        priya = somebody_at(work, harbour, "Priya Nair", Role.COORDINATOR)
        a_tie(work, client, Relationship.LEAD, priya)
    return priya


def try_it(person: Person, coordinator: Account) -> str:
    """Where the link beside the only person of the list leads; the page there is open."""
    (link,) = signed_in(person, coordinator).open("/").page.xpath("//td//a[starts-with(., 'Try it')]/@href")
    person.open(link.partition("#")[0])
    assert person.status == 200
    return str(link)


def test_with_a_plan_in_force_and_no_draft_the_plan_is_tried_at_once_and_a_name_is_asked_only_to_keep_it(
    mei: Purse, person: Person
) -> None:
    circle = mei.circle
    link = try_it(person, a_coordinator_of(circle.coplan, circle.client))
    assert link == f"/people/{circle.client.id}/plan/what-if"
    (field,) = person.page.xpath("//form[@id='what-if']//input[starts-with(@name, 'finishes-')]/@name")
    person.open(f"{link}?asked=yes&{field}=10:00&{field.replace('finishes', 'begins')}=09:00&d1-{field[9:]}=yes")
    assert "$0.00" not in person.page.xpath("//*[@id='before-after']")[0].text_content()
    assert "Without this support" in person.text
    person.send("keep-tried", title="One hour")
    assert "Kept as a scenario. Nobody but you sees it until you share it." in person.text
    assert "Against the plan in force" in person.text
    assert person.page.xpath("//a[contains(@href, '/changes/new?because=scenario:')]")


def test_with_an_open_draft_it_is_the_what_ifs_of_that_draft(mei: Purse, person: Person) -> None:
    circle = mei.circle
    with acting(circle.coplan, circle.mei) as work:
        draft = proposals.start(work, circle.client, "Next", "ndis", circle.first, circle.first + timedelta(days=55))
        proposals.add_line(work, draft, circle.line("Swimming", None, Money(1_00)))
    mei.night()
    link = try_it(person, a_coordinator_of(circle.coplan, circle.client))
    assert link == f"/people/{circle.client.id}/proposals/{draft.id}/what-if"


def test_with_nothing_planned_a_draft_is_begun_there(coplan: Coplan, person: Person) -> None:
    with coplan.open_work() as work:
        noor = a_client(work, "Noor", account=an_account(work, "Noor"))
    link = try_it(person, a_coordinator_of(coplan, noor))
    assert link == f"/people/{noor.id}/proposals#begin"
    assert person.page.xpath("//*[@id='begin']//form[@id='start-proposal']")
