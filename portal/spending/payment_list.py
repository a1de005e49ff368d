"""A list of payments that came with a told balance, where a person has to say which of its columns is what."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgeting.money import Money
from budgeting.spending.balances import Keeper
from budgeting.words import Name, words
from portal.catalogue.cells import tidy
from portal.catalogue.problem import Unusable
from portal.catalogue.spreadsheet import tables
from portal.funding.forms import money_typed
from portal.language import show_plain
from portal.people.model import Client
from portal.site import forms
from portal.site.page import View
from portal.spending.columns import Role, score
from portal.spending.reading import INVOICES, Reading
from portal.work import Refusal

MOST_COLUMNS, LONGEST = 20, 200
LENGTH = 1_000_000  # characters of a list that the page sends along


def as_text(content: bytes) -> str:
    """The rows of a file as CSV, the sheet that looks most like payments; Refusal where it is no list."""
    try:
        best = max(tables(content, INVOICES), key=lambda one: (score(one), len(one.rows)))
    except (Unusable, ValueError):
        raise Refusal(INVOICES.empty, "list") from None
    written = io.StringIO()
    rows = ([tidy(text)[:LONGEST] for text in row[:MOST_COLUMNS]] for row in best.rows)
    csv.writer(written).writerows(rows)
    if written.tell() > LENGTH:
        raise Refusal(words("This is too long: use at most {most} characters.", most=LENGTH), "list")
    return written.getvalue()


@dataclass(frozen=True)
class ToldForm:
    """What somebody else says is left of a part, and on which day."""

    keeper: Keeper = forms.choice(Keeper)
    component: str = forms.text(40)
    left: Money = forms.money()
    on: date = forms.day()


def ask(client: Client, form: ToldForm, cells: str, found: Reading) -> View:
    """The columns of a list, to be said by a person, with everything they told before."""
    base = f"/people/{client.id}/balances"
    columns = found.layout.columns if found.layout else ()
    titles = [Name(one.title) if one.title else words("Column {number}", number=one.position + 1) for one in columns]
    values: dict[str, Any] = {
        "base": base,
        "cells": cells,
        "keeper": form.keeper.value,
        "component": form.component,
        "left": money_typed(form.left),
        "on": form.on.isoformat(),
        "choices": [(one.position, show_plain(title)) for one, title in zip(columns, titles, strict=True)],
        "samples": [(title, Name(" · ".join(one.samples))) for one, title in zip(columns, titles, strict=True)],
        "day": found.layout.place(Role.DATE) if found.layout else None,
        "amount": found.layout.place(Role.AMOUNT) if found.layout else None,
        "unsure": found.unsure,
        "example": Name(found.example),
        "order": "",
    }
    return View("spending/payment_list.html", values, client=client, again=base)
