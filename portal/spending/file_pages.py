"""Files of invoices: sending one in, answering what we could not know, looking at what was understood, taking it in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from budgeting.money import Money, total
from budgeting.quotation import Level
from budgeting.spending import ClaimType
from budgeting.spending.checks import look
from budgeting.spending.matching import match
from budgeting.spending.totals import by_provider
from budgeting.words import Name, Value, Words, nwords, words
from portal.access.table import Action, Resource
from portal.catalogue.pages import shown_problems
from portal.catalogue.problem import unpacked
from portal.language import plain
from portal.people import queries as people
from portal.people.model import Client
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import Asked, File, Go, View
from portal.site.paging import PagedTable, paged_table
from portal.site.routing import get, post
from portal.site.tablefiles import CSV
from portal.site.tables import Cell, Column, Content, Table, in_one_piece
from portal.spending import example, file_commands, queries, rows
from portal.spending.book import Book, book
from portal.spending.columns import Column as FileColumn, Layout, Role
from portal.spending.model import FileState, InvoiceImport
from portal.spending.reading import Left
from portal.spending.understood import FileRow, Understood, unpack
from portal.work import Refusal, Work

EDIT = (Resource.BUDGET, Action.WRITE)
LOOKS = 20  # worth a look, on one page: what is to be done with the file stands below
COLUMN = re.compile(r"column-(\d{1,3})")
LEFT = {
    Left.TOTAL: words("A total"),
    Left.REMARK: words("A remark"),
    Left.TITLE: words("The names of the columns again"),
    Left.NOTHING: words("It charges nothing"),
}


@get("/people/{client_id:uuid}/spending/files/new", access=EDIT)
def new_file(work: Work, client_id: UUID) -> View:
    """Where a file is sent in."""
    client = people.client(work, client_id)
    return View("spending/send.html", {"base": f"/people/{client.id}/spending"}, client=client)


@dataclass(frozen=True)
class SendForm:
    file: forms.Upload = forms.upload()


@post("/people/{client_id:uuid}/spending/files/new", access=EDIT, form=SendForm, view=new_file, megabytes=7)
def send_file(work: Work, form: SendForm, client_id: UUID) -> Go:
    """Take a file, and lead to the page that shows how its reading goes."""
    client = people.client(work, client_id)
    found = file_commands.send_file(work, client, form.file.name, form.file.content)
    return Go(f"/people/{client.id}/spending/files/{found.id}")


@get("/people/{client_id:uuid}/spending/files/example", access=EDIT)
def example_file(work: Work, client_id: UUID) -> File:
    """A file to try: a month of invoices for the plan there is, with two mistakes in it."""
    client = people.client(work, client_id)
    return File("invoices to try.csv", example.month(book(work, client)), CSV)


@get("/people/{client_id:uuid}/spending/files/{file_id:uuid}", access=EDIT)
def one_file(work: Work, asked: Asked, client_id: UUID, file_id: UUID) -> View | Go:
    """One file on its way in; this page can be left and found again."""
    client = people.client(work, client_id)
    found = queries.file(work, client, file_id)
    reading = found.state in (FileState.WAITING, FileState.READING)
    if not reading and asked.htmx:
        return Go(asked.path)  # the whole page
    values: dict[str, Any] = {
        "it": found,
        "base": f"/people/{client.id}/spending",
        "here": f"/people/{client.id}/spending/files/{found.id}",
        "reading": reading,
        "percent": found.rows_done * 100 // found.rows_all if found.rows_all else 0,
        **shown_problems(unpacked(found.problems), asked),
    }
    known = unpack(found.read) if not reading and found.read is not None else None
    if known is not None:
        values |= _shown(work, asked, client, found, known)
    return View("spending/file.html", values, "spending/_progress.html", client)


def _shown(work: Work, asked: Asked, client: Client, found: InvoiceImport, known: Understood) -> dict[str, Any]:
    values: dict[str, Any] = {
        "unsure": known.unsure,
        "example": Name(known.example),
        "order": known.order,
        "columns": _columns(known.layout) if known.layout else [],
        "missing": [role.words for role in known.layout.missing] if known.layout else [],
        "roles": [(role.value, plain(role.words)) for role in Role],
        "named": bool(known.layout and known.layout.header),
    }
    return values | _preview(work, asked, client, known) if found.state is FileState.READY else values


def _columns(layout: Layout) -> list[tuple[str, Value, str, Name]]:
    """Each column: the name of its field, what it is called, what we take it for, and some of its cells."""
    return [
        (f"column-{one.position}", _title(one), one.role or "", Name(" · ".join(one.samples))) for one in layout.columns
    ]


def _title(one: FileColumn) -> Value:
    return Name(one.title) if one.title else words("Column {number}", number=one.position + 1)


def _preview(work: Work, asked: Asked, client: Client, known: Understood) -> dict[str, Any]:
    """What a file would bring: how much is new, what was here already, what says the same, and what is worth a look."""
    here = queries.marks(work, client)
    found = book(work, client)
    new = [one for one in known.rows if one.mark not in here]
    noticed = _noticed(found, new)
    names = {one.provider_id: one.line.provider or "" for one in found.plan.planned if one.provider_id}

    ours = total([one.told.amount for one in known.rows])
    amounts = [(_by(one, names), one.told.amount) for one in new if one.number == 1]
    lines = {str(one.line.id): one.line.name for one in found.plan.planned}
    return {
        "new": sum(1 for one in new if one.number == 1),
        "known": len(known.rows) - len(new),
        "doubles": [(str(one.row), _double(one)) for one in new if one.number > 1],
        "sum": by_provider(words("Their amount"), amounts),
        "differs": _differs(known.said, ours),
        "noticed": _worth_a_look(noticed, names, asked) if noticed else None,
        "understood": _table(known.rows, names, here, lines, asked),
        "left_out": _left_out(known.left_out, asked) if known.left_out else None,
        "no_provider": any(not one.told.provider_id and not one.told.provider_name for one in new),
    }


def _by(one: FileRow, names: Mapping[UUID, str]) -> Name:
    """Who sent a row, as far as it says so; else what it is for."""
    return _provider(one, names) or Name(one.told.description or one.told.item)


def _provider(one: FileRow, names: Mapping[UUID, str]) -> Name | None:
    known = names.get(one.told.provider_id, "") if one.told.provider_id else one.told.provider_name
    return Name(known) if known else None


def _differs(said: Money | None, ours: Money) -> Words | None:
    if said is None or said == ours:
        return None
    return words("The file says {said} in all, and its rows add up to {ours}. Please check it.", said=said, ours=ours)


def _double(one: FileRow) -> str:
    told = one.told
    about = words("Row {row}: {day}, {amount}", row=one.row, day=told.first, amount=told.amount)
    return plain(about)


def _noticed(found: Book, new: Sequence[FileRow]) -> list[tuple[FileRow, Words]]:
    """What is worth a look in the rows that are new, beside the entries there are."""
    by_id = {f"row {one.row}": one for one in new if one.number == 1}
    every = [*found.placed, *(replace(one.told.entry(), id=key) for key, one in by_id.items())]
    findings = look(every, match(every, found.plan.planned, found.program), found.setting)
    noticed = ((row, one) for key, row in by_id.items() for one in findings.get(key, ()))
    return [(row, one.words) for row, one in noticed if one.level is not Level.NOTE]


def _worth_a_look(noticed: Sequence[tuple[FileRow, Words]], names: Mapping[UUID, str], asked: Asked) -> PagedTable:
    """What is worth a look, row by row of the file."""

    def cells(one: tuple[FileRow, Words]) -> tuple[Content, ...]:
        row, said = one
        return row.row, row.told.first, _provider(row, names) or rows.NOBODY, row.told.amount, said

    columns = (
        Column(words("Row"), numeric=True),
        Column(words("Day")),
        Column(words("Provider")),
        Column(words("Amount"), numeric=True),
        Column(words("Worth a look"), wide=True),
    )
    table = Table("worth-a-look", words("Worth a look"), columns, (), show_caption=False)
    return paged_table(table, noticed, cells, asked, LOOKS)


def _left_out(left: Sequence[tuple[int, Left]], asked: Asked) -> PagedTable:
    """The rows that are no support, and why they were left out."""
    columns = (Column(words("Row"), numeric=True), Column(words("Why")))
    table = Table("left-out", words("Rows that were left out"), columns, (), show_caption=False)
    return paged_table(table, left, lambda one: (one[0], LEFT[one[1]]), asked)


def _table(
    every: Sequence[FileRow],
    names: Mapping[UUID, str],
    here: frozenset[str],
    lines: Mapping[str, str],
    asked: Asked,
) -> PagedTable:
    """The rows of a file as we understood them."""
    heads = (words("Day"), words("Support"), words("Support of the plan"), words("Provider"))
    columns = (
        Column(words("Row"), numeric=True),
        *(Column(head) for head in heads),
        Column(words("How much"), numeric=True),
        Column(words("Amount"), numeric=True),
        Column(words("Invoice")),
        Column(words("New or not")),
    )

    def cells(one: FileRow) -> tuple[Content, ...]:
        told = one.told
        line = lines.get(str(told.line_id)) if told.line_id else None
        state, badge = _state(one, here)
        day: Value = told.first
        if told.last != told.first:
            day = words("{first} to {last}", first=told.first, last=told.last)
        support = Name(told.description or told.item)
        kind = told.claim_type.words if told.claim_type is not ClaimType.STANDARD else None
        out = words("worked out from price and number") if one.worked_out else None
        return (
            one.row,
            day,
            Cell(support, note=kind),
            Name(line) if line else words("None fits for sure"),
            _provider(one, names) or rows.NOBODY,
            rows.counted(told),
            Cell(told.amount, note=out),
            in_one_piece(told.invoice),
            Cell(state, badge=badge),
        )

    return paged_table(Table("file-rows", words("What we understood"), columns, ()), every, cells, asked)


def _state(one: FileRow, here: frozenset[str]) -> tuple[Words, str]:
    if one.mark in here:
        return words("Here already"), ""
    return (words("Says the same as another row"), "warn") if one.number > 1 else (words("New"), "ok")


@dataclass(frozen=True)
class ColumnsForm:
    version: int = forms.version()
    order: str = forms.one_of(("dmy", "mdy"), required=False)


@post("/people/{client_id:uuid}/spending/files/{file_id:uuid}/columns", access=EDIT, form=ColumnsForm, view=one_file)
def tell_columns(work: Work, incoming: Incoming, form: ColumnsForm, client_id: UUID, file_id: UUID) -> Go:
    """Say what each column is, or how the days are written, and have the file read again."""
    client = people.client(work, client_id)
    found = queries.file(work, client, file_id)
    told: dict[int, Role | None] = {}
    for name in incoming.posted.fields:
        if column := COLUMN.fullmatch(name):
            typed = incoming.posted.one(name)
            told[int(column[1])] = Role(typed) if typed in set(Role) else None
    roles = [role for role in told.values() if role is not None]
    twice = next((role for role in roles if roles.count(role) > 1), None)
    if twice is not None:
        raise Refusal(words("Two columns are said to be the same: {what}. Choose one of them.", what=twice.words))
    file_commands.tell_columns(work, found, form.version, told, form.order)
    return Go(f"/people/{client.id}/spending/files/{found.id}")


@dataclass(frozen=True)
class TakeForm:
    version: int = forms.version()
    both: tuple[str, ...] = forms.texts(most=2000, longest=7)
    provider: str = forms.text(200, required=False)


@post("/people/{client_id:uuid}/spending/files/{file_id:uuid}/take", access=EDIT, form=TakeForm, view=one_file)
def take_file(work: Work, form: TakeForm, client_id: UUID, file_id: UUID) -> Go:
    """Let everything new in it count."""
    client = people.client(work, client_id)
    found = queries.file(work, client, file_id)
    both = {int(row) for row in form.both if row.isascii() and row.isdigit()}
    taken = file_commands.take(work, found, form.version, both, form.provider)
    said = nwords("{n} entry was taken in.", "{n} entries were taken in.", taken)
    return Go(f"/people/{client.id}/spending", said if taken else words("Everything in this file was here already."))


@post(
    "/people/{client_id:uuid}/spending/files/{file_id:uuid}/aside",
    access=EDIT,
    form=forms.VersionForm,
    view=one_file,
)
def put_aside(work: Work, form: forms.VersionForm, client_id: UUID, file_id: UUID) -> Go:
    """Forget a file that was not taken in."""
    client = people.client(work, client_id)
    file_commands.put_aside(work, queries.file(work, client, file_id), form.version)
    return Go(f"/people/{client.id}/spending", words("Put aside. Nothing of it counts."))
