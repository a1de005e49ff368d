"""Files about other people: confirmed, by a link that serves once, marked with who took it and when."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from budgeting.money import Money
from portal.access.table import Relationship
from portal.accounts.model import Account, SignIn
from portal.app import Coplan
from portal.journal import JournalEntry
from portal.payments import commands as payments
from portal.people.model import Client
from portal.site import taking
from tests.builders import PASSWORD, a_client, a_tie, acting, an_account, signed_in
from tests.person import Person


@pytest.fixture
def asked(coplan: Coplan) -> tuple[Client, Account, Account]:
    """Mei is asked for a contribution; Priya leads."""
    with coplan.open_work() as work:
        mei, priya = an_account(work, "Mei"), an_account(work, "Priya")
        client = a_client(work, account=mei)
        a_tie(work, client, Relationship.LEAD, priya)
    with acting(coplan, priya) as work:
        payments.ask(work, client, Money(4_250), "=Cleaning", date(2026, 12, 1), None)
    return client, mei, priya


def rows(person: Person) -> list[list[str]]:
    assert person.answer.headers["content-disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(person.answer.content.decode("utf-8-sig"))))


def some_time_passes(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        work.session.execute(update(SignIn).values(stepped_up_at=work.now - timedelta(minutes=6)))


def taken(coplan: Coplan) -> int:
    with coplan.open_reading() as work:
        kept = select(func.count()).where(JournalEntry.kind == "access.taken_along")
        return work.session.scalar(kept) or 0


def test_ones_own_table_is_given_at_once_and_not_marked(
    asked: tuple[Client, Account, Account], person: Person, coplan: Coplan
) -> None:
    client, mei, _ = asked
    signed_in(person, mei)
    some_time_passes(coplan)
    person.open(f"/people/{client.id}/payments?table=payments&as=csv")
    assert [row[0] for row in rows(person)[1:]] == ["'=Cleaning"]
    assert taken(coplan) == 0


def test_a_table_about_somebody_else_is_given_once_after_the_password_and_says_who_took_it(
    asked: tuple[Client, Account, Account], person: Person, coplan: Coplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _, priya = asked
    address = f"/people/{client.id}/payments?table=payments&as=csv"
    signed_in(person, priya)
    some_time_passes(coplan)
    person.open(address)
    assert person.address.startswith("/files")
    assert "about other people" in person.text
    assert person.send("take", _password="something quite different").status == 422
    assert taken(coplan) == 0
    person.open(address).send("take", _password=PASSWORD)
    assert rows(person)[-1][0].startswith("Taken along by Priya, ")
    assert taken(coplan) == 1
    once = person.address
    some_time_passes(coplan)
    assert person.open(once).address.startswith("/files"), "it served once"
    other = signed_in(person.another(), priya)
    some_time_passes(coplan)
    assert other.open(once).address.startswith("/files"), "it served another session"
    assert taken(coplan) == 1
    monkeypatch.setattr(taking, "LASTS", timedelta(seconds=-1))
    with pytest.raises(AssertionError, match="circle"):  # a link that is too old never serves
        person.open(address).send("take", _password=PASSWORD)


def test_a_list_of_everybody_somebody_works_with_is_about_other_people_too(
    asked: tuple[Client, Account, Account], person: Person, coplan: Coplan
) -> None:
    _, mei, priya = asked
    signed_in(person, priya)
    some_time_passes(coplan)
    assert person.open("/due?table=due&as=csv").address.startswith("/files")
    assert taken(coplan) == 0
    assert rows(person.send("take", _password=PASSWORD))
    assert taken(coplan) == 1
    assert rows(signed_in(person.another(), mei).open("/due?table=due&as=csv"))
    assert taken(coplan) == 1


def test_the_page_before_a_file_leads_only_to_files_of_ours(
    asked: tuple[Client, Account, Account], person: Person
) -> None:
    signed_in(person, asked[2])
    for at in ("https://elsewhere.example/?as=csv", "//elsewhere.example?as=csv", "/account", ""):
        assert person.open(f"/files?at={at}").status == 404
