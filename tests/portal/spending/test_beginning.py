"""The first entry of somebody who has nothing here yet."""

from __future__ import annotations

from portal.app import Coplan
from tests.builders import a_client, an_account, signed_in
from tests.person import Person


def test_somebody_without_a_plan_and_without_funding_can_begin_all_the_same(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        nora = an_account(work, "Nora")
        client = a_client(work, "Nora", account=nora)
        base = f"/people/{client.id}/spending"
    signed_in(person, nora).open(base)
    assert "Nothing was entered yet" in person.text
    person.open(f"{base}/new").send("entry", day="2026-11-03", quantity="2", price="60", provider="Aunty’s Helpers")
    assert "$120.00" in person.text
    person.open(f"{base}/new").send("entry", day="2026-11-03", provider="Aunty’s Helpers")
    assert person.status == 422
    assert "Enter the amount" in person.text
    assert person.open(base).status == 200


def test_less_than_nothing_is_not_written_down_as_more(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        account = an_account(work, "Mei Chen")
        client = a_client(work, "Mei Chen", account=account)
    signed_in(person, account).open(f"/people/{client.id}/spending/new")
    person.send("entry", day="2026-11-03", quantity="-5", price="60", provider="Aunty’s Helpers")
    assert (person.status, person.form("entry").fields["quantity"]) == (422, "-5")
    assert "Enter a number that is zero or more." in person.text
