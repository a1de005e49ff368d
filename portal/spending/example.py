"""A file to try: a month of invoices for the plan there is, with two mistakes in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from budgeting.money import Money, Quantity
from budgeting.package import Weekly, hours
from budgeting.spending import Entry
from budgeting.spending.matching import Planned
from portal.site.tablefiles import harmless
from portal.spending.book import Book
from portal.spending.entering import number_typed, price_of

DAYS = 28
MOST = 24  # visits in the file
HEAD = ("Date", "Description", "Provider", "Hours", "Rate", "Total", "Invoice no")
SOME_PRICE = Money(70_00)
DEARER = Money(9_00)  # what the first mistake charges more for an hour than was agreed


class Writer(Protocol):
    """What writes the rows of a CSV file."""

    def writerow(self, row: Iterable[str], /) -> object: ...


def month(book: Book) -> bytes:
    """A CSV file of the visits of the last four weeks, day first; the file may be opened by any spreadsheet.

    The mistakes: one visit dearer than agreed, and one that stands there twice on two invoices.
    """
    visits = _visits(book)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("Tax invoices of the last four weeks",))
    writer.writerow(HEAD)
    amounts = []
    for place, (day, planned, price) in enumerate(visits):
        asked = Money(price.minor + DEARER.minor) if place == 1 else price
        amounts.append(_write(writer, day, planned, asked, f"INV-{1001 + place // 6}"))
    if visits:
        day, planned, price = visits[-1]
        amounts.append(_write(writer, day, planned, price, "INV-1090"))
    writer.writerow(("Total", "", "", "", "", _amount(Money(sum(one.minor for one in amounts))), ""))
    return ("\ufeff" + out.getvalue()).encode()


def _visits(book: Book) -> list[tuple[date, Planned, Money]]:
    today, found = book.setting.today, []
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        for planned in book.plan.planned:
            if isinstance(planned.line.schedule, Weekly) and planned.visit and planned.comes_on(day):
                price = price_of(book, Entry("", day, day, Money(0)), planned) or SOME_PRICE
                found.append((day, planned, price))
    return found[-MOST:]


def _write(writer: Writer, day: date, planned: Planned, price: Money, invoice: str) -> Money:
    length = planned.visit
    amount = price.for_minutes(length.count) if length else price
    quantity = hours(length.count) if length else Quantity(1000)
    names = harmless(planned.line.name), harmless(planned.line.provider or "")
    cells = (f"{day:%d/%m/%Y}", *names, number_typed(quantity))
    writer.writerow((*cells, _amount(price), _amount(amount), invoice))
    return amount


def _amount(money: Money) -> str:
    return f"${money.minor // 100:,}.{money.minor % 100:02d}"
