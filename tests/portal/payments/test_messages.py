"""What the payment service says: genuine or not, once or twice, in any order, fitting or not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import func, select

from portal.access.scope import unscoped
from portal.jobs import run_now
from portal.payments import gateway, queries
from portal.payments.model import News, Transfer
from portal.payments.standin import signature
from portal.payments.states import Mismatch, PaymentState
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.payments.conftest import KEY, SECRET, Story

Portal = TestClient[Any]
NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)
MESSAGE = json.dumps({"id": "evt_1", "type": "checkout.session.completed", "data": {"object": {"id": "cs_1"}}}).encode()


def counted(story: Story, model: type[Any]) -> int:
    with story.coplan.open_reading() as work:
        return work.session.scalar(unscoped(select(func.count()).select_from(model), "a test counts")) or 0


def parked(story: Story) -> list[Mismatch | None]:
    with story.coplan.open_reading() as work:
        return [news.why for news in work.session.scalars(select(News))]


def pressed(story: Story, person: Person, button: str = "card") -> Any:
    asked = story.asked()
    story.service.press(story.paying(person, asked), button)
    return asked


def test_the_same_message_twice_counts_once(story: Story, person: Person, portal: Portal) -> None:
    asked = pressed(story, person)
    (message,) = story.service.messages
    assert [story.deliver(portal, message) for _ in range(2)] == [200, 200]
    assert story.state(asked) is PaymentState.PAID
    assert (counted(story, News), counted(story, Transfer)) == (1, 2)  # asked, paid


def test_two_messages_about_one_payment_move_money_once(story: Story, person: Person, portal: Portal) -> None:
    pressed(story, person)
    body = json.loads(story.service.messages[0][0])
    another = json.dumps({**body, "id": "evt_another", "type": "checkout.session.async_payment_succeeded"}).encode()
    at = int(datetime.now(UTC).timestamp())
    for message in (story.service.messages[0], (another, signature(another, SECRET, at))):
        assert story.deliver(portal, message) == 200
    assert (counted(story, News), counted(story, Transfer)) == (2, 2)


def test_a_forged_message_is_refused_and_leaves_no_trace(story: Story, person: Person, portal: Portal) -> None:
    asked = pressed(story, person)
    body, signed = story.service.messages[0]
    at = int(datetime.now(UTC).timestamp())
    forgeries = [
        (body, signature(body, "whsec_guessed", at)),
        (body.replace(b"completed", b"completeD"), signed),
        (body, ""),
        (body, "t=1,v1="),
        (b"\xff\xfe", signed),
    ]
    assert {story.deliver(portal, forgery) for forgery in forgeries} == {403}
    assert story.state(asked) is PaymentState.ASKED
    assert counted(story, News) == 0


@pytest.mark.parametrize("seconds,genuine", [(0, True), (299, True), (-299, True), (301, False), (-301, False)])
def test_a_message_is_good_for_five_minutes_either_way(story: Story, seconds: int, genuine: bool) -> None:
    signed = signature(MESSAGE, SECRET, int(NOON.timestamp()) + seconds)
    if genuine:
        found = gateway.genuine(story.coplan.settings, MESSAGE, signed, NOON)
        assert found == gateway.Message("evt_1", "checkout.session.completed", "cs_1")
    else:
        with pytest.raises(gateway.NotGenuine):
            gateway.genuine(story.coplan.settings, MESSAGE, signed, NOON)


@pytest.mark.parametrize("secrets", [(), ("",), (" ",)])
def test_without_a_secret_every_message_is_refused(story: Story, secrets: tuple[str, ...]) -> None:
    settings = replace(story.coplan.settings, stripe_webhook_secrets=secrets)
    for secret in ("", " "):
        with pytest.raises(gateway.NotGenuine):
            gateway.genuine(settings, MESSAGE, signature(MESSAGE, secret, int(NOON.timestamp())), NOON)


def test_a_kind_of_message_we_do_not_know_is_answered_and_forgotten(story: Story, portal: Portal) -> None:
    body = MESSAGE.replace(b"checkout.session.completed", b"customer.created")
    signed = signature(body, SECRET, int(datetime.now(UTC).timestamp()))
    assert story.deliver(portal, (body, signed)) == 200
    assert counted(story, News) == 0


@pytest.mark.parametrize("body", [b"[" * 50_000, b'{"id":' * 50_000])
def test_a_signed_message_nested_beyond_reading_is_refused(story: Story, portal: Portal, body: bytes) -> None:
    signed = signature(body, SECRET, int(datetime.now(UTC).timestamp()))
    assert story.deliver(portal, (body, signed)) == 403
    assert counted(story, News) == 0


def test_a_signed_message_of_no_time_there_is_is_refused(story: Story, portal: Portal) -> None:
    assert story.deliver(portal, (MESSAGE, signature(MESSAGE, SECRET, 10**15))) == 403


def test_messages_in_the_wrong_order_lead_to_the_same_end(story: Story, person: Person, portal: Portal) -> None:
    asked = pressed(story, person, "fail")
    for message in reversed(story.service.messages):
        assert story.deliver(portal, message) == 200
    assert story.state(asked) is PaymentState.FAILED
    assert parked(story) == [None, None]


@pytest.mark.parametrize(
    "changed,why",
    [
        ({"amount_total": 1}, Mismatch.AMOUNT),
        ({"currency": "usd"}, Mismatch.CURRENCY),
        ({"livemode": True}, Mismatch.MODE),
        ({"client_reference_id": "7f2c7d0e-33f2-4a0f-9a69-0f3f0c6f1c11"}, Mismatch.REFERENCE),
        ({"metadata": {}}, Mismatch.UNKNOWN),
    ],
)
def test_what_does_not_fit_our_record_waits_for_a_person(
    story: Story, person: Person, portal: Portal, changed: dict[str, Any], why: Mismatch
) -> None:
    asked = pressed(story, person)
    next(iter(story.service.standin.sessions.values())).update(changed)
    assert story.deliver(portal, story.service.messages[0]) == 200
    assert story.state(asked) is PaymentState.ASKED
    assert parked(story) == [why]
    assert counted(story, Transfer) == 1


def test_the_lead_sees_that_a_payment_needs_a_person_and_the_client_does_not(
    story: Story, person: Person, portal: Portal
) -> None:
    pressed(story, person)
    next(iter(story.service.standin.sessions.values())).update(amount_total=1)
    story.deliver(portal, story.service.messages[0])
    page = f"/people/{story.client.id}/payments"
    assert "another amount" in signed_in(person.another(), story.lead).open(page).text
    assert "another amount" not in person.open(page).text


def test_a_payment_for_what_is_no_longer_asked_is_not_swallowed(story: Story, person: Person, portal: Portal) -> None:
    asked = pressed(story, person)
    with acting(story.coplan, story.lead) as work:
        from portal.payments import commands

        commands.cancel(work, queries.contribution(work, story.client.id, asked.id))
    assert story.state(asked) is PaymentState.CANCELLED
    assert Mismatch.NOT_ASKED in parked(story)


def test_the_nightly_look_finds_a_payment_whose_message_never_arrived(story: Story, person: Person) -> None:
    asked = pressed(story, person)
    run_now("payments.reconcile", {}, story.coplan)
    assert story.state(asked) is PaymentState.PAID


def test_the_nightly_look_settles_what_fits_by_now(story: Story, person: Person, portal: Portal) -> None:
    asked = pressed(story, person)
    session = next(iter(story.service.standin.sessions.values()))
    session.update(amount_total=1)
    story.deliver(portal, story.service.messages[0])
    session.update(amount_total=8640)
    run_now("payments.reconcile", {}, story.coplan)
    assert story.state(asked) is PaymentState.PAID
    assert parked(story) == [None]


def test_a_page_that_was_made_but_never_noted_is_found_by_its_message(story: Story, portal: Portal) -> None:
    asked = story.asked()
    with reading(story.coplan, story.lead) as work:
        order = queries.order(work, queries.contribution(work, story.client.id, asked.id), 1)
    page = gateway.open_page(story.coplan.settings, order)  # and then the power went
    assert page.url
    story.service.press(page.url, "card")
    story.deliver(portal, story.service.messages[0])
    assert story.state(asked) is PaymentState.PAID


def test_the_stand_in_answers_nobody_without_the_key(story: Story) -> None:
    stranger = replace(story.coplan.settings, stripe_key=f"{KEY}x")
    with pytest.raises(gateway.Away):
        list(gateway.pages_since(stranger, NOON - timedelta(days=9000)))
