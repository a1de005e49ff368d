"""Money for equipment and changes to the home in Support at Home: each tier with what it holds, used and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.programs.support_at_home.granted import SCHEMES
from budgeting.programs.support_at_home.tiers import Standing, published, standings
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.funding import held
from portal.people import queries as people
from portal.people.model import Client
from portal.site.page import View
from portal.site.routing import get
from portal.site.tables import Column, Content, Table
from portal.spending.balance_pages import reckoning
from portal.spending.balance_rows import Reckoning
from portal.work import Work


@get("/people/{client_id:uuid}/equipment/tiers", access=(Resource.BUDGET, Action.READ))
def tiers(work: Work, client_id: UUID) -> View:
    """Every tier that was granted, and what a tier can hold."""
    client = people.client(work, client_id)
    money, today = reckoning(work, client), work.today(client)
    own, found = people.is_own(work, client), standing(work, client, money)
    values: dict[str, Any] = {
        "own": own,
        "aged": money is not None and money.aged,
        "letter": money is not None,
        "tiers": found,
        "table": _table(found) if found else None,
        "levels": _levels(today) if money is not None and money.aged else None,
        "tell": f"/people/{client.id}/funding/granted?kind=tier",
    }
    return View("equipment/tiers.html", values, client=client)


def standing(work: Work, client: Client, money: Reckoning | None) -> Sequence[Standing]:
    """How each tier stands today; none for whoever is not in Support at Home."""
    if money is None or not money.aged:
        return ()
    services = money.book.kept.services(money.funding)
    return standings(money.funding, services, held.by_part(work, client), work.today(client))


def _table(found: Sequence[Standing]) -> Table:
    columns = (
        Column(words("What it is for")),
        Column(words("Amount that was granted"), numeric=True),
        Column(words("Used so far"), numeric=True),
        Column(words("Left of it"), numeric=True),
        Column(words("Money held for it"), numeric=True),
        Column(words("Can be spent until")),
    )
    rows: list[tuple[Content, ...]] = [
        (one.name, one.granted, one.used, one.left, one.held if one.held is not None else "", one.days.last)
        for one in found
    ]
    return Table("tiers", words("Money for equipment and changes to the home"), columns, rows)


def _levels(day: date) -> Table:
    """The published amounts, side by side."""
    each = [dict(published(scheme, day)) for scheme in SCHEMES]
    columns = (
        Column(words("Tier")),
        Column(words("Equipment and products"), numeric=True),
        Column(words("Changes to the home"), numeric=True),
    )
    rows: list[tuple[Content, ...]] = [(name, *(one[name] for one in each)) for name in each[0]]
    return Table("tier-amounts", words("What a tier holds, as published"), columns, rows)
