"""Who sees which part of a contribution, and who cannot even tell that there is one."""

from __future__ import annotations

import pytest

from portal.accounts.model import OrganisationKind, Role
from portal.payments import commands, queries
from portal.work import NotVisible, Refusal
from tests.builders import acting, an_organisation, reading, signed_in, somebody_at
from tests.person import Person
from tests.portal.payments.conftest import Story


def test_a_payer_sees_the_amount_and_not_what_it_is_for_nor_the_rest(story: Story, person: Person) -> None:
    story.asked("86.40")
    asked = story.asked("21.50", payer=story.son)
    signed_in(person, story.son).open("/paying")
    assert "$21.50" in person.text
    person.open(story.address(asked))
    assert "$21.50" in person.text
    assert "Cleaning" not in person.text
    person.open(f"/people/{story.client.id}/payments")
    assert "$21.50" in person.text
    assert "$86.40" not in person.text
    assert "Cleaning" not in person.text
    assert person.open(f"/people/{story.client.id}").status == 404


def test_what_somebody_else_is_asked_to_pay_is_not_what_she_has_to_pay(story: Story, person: Person) -> None:
    story.asked("86.40")
    story.asked("21.50", payer=story.son)
    page = signed_in(person, story.margaret).open(f"/people/{story.client.id}/payments").page
    stats = [" ".join(one.text_content().split()) for one in page.find_class("stat")]
    assert [one.partition("$")[2][:5] for one in stats] == ["86.40", "21.50", "0.00 "]


def test_a_payer_pays(story: Story, person: Person) -> None:
    asked = story.asked("21.50", payer=story.son)
    assert story.paying(person, asked, story.son).startswith(story.service.standin.base)


def test_a_brother_without_that_consent_sees_nothing(story: Story, person: Person) -> None:
    asked = story.asked()
    signed_in(person, story.brother)
    for address in (f"/people/{story.client.id}/payments", story.address(asked), f"{story.address(asked)}/receipt"):
        assert person.open(address).status == 404
    assert "Nobody asks you to pay" in person.open("/paying").text
    with pytest.raises(NotVisible), reading(story.coplan, story.brother, confirmed=True) as work:
        queries.payable(work, asked.id)


def test_the_son_sees_nothing_of_what_he_is_not_asked_to_pay(story: Story, person: Person) -> None:
    asked = story.asked()
    signed_in(person, story.son)
    assert person.open(story.address(asked)).status == 404
    assert person.open(f"/people/{story.client.id}/payments").status == 404


def test_nobody_is_asked_to_pay_whom_the_client_did_not_let_pay(story: Story) -> None:
    with pytest.raises(Refusal):
        story.asked(payer=story.brother)


def test_a_lead_asks_and_does_not_pay(story: Story) -> None:
    asked = story.asked()
    with pytest.raises(NotVisible), reading(story.coplan, story.lead, confirmed=True) as work:
        queries.payable(work, asked.id)


def test_a_client_pays_and_does_not_ask(story: Story) -> None:
    with pytest.raises(NotVisible), acting(story.coplan, story.margaret) as work:
        commands.ask(work, story.client, commands.SMALLEST, "Cleaning", work.day, None)


def test_the_administrator_sees_sums_without_names_and_purposes(story: Story, person: Person) -> None:
    asked = story.asked("86.40")
    with story.coplan.open_work() as work:
        office = an_organisation(work, "Harbour", OrganisationKind.COORDINATION)
        sam = somebody_at(work, office, "Sam Taylor", Role.ADMINISTRATOR)
    signed_in(person, sam).open("/payments")
    assert "$86.40" in person.text
    assert "Margaret" not in person.text
    assert "Cleaning" not in person.text
    assert person.open(story.address(asked)).status == 404


def test_the_page_of_sums_is_not_for_others(story: Story, person: Person) -> None:
    for account in (story.margaret, story.lead, story.brother):
        assert signed_in(person.another(), account).open("/payments").status == 404
