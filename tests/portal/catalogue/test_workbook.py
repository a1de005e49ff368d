"""XLSX: the right sheet, and workbooks made to harm."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib

import pytest

from portal.catalogue.reading import read_catalogue
from tests.portal.catalogue.lists import NATIONAL, a_row, as_csv, as_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def test_the_sheet_is_found_by_its_column_names() -> None:
    content = as_xlsx([a_row()], sheets={"Read me": [["Price list of July"], [], ["Choose a sheet"]]})
    assert read_catalogue("list.xlsx", content).rows == read_catalogue("list.csv", as_csv([a_row()])).rows


def test_the_current_sheet_is_read_and_not_the_legacy_one() -> None:
    legacy = [a_row("05_legacy").get(column) for column in NATIONAL]
    content = as_xlsx([a_row()], sheets={"Legacy Support Items": [NATIONAL, legacy]})
    assert [item.number for item in read_catalogue("list.xlsx", content).rows] == ["01_011_0107_1_1"]


def test_a_workbook_renamed_to_csv_is_still_read() -> None:
    assert read_catalogue("list.csv", as_xlsx([a_row()])).errors == ()


def altered(part: str, change: bytes, to: bytes) -> bytes:
    """A good workbook with some bytes of one part replaced."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx([a_row()]))) as good,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            content = good.read(name)
            assert name != part or change in content
            bad.writestr(name, content.replace(change, to, 1) if name == part else content)
    return file.getvalue()


def with_parts(*parts: tuple[str, bytes]) -> bytes:
    file = io.BytesIO(as_xlsx([a_row()]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same name twice is what one of the tests wants
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def lying_about_its_size() -> bytes:
    """The directory says that a part is small; unpacked it is not."""
    content = bytearray(with_parts(("xl/media/zeros.bin", bytes(70_000_000))))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/media/zeros.bin"))
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    content[place + 16 : place + 20] = zlib.crc32(bytes(10)).to_bytes(4, "little")
    return bytes(content)


FAR_DOWN = altered(SHEET, b'<c r="A2"', b'<c r="A1048576" t="n"><v>1</v></c><c r="A2"')
FAR_RIGHT = altered(SHEET, b'<c r="A2"', b'<c s=">" r="XFD2" t="n"><v>1</v></c><c r="A2"')
UNPLACED = altered(SHEET, b'<c r="A2"', b'<c t="n"><v>1</v></c><c r="A2"')


def pointing_at(text: bytes, times: int) -> bytes:
    """A workbook as Excel writes it: the text once, and cells that point to it. One names the support."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx([a_row()]))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    pointers = b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % row for row in range(9, 8 + times))
    sheet, found = re.subn(rb'<c r="B2".*?</c>', b'<c r="B2" t="s"><v>0</v></c>', parts[SHEET])
    assert found == 1
    parts[SHEET] = sheet.replace(b"</sheetData>", b'<row r="9">' + pointers + b"</row></sheetData>")
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (space, text)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def test_a_text_that_cells_point_to_is_read() -> None:
    (item,) = read_catalogue("list.xlsx", pointing_at("Therapy \u2013 at home".encode(), 1)).rows
    assert item.name == "Therapy \u2013 at home"


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (with_parts(("xl/media/zeros.bin", bytes(70_000_000))), "This workbook is far larger inside"),
        (lying_about_its_size(), "This workbook is far larger inside"),
        (with_parts(*((f"xl/media/{number}.bin", b"") for number in range(600))), "This workbook is far larger inside"),
        (pointing_at(b"x" * 3_000_000, 24), "This workbook is far larger inside"),
        (FAR_DOWN, "This file has more than {most} rows"),
        (FAR_RIGHT, "A sheet has more than {most} columns"),
        (UNPLACED, "This XLSX file is damaged"),
        (with_parts((SHEET, b"<worksheet/>")), "This XLSX file is damaged"),
        (altered(SHEET, b"</sheetData>", b"</row></sheet>"), "This XLSX file is damaged"),
    ],
    ids=["zeros", "lying", "many parts", "one text often", "far down", "far right", "unplaced", "twice", "broken"],
)
def test_a_workbook_made_to_harm_is_refused_before_it_is_opened(content: bytes, begins: str) -> None:
    (problem,) = read_catalogue("list.xlsx", content).errors
    assert problem.message.text.startswith(begins)


def test_a_cell_that_is_only_formatted_far_below_does_no_harm() -> None:
    content = altered(SHEET, b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>')
    assert len(read_catalogue("list.xlsx", content).rows) == 1


def test_one_wrong_byte_anywhere_never_ends_in_a_crash() -> None:
    good = as_xlsx([a_row()])
    for place in range(0, len(good), 97):
        bad = bytearray(good)
        bad[place] ^= 0xFF
        reading = read_catalogue("list.xlsx", bytes(bad))
        assert bool(reading.rows) != bool(reading.errors)


def test_sentences_hold_no_numbers_of_their_own() -> None:
    for content in (FAR_DOWN, FAR_RIGHT, as_csv([a_row(price="x", Start_date="y", Registration_Group_Number="z")])):
        for problem in read_catalogue("list", content).errors:
            assert not re.search(r"\d", problem.message.text)
