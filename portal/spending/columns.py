"""Which column of a file of invoices is what: by the names that people and programs give to columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from budgeting.spending.marks import squeezed
from budgeting.words import Words, words
from portal.catalogue.cells import tidy
from portal.catalogue.expected import Table

HEADER_WITHIN = 40  # rows from the top in which the names of columns are looked for
ENOUGH = 2  # names of columns that make a row a header
SAMPLES = 3


class Role(StrEnum):
    """What a column says."""

    DATE = "date"
    LAST = "last"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    HOURS = "hours"
    MINUTES = "minutes"
    UNIT = "unit"
    PRICE = "price"
    ITEM = "item"
    DESCRIPTION = "description"
    PROVIDER = "provider"
    ABN = "abn"
    INVOICE = "invoice"
    INVOICE_DATE = "invoice_date"
    START = "start"
    END = "end"
    TYPE = "type"
    GST = "gst"
    PERSON = "person"
    NOTE = "note"

    @property
    def words(self) -> Words:
        """What a column says, in a few words."""
        return ROLES[self]


ROLES: Mapping[Role, Words] = {
    Role.DATE: words("The day of the support"),
    Role.LAST: words("Its last day, where it goes over several"),
    Role.AMOUNT: words("The amount charged"),
    Role.QUANTITY: words("How many"),
    Role.HOURS: words("How many hours"),
    Role.MINUTES: words("How many minutes"),
    Role.UNIT: words("What is counted: hours, days, items"),
    Role.PRICE: words("The price of one"),
    Role.ITEM: words("The support item number"),
    Role.DESCRIPTION: words("What was done"),
    Role.PROVIDER: words("Who did it"),
    Role.ABN: words("The provider’s business number (ABN)"),
    Role.INVOICE: words("The number of the invoice"),
    Role.INVOICE_DATE: words("The day of the invoice"),
    Role.START: words("When it began"),
    Role.END: words("When it ended"),
    Role.TYPE: words("The kind of charge"),
    Role.GST: words("GST"),
    Role.PERSON: words("Who it was for"),
    Role.NOTE: words("A note"),
}

_NAMES: Mapping[Role, str] = {  # the best name first; what stands in brackets on a column is left out before comparing
    Role.DATE: "service date|date of service|support date|date of support|date supports delivered|date delivered|"
    "supports delivered from|service start date|start date|date from|from date|date|from|visit date|shift date|"
    "session date|delivered on|day|dos|service from",
    Role.LAST: "supports delivered to|service end date|end date|date to|to date|to|until|through|service to",
    Role.AMOUNT: "line total|total amount|total inc gst|total including gst|amount inc gst|total price|total charge|"
    "total cost|total aud|total|line amount|amount charged|amount aud|amount|amt|gross amount|gross|charge|cost|value|"
    "amount payable|amount claimed|claim amount|net amount|subtotal|sub total|total ex gst|amount ex gst|fee|"
    "paid total amount|total paid|paid amount|amount paid",
    Role.HOURS: "hours|hrs|hours worked|number of hours|no of hours|hours delivered|total hours|duration|hours charged|"
    "time hours|hour",
    Role.QUANTITY: "quantity|qty|units|number of units|no of units|unit quantity|claimed units|units delivered|count|"
    "quantity delivered",
    Role.MINUTES: "minutes|mins|duration minutes|duration mins|time minutes",
    Role.UNIT: "unit|uom|unit of measure|units of measure|unit type|measure|per",
    Role.PRICE: "unit price|hourly rate|rate|price|unit cost|unit rate|price per unit|price per hour|rate per hour|"
    "rate charged|charge rate|price each|each|cost per unit|unit amount|item price",
    Role.ITEM: "support item number|item number|support number|support item no|line item number|support item code|"
    "item code|line item code|ndis item number|ndis line item|ndis code|support code|service code|line item|item no|"
    "support item|item|code|product code|ndis item|support category item number|support item ref",
    Role.DESCRIPTION: "description|service description|support description|item description|line description|details|"
    "support item name|support item description|item name|support name|service name|service|support|particulars|"
    "activity|service type|type of support|type of service|what|support type|product|work done",
    Role.PROVIDER: "provider name|service provider|support provider|provider|supplier name|supplier|business name|"
    "business|company|company name|vendor|payee|organisation|organization|paid to|who|contractor|contact name",
    Role.ABN: "abn|provider abn|supplier abn|abn of support provider|business abn|abn number",
    Role.INVOICE: "invoice number|invoice no|invoice num|invoice id|inv no|inv number|inv num|inv|invoice|invoice ref|"
    "invoice reference|tax invoice number|tax invoice no|tax invoice|bill number|bill no|document number|"
    "claim reference|reference number|reference no|reference|ref|ref no|receipt number|receipt no|invoice|number",
    Role.INVOICE_DATE: "invoice date|date of invoice|inv date|bill date|issue date|date issued|tax date",
    Role.START: "start time|time from|time in|begin time|from time|start|begin|commenced|clock in|time start",
    Role.END: "end time|time to|time out|finish time|to time|end|finish|clock out|time end|time finish",
    Role.TYPE: "claim type|type of claim|charge type|billing type|claim category|type",
    Role.GST: "gst code|gst|gst amount|tax code|tax|tax amount|gst component|tax type",
    Role.PERSON: "participant name|participant|client name|client|customer name|customer|ndis number|ndis no|"
    "participant number|ndis participant number|consumer|care recipient|patient|person|recipient|name of participant",
    Role.NOTE: "note|notes|comment|comments|remark|remarks|memo|additional information",
}
_ELSEWHERE: Mapping[Role, str] = {  # as families write their own lists in Arabic and Chinese
    Role.DATE: "التاريخ|تاريخ الخدمة|اليوم|日期|服务日期",
    Role.AMOUNT: "المبلغ|المجموع|الإجمالي|金额|总额|合计",
    Role.HOURS: "الساعات|عدد الساعات|小时|小时数|时数",
    Role.QUANTITY: "الكمية|العدد|数量",
    Role.PRICE: "السعر|سعر الساعة|单价|价格",
    Role.DESCRIPTION: "الوصف|الخدمة|الدعم|服务|说明|描述",
    Role.PROVIDER: "مقدم الخدمة|服务商|服务提供者|提供者",
    Role.INVOICE: "رقم الفاتورة|الفاتورة|发票号|发票号码|发票",
}
_RANKED: dict[str, tuple[int, Role]] = {}
for _role, _names in (*_NAMES.items(), *_ELSEWHERE.items()):
    for _rank, _name in enumerate(_names.split("|")):
        _RANKED.setdefault(squeezed(_name), (_rank, _role))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its place from 0, its name as written, what we take it for, and some of its cells."""

    position: int
    title: str
    role: Role | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out. ``header`` is the row of the names, counted from 1; 0 where there are none."""

    header: int
    columns: tuple[Column, ...]

    def place(self, role: Role) -> int | None:
        """The column that says this; None where no column does."""
        return next((one.position for one in self.columns if one.role is role), None)

    @property
    def missing(self) -> tuple[Role, ...]:
        """What is needed and no column says: a day, and an amount or what it can be worked out from."""
        has = {one.role for one in self.columns}
        found = () if Role.DATE in has else (Role.DATE,)
        counted = has & {Role.QUANTITY, Role.HOURS, Role.MINUTES} or {Role.START, Role.END} <= has
        return found if Role.AMOUNT in has or (Role.PRICE in has and counted) else (*found, Role.AMOUNT)


def layout(table: Table, told: Mapping[int, Role | None]) -> Layout:
    """How a sheet is laid out; ``told`` is what a person said of some columns, which counts before any name."""
    row, ranked = _header(table)
    row = row or _unknown_names(table)
    names = _named(table, row) if row else []
    width = max((len(cells) for cells in table.rows[row : row + 200]), default=0)
    width = max(width, len(names))
    roles = _roles(ranked) if row else {}
    for position, role in told.items():
        roles = {place: one for place, one in roles.items() if place != position and one is not role}
        if role is not None:
            roles[position] = role
    titled = dict(enumerate(names))
    columns = [
        Column(place, titled.get(place, ""), roles.get(place), _some(table, row, place)) for place in range(width)
    ]
    return Layout(row, tuple(one for one in columns if one.samples or one.title))


def titles(found: Layout) -> list[str]:
    """What the columns are called, in their order, so that a file laid out the same way is known again."""
    return [f"{one.position}:{squeezed(one.title)}" for one in found.columns]


def score(table: Table) -> int:
    """How many kinds of column a sheet has by its names: of several sheets the best is read."""
    return len(set(_roles(_header(table)[1]).values()))


def is_header(cells: Sequence[str], layout: Layout) -> bool:
    """Whether a row only says the names of the columns again, as at the top of a printed page."""
    said = [squeezed(cell) for cell in cells]
    titles = {one.position: squeezed(one.title) for one in layout.columns if one.title}
    same = [place for place, title in titles.items() if place < len(said) and said[place] and said[place] in title]
    return len(same) > 1 and len(same) == sum(1 for cell in said if cell)


def _header(table: Table) -> tuple[int, dict[int, tuple[int, Role]]]:
    """The row, from 1, that names most kinds of column, and what each name stands for; 0 where no row does."""
    best: tuple[int, dict[int, tuple[int, Role]]] = (0, {})
    most = ENOUGH - 1
    for row in range(1, min(len(table.rows), HEADER_WITHIN) + 1):
        ranked = _recognised(table, row)
        kinds = len({role for _, role in ranked.values()})
        if kinds > most:
            best, most = (row, ranked), kinds
    return best


def _unknown_names(table: Table) -> int:
    """The row, from 1, that seems to hold names we do not know: words above numbers; 0 where there is none."""
    filled = [(row, cells) for row, cells in enumerate(table.rows[:HEADER_WITHIN], 1) if sum(map(bool, cells)) > 1]
    for (row, cells), (_, below) in pairwise(filled):
        if not _digits(cells) and _digits(below):
            return row
    return 0


def _digits(cells: Sequence[str]) -> bool:
    return any(letter.isdigit() for cell in cells for letter in cell)


def _recognised(table: Table, row: int) -> dict[int, tuple[int, Role]]:
    """What the cells of a row stand for as names, alone or together with a heading above them."""
    found = {}
    over = _spread(table.rows[row - 2]) if row > 1 else []
    for position, cell in enumerate(table.rows[row - 1]):
        above = over[position] if position < len(over) else ""
        known = _known(cell) or (_known(f"{above} {cell}") if cell.strip() and above else None)
        if known is None and not cell.strip() and position < len(table.rows[row - 2] if row > 1 else ()):
            known = _known(table.rows[row - 2][position])  # merged downwards: the name stands one row higher
        if known is not None:
            found[position] = known
    own = sum(1 for cell in table.rows[row - 1] if _known(cell))
    return found if own else {}


def _known(cell: str) -> tuple[int, Role] | None:
    if not cell.strip() or len(cell) > 60:
        return None
    plain = squeezed(cell.partition("(")[0] or cell)
    return _RANKED.get(plain) or _RANKED.get(squeezed(cell))


def _spread(cells: Sequence[str]) -> list[str]:
    """A row of merged headings: each stands over the columns that follow it, up to the next one."""
    found, last = [], ""
    for cell in cells:
        last = cell.strip() or last
        found.append(last)
    return found


def _named(table: Table, row: int) -> list[str]:
    above = table.rows[row - 2] if row > 1 else ()
    names = [tidy(cell) for cell in table.rows[row - 1]]
    return [name or (tidy(above[place]) if place < len(above) else "") for place, name in enumerate(names)]


def _roles(ranked: Mapping[int, tuple[int, Role]]) -> dict[int, Role]:
    """Each role once: of several columns the one with the best name, then the first."""
    best: dict[Role, tuple[int, int]] = {}
    for position, (rank, role) in ranked.items():
        best[role] = min(best.get(role, (rank, position)), (rank, position))
    return {position: role for role, (_, position) in best.items()}


def _some(table: Table, row: int, position: int) -> tuple[str, ...]:
    found: list[str] = []
    for cells in table.rows[row : row + 200]:
        text = tidy(cells[position])[:60] if position < len(cells) else ""
        if text and text not in found:
            found.append(text)
        if len(found) == SAMPLES:
            break
    return tuple(found)
