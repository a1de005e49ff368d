"""The list of people a coordinator works with, as a table: on the page, as cards on a phone, and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from budgeting.words import Name, Value, Words, words
from portal.home.caseload import SHOWS, SOON, Page, Person, Row
from portal.home.waiting import KINDS, SOON as SOON_KIND, counted
from portal.language import plain
from portal.outlook.model import Basis
from portal.site.tables import Cell, Column, Content, Table
from portal.work import Work

#: Each with the order that its head leads to.
COLUMNS = (
    (Column(words("Name")), "name"),
    (Column(words("What is next"), wide=True), "waits"),
    (Column(words("Money lasts until")), "ends"),
    (Column(words("Hours left"), numeric=True), "hours"),
    (Column(words("A week so far"), numeric=True), "pace"),
    (Column(words("Last heard from")), "heard"),
    (Column(words("Next review or end")), "next"),
    (Column(words("Can we afford it?")), ""),
)
NOTHING = words("Nothing waits")
NEVER = words("Not yet")


def tabs(page: Page, show: str, search: str, sort: str) -> list[dict[str, Any]]:
    """Whom to show, with how many there are."""
    counts = {"all": page.everyone, "ends": page.ending, "mine": page.mine, "silent": page.silent}
    return [
        {
            "label": plain(label if counts.get(key) is None else counted(label, counts[key])),
            "href": "/?" + urlencode({"show": key, "sort": sort, **({"q": search} if search else {})}),
            "current": key == (show if show in SHOWS else "all"),
        }
        for key, label in SHOWS.items()
    ]


def kinds(page: Page, kind: str, search: str) -> list[dict[str, Any]]:
    """What waits for the reader by kind, each with how much there is and where it is shown alone."""
    labels = {SOON_KIND: words("Soon"), **{key: label for key, (label, _) in KINDS.items()}}
    return [
        {
            "label": counted(labels[key], count),
            "href": "/?"
            + urlencode({"show": "mine", "kind": key, "sort": "waits", **({"q": search} if search else {})}),
            "current": key == kind,
            "soon": key == SOON_KIND,
        }
        for key, count in page.kinds.items()
        if count
    ]


def table(work: Work, people: Sequence[Person], asked: Mapping[str, str], sort: str) -> Table:
    """One row for each person, in an order that the heads of the columns change."""
    kept = {key: asked[key] for key in ("show", "kind", "q") if asked.get(key)}
    columns = tuple(
        replace(column, sorts="/?" + urlencode({**kept, "sort": by}), sorted=by == sort) if by else column
        for column, by in COLUMNS
    )
    return Table(
        "people", words("People I work with"), columns, [_row(work, one) for one in people], show_caption=False
    )


def _row(work: Work, one: Person) -> list[Content]:
    row, at = one.row, f"/people/{one.row.id}"
    how = f"{at}/alarms"  # where each of these figures says how it came about
    heard = row.heard.date() if row.heard else NEVER
    return [
        Cell(Name(row.name), href=at),
        _next(one),
        _money(work, one, how),
        Cell(row.minutes_left, href=how) if row.minutes_left is not None else "",
        Cell(row.week_spent, how, words("{amount} planned", amount=row.week_planned)) if row.week_planned else "",
        heard,
        Cell(row.next_day[0], note=row.next_day[1]) if row.next_day else "",
        Cell(words("Try it"), href=f"{at}{_where_to_try(row)}"),
    ]


def _where_to_try(row: Row) -> str:
    """What-ifs with the newest open draft, else with the plan in force; else a draft to begin."""
    if row.proposal_id:
        return f"/proposals/{row.proposal_id}/what-if"
    return "/plan/what-if" if row.basis is Basis.PLAN else "/proposals#begin"


def _next(one: Person) -> Cell:
    """The first thing that waits, and whose turn it is."""
    if not one.steps:
        return Cell(NOTHING)
    step, *others = one.steps
    note: Value | None = step.waiting_for
    if more := sum(each.yours for each in others):
        note = words("and {n} more", n=more)
    return Cell(step.words, href=step.href, note=note)


def _money(work: Work, one: Person, how: str) -> Content:
    """Until when the money lasts, and beside it whether that is the end, what is short, or that it is old."""
    row = one.row
    if row.until is None:
        return "" if row.week_planned is None else Cell(None)
    note: Words | None = words("as of {day}", day=one.as_of) if one.as_of else None
    if row.ends and row.short:
        note = words("{amount} missing in the worst funding period", amount=row.short)
        if one.as_of:
            note = words("{amount} missing in the worst funding period, as of {day}", amount=row.short, day=one.as_of)
    elif not row.ends and note is None:
        note = words("Lasts to the end")
    soon = bool(row.ends and row.ends <= work.day + SOON and not one.as_of)
    return Cell(row.until, how, note, "warn" if soon else None)
