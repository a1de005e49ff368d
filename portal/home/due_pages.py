"""What is due for everybody somebody works with, in one list: by kind, by person, by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from budgeting.words import Name, Words, words
from portal.access.scope import limit
from portal.access.table import Action, Resource
from portal.accounts.queries import names
from portal.changes import queries as changes
from portal.language import markup
from portal.people import due
from portal.people.due import Due, Kind
from portal.people.model import Client
from portal.site.page import Asked, View
from portal.site.paging import paged
from portal.site.routing import get
from portal.site.tables import Cell, Column, Content, Table
from portal.work import Work

SIZE = 25
KINDS: dict[Kind, Words] = {
    Kind.FOLLOW_UP: words("To be done"),
    Kind.REVIEW: words("Is it working?"),
    Kind.BRIEFING: words("Briefings of staff"),
    Kind.NOBODY_CAME: words("Nobody came"),
    Kind.DECISION: words("Decisions"),
    Kind.DISAGREEMENT: words("Where we do not agree"),
    Kind.CHANGE: words("Changes"),
    Kind.PUT_OFF: words("Put off"),
    Kind.QUESTION: words("Questions"),
    Kind.AGREEMENT: words("Agreements"),
    Kind.PART: words("Plans for us"),
    Kind.FUNDING: words("Funding"),
    Kind.CLAIM: words("Claims"),
}
COLUMNS = (
    Column(words("Day")),
    Column(words("What")),
    Column(words("Person")),
    Column(words("Kind")),
    Column(words("Who")),
)


@get("/due", access=(Resource.PRICES, Action.READ))
def what_is_due(work: Work, asked: Asked) -> View:
    """Everything with a day, what is urgent first; the same address gives all of it, as it is filtered, as a file."""
    search, kind, until = (asked.query.get(name, "")[:80] for name in ("q", "kind", "until"))
    wanted = limit(select(Client), work, Client)
    known = {one.id: one for one in work.session.scalars(wanted)}
    everybody = {**{one.id: one for one in changes.served(work)}, **known}
    clients = {one.id: one for one in everybody.values() if search.casefold() in one.name.casefold()}
    last = _day(until)
    every = due.all_of(work, clients)
    found = [one for one in every if kind in ("", one.kind) and (last is None or one.day <= last)]
    page = paged(found, asked, SIZE)
    shown = found if "as" in asked.query else page.rows
    called = names(work.session, {one.who for one in shown if isinstance(one.who, UUID)})
    rows = [_row(work, one, clients[one.client_id], called, linked=one.client_id in known) for one in shown]
    return View(
        "home/due.html",
        {
            "search": search,
            "kind": kind,
            "until": last.isoformat() if last else "",
            "kinds": [(one.value, markup(text)) for one, text in KINDS.items()],
            "filtered": bool(search or kind or last),
            "total": len(found),
            "table": Table("due", words("What is due"), COLUMNS, rows, show_caption=False),
            "pages": page,
        },
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _row(work: Work, one: Due, client: Client, called: Mapping[UUID, str], *, linked: bool) -> list[Content]:
    """One thing that is due; who only knows a client by its own part is not led to their record."""
    who = Name(called.get(one.who, "")) if isinstance(one.who, UUID) else one.who
    return [
        Cell(one.day, badge="warn" if one.urgent or one.day < work.today(client) else None),
        Cell(one.what, href=one.href),
        Cell(Name(client.name), href=f"/people/{client.id}" if linked else None),
        KINDS[one.kind],
        "" if who is None else who,
    ]
