"""The door and what follows it: tokens, ends, devices, form tokens, and where one may be led."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.accounts.commands import offer_set_up
from portal.accounts.model import Account, Role, SignIn
from portal.app import Coplan
from portal.jobs import run_now
from portal.once import Done
from portal.site import forms, routing
from portal.site.guard import verified
from tests.builders import PASSWORD, an_account, an_organisation, signed_in, somebody_at
from tests.clock import stands_still
from tests.person import ADDRESS, Person


@pytest.fixture
def mei(coplan: Coplan) -> Account:
    with coplan.open_work() as work:
        return an_account(work, "Mei Chen")


def sessions(coplan: Coplan) -> list[SignIn]:
    with coplan.open_reading() as work:
        return list(work.session.scalars(select(SignIn)))


def turn_back(coplan: Coplan, **by: timedelta) -> None:
    """Let time pass for every session, by moving its instants."""
    with coplan.open_work() as work:
        for name, passed in by.items():
            column = getattr(SignIn, name)
            work.session.execute(update(SignIn).values({name: work.now - passed}).where(column.is_not(None)))


def test_a_session_is_known_by_a_new_token_that_is_stored_only_as_a_hash(
    person: Person, coplan: Coplan, mei: Account
) -> None:
    person.cookies.set("sid", "a-token-someone-planted", domain="127.0.0.1")
    signed_in(person, mei)
    (token,) = {cookie.value for cookie in person.cookies.jar if cookie.name == "sid"} - {"a-token-someone-planted"}
    assert [row.token_hash for row in sessions(coplan)] == [hashlib.sha256(str(token).encode()).digest()]


def test_signing_in_again_at_the_same_browser_ends_the_session_before(
    person: Person, coplan: Coplan, mei: Account
) -> None:
    signed_in(person, mei)
    first = person.cookies["sid"]
    person.open("/account").send("sign-out")
    signed_in(person, mei)
    assert person.cookies["sid"] != first
    assert len(sessions(coplan)) == 1


@pytest.mark.parametrize(
    ("minutes", "inside"), [(29, True), (31, False)], ids=["just before half an hour", "after half an hour"]
)
def test_a_session_ends_when_nobody_uses_it(
    person: Person, coplan: Coplan, mei: Account, minutes: int, inside: bool
) -> None:
    signed_in(person, mei)
    turn_back(coplan, seen_at=timedelta(minutes=minutes))
    assert (person.open("/account").address.endswith("/account")) is inside


def test_staff_are_signed_out_sooner(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        priya = somebody_at(work, an_organisation(work), "Priya Nair", Role.COORDINATOR)
    signed_in(person, priya)
    turn_back(coplan, seen_at=timedelta(minutes=16))
    assert "/sign-in" in person.open("/account").address


def test_a_session_ends_after_half_a_day_however_busy_it_is(person: Person, coplan: Coplan, mei: Account) -> None:
    signed_in(person, mei)
    turn_back(coplan, expires_at=timedelta())
    assert "/sign-in" in person.open("/account").address


def test_signing_out_ends_the_session_on_the_server_too(person: Person, coplan: Coplan, mei: Account) -> None:
    signed_in(person, mei)
    token = person.cookies["sid"]
    person.open("/account").send("sign-out")
    assert sessions(coplan) == []
    person.cookies.set("sid", token, domain="127.0.0.1")
    assert "/sign-in" in person.open("/account").address


def test_a_new_password_signs_out_every_other_device(person: Person, coplan: Coplan, mei: Account) -> None:
    elsewhere = signed_in(person.another(), mei)
    signed_in(person, mei).open("/account")
    person.send("password-form", old=PASSWORD, password="nine brown paper boats")
    assert "Your password is changed" in person.text
    assert "/sign-in" in elsewhere.open("/account").address
    assert person.open("/account").status == 200


@pytest.mark.usefixtures("one_moment")
def test_the_old_password_cannot_be_guessed_without_end(person: Person, mei: Account) -> None:
    signed_in(person, mei).open("/account")
    for _ in range(10):
        person.send("password-form", old="something quite different", password="nine brown paper boats")
    person.send("password-form", old=PASSWORD, password="nine brown paper boats")
    assert "Wait a few minutes" in person.text
    person.send("password-form", old=PASSWORD, password="short")  # what is said of the new one tells nothing of the old
    said = person.page.xpath("string(//div[@role='alert'])").split()
    person.send("password-form", old="something quite different", password="short")
    assert person.page.xpath("string(//div[@role='alert'])").split() == said


def test_other_devices_can_be_signed_out_from_the_account_page(person: Person, mei: Account) -> None:
    elsewhere = signed_in(person.another(), mei)
    signed_in(person, mei).open("/account").send("devices-end")
    assert "/sign-in" in elsewhere.open("/account").address


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(person: Person, mei: Account) -> None:
    person.open("/sign-in").send("sign-in", login=mei.login, password="something quite different")
    wrong = person.status, person.page.xpath("string(//div[@role='alert'])").split()
    person.open("/sign-in").send("sign-in", login="nobody@example.org", password="something quite different")
    assert (person.status, person.page.xpath("string(//div[@role='alert'])").split()) == wrong
    assert wrong[0] == 422


def test_a_session_that_is_over_is_deleted_and_the_keys_of_its_forms_a_week_later(
    person: Person, coplan: Coplan, mei: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = stands_still(monkeypatch, datetime(2026, 3, 2, 9, 14, tzinfo=UTC))
    signed_in(person, mei).open("/account").send("language-choice", language="ar")

    def kept(after: timedelta) -> tuple[int, bool]:
        stands_still(monkeypatch, began + after)
        run_now("accounts.forget_ended", {}, coplan)
        with coplan.open_reading() as work:
            return len(sessions(coplan)), work.session.scalar(select(func.count()).select_from(Done)) != 0

    assert kept(timedelta(hours=11)) == (1, True)
    assert kept(timedelta(hours=13)) == (0, True)
    assert kept(timedelta(days=8)) == (0, False)


@pytest.mark.usefixtures("one_moment")
def test_the_code_of_the_first_start_cannot_be_guessed_without_end(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        code = offer_set_up(work)
    typed: dict[str, Any] = {"organisation": "Sunrise", "name": "Sam", "login": "sam@example.org", "password": PASSWORD}
    person.open("/set-up")
    for _ in range(30):
        person.send("set-up", code="0000", **typed)
        assert "This code does not fit" in person.text
    person.send("set-up", code=str(code), **typed)
    assert "Wait a few minutes" in person.text


def test_until_the_first_code_is_used_only_the_page_for_it_answers(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        code = offer_set_up(work)
    for address in ("/", "/start", "/sign-in?lang=ar", "/speak-up"):
        assert urlsplit(person.open(address).address).path == "/set-up"
        assert person.page.xpath("//a[@href='/start' or @href='/sign-in']") == []
    assert person.open("/healthz").address.endswith("/healthz")
    sam: dict[str, Any] = {"organisation": "Sunrise", "name": "Sam", "login": "sam@example.org", "password": PASSWORD}
    person.open("/set-up").send("set-up", code=str(code), **sam)
    assert urlsplit(person.address).path == "/"
    stranger = person.another()
    assert urlsplit(stranger.open("/start").address).path == "/start"
    assert stranger.open("/set-up").status == 404


# Forms belong to one session and one origin


def _form(person: Person) -> dict[str, Any]:
    return dict(person.open("/account").form("stay").form_values())


def test_a_form_of_another_session_is_refused(person: Person, mei: Account) -> None:
    stranger = signed_in(person.another(), mei)
    signed_in(person, mei)
    answer = person.client
    answer.cookies = person.cookies
    own, foreign = _form(person), _form(stranger)
    answer.cookies = person.cookies
    headers = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
    send = {**own, "_csrf": foreign["_csrf"]}
    assert answer.post("/session/stay", data=send, headers=headers, follow_redirects=False).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
    ids=["another origin", "cross-site without an origin", "a sandboxed page", "no address at all"],
)
def test_a_form_sent_from_elsewhere_is_refused(person: Person, mei: Account, headers: dict[str, str]) -> None:
    signed_in(person, mei)
    own = _form(person)
    person.client.cookies = person.cookies
    answer = person.client.post("/session/stay", data=own, headers=headers, follow_redirects=False)
    assert answer.status_code == 403


def test_a_token_that_is_no_token_is_refused_like_any_other(person: Person, mei: Account) -> None:
    signed_in(person, mei)
    own = {**_form(person), "_csrf": "\u00e9"}
    person.client.cookies = person.cookies
    answer = person.client.post("/session/stay", data=own, headers={"Origin": ADDRESS}, follow_redirects=False)
    assert answer.status_code == 403
    assert verified(b"key", "party", "account.\u00e9") is None


def test_which_session_sent_a_form_is_not_told_by_the_database(person: Person, coplan: Coplan, mei: Account) -> None:
    signed_in(person, mei).open("/account").send("stay")
    with coplan.open_reading() as work:
        senders = set(work.session.scalars(select(Done.sender)))
    assert senders
    assert not senders & {one.token_hash.hex() for one in sessions(coplan)}


def test_what_people_wrote_never_gets_into_an_error(coplan: Coplan) -> None:
    with pytest.raises(DBAPIError) as failed, coplan.open_work() as work:
        work.session.execute(text("select :said from nowhere"), {"said": "CANARY"})
    assert "CANARY" not in str(failed.value)


def test_nothing_is_changed_by_opening_an_address(person: Person, mei: Account) -> None:
    signed_in(person, mei)
    assert person.open("/account/devices/end").status == 404
    assert person.open("/account").status == 200


@pytest.mark.parametrize("typed", ["\u00b2", "\u2460", "-1", "1e3", "9" * 13, ""])
def test_a_version_that_is_no_number_is_said_in_its_place(typed: str) -> None:
    @dataclass(frozen=True)
    class Form:
        version: int = forms.version()

    with pytest.raises(forms.FieldErrors):
        forms.read(Form, forms.Posted({"version": [typed]}))


# Where one may be led


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "/no-such-page", "javascript:x"],
)
def test_signing_in_never_leads_away(person: Person, mei: Account, target: str) -> None:
    person.open("/sign-in").send("sign-in", login=mei.login, password=PASSWORD, next=target)
    assert person.address.removeprefix(ADDRESS) == "/"


def test_signing_in_leads_back_to_where_one_wanted_to_go(person: Person, mei: Account) -> None:
    person.open("/account").send("sign-in", login=mei.login, password=PASSWORD)
    assert person.address.endswith("/account")


def test_an_unknown_host_is_refused(person: Person) -> None:
    assert person.client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_an_address_without_an_access_rule_cannot_be_declared() -> None:
    with pytest.raises(routing.Undeclared):
        routing.get("/people/{client_id:uuid}/anything")


def test_what_the_public_list_names_is_all_that_answers_without_a_rule(coplan: Coplan) -> None:
    assert {route.name for route in coplan.routes if route.access is None} <= routing.PUBLIC


# Language


def test_the_language_someone_chooses_stays_with_them(person: Person, mei: Account) -> None:
    signed_in(person, mei).open("/account").send("languages", press="language=ar")
    assert person.page.get("lang") == "ar"
    assert person.address.endswith("/account")
    somewhere_else = signed_in(person.another(), mei)
    assert somewhere_else.open("/account").page.get("lang") == "ar"


def test_leaving_quickly_ends_the_session_and_says_nothing(person: Person, coplan: Coplan, mei: Account) -> None:
    signed_in(person, mei).open("/account").send("leave")
    assert sessions(coplan) == []
    assert "Mei" not in person.text
