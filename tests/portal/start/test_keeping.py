"""Keeping what one typed by making an account: whether an address has one already is told to nobody but its holder."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from portal.accounts.model import Account
from portal.app import Coplan
from tests.builders import PASSWORD, an_account, signed_in
from tests.person import Person
from tests.portal.start.test_journey import tell_the_letter

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


def test_making_accounts_with_one_address_is_limited_whether_or_not_it_is_taken(
    person: Person, coplan: Coplan, mei: Account
) -> None:
    for login in (mei.login, "nora@example.org"):
        said = [making(person.another(), login) for _ in range(3)]
        last = person.another()
        assert making(last, login)[0] == 422
        assert "Wait a few minutes" in last.text
        assert len(set(said)) == 1
