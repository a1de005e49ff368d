"""Bringing in a list of balances: somebody looks at every row, and says of which part it is, before it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.explain import shown
from budgeting.money import Money, total
from budgeting.package import Component
from budgeting.spending.balances import Keeper
from budgeting.words import Name, Words, words
from portal.catalogue.problem import Odd, Unusable
from portal.funding.forms import money_typed
from portal.language import plain, show_plain
from portal.people import queries as people
from portal.people.model import Client
from portal.reading import Unreadable, read_day, read_money
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import Go, View
from portal.site.routing import get, post
from portal.spending import balance_list, cells, claim_commands
from portal.spending.balance_list import BalanceList, cells_of, understand
from portal.spending.balance_pages import EDIT, reckoning
from portal.spending.balance_rows import Reckoning, keepers
from portal.spending.reading import MOST_BYTES
from portal.work import Refusal, Work

LONGEST = balance_list.MOST_ROWS * balance_list.MOST_COLUMNS * (balance_list.LONGEST + 4)


@get("/people/{client_id:uuid}/balances/list", access=EDIT)
def list_of_balances(work: Work, incoming: Incoming, client_id: UUID) -> View:
    """Where a list is sent in; with one that was sent, what we understood of it."""
    client = people.client(work, client_id)
    money = reckoning(work, client)
    values: dict[str, Any] = {
        "base": f"/people/{client.id}/balances",
        "keepers": _keepers(money),
        "known": money is not None,
        "today_typed": work.today(client).isoformat(),
        "found": None,
    }
    sent = _sent(incoming)
    if sent is not None and money is not None:
        values |= _found(sent, money)
    return View("spending/balance_list.html", values, client=client)


@dataclass(frozen=True)
class Sent:
    """A list on its way in: its rows, the two columns as somebody said them, and who says so for which day."""

    rows: Sequence[Sequence[str]]
    told: tuple[int | None, int | None] | None
    keeper: Keeper
    on: date


def _sent(incoming: Incoming) -> Sent | None:
    """What a form of this page sent along; None for a page that was only opened, or where it cannot be read."""
    posted = incoming.posted
    try:
        told = _place(posted.one("name")), _place(posted.one("left"))
        return Sent(_read(posted.one("cells")), told, Keeper(posted.one("keeper")), read_day(posted.one("on")))
    except (ValueError, Refusal):
        return None


def _keepers(money: Reckoning | None) -> list[tuple[str, str]]:
    every = [keeper for one in money.parts() for keeper in keepers(money, one)] if money else []
    return [(one.value, plain(one.words)) for one in dict.fromkeys(every)]


def _found(sent: Sent, money: Reckoning) -> dict[str, Any]:
    """A list as the page shows it: its columns, and each row with the part it may be about."""
    parts = _parts(money, sent.keeper)
    found = understand(sent.rows, sent.told, parts)
    return {
        "found": found,
        "cells": json.dumps(sent.rows, ensure_ascii=False, separators=(",", ":")),
        "keeper": sent.keeper.value,
        "keeper_name": sent.keeper.words,
        "on": sent.on.isoformat(),
        "day": sent.on,
        "columns": [(place, show_plain(_title(found, place))) for place in range(len(found.titles))],
        "days": any(one.on for one in found.rows),
        "rows": [(one, money_typed(one.left) if one.left is not None else "") for one in found.rows],
        "parts": [(one.key, show_plain(shown(one.name))) for one in parts],
    }


def _title(found: BalanceList, place: int) -> Name | Words:
    return Name(found.titles[place]) if found.titles[place] else words("Column {number}", number=place + 1)


def _parts(money: Reckoning, keeper: Keeper) -> list[Component]:
    """The parts of which this keeper has a balance."""
    return [one for one in money.parts() if keeper in keepers(money, one)]


def _place(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed) < balance_list.MOST_COLUMNS else None


def _read(typed: str) -> list[list[str]]:
    """The rows of a list as the page sent them along; Refusal where they are no longer what it sent."""
    try:
        rows = json.loads(typed)
    except ValueError:
        rows = None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refusal(words("Choose a file first."))
    return [[str(text)[: balance_list.LONGEST] for text in row] for row in rows[: balance_list.MOST_ROWS]]


@dataclass(frozen=True)
class SendForm:
    keeper: Keeper = forms.choice(Keeper)
    on: date = forms.day()
    file: forms.Upload = forms.upload()


def read_file(work: Work, form: SendForm) -> list[list[str]] | Words:
    """The rows of the file, or why it cannot be read."""
    try:
        return cells_of(form.file.content)
    except Unusable as refusal:
        return refusal.problem.message


@post(
    "/people/{client_id:uuid}/balances/list",
    access=EDIT,
    form=SendForm,
    view=list_of_balances,
    prepare=read_file,
    megabytes=MOST_BYTES // 1_000_000 + 1,
)
def send_list(work: Work, form: SendForm, prepared: list[list[str]] | Words, client_id: UUID) -> View:
    """Read a list, and show what was understood; nothing counts by it."""
    if isinstance(prepared, Words):
        raise Refusal(prepared, "file")
    return _shown(work, people.client(work, client_id), Sent(prepared, None, form.keeper, form.on))


def _shown(work: Work, client: Client, sent: Sent) -> View:
    money = reckoning(work, client)
    if money is None or not _parts(money, sent.keeper):
        raise Refusal(words("Choose one of the parts of the funding."))
    base = f"/people/{client.id}/balances"
    values = {"base": base, "known": True, **_found(sent, money)}
    return View("spending/balance_list.html", values, client=client, again=f"{base}/list")


@dataclass(frozen=True)
class ColumnsForm:
    cells: str = forms.text(LONGEST)
    keeper: Keeper = forms.choice(Keeper)
    on: date = forms.day()
    name: str = forms.text(3)
    left: str = forms.text(3)


@post("/people/{client_id:uuid}/balances/list/columns", access=EDIT, form=ColumnsForm, view=list_of_balances)
def tell_columns(work: Work, form: ColumnsForm, client_id: UUID) -> View:
    """Say which column names the part, and which says what is left."""
    told = _place(form.name), _place(form.left)
    return _shown(work, people.client(work, client_id), Sent(_read(form.cells), told, form.keeper, form.on))


@post("/people/{client_id:uuid}/balances/list/take", access=EDIT, form=ColumnsForm, view=list_of_balances)
def take_list(work: Work, incoming: Incoming, form: ColumnsForm, client_id: UUID) -> Go:
    """Write down what is left of each part that was chosen; rows of one part and day together."""
    client = people.client(work, client_id)
    money = reckoning(work, client)
    known = {one.key for one in _parts(money, form.keeper)} if money else set()
    told: dict[tuple[str, date], list[Money]] = {}
    for number in range(1, balance_list.MOST_ROWS + 1):
        part = incoming.posted.one(f"part{number}")
        if part in known:
            on = _day(incoming.posted.one(f"on{number}"), f"on{number}") or form.on
            amount = _money(incoming.posted.one(f"amount{number}"), f"amount{number}")
            told.setdefault((part, on), []).append(amount)
    if not told:
        raise Refusal(words("Choose one of the parts of the funding."))
    for (part, on), amounts in told.items():
        claim_commands.tell_balance(work, client, form.keeper, part, on, total(amounts), listed=True)
    said = words("Written down. You can see whether it is what we have, and why not.")
    return Go(f"/people/{client.id}/balances", said)


def _money(typed: str, field: str) -> Money:
    """An amount of a row as a list writes it; more may be spent than there was, so that it is below zero."""
    try:
        return cells.money(typed) or read_money(typed)
    except (Odd, Unreadable) as error:
        raise Refusal(error.message if isinstance(error, Odd) else error.why, field) from None


def _day(typed: str, field: str) -> date | None:
    """The day of a row, where the list says one."""
    try:
        return read_day(typed) if typed else None
    except Unreadable as error:
        raise Refusal(error.why, field) from None
