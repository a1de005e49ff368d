"""From the bytes of a file to rows of text: CSV in its usual forms, or XLSX. Content decides, not the name.

Price lists are read by it, and files of invoices; ``Expected`` says what differs between them.
"""

from __future__ import annotations

import csv
import io
from collections import Counter

from budgeting.words import words
from portal.catalogue.expected import MOST_COLUMNS, PRICE_LIST, TITLE_ROWS, Expected, Table, too_many_rows
from portal.catalogue.problem import Unusable

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # XLS, and XLSX with a password
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def tables(content: bytes, expected: Expected = PRICE_LIST) -> list[Table]:
    """The sheets of a file, one for a CSV; raises Unusable with a sentence that says what to do instead."""
    if len(content) > expected.most_bytes:
        raise Unusable(expected.larger)
    if content.startswith(ZIP):
        from portal.catalogue.workbook import sheets  # only an XLSX file needs the reader of workbooks

        return sheets(content, expected)
    if content.startswith(OLD_OFFICE):
        raise Unusable(
            words("This is an older Excel file, or one with a password. Save it as XLSX without a password.")
        )
    return [_comma_separated(_text(content, expected), expected)]


def _text(content: bytes, expected: Expected) -> str:
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if not expected.western or encoding == "utf-16":
            raise Unusable(
                words(
                    "We cannot read the letters in this file. Save it as CSV UTF-8 or as XLSX, or download it again."
                ),
                content[: error.start].count(b"\n") + 1,
            ) from error
        text = content.decode("cp1252", errors="replace")
    start = text.lstrip()[:200].lower()
    if not start:
        raise Unusable(expected.empty)
    if start.startswith("<"):
        raise Unusable(expected.web_page)
    if "\x00" in text or start.startswith("%pdf"):
        raise Unusable(expected.other)
    return text


def _comma_separated(text: str, expected: Expected) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            cut_off = words(
                "A quotation mark in this row is not closed. The file seems to be cut off: download it again."
            )
            raise Unusable(cut_off if '"' in text else expected.other, len(rows) + 1) from error
        if cells is None:
            return Table("", rows)
        if len(rows) >= expected.most_lines:
            raise too_many_rows(len(rows) + 1, expected)
        rows.append(cells[:MOST_COLUMNS])


def _delimiter(text: str) -> str:
    """What stands between the cells: that by which most of the first rows fall into as many cells as each other."""
    head = "\n".join(text.split("\n", TITLE_ROWS)[:TITLE_ROWS])

    def even(sign: str) -> tuple[int, int]:
        try:
            lengths = Counter(len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign))
        except csv.Error:
            return 0, head.count(sign)
        lengths.pop(1, None)
        return max((rows * cells for cells, rows in lengths.items()), default=0), head.count(sign)

    return max(",;\t|", key=even)
