"""A form that could not be taken: its words are still there, and one press sends it again, once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, select

from portal import db
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.accounts.model import Account
from portal.app import Coplan
from portal.goals.model import Goal
from portal.people.model import Client
from tests.builders import PASSWORD, a_client, a_tie, an_account, signed_in
from tests.person import Person

WORDS = 'Swim "every" week'


@pytest.fixture
def mei(coplan: Coplan) -> tuple[Account, Client]:
    with coplan.open_work() as work:
        account = an_account(work, "Mei Chen")
        return account, a_client(work, "Mei Chen", account=account)


def goals(coplan: Coplan) -> list[str]:
    with coplan.open_reading() as work:
        return list(work.session.scalars(unscoped(select(Goal.text), "a test looks at all")))


def writes(person: Person, client: Client) -> Person:
    """Write a goal down in the form of the page that is open."""
    form = next(form for form in person.page.forms if (form.get("action") or "").endswith(f"{client.id}/about/goals"))
    typed: dict[str, Any] = {name: WORDS for name, _ in form.form_values() if name in ("text", "goal")}
    return person.send(dict(form.form_values())["_form"], **typed)


def once_more(person: Person) -> Person:
    (form,) = [form for form in person.page.forms if (form.get("action") or "").startswith("/people/")]
    return person.send(dict(form.form_values())["_form"])


def test_words_outlive_a_session_that_ended_while_they_were_written(
    person: Person, coplan: Coplan, mei: tuple[Account, Client]
) -> None:
    account, client = mei
    signed_in(person, account).open(f"/people/{client.id}/about")
    person.cookies.delete("sid")
    assert writes(person, client).status == 403
    assert WORDS in person.text
    assert "You were signed out meanwhile" in person.text
    beside = person.another()
    beside.cookies = person.cookies
    person.cookies = beside.sign_in(account.login, PASSWORD).cookies  # in another window of the same browser
    assert once_more(person).status == 200
    assert goals(coplan) == [WORDS]


def test_what_outlived_a_session_is_sent_by_the_same_browser_alone_and_only_as_it_is(
    person: Person, coplan: Coplan, mei: tuple[Account, Client]
) -> None:
    account, client = mei
    signed_in(person, account).open(f"/people/{client.id}/about")
    person.cookies.delete("sid")
    kept = writes(person, client).answer
    elsewhere = person.another().sign_in(account.login, PASSWORD)
    elsewhere.answer = kept
    assert once_more(elsewhere).status == 403
    form = next(form for form in person.page.forms if (form.get("action") or "").startswith("/people/"))
    person.sign_in(account.login, PASSWORD)
    person.answer = kept
    other_key = {**dict(form.form_values()), "_key": "another-key-than-its-own"}
    assert person._ask("POST", form.get("action"), data=other_key).status == 403
    assert goals(coplan) == []


@pytest.mark.parametrize("when", ["after the words were kept", "before they were sent"])
def test_what_outlived_a_session_is_neither_sent_by_nor_shown_to_whoever_signs_in_next(
    person: Person, coplan: Coplan, mei: tuple[Account, Client], when: str
) -> None:
    with coplan.open_work() as work:
        brother = an_account(work, "Li Chen")
        a_tie(work, mei[1], Relationship.FAMILY, brother)
    account, client = mei
    opened = signed_in(person, account).open(f"/people/{client.id}/about").answer
    person.cookies.delete("sid")
    if when == "after the words were kept":
        opened = writes(person, client).answer
    person.sign_in(brother.login, PASSWORD).answer = opened
    assert (once_more if opened.status_code == 403 else partial(writes, client=client))(person).status == 403
    assert WORDS not in person.text
    assert "It was not sent in your name." in person.text
    assert goals(coplan) == []


def test_a_form_without_its_key_is_not_taken_and_its_words_can_be_sent_once_more(
    person: Person, coplan: Coplan, mei: tuple[Account, Client]
) -> None:
    signed_in(person, mei[0]).open(f"/people/{mei[1].id}/about")
    form = next(form for form in person.page.forms if (form.get("action") or "").endswith("/about/goals"))
    for key in form.xpath(".//input[@name='_key']"):
        key.getparent().remove(key)
    sent = {name: WORDS if name in ("text", "goal") else value for name, value in form.form_values()}
    assert person._ask("POST", form.get("action"), data=sent).status == 403
    assert WORDS in person.text
    assert goals(coplan) == []
    assert once_more(person).status == 200
    assert goals(coplan) == [WORDS]


def test_words_that_another_page_sent_are_not_shown_and_not_offered_again(
    person: Person, mei: tuple[Account, Client]
) -> None:
    address = f"/people/{mei[1].id}/about/goals"
    for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = person.client.post(address, data={"text": WORDS, "_key": "k" * 20}, headers=headers)
        assert answer.status_code == 403
        assert "Swim" not in answer.text


def test_a_form_sent_while_the_database_is_locked_keeps_its_words_and_then_holds_once(
    person: Person, coplan: Coplan, mei: tuple[Account, Client]
) -> None:
    if not coplan.settings.sqlite:
        pytest.skip("only SQLite is locked as a whole")

    @event.listens_for(coplan.database.engine, "checkout")
    def impatient(dbapi: Any, *_: Any) -> None:
        dbapi.execute("PRAGMA busy_timeout=20")

    signed_in(person, mei[0]).open(f"/people/{mei[1].id}/about")
    with closing(sqlite3.connect(coplan.settings.data / "coplan.db", isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        assert writes(person, mei[1]).status == 503
        somebody.execute("ROLLBACK")
    assert "We cannot reach our records just now" in person.text
    assert WORDS in person.text
    before = person.answer
    assert once_more(person).status == 200
    person.answer = before
    assert once_more(person).status == 200
    assert goals(coplan) == [WORDS]


def test_while_the_records_are_away_a_form_is_answered_in_the_language_of_its_page(
    person: Person, coplan: Coplan, mei: tuple[Account, Client]
) -> None:
    signed_in(person, mei[0]).open(f"/people/{mei[1].id}/about?lang=ar")
    data, away = coplan.settings.data, coplan.settings.data.with_name("away")
    data.rename(away)
    data.mkdir()
    try:
        assert writes(person, mei[1]).status == 503
        assert list(data.iterdir()) == []
    finally:
        data.rmdir()
        away.rename(data)
    assert person.page.get("lang") == "ar"
    assert WORDS in person.text
    assert once_more(person).status == 200
    assert goals(coplan) == [WORDS]


def test_nothing_is_written_into_a_database_that_another_one_took_the_place_of(
    person: Person, coplan: Coplan, mei: tuple[Account, Client]
) -> None:
    signed_in(person, mei[0]).open(f"/people/{mei[1].id}/about")
    file = coplan.settings.data / "coplan.db"
    old = file.rename(file.with_name("old.db"))
    file.write_bytes(old.read_bytes())
    assert writes(person, mei[1]).status == 503
    assert WORDS in person.text
    with closing(sqlite3.connect(old)) as both:
        assert both.execute("SELECT count(*) FROM goal").fetchone() == (0,)


def test_who_waits_too_long_for_others_that_write_keeps_their_words(
    person: Person, coplan: Coplan, mei: tuple[Account, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(person, mei[0]).open(f"/people/{mei[1].id}/about")
    monkeypatch.setattr(db, "WRITERS_WAIT", 0.01)
    with coplan.database.writing():
        assert writes(person, mei[1]).status == 503
    assert WORDS in person.text
    assert once_more(person).status == 200
    assert goals(coplan) == [WORDS]


def test_a_password_is_never_shown_or_sent_again(person: Person, mei: tuple[Account, Client]) -> None:
    person.open("/sign-in")
    person.cookies.clear()
    person.send("sign-in", login=mei[0].login, password=PASSWORD)
    assert person.status == 403
    assert PASSWORD not in person.answer.text
    assert mei[0].login in person.answer.text


def test_whoever_only_asks_whether_a_page_is_there_gets_an_answer(person: Person) -> None:
    for address in ("/", "/sign-in", "/start", "/healthz"):
        answer = person.client.head(address)
        assert (answer.status_code, answer.content) == (200, b""), address


def test_an_address_of_origin_that_is_no_address_is_no_error_of_ours(person: Person) -> None:
    person.client.cookies = person.open("/start?program=ndis").cookies
    form = dict(person.form("letter").form_values())
    answer = person.client.post("/start", data=form, headers={"Referer": "http://[", "Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 422


def test_a_form_that_its_page_opens_on_wish_is_there_again_when_it_is_refused(person: Person) -> None:
    person.open("/start?program=support_at_home")
    form = dict(person.form("letter").form_values()) | {"starts": "31/2/2027"}
    came = {"Referer": "http://127.0.0.1:8000/start?program=support_at_home", "Sec-Fetch-Site": "same-origin"}
    person.client.cookies = person.cookies
    answer = person.client.post("/start", data={**form, "program": ""}, headers=came)
    assert answer.status_code == 422
    assert 'value="31/2/2027"' in answer.text
