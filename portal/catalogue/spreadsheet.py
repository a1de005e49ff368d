"""From the bytes of a file to rows of text: CSV in its usual forms, or XLSX. Content decides, not the name."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from budgeting.words import words
from portal.catalogue.problem import Unusable

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000  # below the header; the whole published list has about a thousand
MOST_COLUMNS = 200
TITLE_ROWS = 20  # how far down the column names may stand
MOST_LINES = MOST_ROWS + TITLE_ROWS

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # XLS, and XLSX with a password
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: ``rows[0]`` is row 1 of the spreadsheet, blank rows included."""

    name: str
    rows: Sequence[Sequence[str]]


def tables(content: bytes) -> list[Table]:
    """The sheets of a file, one for a CSV; raises Unusable with a sentence that says what to do instead."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Unusable(words("This file is larger than {megabytes} MB. Choose the catalogue alone.", megabytes=most))
    if content.startswith(ZIP):
        from portal.catalogue.workbook import sheets  # only an XLSX file needs the reader of workbooks

        return sheets(content)
    if content.startswith(OLD_OFFICE):
        raise Unusable(
            words("This is an older Excel file, or one with a password. Save it as XLSX without a password.")
        )
    return [_comma_separated(_text(content))]


def too_many_rows(row: int) -> Unusable:
    """The refusal of a list longer than any price list is."""
    return Unusable(
        words(
            "This file has more than {most} rows, too many for a price list. Choose the catalogue alone.",
            most=MOST_ROWS,
        ),
        row,
    )


def _text(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unusable(
            words("We cannot read the letters in this file. Save it as CSV UTF-8 or as XLSX, or download it again."),
            content[: error.start].count(b"\n") + 1,
        ) from error
    start = text.lstrip()[:200].lower()
    if not start:
        raise Unusable(words("This file is empty. Choose the catalogue as it was published."))
    if start.startswith("<"):
        raise Unusable(
            words("This is a web page, not a price list. Download the catalogue as CSV or XLSX and choose that file.")
        )
    if "\x00" in text or start.startswith("%pdf"):
        raise Unusable(words("This is not a CSV or XLSX file. Download the catalogue in one of these forms."))
    return text


def _comma_separated(text: str) -> Table:
    head = "\n".join(text.split("\n", TITLE_ROWS)[:TITLE_ROWS])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    rows: list[list[str]] = []
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unusable(
                words("A quotation mark in this row is not closed. The file seems to be cut off: download it again."),
                len(rows) + 1,
            ) from error
        if cells is None:
            return Table("", rows)
        if len(rows) >= MOST_LINES:
            raise too_many_rows(len(rows) + 1)
        rows.append(cells[:MOST_COLUMNS])
