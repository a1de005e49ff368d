"""Rows ready to be shown: what a price list changed, what a support may cost. Values keep their type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote, urlencode

from budgeting.catalogue import OPEN_END, ZONES, Priced, SupportItem
from budgeting.explain import BANDS, PER_UNIT
from budgeting.money import Money
from budgeting.programs import PROGRAMS, program as program_of
from budgeting.words import Name, Words, words
from portal.catalogue.book_queries import AskedPrice
from portal.catalogue.cells import folded
from portal.catalogue.comparison import EditionChanges, ItemChange
from portal.catalogue.directory import Found
from portal.catalogue.model import ImportState, ListImport
from portal.catalogue.problem import Problem
from portal.catalogue.queries import PriceList
from portal.language import plain
from portal.site.tables import Cell, Column, Content, Table

A_DOLLAR = words("for one dollar of what it really costs")
NO_LIMIT = words("No limit")
QUOTE = words("By quote")

FLAG_NAMES = {
    "non_face_to_face": words("Work without the person there"),
    "travel": words("Travel of the provider"),
    "cancellation": words("Called off at short notice"),
    "reports": words("Reports the agency asks for"),
    "irregular_sil": words("Unplanned support in shared living"),
}
ANSWERS = {"Y": words("May be claimed"), "N": words("May not be claimed"), "NA": words("Does not apply")}

TERMS = (
    ("name", words("Name")),
    ("unit", words("Unit")),
    ("quote", words("Whether a quote is needed")),
    ("category", words("Category")),
    ("pace_category", words("Category in the newer system")),
    ("group", words("Registration group")),
    ("flags", words("What else may be claimed")),
)


class Shown(StrEnum):
    """Which changes of a price list are looked at."""

    NEW = "new"
    CHANGED = "changed"
    DEARER = "dearer"
    CHEAPER = "cheaper"
    ENDED = "ended"
    UNCHANGED = "unchanged"

    @classmethod
    def of(cls, asked: str | None, changes: EditionChanges) -> Shown:
        """The ones asked for, else the first that has any."""
        counts = changes.counts()
        if asked in set(cls):
            return cls(asked)
        return next((one for one in (cls.DEARER, cls.NEW, cls.CHANGED, cls.ENDED) if counts[one]), cls.UNCHANGED)


LABELS = {
    Shown.NEW: words("New"),
    Shown.CHANGED: words("Changed"),
    Shown.DEARER: words("Dearer"),
    Shown.CHEAPER: words("Cheaper"),
    Shown.ENDED: words("Ended"),
    Shown.UNCHANGED: words("Unchanged"),
}


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    current: bool


def tabs(path: str, changes: EditionChanges, chosen: Shown, wanted: str) -> list[Tab]:
    """A tab for each kind of change, with its count."""
    found = []
    counts = changes.counts()
    for shown, label in LABELS.items():
        query = {"show": shown.value} | ({"q": wanted} if wanted else {})
        text = plain(words("{kind} ({count})", kind=label, count=counts[shown]))
        found.append(Tab(text, f"{path}?{urlencode(query)}", shown is chosen))
    return found


@dataclass(frozen=True)
class ChangedRow:
    """One support of a price list, before and after."""

    number: str
    name: Name
    before: Money | Words | None
    after: Money | Words | None
    also: Sequence[Words]


def rows(changes: EditionChanges, shown: Shown, wanted: str) -> list[ChangedRow]:
    """The rows of one kind whose name or number holds every word asked for, by number."""
    match shown:
        case Shown.NEW:
            found = [ChangedRow(item.number, Name(item.name), None, limit(item), ()) for item in changes.new]
        case Shown.ENDED:
            found = [ChangedRow(item.number, Name(item.name), limit(item), None, ()) for item in changes.ended]
        case Shown.UNCHANGED:
            found = [ChangedRow(i.number, Name(i.name), limit(i), limit(i), ()) for i in changes.unchanged]
        case Shown.DEARER:
            found = [_changed(change) for change in changes.dearer]
        case Shown.CHEAPER:
            found = [_changed(change) for change in changes.cheaper]
        case Shown.CHANGED:
            found = [_changed(change) for change in changes.changed]
    asked = folded(wanted).split()
    kept = [row for row in found if all(word in f"{folded(row.name.text)} {row.number.casefold()}" for word in asked)]
    return sorted(kept, key=lambda row: row.number)


def _changed(change: ItemChange) -> ChangedRow:
    before, after = change.before, change.after
    also = [label for field, label in TERMS if getattr(before, field) != getattr(after, field)]
    elsewhere = [zone for zone in change.zones if zone != "national"]
    nationally = before.limits["national"] != after.limits["national"]
    if not nationally and any(before.limits.get(zone) != after.limits.get(zone) for zone in elsewhere):
        also.append(words("Limits in other places"))
    return ChangedRow(after.number, Name(after.name), limit(before), limit(after), also)


def limit(item: SupportItem, zone: str = "national") -> Money | Words:
    """A price limit, or in words that there is none."""
    found = item.limit(zone)
    return found if found is not None else QUOTE if item.quote else NO_LIMIT


STEPS = (
    (ImportState.WAITING, words("Waiting")),
    (ImportState.READING, words("Reading every row")),
    (ImportState.DONE, words("Done")),
)


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    href: None = None


def steps(found: ListImport) -> list[Step]:
    """Where an import is, for the steps on its page."""
    order = [state for state, _ in STEPS]
    here = order.index(ImportState.READING if found.state is ImportState.REFUSED else found.state)
    return [
        Step(plain(label), "done" if place < here else "now" if place == here else "next")
        for place, (_, label) in enumerate(STEPS)
    ]


def program_tabs(chosen: str, wanted: str) -> list[Tab]:
    """A tab for each program; what was asked for stays."""
    query = {"q": wanted} if wanted else {}
    return [
        Tab(program_of(key).name, f"/supports?{urlencode({'program': key, **query})}", key == chosen)
        for key in PROGRAMS
    ]


@dataclass(frozen=True)
class SupportRow:
    """A support in a list of found ones."""

    href: str
    label: Words | Name
    number: str | None
    unit: Words | None
    lowest: Money | Words | None
    highest: Money | None


def support_row(found: Found) -> SupportRow:
    """A found support with the range of its national limits; an item in another unit (a whole night) is left out."""
    alike = [item for _, item in found.items if item.unit == found.items[0][1].unit]
    amounts = sorted({one.minor for item in alike if (one := item.limit("national")) is not None})
    lowest = Money(amounts[0]) if amounts else limit(alike[0]) if alike else None
    return SupportRow(
        f"/supports/{found.program}/{quote(found.key, safe='')}",
        found.label,
        found.key if isinstance(found.label, Name) else None,
        per_unit(found) if amounts or not found.items else None,
        lowest,
        Money(amounts[-1]) if len(amounts) > 1 else None,
    )


def per_unit(found: Found) -> Words | None:
    """What one price is for."""
    return item_unit(found.items[0][1]) if found.items else PER_UNIT.get(found.unit)


def item_unit(item: SupportItem) -> Words | None:
    """What one price of an item of a price list is for."""
    return A_DOLLAR if item.dollar_units else PER_UNIT.get(item.unit)


@dataclass(frozen=True)
class LimitRow:
    """The limits of one item: national, remote, very remote; ``unit`` only where it is another than the others'."""

    band: Words
    item: SupportItem
    href: str
    limits: tuple[Money | Words, ...]
    unit: Words | None


def limit_rows(found: Found) -> list[LimitRow]:
    """The limits of a support by time band, in each kind of place."""
    rows = []
    for band, item in found.items:
        limits = tuple(limit(item, zone) for zone in ZONES)
        unit = None if item.unit == found.items[0][1].unit else item_unit(item)
        href = f"/supports/{found.program}/{quote(item.number, safe='')}"
        rows.append(LimitRow(BANDS[band], item, href, limits, unit))
    return rows


@dataclass(frozen=True)
class PastRow:
    first: date
    last: date | None
    limits: tuple[Money | Words, ...]
    now: bool
    source: str


def history(found: Sequence[Priced], day: date) -> list[PastRow]:
    """The limits of one item through time, the newest first."""
    return [
        PastRow(
            row.first,
            None if row.last == OPEN_END else row.last,
            tuple(limit(row.item, zone) for zone in ZONES),
            row.first <= day <= row.last,
            row.edition.source,
        )
        for row in reversed(found)
    ]


def rules(item: SupportItem) -> list[tuple[Words, Words]]:
    """What else a provider may claim for this support."""
    return [(label, ANSWERS[item.flags.get(flag, "NA")]) for flag, label in FLAG_NAMES.items()]


def asked_rows(found: Sequence[AskedPrice]) -> list[tuple[Cell, Words, Money, date]]:
    """What providers ask, as rows by provider and in the order of the week."""
    who = {one.organisation_id: Cell(Name(one.organisation), f"/organisations/{one.organisation_id}") for one in found}
    return [(who[one.organisation_id], BANDS[one.band], one.price, one.valid_from) for one in found]


# Tables

LISTS = (
    Column(words("Holds from")),
    Column(words("Program")),
    Column(words("Where it comes from")),
    Column(words("Rows"), numeric=True),
    Column(words("Brought in")),
    Column(words("How it stands")),
)
PROBLEMS = (Column(words("Row")), Column(words("Column")), Column(words("What to do")))


def all_of_them(found: Sequence[PriceList]) -> Table:
    """Every price list as a table, in the order of ``found``."""
    rows: list[tuple[Content, ...]] = [
        (
            Cell(one.valid_from, href=f"/price-lists/{one.id}"),
            program_of(one.program).name,
            Name(one.source),
            one.rows,
            Cell(one.imported_at, note=Name(one.imported_by) if one.imported_by else None),
            _standing(one),
        )
        for one in found
    ]
    return Table("lists", words("All price lists, the newest first"), LISTS, rows)


def _standing(one: PriceList) -> Content:
    if one.replaced:
        return Cell(words("Replaced"), badge="")
    return Cell(words("Comes with Coplan"), badge="info") if one.origin == "shipped" else ""


def problems_table(seen: Sequence[Problem], everything: Sequence[Problem]) -> Table:
    """What must be put right in a file: the places on this page, and every place for the file to take along."""
    caption = words("What needs putting right; rows are counted as your spreadsheet shows them")
    return Table("problems", caption, PROBLEMS, _places(seen), everything=_places(everything))


def _places(problems: Sequence[Problem]) -> list[tuple[Content, ...]]:
    return [
        (words("Row {number}", number=one.row), Name(one.column) if one.column else words("The whole row"), one.message)
        for one in problems
    ]
