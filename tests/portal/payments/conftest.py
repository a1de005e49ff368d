"""A portal that pays at the stand-in, over real HTTP; its messages wait until a test hands them over."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from litestar.testing import TestClient
from sqlalchemy import update

from budgeting.money import dollars
from portal.access.table import Relationship, Resource
from portal.accounts.model import Account, SignIn
from portal.app import Coplan
from portal.payments import commands, queries
from portal.payments.model import Contribution
from portal.payments.standin import StandIn, server
from portal.payments.states import PaymentState
from portal.people.model import Client
from portal.settings import Settings
from tests.builders import PASSWORD, a_client, a_consent, a_tie, acting, an_account, reading, signed_in
from tests.person import ADDRESS, Person

KEY, SECRET = "sk_test_of_the_tests", "whsec_of_the_tests"


@dataclass
class Service:
    """The stand-in and what it wants to tell the portal."""

    standin: StandIn
    messages: list[tuple[bytes, str]] = field(default_factory=list)

    def press(self, url: str, button: str) -> str:
        """Press a button of a pay page in a browser; returns where it leads."""
        answer = httpx.post(url, data={"do": button}, follow_redirects=False)
        return str(answer.headers["location"])


@pytest.fixture
def service() -> Iterator[Service]:
    """The stand-in, listening."""
    listening = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    made = Service(StandIn(base, KEY, SECRET, lambda body, signature: made.messages.append((body, signature))))
    running = server(listening, made.standin)
    threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
    yield made
    running.shutdown()
    running.server_close()


@pytest.fixture
def database(database: Settings, service: Service) -> Settings:
    """The usual fresh database, with the stand-in as its payment service."""
    return replace(
        database,
        stripe_key=KEY,
        stripe_webhook_secrets=("whsec_of_last_year", SECRET),
        stripe_api_base=service.standin.base,
    )


@dataclass
class Story:
    """Margaret, her lead, her son who may pay, and a brother who may not."""

    coplan: Coplan
    service: Service
    margaret: Account
    lead: Account
    son: Account
    brother: Account
    client: Client

    def asked(self, amount: str = "86.40", payer: Account | None = None) -> Contribution:
        """A contribution the lead asks for."""
        with acting(self.coplan, self.lead) as work:
            due = work.day + timedelta(days=14)
            return commands.ask(work, self.client, dollars(amount), "Cleaning", due, payer.id if payer else None)

    def address(self, contribution: Contribution) -> str:
        return f"/people/{self.client.id}/payments/{contribution.id}"

    def state(self, contribution: Contribution) -> PaymentState:
        with reading(self.coplan, self.lead) as work:
            return queries.contribution(work, self.client.id, contribution.id).state

    def paying(self, person: Person, contribution: Contribution, account: Account | None = None) -> str:
        """Go to the payment page as Margaret (or somebody); returns its address."""
        signed_in(person, account or self.margaret).open(self.address(contribution))
        form = person.form("pay")
        fields = {**dict(form.form_values()), "_password": PASSWORD}
        person.client.cookies = person.cookies
        headers = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
        answer = person.client.post(form.get("action"), data=fields, headers=headers, follow_redirects=False)
        assert answer.status_code == 303, answer.text[:500]
        return str(answer.headers["location"])

    def later(self) -> None:
        """Let some time pass since everybody typed their password."""
        with self.coplan.open_work() as work:
            work.session.execute(update(SignIn).values(stepped_up_at=None))

    def deliver(self, portal: TestClient[Any], message: tuple[bytes, str]) -> int:
        """Hand one message to the portal, as the payment service would; returns the status of the answer."""
        body, signature = message
        headers = {"stripe-signature": signature, "content-type": "application/json"}
        return portal.post("/stripe/webhook", content=body, headers=headers).status_code


@pytest.fixture
def story(coplan: Coplan, service: Service) -> Story:
    """The people of these tests."""
    with coplan.open_work() as work:
        margaret = an_account(work, "Margaret Walsh")
        lead, son, brother = (an_account(work, name) for name in ("Priya Nair", "Tom Walsh", "Ian Walsh"))
        client = a_client(work, "Margaret Walsh", account=margaret)
        a_tie(work, client, Relationship.LEAD, lead)
        a_consent(work, a_tie(work, client, Relationship.FAMILY, son), Resource.PAYMENT, comments=True)
        a_consent(work, a_tie(work, client, Relationship.FAMILY, brother), Resource.PLAN, comments=True)
    return Story(coplan, service, margaret, lead, son, brother, client)
