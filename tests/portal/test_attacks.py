"""What somebody may try by hand: forms sent again, foreign hosts, addresses that lead elsewhere, names of files."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from portal.access.scope import unscoped
from portal.accounts.model import Account
from portal.app import Coplan
from portal.goals.model import Goal
from portal.people.model import Client
from portal.site import guard
from portal.site.forms import Posted, Upload
from portal.site.page import File
from tests.builders import PASSWORD, a_client, an_account, signed_in
from tests.person import SENT_BY_A_BROWSER, Person


@pytest.fixture
def mei(coplan: Coplan) -> tuple[Account, Client]:
    with coplan.open_work() as work:
        account = an_account(work, "Mei Chen")
        return account, a_client(work, "Mei Chen", account=account)


def goals(coplan: Coplan) -> set[str]:
    with coplan.open_reading() as work:
        return set(work.session.scalars(unscoped(select(Goal.text), "a test looks at all")))


def goal_form(person: Person, client: Client, text: str) -> tuple[str, dict[str, Any]]:
    """The address and the fields of the form in which a goal is written down."""
    person.open(f"/people/{client.id}/about")
    form = next(form for form in person.page.forms if (form.get("action") or "").endswith("/goals"))
    return form.get("action"), {name: text if name in ("text", "goal") else value for name, value in form.form_values()}


def sent(person: Person, address: str, fields: dict[str, Any], **headers: str) -> Any:
    person.client.cookies = person.cookies
    return person.client.post(address, data=fields, headers={**SENT_BY_A_BROWSER, **headers}, follow_redirects=False)


def test_a_form_sent_twice_holds_once_and_with_other_words_it_is_asked_about(
    person: Person, coplan: Coplan, mei: tuple[Account, Client]
) -> None:
    address, fields = goal_form(signed_in(person, mei[0]), mei[1], "Swim")
    first, second = sent(person, address, fields), sent(person, address, fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["location"] == first.headers["location"]
    changed = {name: "Swim with Ana" if value == "Swim" else value for name, value in fields.items()}
    again = sent(person, address, changed)
    assert again.status_code == 422
    assert "You sent this form before" in again.text
    assert "Swim with Ana" in again.text
    assert goals(coplan) == {"Swim"}


def test_the_mark_of_a_form_tells_forms_apart_and_nothing_of_what_they_say() -> None:
    def mark(key: bytes = b"k", address: str = "/a", **said: str) -> str:
        posted = Posted({name: [value] for name, value in said.items()})
        return guard.mark(key, address, posted)

    assert mark(text="x", _csrf="1", _password="2") == mark(text="x", _csrf="3")
    assert len({mark(text="x"), mark(text="y"), mark(address="/b", text="x"), mark(b"other", text="x")}) == 4
    with_file = Posted({"text": ["x"]}, {"file": Upload("a.csv", b"1")})
    assert guard.mark(b"k", "/a", with_file) != mark(text="x")


def test_a_password_typed_right_after_going_back_signs_in(person: Person, mei: tuple[Account, Client]) -> None:
    person.open("/sign-in")
    fields = {**dict(person.form("sign-in").form_values()), "login": mei[0].login}
    assert sent(person, "/sign-in", {**fields, "password": "not the right one"}).status_code == 422
    assert sent(person, "/sign-in", {**fields, "password": PASSWORD}).status_code == 303
    assert "sid" in {cookie.name for cookie in person.client.cookies.jar}


def test_under_a_foreign_name_nothing_is_answered(portal: TestClient[Any]) -> None:
    for host in ("elsewhere.example", "127.0.0.1:99999", "127.0.0.1:8000@elsewhere.example", ""):
        for address in ("/sign-in", "/no/such/page", "/static/app.css"):
            answer = portal.get(address, headers={"Host": host})
            assert (answer.status_code, answer.text) == (400, "Unknown host."), (host, address)
            assert "content-security-policy" in answer.headers


def test_whether_the_portal_is_well_may_be_asked_by_the_number_of_its_machine(portal: TestClient[Any]) -> None:
    assert portal.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


ELSEWHERE = (
    *("//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/brief/\\elsewhere.example"),
    *("/help?x=\nSet-Cookie: a=b", "/brief/x\r\nSet-Cookie: a=b", "/help?\u2028x"),
)


def test_nobody_is_led_elsewhere_after_signing_in(person: Person, mei: tuple[Account, Client]) -> None:
    for target in ELSEWHERE:
        person.open("/sign-in")
        fields = {**dict(person.form("sign-in").form_values()), "login": mei[0].login, "password": PASSWORD}
        answer = sent(person, "/sign-in", {**fields, "next": target})
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), target


def test_the_name_of_a_file_cannot_add_a_header(coplan: Coplan) -> None:
    name = 'a\r\nSet-Cookie: a=b".csv'
    headers = coplan.renderer.file(File(name, b"", "text/csv")).headers
    assert "\n" not in headers["Content-Disposition"]
    assert "\r" not in headers["Content-Disposition"]
    assert headers["Content-Disposition"].count('"') == 2
