"""Saying which columns of a list of payments hold the day and the amount, for a balance that was told with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from budgeting.spending.balances import Keeper
from portal.people import queries as people
from portal.reading import Unreadable, read_day, read_money
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import Go, View
from portal.site.routing import get, post
from portal.spending.balance_pages import EDIT, tell
from portal.spending.columns import Role
from portal.spending.payment_list import LENGTH, ToldForm, ask
from portal.spending.reading import read_invoices
from portal.work import Work

ORDERS = ("dmy", "mdy")


@dataclass(frozen=True)
class ListForm(ToldForm):
    cells: str = forms.text(LENGTH)
    day: str = forms.text(3, required=False)
    amount: str = forms.text(3, required=False)
    order: str = forms.text(3, required=False)


@get("/people/{client_id:uuid}/balances/payments", access=EDIT)
def payments(work: Work, incoming: Incoming, client_id: UUID) -> View | Go:
    """The columns again, where something in the form that said them was wrong; else back to the balances."""
    client = people.client(work, client_id)
    posted = incoming.posted
    try:
        keeper, component = Keeper(posted.one("keeper")), posted.one("component")
        told = ToldForm(keeper, component, read_money(posted.one("left")), read_day(posted.one("on")))
    except (ValueError, Unreadable):
        return Go(f"/people/{client.id}/balances")
    cells = posted.one("cells")
    return ask(client, told, cells, read_invoices(cells.encode(), {}, "", work.day))


@post("/people/{client_id:uuid}/balances/payments", access=EDIT, form=ListForm, view=payments, megabytes=4)
def say_columns(work: Work, form: ListForm, client_id: UUID) -> View | Go:
    """Read the list by what was said of its columns, and write the balance down with it."""
    client = people.client(work, client_id)
    told: Mapping[int, Role | None] = {
        int(place): role
        for place, role in ((form.day, Role.DATE), (form.amount, Role.AMOUNT))
        if place.isascii() and place.isdigit()
    }
    order = form.order if form.order in ORDERS else ""
    found = read_invoices(form.cells.encode(), told, order, work.day)
    if found.asks:
        return ask(client, form, form.cells, found)
    said = tell(work, client, form, found)
    return Go(f"/people/{client.id}/balances", said)
