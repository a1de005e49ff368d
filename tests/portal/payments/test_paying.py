"""From being asked to a receipt, through HTTP, at the stand-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from litestar.testing import TestClient

from budgeting.money import dollars
from portal.payments import commands, gateway, queries
from portal.payments.states import AttemptState, PaymentState
from portal.work import NeedsStepUp, Refusal
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.payments.conftest import Story

Portal = TestClient[Any]


def test_a_lead_asks_and_the_client_sees_exactly_what_is_asked_by_whom_and_when(story: Story, person: Person) -> None:
    signed_in(person, story.lead).open(f"/people/{story.client.id}/payments")
    person.send("ask", amount="86.40", purpose="Your part of cleaning in September", due="2031-10-14")
    assert person.status == 200
    margaret = signed_in(person.another(), story.margaret).open(f"/people/{story.client.id}/payments")
    assert "$86.40" in margaret.text
    margaret.follow("Your part of cleaning")
    for words in (
        "$86.40",
        "Your part of cleaning in September",
        "14 October 2031",
        "Priya Nair",
        "Asked, not paid yet",
    ):
        assert words in margaret.text


def test_a_day_that_is_past_or_an_amount_that_is_too_small_is_not_asked_for(story: Story, person: Person) -> None:
    signed_in(person, story.lead).open(f"/people/{story.client.id}/payments")
    person.send("ask", amount="86.40", purpose="Cleaning", due="2020-01-01")
    assert (person.status, "Choose today or a later day." in person.text) == (422, True)
    person.send("ask", amount="0.50", due="2031-01-01")
    assert (person.status, "Use an amount from $1.00" in person.text) == (422, True)


def test_paying_needs_the_password_again(story: Story, person: Person) -> None:
    asked = story.asked()
    signed_in(person, story.margaret).open(story.address(asked))
    story.later()
    person.send("pay")
    assert person.status == 422
    assert not story.service.standin.sessions
    assert "Type your password" in person.text
    with acting(story.coplan, story.margaret, confirmed=False) as work:
        found = queries.contribution(work, story.client.id, asked.id)
        page = gateway.open_page(story.coplan.settings, queries.order(work, found, 1))
        with pytest.raises(NeedsStepUp):
            commands.begin(work, found, 1, page)


def test_what_is_paid_comes_from_our_record_and_counts_when_the_service_says_so(
    story: Story, person: Person, portal: Portal
) -> None:
    asked = story.asked("86.40")
    url = story.paying(person, asked)
    (session,) = story.service.standin.sessions.values()
    assert (session["amount_total"], session["currency"]) == (8640, "aud")
    assert "Cleaning" not in str(session)
    back = story.service.press(url, "card")
    person.open(urlsplit(back).path)
    assert "We are checking" in person.text
    assert story.state(asked) is PaymentState.ASKED
    assert story.deliver(portal, story.service.messages[0]) == 200
    assert story.state(asked) is PaymentState.PAID
    assert "The money has arrived" in person.open(urlsplit(back).path).text
    person.follow("Receipt")
    assert "$86.40 paid on" in person.text


def test_someone_who_comes_back_can_have_us_look_without_a_message(story: Story, person: Person) -> None:
    asked = story.asked()
    back = story.service.press(story.paying(person, asked), "card")
    person.open(urlsplit(back).path).send("check")
    assert "The money has arrived" in person.text
    assert story.state(asked) is PaymentState.PAID


def test_coming_back_without_paying_leaves_everything_as_it_was(story: Story, person: Person) -> None:
    asked = story.asked()
    url = story.paying(person, asked)
    left = story.service.press(url, "cancel")
    person.open(urlsplit(left).path)
    assert "A payment page was opened" in person.text
    assert story.state(asked) is PaymentState.ASKED


def test_pressing_pay_twice_leads_to_the_same_payment_page(story: Story, person: Person) -> None:
    asked = story.asked(payer=story.son)
    mine = story.paying(person, asked)
    assert story.paying(person.another(), asked, story.son) == mine


def test_a_bank_payment_is_on_its_way_until_it_arrives(story: Story, person: Person, portal: Portal) -> None:
    asked = story.asked()
    story.service.press(story.paying(person, asked), "bank")
    story.deliver(portal, story.service.messages.pop())
    assert story.state(asked) is PaymentState.ON_ITS_WAY
    person.open(story.address(asked))
    assert "On its way, not arrived yet" in person.text
    assert not person.page.xpath("//form[@id='pay']")
    story.service.standin.arrive(next(iter(story.service.standin.sessions)))
    story.deliver(portal, story.service.messages.pop())
    assert story.state(asked) is PaymentState.PAID


def test_a_payment_that_fails_is_said_so_and_can_be_tried_again(story: Story, person: Person, portal: Portal) -> None:
    asked = story.asked()
    first = story.paying(person, asked)
    story.service.press(first, "fail")
    for message in story.service.messages:
        story.deliver(portal, message)
    assert "did not go through" in person.open(story.address(asked)).text
    second = story.paying(person.another(), asked)
    assert second != first
    story.service.press(second, "card")
    story.deliver(portal, story.service.messages[-1])
    assert story.state(asked) is PaymentState.PAID


def test_a_payment_page_that_expired_gives_way_to_a_new_one(story: Story, person: Person, portal: Portal) -> None:
    asked = story.asked()
    first = story.paying(person, asked)
    story.service.standin.expire(next(iter(story.service.standin.sessions)))
    story.deliver(portal, story.service.messages[-1])
    assert story.state(asked) is PaymentState.ASKED
    assert story.paying(person.another(), asked) != first


def test_what_is_no_longer_asked_for_cannot_be_paid_any_more(story: Story, person: Person) -> None:
    asked = story.asked()
    url = story.paying(person, asked)
    lead = signed_in(person.another(), story.lead).open(story.address(asked))
    lead.send("cancel")
    assert "This is no longer asked for." in lead.text
    assert "Let the payment fail" not in httpx.get(url).text
    assert story.state(asked) is PaymentState.CANCELLED
    assert not person.open(story.address(asked)).page.xpath("//form[@id='pay']")


def test_when_the_payment_service_is_away_nothing_is_lost_and_it_is_said(story: Story, person: Person) -> None:
    asked = story.asked()
    story.service.standin.key = "sk_test_another"  # it does not know us any more
    signed_in(person, story.margaret).open(story.address(asked)).send("pay")
    assert (person.status, "Nothing was paid" in person.text) == (422, True)
    assert story.state(asked) is PaymentState.ASKED


def test_a_paid_contribution_is_not_asked_back(story: Story, person: Person, portal: Portal) -> None:
    asked = story.asked()
    story.service.press(story.paying(person, asked), "card")
    story.deliver(portal, story.service.messages[0])
    with pytest.raises(Refusal), acting(story.coplan, story.lead) as work:
        commands.cancel(work, queries.contribution(work, story.client.id, asked.id))


def test_the_same_order_asked_for_twice_is_one_page_at_the_service(story: Story) -> None:
    asked = story.asked()
    with acting(story.coplan, story.margaret) as work:
        order = queries.order(work, queries.contribution(work, story.client.id, asked.id), 1)
    first, second = (gateway.open_page(story.coplan.settings, order) for _ in range(2))
    assert first == second
    assert (first.state, first.minor) == (AttemptState.OPEN, dollars("86.40").minor)


def test_the_pay_page_says_in_the_payers_language_that_no_money_moves(story: Story, person: Person) -> None:
    url = story.paying(person, story.asked())
    english, arabic = httpx.get(url).text, httpx.get(f"{url}?lang=ar").text
    assert "No money moves here" in english
    assert 'dir="rtl"' in arabic


def test_a_contribution_that_is_late_comes_first_in_what_is_next(story: Story, person: Person) -> None:
    story.asked()
    with acting(story.coplan, story.lead) as work:
        commands.ask(work, story.client, dollars("10"), "Garden", work.day + timedelta(days=1), None)
    text = signed_in(person, story.margaret).open(f"/people/{story.client.id}").text
    assert "Pay the contribution of $10.00" in text
