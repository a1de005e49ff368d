"""What stands around the rows of a file: totals by their names, and what titles above the columns say of all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgeting.spending.marks import squeezed
from portal.catalogue.cells import tidy
from portal.spending.columns import Role

WHOLE = tuple(
    squeezed(name)
    for name in (
        *("total", "totals", "grand total", "amount due", "balance", "sum total"),
        *("المجموع", "الإجمالي", "合计", "总计"),
    )
)
PARTIAL = ("subtotal", "gsttotal", "totalgst", "invoicetotal")
LABELS: Mapping[Role, tuple[str, ...]] = {  # what stands before a value above the columns
    Role.PROVIDER: ("provider", "supplier", "businessname", "serviceprovider", "providername", "suppliername"),
    Role.ABN: ("abn", "providerabn"),
    Role.INVOICE: ("invoicenumber", "invoiceno", "invoice", "taxinvoice", "taxinvoicenumber", "taxinvoiceno", "invno"),
}


def above(rows: Sequence[Sequence[str]]) -> dict[Role, str]:
    """What titles above the columns say of all rows: provider, ABN, number of the invoice."""
    found: dict[Role, str] = {}
    for texts in rows:
        filled = [tidy(text) for text in texts if text.strip()]
        for place, text in enumerate(filled):
            label, colon, rest = text.partition(":")
            value = rest.strip() or (filled[place + 1] if place + 1 < len(filled) else "")
            for role, labels in LABELS.items():
                if squeezed(label) in labels and value and (colon or len(filled) > 1):
                    found.setdefault(role, value)
    return found


def total(filled: Sequence[str]) -> tuple[bool, bool]:
    """Whether the cells of a row name a total of everything, and whether one of only some rows, or the GST."""
    names = [squeezed(text) for text in filled]
    part = any(name.startswith(PARTIAL) for name in names)
    whole = not part and any(name.startswith(WHOLE) for name in names)
    return whole, part or any(name.endswith(("total", "totals")) or name == "gst" for name in names)
