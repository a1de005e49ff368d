"""Prices as tables: the limits of a support, how they changed, what providers ask, what a new list changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from budgeting.catalogue import PriceEdition, SupportItem
from budgeting.explain.describe import listed
from budgeting.money import Money
from budgeting.words import Name, Words, nwords, words
from portal.catalogue.lists import ChangedRow, LimitRow, PastRow, Shown
from portal.catalogue.reading import FIELDS, FLAGS, NATIONAL, REMOTE, STATES
from portal.site.tables import Cell, Column, Content, Table

ZONES = (words("Most places"), words("Remote"), words("Very remote"))
CHANGES = (Shown.CHANGED, Shown.DEARER, Shown.CHEAPER)


def limits(rows: Sequence[LimitRow]) -> Table:
    """The most a support may cost now, by time and place."""
    cells = [(row.band, Cell(Name(row.item.number), row.href), row.unit or "", *row.limits) for row in rows]
    columns = (Column(words("When")), Column(words("Item")), Column(words("Counted in")), *_zones())
    if not any(row.unit for row in rows):
        columns, cells = (*columns[:2], *_zones()), [(*cell[:2], *cell[3:]) for cell in cells]
    return Table("limits", words("The most it may cost now"), columns, cells)


def history(rows: Sequence[PastRow]) -> Table:
    """How the limit of a support changed, the newest first."""
    cells: list[tuple[Content, ...]] = [
        (row.first, row.last if row.last else words("Still holds"), *row.limits) for row in rows
    ]
    columns = (Column(words("From")), Column(words("To")), *_zones())
    return Table("history", words("How it changed"), columns, cells)


def _zones() -> tuple[Column, ...]:
    return tuple(Column(zone, numeric=True) for zone in ZONES)


def asked(rows: Sequence[tuple[Cell, Words, Money, date]]) -> Table:
    """What providers ask for a support."""
    columns = (
        Column(words("Provider")),
        Column(words("When")),
        Column(words("Price"), numeric=True),
        Column(words("Holds from")),
    )
    return Table("asked", words("What providers ask"), columns, rows)


def changed(page: Sequence[ChangedRow], all_rows: Sequence[ChangedRow], shown: Shown) -> Table:
    """What a list changed: the rows of this page, and all of them in the file."""
    columns = [Column(words("Support")), Column(words("Item"))]
    if shown is not Shown.NEW:
        columns.append(Column(words("Limit before"), numeric=True))
    if shown is not Shown.ENDED:
        columns.append(Column(words("Limit now"), numeric=True))
    if shown in CHANGES:
        columns.append(Column(words("Also changed")))
    caption = nwords("{n} support", "{n} supports", len(all_rows))
    cells = [_changed(row, shown) for row in page]
    return Table("changed", caption, tuple(columns), cells, everything=[_changed(row, shown) for row in all_rows])


def _changed(row: ChangedRow, shown: Shown) -> tuple[Content, ...]:
    cells: list[Content] = [row.name, Name(row.number)]
    if shown is not Shown.NEW:
        cells.append(row.before)
    if shown is not Shown.ENDED:
        cells.append(row.after)
    if shown in CHANGES:
        cells.append(listed(list(row.also)) if row.also else words("Nothing else"))
    return tuple(cells)


def whole(edition: Callable[[], PriceEdition], day: date) -> Table:
    """A price list with the columns of the published one, so that its file can be brought in again."""
    titles = [title for title, _ in FIELDS.values()]
    titles += [*FLAGS.values(), *NATIONAL.values(), *STATES.values(), *REMOTE.values()]
    columns = tuple(Column(words("{name}", name=Name(title))) for title in titles)
    caption = words("Price list of {day}", day=day)
    return Table("whole", caption, columns, (), everything=lambda: [_published(one) for one in edition().rows])


def _published(item: SupportItem) -> tuple[Content, ...]:
    said = {field: getattr(item, field) for field in FIELDS} | {"quote": "Yes" if item.quote else "No"}
    fields = [one if isinstance(one, date) else Name(one) for one in said.values()]
    national = item.limits.get("national")
    limits = [national, *(item.limits.get(state, national) for state in STATES)]
    remote = [item.limits.get(zone) for zone in REMOTE]
    return (*fields, *(Name(item.flags.get(flag, "NA")) for flag in FLAGS), *limits, *remote)
