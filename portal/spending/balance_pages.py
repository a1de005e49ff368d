"""Three balances: ours, the funder's and the plan manager's or provider's, each with its day, and why they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from budgeting.spending.balances import Payment
from budgeting.words import Words, words
from portal.access.table import Action, Resource
from portal.funding import queries as funding
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.spending import claim_commands, claim_queries
from portal.spending.balance_rows import Reckoning, part
from portal.spending.book import book
from portal.spending.layouts import read_as_before
from portal.spending.payment_list import ToldForm, as_text, ask
from portal.spending.reading import MOST_BYTES, Reading, read_invoices
from portal.spending.since import by_statements
from portal.work import Refusal, Work

SEE = (Resource.BUDGET, Action.READ)
EDIT = (Resource.BUDGET, Action.WRITE)


def reckoning(work: Work, client: Client) -> Reckoning | None:
    """What works out the money of a client; None while no letter was typed in."""
    kept = book(work, client)
    if kept.letter is None:
        return None
    return Reckoning(kept, funding.funding_values(kept.letter, work.today(client)), by_statements(work, client))


@get("/people/{client_id:uuid}/balances", access=SEE)
def balances(work: Work, client_id: UUID) -> View:
    """What is left of each part of the funding by our books and by those of others."""
    client = people.client(work, client_id)
    money, today = reckoning(work, client), work.today(client)
    values: dict[str, Any] = {"own": people.is_own(work, client), "parts": [], "today_typed": today.isoformat()}
    if money is not None:
        told = claim_queries.told_balances(work, client)
        lists = claim_queries.payments_of(work, told)
        values |= {"aged": money.aged, "nobody_told": not told}
        values["parts"] = [
            (
                part(money, one, [each for each in told if each.component == one.key], lists, today),
                f"tell-{number}",
            )
            for number, one in enumerate(money.parts(), 1)
        ]
    return View("spending/balances.html", values, "spending/_balances.html", client)


@dataclass(frozen=True)
class BalanceForm(ToldForm):
    list: forms.Upload | None = forms.upload(required=False)


def read_list(work: Work, form: BalanceForm) -> Reading | None:
    """The list of payments that came with a balance, as far as it can be understood without knowing whose it is."""
    return read_invoices(form.list.content, {}, "", work.day) if form.list is not None else None


def _payments(found: Reading) -> tuple[Payment, ...]:
    """The payments of a list; Refusal with the row and the reason when it cannot be read."""
    if found.problems:
        first = found.problems[0]
        raise Refusal(words("Row {row}: {why}", row=first.row, why=first.message), "list")
    return tuple(Payment(one.first, one.amount, one.item, one.provider) for one in found.rows)


@post(
    "/people/{client_id:uuid}/balances",
    access=EDIT,
    form=BalanceForm,
    view=balances,
    prepare=read_list,
    megabytes=MOST_BYTES // 1_000_000 + 1,
)
def tell_balance(work: Work, form: BalanceForm, prepared: Reading | None, client_id: UUID) -> Stay | View:
    """What somebody else says is left, with their list of payments; its columns are asked for where we cannot tell."""
    client = people.client(work, client_id)
    found = None
    if prepared is not None and form.list is not None:
        found = read_as_before(work, client.id, form.list.content, prepared, work.day)
        if found.asks:
            return ask(client, form, as_text(form.list.content), found)
    return Stay(tell(work, client, form, found))


def tell(work: Work, client: Client, form: ToldForm, found: Reading | None) -> Words:
    """Write down what somebody else says is left, with the payments of their list where there is one."""
    money = reckoning(work, client)
    known = {one.key: one for one in money.parts()} if money else {}
    if form.component not in known:
        raise Refusal(words("Choose one of the parts of the funding."))
    payments = _payments(found) if found is not None else ()
    claim_commands.tell_balance(work, client, form.keeper, form.component, form.on, form.left, payments)
    return words("Written down. You can see whether it is what we have, and why not.")


@post("/people/{client_id:uuid}/balances/{told_id:uuid}/take-back", access=EDIT, form=forms.VersionForm, view=balances)
def take_back(work: Work, form: forms.VersionForm, client_id: UUID, told_id: UUID) -> Stay:
    """Take back a balance that was typed wrongly."""
    client = people.client(work, client_id)
    claim_commands.take_back_balance(work, claim_queries.told_balance(work, client, told_id), form.version)
    return Stay(words("Taken back. It stays in the list, marked."))
