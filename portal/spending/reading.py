"""Reading a file of invoices: every row as it is written, or every problem at once. Nothing is read by half.

Titles above the names of the columns, merged names, blank rows, totals and remarks are known and left out; what was
left out is told. Days are read day first, as people here write them, unless the file itself says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeVar

from budgeting.money import MINUTES_PER_HOUR, UNIT, ZERO, Money, rounded
from budgeting.period import minute_of
from budgeting.programs.ndis.claims import GstCode, gst_code
from budgeting.spending import ClaimType
from budgeting.spending.marks import squeezed
from budgeting.words import words
from portal.catalogue.cells import shown, tidy
from portal.catalogue.expected import MOST_COLUMNS, Expected, Table
from portal.catalogue.problem import Odd, Problem, Unusable
from portal.catalogue.spreadsheet import tables
from portal.spending import asides, cells
from portal.spending.columns import Layout, Role, is_header, layout, score

V = TypeVar("V")
MOST_ROWS = 20_000
MOST_BYTES = 6_000_000
MOST_PROBLEMS = 500
LATER = timedelta(days=400)  # an invoice for days further ahead than this is a slip of the hand
LONGEST = {"provider": 200, "description": 500, "invoice": 80, "note": 500, "item": 60, "abn": 20}

INVOICES = Expected(
    larger=words("This file is larger than {megabytes} MB. Send it in parts.", megabytes=MOST_BYTES // 1_000_000),
    too_long=words("This file has more than {most} rows. Send it in parts.", most=MOST_ROWS),
    too_wide=words("A sheet has more than {most} columns. Keep those with the invoices.", most=MOST_COLUMNS),
    too_large=words("This workbook is far larger inside than invoices are, so we did not open it. Save it again."),
    empty=words("This file is empty. Choose the one with the invoices."),
    web_page=words("This is a web page, not a list of invoices. Download the list as CSV or XLSX instead."),
    other=words("This is not a CSV or XLSX file. If you have an invoice as a PDF or a photo, enter it by hand."),
    most_bytes=MOST_BYTES,
    most_rows=MOST_ROWS,
    western=True,
)


class Left(StrEnum):
    """Why a row was left out."""

    TOTAL = "total"
    REMARK = "remark"
    TITLE = "title"
    NOTHING = "nothing"  # it charges nothing


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it is understood. ``row`` counts as a spreadsheet does; days are inclusive; a credit is below zero.

    ``worked_out``: the amount was not written, and is the price of one times how many.
    """

    row: int
    first: date
    last: date
    amount: Money
    provider: str = ""
    abn: str = ""
    description: str = ""
    item: str = ""
    thousandths: int | None = None
    minutes: int | None = None
    unit: str = ""
    unit_price: Money | None = None
    gst: GstCode = GstCode.FREE
    claim_type: ClaimType = ClaimType.STANDARD
    begins: time | None = None
    invoice: str = ""
    invoice_date: date | None = None
    note: str = ""
    worked_out: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. With ``problems`` there are no rows; with ``unsure`` or missing columns a person is asked.

    ``said`` is the sum that the file itself states under its rows, where it does.
    """

    layout: Layout | None = None
    rows: tuple[ReadRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[tuple[int, Left], ...] = ()
    order: str = "dmy"
    unsure: bool = False  # whether the days could be meant either way
    example: str = ""  # a day as it is written, to ask or to show how it was read
    said: Money | None = None

    @property
    def asks(self) -> bool:
        """Whether a person must say something before the rows can be read."""
        return not self.problems and (self.layout is None or bool(self.layout.missing) or self.unsure)


def read_invoices(content: bytes, told: Mapping[int, Role | None], order: str, today: date) -> Reading:
    """The rows of a CSV or XLSX file, judged by its content and not by its name.

    ``told``: what a person said the columns are. ``order``: "dmy" or "mdy" once a person said so, else empty.
    Never raises for what a file says.
    """
    try:
        found = tables(content, INVOICES)
        table = max(found, key=lambda one: (score(one), len(one.rows)))
    except Unusable as refusal:
        return Reading(problems=(refusal.problem,))
    except ValueError:  # no sheets at all
        return Reading(problems=(Problem(1, "", INVOICES.empty),))
    plan = layout(table, told)
    if plan.missing:
        return Reading(plan)
    return _Reader(table, plan, order, today).read()


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, table: Table, plan: Layout, order: str, today: date) -> None:
        self._table, self._plan, self._today = table, plan, today
        self._places = {role: place for role in Role if (place := plan.place(role)) is not None}
        self._titles = {one.position: one.title for one in plan.columns}
        self._above = asides.above(table.rows[: max(0, plan.header - 1)])
        self._problems: list[Problem] = []
        self._left: list[tuple[int, Left]] = []
        self._rows: list[ReadRow] = []
        self._said: Money | None = None
        self._sum = self._part = ZERO  # of all rows so far, and of those since the last total
        self._last: dict[Role, str] = {}
        self._order, self._unsure, self._example = self._day_order(order)

    def read(self) -> Reading:
        if self._unsure:
            return Reading(self._plan, order=self._order, unsure=True, example=self._example)
        for row, texts in enumerate(self._table.rows[self._plan.header :], self._plan.header + 1):
            if not any(text.strip() for text in texts):
                continue
            self._row(row, texts)
            if len(self._problems) >= MOST_PROBLEMS:
                message = words("Too much needs putting right, so we stopped reading here.")
                self._problems.append(Problem(row, "", message))
                break
        self._problems += self._several_people()
        if not self._rows and not self._problems:
            message = words("There are names of columns here, and no rows with a day and an amount below them.")
            self._problems.append(Problem(self._plan.header + 1, "", message))
        if self._problems:
            problems = tuple(sorted(self._problems, key=lambda one: one.row))
            return Reading(self._plan, problems=problems, order=self._order, example=self._example)
        return Reading(
            self._plan,
            tuple(self._rows),
            left_out=tuple(self._left),
            order=self._order,
            example=self._example,
            said=self._said,
        )

    def _text(self, texts: Sequence[str], role: Role) -> str:
        place = self._places.get(role)
        return texts[place] if place is not None and place < len(texts) else ""

    def _row(self, row: int, texts: Sequence[str]) -> None:
        """One row: an entry, something to leave out, or problems."""
        if is_header(texts, self._plan):
            self._left.append((row, Left.TITLE))
            return
        day = self._text(texts, Role.DATE)
        if not _is_day(day) and self._is_aside(row, texts):
            return
        before = len(self._problems)
        days = self._cell(row, Role.DATE, texts, self._days)
        if days is None and len(self._problems) == before:
            message = words("This row has no day. Write the day of the support.")
            self._problems.append(Problem(row, self._titles.get(self._places[Role.DATE], ""), message))
        read = self._read(row, texts, days)
        if len(self._problems) > before or read is None:
            return
        if not read.amount:
            self._left.append((row, Left.NOTHING))
            return
        self._rows.append(read)
        self._sum, self._part = self._sum + read.amount, self._part + read.amount

    def _is_aside(self, row: int, texts: Sequence[str]) -> bool:
        """Whether a row without a day is a total, a title or a remark, and nothing that is charged."""
        filled = [tidy(text) for text in texts if text.strip()]
        try:
            amount = cells.money(self._text(texts, Role.AMOUNT))
        except Odd:
            amount = None
        whole, part = asides.total(filled)
        bare = not any(self._text(texts, role).strip() for role in (Role.ITEM, Role.DESCRIPTION, Role.PROVIDER))
        sums = amount is not None and amount in (self._sum, self._part) and bool(self._rows)
        if whole or part or (bare and sums):
            self._left.append((row, Left.TOTAL))
            if amount is not None and (whole or amount == self._sum):
                self._said = amount
            self._part = ZERO
            return True
        if amount is None and len(filled) <= 2:
            self._left.append((row, Left.REMARK))
            return True
        return False

    def _cell(self, row: int, role: Role, texts: Sequence[str], reader: Callable[[str], V]) -> V | None:
        """What a cell says; None for an empty one, and for an odd one, which becomes a problem."""
        try:
            return reader(self._text(texts, role))
        except Odd as odd:
            self._problems.append(Problem(row, self._titles.get(self._places.get(role, -1), ""), odd.message))
            return None

    def _days(self, text: str) -> tuple[date, date, time | None] | None:
        found = cells.days(text)
        if found is None:
            return None
        first, last = found.ordered(self._order, text)
        if first > self._today + LATER:
            raise Odd(words("{found} is far in the future. Please check it.", found=shown(text)))
        return first, last, found.at

    def _read(self, row: int, texts: Sequence[str], days: tuple[date, date, time | None] | None) -> ReadRow | None:
        until = self._cell(row, Role.LAST, texts, self._days)
        billed = self._cell(row, Role.INVOICE_DATE, texts, self._days)
        before = len(self._problems)
        amount = self._cell(row, Role.AMOUNT, texts, cells.money)
        price = self._cell(row, Role.PRICE, texts, cells.money)
        thousandths, length, unit = self._counted(row, texts, amount, price)
        if len(self._problems) > before:
            return None  # the cell that cannot be read is told, and nothing is worked out from the others
        if days is None:
            return None
        first, last = days[0], until[1] if until else days[1]
        if last < first:
            title = self._titles.get(self._places.get(Role.LAST, -1), "")
            self._problems.append(Problem(row, title, words("The last day is before the first day.")))
            return None
        worked_out = amount is None
        if amount is None and price is not None and thousandths is not None:
            amount = price.for_minutes(length) if length is not None else price.for_units(thousandths)
        if amount is None:
            message = words("This row has no amount, and no price with a number to work it out from.")
            self._problems.append(Problem(row, self._titles.get(self._places.get(Role.AMOUNT, -1), ""), message))
            return None
        description = self._cut("description", self._text(texts, Role.DESCRIPTION))
        kind = cells.claim_type(self._text(texts, Role.TYPE), description)
        return ReadRow(
            row,
            first,
            last,
            amount,
            provider=self._cut("provider", self._carried(texts, Role.PROVIDER)),
            abn=self._cut("abn", self._carried(texts, Role.ABN)),
            description=description,
            item=cells.item(self._text(texts, Role.ITEM) or (description if "_" in description else "")),
            thousandths=thousandths,
            minutes=length,
            unit=unit or cells.unit(self._text(texts, Role.UNIT)),
            unit_price=abs_of(price),
            gst=cells.gst(self._text(texts, Role.GST)) or gst_code(first),
            claim_type=kind,
            begins=cells.clock_of(self._text(texts, Role.START)) or days[2],
            invoice=self._cut("invoice", self._carried(texts, Role.INVOICE)),
            invoice_date=billed[0] if billed else None,
            note=self._cut("note", self._text(texts, Role.NOTE)),
            worked_out=worked_out,
        )

    def _counted(
        self, row: int, texts: Sequence[str], amount: Money | None, price: Money | None
    ) -> tuple[int | None, int | None, str]:
        """How many units in thousandths, how many minutes where that is known, and the unit where it is said."""
        length = self._cell(row, Role.MINUTES, texts, cells.minutes)
        hours = self._cell(row, Role.HOURS, texts, cells.quantity)
        some = self._cell(row, Role.QUANTITY, texts, cells.quantity)
        if hours is not None:
            return hours[0].thousandths, hours[1].count if hours[1] else None, hours[2] or "H"
        if some is not None:
            return some[0].thousandths, some[1].count if some[1] else None, some[2]
        if length is not None:
            return rounded(length.count * UNIT, MINUTES_PER_HOUR), length.count, "H"
        between = self._between(texts)
        if between and (amount is None or price is None or price.for_minutes(between) == amount):
            return rounded(between * UNIT, MINUTES_PER_HOUR), between, "H"  # else some of the time was not charged
        return None, None, ""

    def _between(self, texts: Sequence[str]) -> int | None:
        """The minutes from the beginning to the end, past midnight too; None where the row does not say both."""
        start, end = (cells.clock_of(self._text(texts, role)) for role in (Role.START, Role.END))
        return None if start is None or end is None else (minute_of(end) - minute_of(start)) % (24 * MINUTES_PER_HOUR)

    def _carried(self, texts: Sequence[str], role: Role) -> str:
        """A cell that is merged over several rows speaks for each of them; else what stands above the columns."""
        text = self._text(texts, role)
        if text.strip():
            self._last[role] = text
        return self._last.get(role, self._above.get(role, ""))

    @staticmethod
    def _cut(name: str, text: str) -> str:
        return tidy(text)[: LONGEST[name]]

    def _day_order(self, told: str) -> tuple[str, bool, str]:
        """How days are written: as a person said, else as the file shows; unsure where day first makes no sense."""
        day_first = month_first = False
        example, read = "", []
        for texts in self._table.rows[self._plan.header :]:
            text = self._text(texts, Role.DATE)
            try:
                found = cells.days(text)
            except Odd:
                continue
            for one, other, year in found.numbers if found else ():
                day_first = day_first or one > 12 >= other
                month_first = month_first or other > 12 >= one
                if one <= 12 or other <= 12:
                    read.append((one, other, year))
                example = example or (tidy(text) if one != other else "")
        if told or not read:
            return told or "dmy", False, example
        if month_first or day_first:
            return ("dmy", month_first, example) if day_first or month_first else ("dmy", False, example)
        ahead = any(
            (year, other, one) > (self._today.year, self._today.month, self._today.day) for one, other, year in read
        )
        return "dmy", ahead, example

    def _several_people(self) -> list[Problem]:
        """A file about several people is refused: what was done for another person is not this person's business."""
        place = self._places.get(Role.PERSON)
        if place is None:
            return []
        first = ""
        taken = {one.row for one in self._rows}
        for row, texts in enumerate(self._table.rows[self._plan.header :], self._plan.header + 1):
            written = tidy(texts[place]) if place < len(texts) and row in taken else ""
            if not written:
                continue
            first = first or written
            if squeezed(written) != squeezed(first):
                message = words(
                    "This file is about more than one person: {first} and {second}. Keep the rows of one person.",
                    first=shown(first),
                    second=shown(written),
                )
                return [Problem(row, self._titles.get(place, ""), message)]
        return []


def _is_day(text: str) -> bool:
    try:
        return cells.days(text) is not None
    except Odd:
        return False


def abs_of(price: Money | None) -> Money | None:
    """A price without its sign: a credit has a negative amount, not a negative price."""
    return -price if price is not None and price < ZERO else price
