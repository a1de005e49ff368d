"""Keeping what one typed by making an account: whether an address has one already is told to nobody but its holder."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from portal.accounts.commands import count_try
from portal.accounts.model import Account
from portal.app import Coplan
from portal.site.guard import network
from portal.start.model import StartDraft
from portal.start.pages import BEGUN, TYPED
from tests.builders import PASSWORD, an_account, signed_in
from tests.person import SENT_BY_A_BROWSER, Person
from tests.portal.start.test_journey import ENDS, STARTS, part, tell_the_letter

UUIDS = r"[0-9a-f]{8}-[0-9a-f-]{27}"


@pytest.fixture
def mei(coplan: Coplan) -> Account:
    with coplan.open_work() as work:
        return an_account(work, "Mei Chen")


def making(person: Person, login: str, password: str = "nine brown paper boats") -> tuple[int, str]:
    """Keep a plan with a new account; the status and the page that follows, without its record's id."""
    tell_the_letter(person)
    person.open("/start/keep").send("keep", whose="mine", name="Nora Quinn", login=login, password=password)
    return person.status, re.sub(UUIDS, "", person.address)


def test_an_account_with_a_taken_address_looks_like_any_other(person: Person, coplan: Coplan, mei: Account) -> None:
    fresh = making(person, "nora@example.org")
    stranger = person.another()
    taken = making(stranger, mei.login)
    assert taken == fresh
    assert "/people/" in taken[1]
    assert mei.login in stranger.open("/account").text
    assert "Mei Chen" not in stranger.text
    back = person.another()
    back.open("/sign-in").send("sign-in", login=mei.login, password="nine brown paper boats")
    assert "Nora Quinn" in back.open("/account").text
    assert "Mei Chen" in signed_in(person.another(), mei).open("/account").text


def test_the_holder_of_an_address_is_told_by_letter_that_it_was_used(
    person: Person, coplan: Coplan, mei: Account
) -> None:
    making(person, mei.login)
    letters = [path.read_text() for path in coplan.settings.mail_folder.glob("shared-*.eml")]
    assert len(letters) == 1
    assert f"To: {mei.login}" in letters[0]
    assert "Nora" not in letters[0]


def test_with_the_password_one_has_what_was_typed_goes_to_ones_own_account(
    person: Person, coplan: Coplan, mei: Account
) -> None:
    making(person, mei.login, PASSWORD)
    assert "Mei Chen" in person.open("/account").text
    with coplan.open_reading() as work:
        assert len(work.session.scalars(select(Account)).all()) == 1


@pytest.mark.usefixtures("one_moment")
def test_making_accounts_with_one_address_is_limited_whether_or_not_it_is_taken(
    person: Person, coplan: Coplan, mei: Account
) -> None:
    for login in (mei.login, "nora@example.org"):
        said = [making(person.another(), login) for _ in range(3)]
        last = person.another()
        assert making(last, login)[0] == 422
        assert "Wait a few minutes" in last.text
        assert len(set(said)) == 1


def test_a_refused_form_that_has_no_page_any_more_says_why_and_shows_what_was_written(
    person: Person, coplan: Coplan
) -> None:
    tell_the_letter(person)
    person.open("/start/keep")
    with coplan.open_work() as work:
        work.session.execute(update(StartDraft).values(expires_at=work.now - timedelta(seconds=1)))
    person.send("keep", whose="mine", name="Nora Quinn", login="nora@example.org", password=PASSWORD)
    assert person.status == 422
    assert "What you typed has ended by itself" in person.text
    assert "Nora Quinn" in person.text
    assert PASSWORD not in person.answer.text


# what was spent of a part


def note(person: Person, **typed: str) -> Person:
    """Send the letter that was told once more, with what was spent of its first part."""
    spent: dict[str, Any] = {f"{name}_1": value for name, value in typed.items()}
    return person.open("/start?change=letter").send("letter", **spent)


def drafts(coplan: Coplan) -> list[str]:
    with coplan.open_reading() as work:
        return [kept.content for kept in work.session.scalars(select(StartDraft))]


def test_what_was_spent_is_kept_in_ones_own_draft_only(person: Person, coplan: Coplan) -> None:
    other = tell_the_letter(person).another()
    tell_the_letter(other)
    before = set(drafts(coplan))
    assert note(person, spent="120.50", spent_until="2026-09-30").status == 200
    changed = set(drafts(coplan)) - before
    assert len(changed) == 1
    assert "12050" in changed.pop()
    assert len(set(drafts(coplan)) & before) <= 1


@pytest.mark.parametrize(
    "typed",
    [
        {"spent": "-1", "spent_until": "2026-09-30"},
        {"spent": "9" * 400, "spent_until": "2026-09-30"},
        {"spent": "1", "spent_until": "2026-02-30"},
        {"spent": "1", "spent_until": ""},
    ],
)
def test_what_cannot_have_been_spent_is_refused(person: Person, coplan: Coplan, typed: dict[str, str]) -> None:
    tell_the_letter(person)
    before = drafts(coplan)
    assert note(person, **typed).status == 422
    assert drafts(coplan) == before


def test_what_was_spent_is_not_taken_from_another_page(person: Person, coplan: Coplan) -> None:
    typed = dict(tell_the_letter(person).open("/start?change=letter").form("letter").form_values())
    del typed["_csrf"]
    person.client.cookies = person.cookies
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, SENT_BY_A_BROWSER):
        assert person.client.post("/start", data=typed, headers=headers, follow_redirects=False).status_code == 403


@pytest.mark.usefixtures("one_moment")
def test_what_was_spent_cannot_be_sent_without_end(person: Person, coplan: Coplan) -> None:
    tell_the_letter(person)
    with coplan.open_work() as work:
        while count_try(work, TYPED, person.cookies["visitor"]):
            pass
    assert note(person, spent="1", spent_until="2026-09-30").status == 422
    assert "Wait a few minutes" in person.text


@pytest.mark.usefixtures("one_moment")
def test_where_many_share_a_network_whoever_began_goes_on_and_the_next_keeps_their_words(
    person: Person, coplan: Coplan
) -> None:
    tell_the_letter(person)
    with coplan.open_work() as work:
        while count_try(work, BEGUN, network(coplan.settings, "testclient", "")):
            pass
    assert note(person, spent="1", spent_until="2026-09-30").status == 200
    newcomer = person.another().open("/start").send("paste", letter="Core Supports $41,600.00, plan-managed")
    assert newcomer.status == 422
    assert "Many people who share your internet connection" in newcomer.text
    assert newcomer.form("paste").fields["letter"].strip() == "Core Supports $41,600.00, plan-managed"
    newcomer.open("/start?program=ndis").send("letter", starts=STARTS, ends=ENDS, state="NSW", **part(amount="7,321"))
    assert newcomer.status == 422
    assert newcomer.form("letter").fields["amount_1"] == "7,321"
    assert len(drafts(coplan)) == 1
