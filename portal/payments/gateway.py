"""The payment service, Stripe Checkout: the only module that speaks to it. Everything here may wait on the network.

What the reader types never reaches it: amount, currency and purpose come from our own record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import stripe

from budgeting.money import Money
from portal.payments.states import AttemptState
from portal.settings import Mode, Settings

TOLERANCE = 300  #: seconds
PATIENCE = 15  # seconds to wait for an answer
LOCALES = {"en": "en", "zh-Hans": "zh"}  # the service's own page has no Arabic: there it follows the browser
HEARD = frozenset(  # the messages we act on; every other kind is answered and forgotten
    f"checkout.session.{what}" for what in ("completed", "async_payment_succeeded", "async_payment_failed", "expired")
)


class Away(Exception):
    """The payment service cannot be reached, or does not answer as agreed; nothing was paid by this call."""


class Missing(Exception):
    """The payment service does not know this payment page."""


class NotSetUp(Exception):
    """No key of a payment service is set."""


class NotGenuine(Exception):
    """A message was not sent by the payment service, or too long ago."""


@dataclass(frozen=True)
class Order:
    """What one payment page is for; ``attempt`` is the idempotency key."""

    attempt: UUID
    contribution: UUID
    amount: Money
    label: str
    language: str
    back: str  #: where the payment page leads after paying
    left: str  #: where it leads when someone leaves without paying


@dataclass(frozen=True)
class Page:
    """A payment page as it stands at the payment service now."""

    session_id: str
    url: str | None
    intent_id: str | None
    state: AttemptState
    minor: int
    currency: str
    expected_mode: bool  #: real money where we expect real money, test money where we expect that
    attempt: UUID | None
    contribution: UUID | None


@dataclass(frozen=True)
class Message:
    """A genuine message of the payment service: only which page it is about."""

    event_id: str
    kind: str
    session_id: str


def with_standin(settings: Settings) -> Settings:
    """The settings with the stand-in's key and address where no key is set and ``coplan run`` has started it.

    Another process, the worker, learns them from the data folder each time, since a new start has a new address.
    """
    if settings.stripe_key or settings.mode is Mode.PRODUCTION:
        return settings
    try:
        found = json.loads(standin_file(settings).read_text())
    except FileNotFoundError:
        return settings
    return replace(settings, stripe_key=found["key"], stripe_api_base=found["base"])


def standin_file(settings: Settings) -> Path:
    """Where the stand-in's key and address are kept while it runs."""
    return settings.data / "stand-in-address.json"


def _client(settings: Settings) -> stripe.StripeClient:
    settings = with_standin(settings)
    if not settings.stripe_key:
        raise NotSetUp
    places: Any = {"api": settings.stripe_api_base} if settings.stripe_api_base else {}
    return stripe.StripeClient(
        settings.stripe_key,
        base_addresses=places,
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=PATIENCE),
    )


def open_page(settings: Settings, order: Order) -> Page:
    """The payment page of one try; asking again with the same order gives the same page."""
    wanted: Any = {
        "mode": "payment",
        "client_reference_id": str(order.attempt),
        "success_url": order.back,
        "cancel_url": order.left,
        "locale": LOCALES.get(order.language, "auto"),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": order.amount.currency.lower(),
                    "unit_amount": order.amount.minor,
                    "product_data": {"name": order.label},
                },
            }
        ],
        "metadata": {"contribution": str(order.contribution), "language": order.language},
    }
    try:
        made = _client(settings).v1.checkout.sessions.create(wanted, {"idempotency_key": str(order.attempt)})
    except stripe.StripeError as problem:
        raise Away(str(problem.code)) from problem
    return _page(settings, made)


def look_up(settings: Settings, session_id: str) -> Page:
    """A payment page as it is now."""
    try:
        found = _client(settings).v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]})
    except stripe.InvalidRequestError as problem:
        raise Missing from problem
    except stripe.StripeError as problem:
        raise Away(str(problem.code)) from problem
    return _page(settings, found)


def close(settings: Settings, session_id: str) -> Page:
    """Close a payment page, so that nobody can pay there any more; one that is closed already stays as it is."""
    try:
        return _page(settings, _client(settings).v1.checkout.sessions.expire(session_id))
    except stripe.InvalidRequestError:
        return look_up(settings, session_id)
    except stripe.StripeError as problem:
        raise Away(str(problem.code)) from problem


def pages_since(settings: Settings, since: datetime) -> Iterator[Page]:
    """Every payment page made since then, newest first."""
    wanted: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100, "expand": ["data.payment_intent"]}
    try:
        for found in _client(settings).v1.checkout.sessions.list(wanted).auto_paging_iter():
            yield _page(settings, found)
    except stripe.StripeError as problem:
        raise Away(str(problem.code)) from problem


def _page(settings: Settings, found: Any) -> Page:
    session: dict[str, Any] = found.to_dict()
    intent = session.get("payment_intent")
    kept: dict[str, str] = session.get("metadata") or {}
    return Page(
        session_id=session["id"],
        url=session.get("url"),
        intent_id=intent["id"] if isinstance(intent, dict) else intent,
        state=_state(session, intent),
        minor=session.get("amount_total") or 0,
        currency=(session.get("currency") or "").upper(),
        expected_mode=bool(session.get("livemode")) is is_live(settings),
        attempt=_uuid(session.get("client_reference_id")),
        contribution=_uuid(kept.get("contribution")),
    )


def _state(session: dict[str, Any], intent: Any) -> AttemptState:
    """What a page's own words mean. A bank payment that failed shows only at its payment intent."""
    if session.get("status") == "expired":
        return AttemptState.EXPIRED
    if session.get("status") != "complete":
        return AttemptState.OPEN
    if session.get("payment_status") == "paid":
        return AttemptState.PAID
    failed = isinstance(intent, dict) and intent.get("status") in ("requires_payment_method", "canceled")
    return AttemptState.FAILED if failed else AttemptState.PROCESSING


def is_live(settings: Settings) -> bool:
    """Whether our key moves real money."""
    return (settings.stripe_key or "").startswith(("sk_live_", "rk_live_"))


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def genuine(settings: Settings, body: bytes, signature: str, now: datetime) -> Message | None:
    """The message in a signed request, or None for a kind we do not act on; NotGenuine when it is not theirs.

    The signature covers the raw body. One of several secrets must fit (they overlap while one is being replaced); the
    time in it may be off by 300 seconds either way.
    """
    if not any(_fits(body, signature, secret) for secret in settings.stripe_webhook_secrets if secret.strip()):
        raise NotGenuine
    parts = [part.split("=", 1)[1] for part in signature.split(",") if part.startswith("t=")]
    if abs(int(now.timestamp()) - int(parts[0])) > TOLERANCE:
        raise NotGenuine
    try:
        event = json.loads(body)
        kind, session_id, event_id = event["type"], event["data"]["object"]["id"], event["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotGenuine from None
    if kind not in HEARD:
        return None
    return Message(str(event_id)[:255], str(kind)[:100], str(session_id)[:255])


def _fits(body: bytes, signature: str, secret: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(body, signature, secret))
    except (stripe.SignatureVerificationError, ValueError):
        return False
