"""Reading XLSX with care: what a workbook would unpack to is counted before anything else opens it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from budgeting.words import words
from portal.catalogue.expected import MOST_COLUMNS, PRICE_LIST, Expected, Table, too_many_rows
from portal.catalogue.problem import Unusable

MOST_PARTS = 500
MOST_UNPACKED = 60_000_000
MOST_LETTERS = 60_000_000  # of all cells together: a workbook writes a text once and points to it from many cells
MOST_SHEETS = 40

_CELL = re.compile(rb"""<(?:[^<>\s/:]+:)?c(?=[\s>])((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_POINTER = re.compile(rb"<(?:[^<>\s/:]+:)?v[^<>]*>\s*(\d+)\s*<")
_STRING = re.compile(rb"<(?:[^<>\s/:]+:)?si[\s>]")
_SHEET = re.compile(rb"<(?:[^<>\s/:]+:)?sheetData")
_STRINGS = re.compile(rb"<(?:[^<>\s/:]+:)?sst[\s>]")

DAMAGED = (
    CalamineError,
    zipfile.BadZipFile,
    NotImplementedError,  # packed in a way, or for a version, that no spreadsheet writes
    zlib.error,
    struct.error,
    ValueError,
    KeyError,
    OSError,
)

FIRST_DAY = date(1899, 12, 30)  # day 0 of Excel's count
LENGTH, HOUR, MINUTE = timedelta(days=1000), timedelta(hours=1), timedelta(minutes=1)  # below: a time, not a day
NEAR = Decimal("0.00000001")  # what binary numbers lose; anything larger was written by someone


def sheets(content: bytes, expected: Expected = PRICE_LIST) -> list[Table]:
    """Every sheet of an XLSX file as text; raises Unusable when it is damaged, hostile or not a workbook."""
    try:
        inspect(content, expected)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
            if len(names) > MOST_SHEETS:
                raise Unusable(expected.too_large)
            found = ((name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names)
            return [Table(name, [[_text(cell) for cell in row] for row in rows]) for name, rows in found]
    except DAMAGED as error:
        raise Unusable(
            words("This XLSX file is damaged or not complete. Download it again, or save it again from a spreadsheet.")
        ) from error


def inspect(content: bytes, expected: Expected = PRICE_LIST) -> None:
    """Refuse a workbook that would unpack to too many parts, bytes, cells or letters (see the MOST_ limits)."""
    pages: list[bytes] = []
    lengths: list[int] = []
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unusable(expected.too_large)
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise zipfile.BadZipFile("a name occurs twice")
    for part in parts:
        unpacked = _unpacked(content, part, left, expected)
        left -= len(unpacked)
        if _SHEET.search(unpacked):
            pages.append(unpacked)
        elif _STRINGS.search(unpacked):
            lengths.extend(len(text) for text in _STRING.split(unpacked)[1:])
    letters = 0
    for page in pages:
        _measure(page, expected)
        pointers = (int(match[1]) for match in _POINTER.finditer(page))
        letters += len(page) + sum(lengths[pointer] for pointer in pointers if pointer < len(lengths))
    if letters > MOST_LETTERS:
        raise Unusable(expected.too_large)


def _unpacked(content: bytes, part: zipfile.ZipInfo, most: int, expected: Expected) -> bytes:
    """The bytes of one part, which must be as many as the directory says: other readers trust it."""
    name, extra = struct.unpack("<HH", content[part.header_offset + 26 : part.header_offset + 30])
    start = part.header_offset + 30 + name + extra
    packed = content[start : start + part.compress_size]
    if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("locked, or packed in an unusual way")
    if part.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        packed = unpacker.decompress(packed, most + 1)
        if len(packed) > most:
            raise Unusable(expected.too_large)
    if len(packed) != part.file_size or zlib.crc32(packed) != part.CRC:
        raise zipfile.BadZipFile("a part is not as long as it says")
    return packed


def _measure(page: bytes, expected: Expected) -> None:
    """Refuse a sheet with a cell far out: every cell between would be made, also where nothing is written."""
    for row, column in _places(page):
        if row > expected.most_lines:
            raise too_many_rows(row, expected)
        if column > MOST_COLUMNS:
            raise Unusable(expected.too_wide, row)


def _places(page: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of every cell that holds something; one that is only formatted costs nothing."""
    for match in _CELL.finditer(page):
        place = _PLACE.search(match[1])
        if place is None:
            raise zipfile.BadZipFile("a cell does not say where it is")
        if not match[1].endswith(b"/"):
            yield int(place[2]), _column(place[1])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number


def _text(cell: object) -> str:
    """A cell as it would be typed: whole numbers without a point, days as 2026-07-01, cents exactly."""
    match cell:
        case bool():
            return "Yes" if cell else "No"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case int() | float():
            return _number(Decimal(repr(cell)))
        case timedelta() if cell < LENGTH:
            return f"{cell // HOUR}:{cell % HOUR // MINUTE:02d}"
        case timedelta():
            return (FIRST_DAY + cell).isoformat()
        case _:
            return str(cell)


def _number(value: Decimal) -> str:
    near = round(value, 2)
    value = near if abs(value - near) <= NEAR else value
    return str(int(value)) if value == int(value) else f"{value:f}"
