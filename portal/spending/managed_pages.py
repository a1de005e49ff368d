"""What a plan manager sees of somebody's money: the parts it manages, and nothing of any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from budgeting import programs
from budgeting.explain import Figure
from budgeting.money import Money
from budgeting.package import Management
from budgeting.period import month_of
from budgeting.spending import UNCOUNTED
from budgeting.spending.totals import by_provider
from budgeting.words import Name, Words, words
from budgeting.working import TOLD
from portal.access.table import Action, Resource
from portal.language import month_name, plain
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals.frozen import FrozenLine
from portal.site.page import Asked, View
from portal.site.paging import Pager, paged
from portal.site.routing import get
from portal.site.tables import Cell, Column, Content, Table, in_one_piece
from portal.spending import claim_queries, claim_rows, rows
from portal.spending.book import Book, Plan, book, whole_plan
from portal.spending.managing import managing
from portal.spending.model import Delivered
from portal.work import NotVisible, Work

WHY = "sums of the parts of the funding that the reader's own organisation manages"
PAGE, MOST_TYPED = 50, 20


@get("/managed", access=(Resource.BUDGET, Action.READ))
def everybody(work: Work, asked: Asked) -> View:
    """Everybody whose parts the reader's organisation manages, and the month that waits."""
    if not any(one.plan_manager for one in claim_queries.parties(work)):
        raise NotVisible
    page = paged(managing(work), asked, PAGE)
    return View("spending/managing.html", {"managing": page.rows, "page": page})


@get("/people/{client_id:uuid}/managed", access=(Resource.BUDGET, Action.READ))
def managed(work: Work, asked: Asked, client_id: UUID) -> View:
    """What is left of the parts that the reader's organisation manages for somebody, and each month of it."""
    managers = [one for one in claim_queries.parties(work) if one.plan_manager]
    named = {key: name for one in managers for key, name in claim_queries.managed(work, one).items()}
    if client_id not in named:
        raise NotVisible
    client = people.client_of(work, client_id, WHY)
    found = _book(work, client)
    keys = {one.key for one in found.setting.components if one.management is Management.PLAN}
    standings = [one for one in found.standings if one.total.component.key in keys]
    entries = [
        one
        for one, at in zip(found.rows, found.placed, strict=True)
        if at.component in keys and at.management is Management.PLAN
    ]
    months = rows.months(entries)
    typed = asked.query.get("month", "")[:MOST_TYPED]
    month = next((one for one in months if f"{one:%Y-%m}" == typed), months[0] if months else None)
    other = words("There is no month “{month}” here. This is the newest one.", month=Name(typed))
    values = {
        "name": named[client_id],
        "base": f"/people/{client_id}/managed",
        "parts": [(rows.part(one, found.setting.today), found.held.get(one.total.component.key)) for one in standings],
        "other": other if typed and month and f"{month:%Y-%m}" != typed else None,
        "months": [(f"{day:%Y-%m}", month_name(day), day == month) for day in months],
        **(_statement(found, _of(entries, month), month, asked) if month else {"statement": None}),
    }
    return View("spending/managed.html", values)


def _book(work: Work, client: Client) -> Book:
    """The book with the whole plan, in which nothing of the plan is said in the person's own words."""
    plan = whole_plan(work, client.id, WHY)
    found = book(work, client, _plainly(plan))
    return replace(found, held={key: _amount(one) for key, one in found.held.items()})


def _plainly(plan: Plan) -> Plan:
    if plan.current is None:
        return plan
    program = plan.current.program
    lines = tuple(_plain_line(one, program) for one in plan.current.lines)
    return replace(plan, current=replace(plan.current, lines=lines))


def _on_the_list(support: str | None, program: str) -> Words:
    """What a support is called on the list, whatever the person calls it."""
    family = programs.program(program).family(support)
    return family.label if family else words("A support")


def _plain_line(line: FrozenLine, program: str) -> FrozenLine:
    """A line under the name that its support has on the list, with its provider."""
    name = _on_the_list(line.terms.support, program)
    if line.provider:
        name = words("{provider}: {support}", provider=Name(line.provider), support=name)
    return replace(line, terms=replace(line.terms, name=plain(name)))


def _amount(held: Figure) -> Figure:
    return Figure(words("Money that is held"), held.value, not_included=held.not_included, working=TOLD)


def _of(entries: Sequence[Delivered], month: date) -> list[Delivered]:
    return [one for one in entries if one.first in month_of(month)]


def _statement(found: Book, entries: Sequence[Delivered], month: date, asked: Asked) -> Mapping[str, Any]:
    """What came in one month, and what became of each: the page shows some, the file has all."""
    days = month_of(month)
    page: Pager = paged(entries, asked, PAGE)
    columns = (
        Column(words("Day")),
        Column(words("What it was")),
        Column(words("Provider")),
        Column(words("Invoice")),
        Column(words("Hours or number"), numeric=True),
        Column(words("Amount"), numeric=True),
        Column(words("How it stands")),
        Column(words("Claim by")),
        Column(words("Perhaps already by")),
    )

    def cells(one: Delivered) -> tuple[Content, ...]:
        planned = found.matches[one.id].planned
        listed = _on_the_list(planned.line.support if planned else None, found.program)
        return (
            one.first,
            claim_rows.support(one, found.program) or listed,
            found.provider(one),
            in_one_piece(one.invoice),
            claim_rows.amount_of_it(one) or "",
            one.amount,
            Cell(one.state.words, badge=rows.STATE_BADGES[one.state]),
            *claim_rows.by_when(one.first, one.state, found.setting.today, found.program),
        )

    counted: list[tuple[Name, Money]] = [
        (found.provider(one), one.amount) for one in entries if one.state not in UNCOUNTED
    ]
    whole = by_provider(words("Together"), counted)
    caption = words("Statement from {first} to {last}", first=days.first, last=days.last)
    table = Table(
        "statement",
        caption,
        columns,
        [cells(one) for one in page.rows],
        (words("Together"), "", "", "", "", whole, "", "", ""),
        everything=lambda: [cells(one) for one in entries],
    )
    return {"statement": table, "page": page}
