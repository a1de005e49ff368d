"""The pages of payments: what is asked, paying it, coming back, a receipt; and the payment service's messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.money import Money
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.accounts.queries import called
from portal.payments import commands, gateway, queries
from portal.payments.model import Contribution
from portal.payments.rows import Row, by_state, parked, row, table
from portal.payments.states import OPEN, AttemptState, PaymentState
from portal.people import queries as people
from portal.site import forms
from portal.site.guard import Forged
from portal.site.incoming import Incoming
from portal.site.page import File, Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

AWAY = words("The payment page cannot be reached just now. Nothing was paid. Try again in a few minutes.")
NOT_SET_UP = words("Paying by card is not set up here yet. Nothing was paid. Talk with whoever asked.")


@get("/people/{client_id:uuid}/payments", access=(Resource.PAYMENT, Action.READ))
def payments(work: Work, client_id: UUID) -> View:
    """What was asked of one client, or of someone who pays for them."""
    seen = queries.reading(work, client_id)
    found = queries.contributions(work, client_id)
    waiting = [one for one in found if one.state in OPEN]
    theirs = [one for one in waiting if one.payer_id not in (None, work.account_id)]
    values = {
        "table": table(_rows(work, seen, found)),
        "whole": seen.whole,
        "name": seen.name,
        "own": bool(seen.client and people.is_own(work, seen.client)),
        "to_pay": queries.together(words("To pay"), [one for one in waiting if one not in theirs]),
        "others_pay": queries.together(words("Others are asked to pay"), theirs) if theirs else None,
        "paid": queries.together(words("Paid so far"), [one for one in found if one.state is PaymentState.PAID]),
        "asks": seen.client is not None and work.can(Resource.PAYMENT, Action.WRITE, client_id),
        "payers": [(id_, name.text) for id_, name in queries.may_pay(work, seen.client).items()] if seen.client else [],
        "parked": [parked(news) for news in queries.parked_of(work, client_id)],
        "base": f"/people/{client_id}/payments",
    }
    return View("payments/payments.html", values, client=seen.client)


def _rows(work: Work, seen: queries.Reading, found: Any) -> list[Row]:
    names = called(work, [id_ for one in found for id_ in (one.asked_by, one.payer_id)])
    today = work.today(seen.client) if seen.client else work.day
    return [row(one, seen.whole, names, seen.name, today) for one in found]


@dataclass(frozen=True)
class AskForm:
    amount: Money = forms.money()
    purpose: str = forms.text(200)
    due: date = forms.day()
    payer: UUID | None = forms.record_id(required=False)


@post("/people/{client_id:uuid}/payments", access=(Resource.PAYMENT, Action.WRITE), form=AskForm, view=payments)
def ask(work: Work, form: AskForm, client_id: UUID) -> Stay:
    """Ask for a contribution."""
    client = people.client(work, client_id)
    commands.ask(work, client, form.amount, form.purpose, form.due, form.payer)
    return Stay(words("Asked. Whoever pays gets a message."))


@get("/people/{client_id:uuid}/payments/{payment_id:uuid}", access=(Resource.PAYMENT, Action.READ))
def payment(work: Work, client_id: UUID, payment_id: UUID) -> View:
    """One contribution: what is asked, by whom, how it stands, and what happens next."""
    found, values, seen = _one(work, client_id, payment_id)
    values["pays"] = work.can(Resource.PAYMENT, Action.APPROVE, client_id, found)
    values["asks"] = seen.client is not None and work.can(Resource.PAYMENT, Action.WRITE, client_id, found)
    values["opened"] = _opened(work, found)
    return View("payments/payment.html", values, client=seen.client)


def _one(work: Work, client_id: UUID, payment_id: UUID) -> tuple[Contribution, dict[str, Any], queries.Reading]:
    seen = queries.reading(work, client_id)
    found = queries.contribution(work, client_id, payment_id)
    (shown,) = _rows(work, seen, [found])
    return found, {"p": shown, "name": seen.name, "base": f"/people/{client_id}/payments"}, seen


def _opened(work: Work, found: Contribution) -> Any:
    """When a payment page was opened that is not finished, so that nobody takes it for a payment."""
    attempt = queries.latest_attempt(work, found)
    return attempt.started_at if attempt and attempt.state is AttemptState.OPEN and found.state in OPEN else None


# Paying


@dataclass(frozen=True)
class PayForm:
    contribution: UUID = forms.record_id()


def open_page(work: Work, form: PayForm) -> tuple[int, gateway.Page]:
    """The payment page to go to, asked for before anything is written: the one that is open, else a new one."""
    contribution = queries.payable(work, form.contribution)
    contribution.must_be_payable()
    settings, attempt = work.house.settings, queries.latest_attempt(work, contribution)
    try:
        if attempt and attempt.state is AttemptState.OPEN:
            page = gateway.look_up(settings, attempt.session_id)
            if page.state is AttemptState.OPEN:
                return attempt.number, page
            if page.state is not AttemptState.EXPIRED:
                raise Refusal(words("A payment has been made here already. Look again in a minute."))
        number = attempt.number + 1 if attempt else 1
        return number, gateway.open_page(settings, queries.order(work, contribution, number))
    except (gateway.Away, gateway.Missing):
        raise Refusal(AWAY) from None
    except gateway.NotSetUp:
        raise Refusal(NOT_SET_UP) from None


@post(
    "/people/{client_id:uuid}/payments/{payment_id:uuid}/pay",
    access=(Resource.PAYMENT, Action.APPROVE),
    form=PayForm,
    view=payment,
    prepare=open_page,
)
def pay(work: Work, form: PayForm, prepared: tuple[int, gateway.Page], client_id: UUID, payment_id: UUID) -> Go:
    """Go to the payment page."""
    number, page = prepared
    found = queries.contribution(work, client_id, payment_id, Action.APPROVE)
    if form.contribution != found.id or page.contribution != found.id or not page.url:
        raise NotVisible
    commands.begin(work, found, number, page)
    return Go(page.url, away=True)


@get("/people/{client_id:uuid}/payments/{payment_id:uuid}/returned", access=(Resource.PAYMENT, Action.READ))
def returned(work: Work, client_id: UUID, payment_id: UUID) -> View:
    """Back from the payment page. Being here proves nothing: the state is what the payment service has told us."""
    found, values, seen = _one(work, client_id, payment_id)
    values["checking"] = bool(_opened(work, found))
    return View("payments/returned.html", values, fragment="payments/_returned.html", client=seen.client)


def look_up(work: Work, form: PayForm) -> gateway.Page | None:
    """How the last payment page stands, asked for before anything is written."""
    found = queries.seen(work, form.contribution)
    attempt = queries.latest_attempt(work, found) if found else None
    if attempt is None:
        return None
    try:
        return gateway.look_up(work.house.settings, attempt.session_id)
    except (gateway.Away, gateway.Missing, gateway.NotSetUp):
        raise Refusal(words("We cannot reach the payment service just now. Look again in a few minutes.")) from None


@post(
    "/people/{client_id:uuid}/payments/{payment_id:uuid}/check",
    access=(Resource.PAYMENT, Action.READ),
    form=PayForm,
    view=returned,
    prepare=look_up,
)
def check(work: Work, form: PayForm, prepared: gateway.Page | None, client_id: UUID, payment_id: UUID) -> Stay:
    """Ask the payment service now, instead of waiting for its message."""
    found = queries.contribution(work, client_id, payment_id)
    if prepared and prepared.contribution == found.id:
        commands.reconciled(work, prepared)
    return Stay()


@get("/people/{client_id:uuid}/payments/{payment_id:uuid}/receipt", access=(Resource.PAYMENT, Action.READ))
def receipt(work: Work, client_id: UUID, payment_id: UUID) -> View:
    """Proof of a payment, to print."""
    found, values, seen = _one(work, client_id, payment_id)
    if found.state is not PaymentState.PAID:
        raise NotVisible
    return View("payments/receipt.html", values, client=seen.client)


@post(
    "/people/{client_id:uuid}/payments/{payment_id:uuid}/cancel",
    access=(Resource.PAYMENT, Action.WRITE),
    view=payment,
)
def cancel(work: Work, client_id: UUID, payment_id: UUID) -> Stay:
    """Stop asking."""
    commands.cancel(work, queries.contribution(work, client_id, payment_id, Action.WRITE))
    return Stay(words("This is no longer asked for."))


# What someone is asked to pay for others, and how everything stands together


@get("/paying", access=(Resource.ACCOUNT, Action.READ))
def paying(work: Work) -> View:
    """What the reader is asked to pay for other people: amounts, and nothing else of their record."""
    found = queries.asked_of_me(work)
    names = called(work, [id_ for one, _ in found for id_ in (one.asked_by, one.payer_id)])
    return View(
        "payments/paying.html",
        {"rows": [(row(one, False, names, name, work.day), name) for one, name in found]},
    )


@get("/payments", access=(Resource.PAYMENT, Action.READ))
def reconciliation(work: Work) -> View:
    """How ledger and payment service stand together, in numbers."""
    found = queries.reconciliation(work)
    values = {
        "table": by_state(found.by_state),
        "owed": found.owed,
        "clearing": found.clearing,
        "waiting": found.waiting,
        "parked": [(news.heard_at, parked(news), news.session_id) for news in found.parked],
    }
    return View("payments/reconciliation.html", values)


@post("/stripe/webhook", raw=True)
def webhook(work: Work, incoming: Incoming) -> File:
    """A message of the payment service: kept once, worked through later. Anything not genuine is refused."""
    signature = incoming.headers.get("stripe-signature", "")
    try:
        message = gateway.genuine(work.house.settings, incoming.body, signature, work.now)
    except gateway.NotGenuine:
        raise Forged from None
    if message is not None:
        commands.hear(work, message)
    return File("heard.txt", b"heard", "text/plain; charset=utf-8")
