"""A table as the bytes of a file: CSV for any program, XLSX for spreadsheets, both safe to open.

No text becomes a formula: in CSV it gets an apostrophe in front, in XLSX it is stored as text.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from markupsafe import escape

from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.words import Arithmetic, Name, Value, Words
from portal.language import current as reader, formatted, plain, zone

CSV = "text/csv"  # the charset is added as it is sent
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
FORMULA = re.compile(r"[\s\u2066-\u2069]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet's count
EARLIEST = date(1900, 3, 1)  # before it, spreadsheets count a day that never was
LONGEST = 31_000  # letters in one cell; spreadsheets refuse more than 32,767
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: heads in the reader's language, rows of typed values, totals."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value | None]]
    foot: Sequence[Value | None] | None
    rtl: bool
    mark: str | None = None  #: who took it along and when, below everything


def csv_file(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, commas, one line for each row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in sheet.heads])
    for row in (*sheet.rows, *([sheet.foot] if sheet.foot else ())):
        writer.writerow([written(value) for value in row])
    if sheet.mark:
        writer.writerows([[], [harmless(sheet.mark)]])
    return (BOM + out.getvalue()).encode()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = UNWRITABLE.sub("", text)
    return f"'{text}" if FORMULA.match(text) else text


def written(value: Value | None) -> str:
    """A value as plain text that a program can read: 2026-11-22, 1234.50, 7:30; nothing where it is not known."""
    match value:
        case None:
            return ""
        case Money():
            return str(Decimal(value.minor).scaleb(-2))
        case Quantity():
            return f"{Decimal(value.thousandths).scaleb(-3):f}".rstrip("0").rstrip(".")
        case Percent():
            return f"{_trimmed(Decimal(value.ppm).scaleb(-4))}%"
        case Minutes():
            hours, rest = divmod(abs(value.count), 60)
            return f"{'-' if value.count < 0 else ''}{hours}:{rest:02d}"
        case datetime():
            return _local(value).isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case int():
            return str(value)
    return harmless(text_of(value))


def text_of(value: Value) -> str:
    """A name or sentence in the reader's language."""
    return plain(value) if isinstance(value, Words) else formatted(value, reader.get())


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(zone.get())).replace(tzinfo=None)


# XLSX: a few small parts in a ZIP


PLAIN, MONEY, DAYS, MOMENT, CLOCK, SPAN, SHARE, NUMBER = (
    "General",
    "#,##0.00",
    "yyyy-mm-dd",
    "yyyy-mm-dd hh:mm",
    "hh:mm",
    "[h]:mm",
    "0.0###%",
    "#,##0.###",
)
CODES = (PLAIN, MONEY, DAYS, MOMENT, CLOCK, SPAN, SHARE, NUMBER)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
}
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\'\u2066-\u2069]")


def xlsx_file(sheet: Sheet) -> bytes:
    """A workbook of one sheet with typed cells; it reads from right to left where the language does."""
    out = io.BytesIO()
    title = " ".join(NOT_IN_TITLES.sub(" ", sheet.caption).split())[:31] or "1"
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{escape(UNWRITABLE.sub("", title))}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {**PARTS, "xl/workbook.xml": book, "xl/styles.xml": _styles(), "xl/worksheets/sheet1.xml": _sheet(sheet)}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _styles() -> str:
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(CODES) if n)
    looks = "".join(
        f'<xf numFmtId="{164 + n if n else 0}" fontId="{bold}" fillId="0" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="{int(not n)}"/>'
        "</xf>"
        for bold in (0, 1)
        for n in range(len(CODES))
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(CODES) - 1}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{2 * len(CODES)}">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _sheet(sheet: Sheet) -> str:
    turned = ' rightToLeft="1"' if sheet.rtl else ""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_widths(sheet), 1)
    )
    rows = [_row(1, sheet.heads, bold=True), *(_row(n, row) for n, row in enumerate(sheet.rows, 2))]
    if sheet.foot:
        rows.append(_row(len(rows) + 1, sheet.foot, bold=True))
    if sheet.mark:
        rows.append(_row(len(rows) + 2, [sheet.mark]))
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView{turned} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData></worksheet>"
    )


def _widths(sheet: Sheet) -> Iterator[int]:
    for number, head in enumerate(sheet.heads):
        seen = (len(written(row[number])) for row in sheet.rows[:200])
        yield min(60, 3 + max((len(head), *seen)))


def _row(number: int, values: Sequence[Value | None], bold: bool = False) -> str:
    cells = "".join(_cell(f"{_letters(n)}{number}", value, bold) for n, value in enumerate(values))
    return f'<row r="{number}">{cells}</row>'


def _letters(number: int) -> str:
    """The name of a column: A to Z, then AA."""
    high, low = divmod(number, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)


def _cell(place: str, value: Value | None, bold: bool) -> str:
    if value is None:
        return ""
    typed = _typed(value)
    code, number = typed if typed else (PLAIN, "")
    look = CODES.index(code) + (len(CODES) if bold else 0)
    if typed:
        return f'<c r="{place}" s="{look}"><v>{number}</v></c>'
    told = text_of(value) if isinstance(value, str | Name | Words | Arithmetic) else written(value)
    text = escape(UNWRITABLE.sub("", told)[:LONGEST])
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _typed(value: Value) -> tuple[str, str] | None:
    """The format and the number of a value that a spreadsheet can reckon with; None for text."""
    match value:
        case Money():
            return MONEY, written(value)
        case Quantity():
            return NUMBER, written(value)
        case Percent():
            return SHARE, f"{Decimal(value.ppm).scaleb(-6):f}"
        case Minutes() if value.count >= 0:
            return SPAN, _days(value.count)
        case datetime() if value.year > EARLIEST.year:
            local = _local(value)
            return MOMENT, _days((local.date() - FIRST_DAY).days * DAY + local.hour * 60 + local.minute)
        case date() if not isinstance(value, datetime) and value >= EARLIEST:
            return DAYS, str((value - FIRST_DAY).days)
        case time():
            return CLOCK, _days(value.hour * 60 + value.minute)
        case int():
            return NUMBER, str(value)
    return None


def _days(minutes: int) -> str:
    """Minutes as days and a fraction of one, which is how a spreadsheet counts time."""
    return f"{Decimal(minutes) / DAY:f}"
