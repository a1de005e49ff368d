"""A monthly statement as tables: balances, services by kind, care management, earlier months, beside the provider's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgeting.explain import UNITS, counted_in
from budgeting.money import Minutes
from budgeting.programs.support_at_home.statement import Beside, Statement
from budgeting.programs.support_at_home.statement_rows import Group, Service
from budgeting.words import Words, words
from portal.site.page import Asked
from portal.site.paging import PagedTable, paged_table
from portal.site.tables import Cell, Column, Content, Table


@dataclass(frozen=True)
class Shown:
    """The tables of one statement; one that has nothing to show is None."""

    balances: Table
    groups: tuple[PagedTable, ...]
    care: PagedTable | None
    adjustments: PagedTable | None
    questioned: PagedTable | None


COLUMNS = (
    Column(words("Day")),
    Column(words("Service")),
    Column(words("Provider")),
    Column(words("Hours or number"), numeric=True),
    Column(words("Price"), numeric=True),
    Column(words("Paid by the funding"), numeric=True),
    Column(words("You pay"), numeric=True),
    Column(words("Note")),
)


def tables(made: Statement, asked: Asked) -> Shown:
    """Every table of a statement; long ones page by page."""
    return Shown(
        balances=_balances(made),
        groups=tuple(_group(one, asked) for one in made.groups),
        care=_care(made, asked) if made.care.services else None,
        adjustments=_services("adjustments", words("Refunds and earlier months"), made.adjustments, asked),
        questioned=_services("questioned", words("Questioned, so not counted"), made.questioned, asked),
    )


def _balances(made: Statement) -> Table:
    columns = (
        Column(words("Part of the funding")),
        Column(words("Opening balance"), numeric=True),
        Column(words("Added"), numeric=True),
        Column(words("Taken by services"), numeric=True),
        Column(words("Closing balance"), numeric=True),
        Column(words("Can be spent until")),
    )
    rows: list[tuple[Content, ...]] = [
        (
            one.name,
            one.opening,
            one.added,
            one.taken,
            one.closing,
            one.ends or "",
        )
        for one in made.balances
    ]
    return Table("statement-balances", words("The money in this month"), columns, rows)


def _group(one: Group, asked: Asked) -> PagedTable:
    foot: tuple[Content, ...] = (words("Together"), "", "", "", one.price, one.subsidy, one.contribution, "")
    key = f"services-{one.key.replace('_', '-') or 'other'}"
    return paged_table(Table(key, one.label, COLUMNS, (), foot), one.services, _row, asked)


def _services(key: str, caption: Words, services: Sequence[Service], asked: Asked) -> PagedTable | None:
    return paged_table(Table(key, caption, COLUMNS, ()), services, _row, asked) if services else None


def _row(one: Service) -> tuple[Content, ...]:
    paid = replace(one.contribution, label=words("You pay"))
    return one.first, one.name, one.provider, _amount(one), one.price, one.subsidy, paid, _note(one)


def _note(one: Service) -> Content:
    """What a statement has to say of a service besides its amounts."""
    if one.called_off:
        return words("Called off at short notice")
    return words("A third party did it for the provider") if one.passed_on else ""


def _amount(one: Service) -> Content:
    if one.minutes is not None:
        return one.minutes
    if one.quantity is None:
        return ""
    return Cell(one.quantity, note=counted_in(one.quantity, one.unit) if one.unit in UNITS else None)


def _care(made: Statement, asked: Asked) -> PagedTable:
    def row(one: Service) -> tuple[Content, ...]:
        return one.first, one.provider, one.minutes

    columns = (Column(words("Day")), Column(words("Provider")), Column(words("Time"), numeric=True))
    minutes = made.care_minutes.value
    foot: tuple[Content, ...] = (words("Together"), "", minutes if isinstance(minutes, Minutes) else None)
    return paged_table(
        Table("care-management", words("Care management"), columns, (), foot), made.care.services, row, asked
    )


def compared(found: Sequence[Beside]) -> Table:
    """Ours beside what the provider's statement says."""
    asked, theirs = words("Nothing here says why. Ask your provider."), words("Beside the statement of your provider")
    columns = (
        Column(words("What")),
        Column(words("Ours"), numeric=True),
        Column(words("Theirs"), numeric=True),
        Column(words("Difference"), numeric=True),
        Column(words("Why"), wide=True),
    )
    rows: list[tuple[Content, ...]] = []
    for one in found:
        if one.by is None:
            why: Content = ""
        elif not one.by:
            why = Cell(words("The same"), badge="ok")
        else:
            first, *more = one.reasons or (asked,)
            why = Cell(first, note=more[0] if more else None)
        rows.append((one.label, one.ours, one.theirs, one.by, why))
    return Table("beside", theirs, columns, rows, show_caption=False)
