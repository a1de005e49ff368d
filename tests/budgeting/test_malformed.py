"""Two thousand broken files: each is read or refused with a clear sentence, none crashes and none takes long.

Every file is a good one with something done to it, the same ones in every run: CSV and XLSX price lists as published,
price editions in our own form, and files of worked cases.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import pytest

from budgeting.cases import check
from budgeting.catalogue import Editions, read_edition
from portal.catalogue.reading import read_catalogue
from portal.language import plain
from tests.portal.catalogue.lists import a_row, as_csv, as_xlsx

Change = Callable[[random.Random, bytes], bytes]

NASTY_TEXT = (
    "", " ", "\x00", "NULL", "-1", "0", "1e999", "NaN", "$", "$1.234.567", "9" * 400, "٧٠٫٢٣", "\u202e70.23", "12,5",
    "2026-02-30", "99991231", "00000000", "10000-01-01", "H\nH", '"', "';--", "=1+1", "Ｈ", "\ud7ff", "x" * 5000,
)  # fmt: skip
NASTY_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 7, 10**6, 10**30, -(10**30), 1.5, float("nan"), float("inf"), [], {}, [[]], [None],
    {"": None}, *NASTY_TEXT, "0001-01-01", "9999-12-31", "2026-07-01", "24:00", "25:61", "00:00", "12.345", "-0.01",
    "100 %", "full_pensioner", "ndis", ["Mon", "Mon"], ["Xyz"], {"minutes": -5}, [10**12],
)  # fmt: skip


@lru_cache(maxsize=1)
def price_lists() -> tuple[bytes, bytes]:
    """A small price list as published, as CSV and as XLSX."""
    rows = [a_row(f"01_{number:03d}_0107_1_1", f"${number}.{number % 100:02d}") for number in range(11, 40)]
    return as_csv(rows), _of_no_time(as_xlsx(rows))


def _of_no_time(content: bytes) -> bytes:
    """A workbook without the time at which it was written, so that every run breaks the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        for name in archive.namelist():
            part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-07-01T00:00:00Z", archive.read(name))
            again.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@lru_cache(maxsize=1)
def an_edition() -> bytes:
    """The first rows of an edition that comes with the program."""
    folder = resources.files("budgeting.programs.ndis") / "editions"
    return "\n".join((folder / "2025-26.csv").read_text(encoding="utf-8").splitlines()[:40]).encode()


@lru_cache(maxsize=2)
def worked_cases(program: str) -> list[dict[str, Any]]:
    """The worked cases that come with a program."""
    text = (resources.files(f"budgeting.programs.{program}") / "cases.json").read_text(encoding="utf-8")
    content = json.loads(text)
    cases: list[dict[str, Any]] = content["cases"] if isinstance(content, dict) else content
    return cases


# What is done to a file


def one_byte(at: random.Random, content: bytes) -> bytes:
    """One byte is another."""
    place = at.randrange(len(content))
    return content[:place] + bytes([at.randrange(256)]) + content[place + 1 :]


def many_bytes(at: random.Random, content: bytes) -> bytes:
    """A twentieth of the bytes are others."""
    changed = bytearray(content)
    for _ in range(max(1, len(content) // 20)):
        changed[at.randrange(len(content))] = at.randrange(256)
    return bytes(changed)


def cut_off(at: random.Random, content: bytes) -> bytes:
    """The end is missing."""
    return content[: at.randrange(len(content))]


def a_piece_gone(at: random.Random, content: bytes) -> bytes:
    """A piece in the middle is missing."""
    first = at.randrange(len(content))
    return content[:first] + content[first + at.randrange(1, 200) :]


def a_piece_twice(at: random.Random, content: bytes) -> bytes:
    """A piece is there twice."""
    first = at.randrange(len(content))
    last = first + at.randrange(1, 400)
    return content[:last] + content[first:last] + content[last:]


def odd_bytes(at: random.Random, content: bytes) -> bytes:
    """Something that is no text of a price list stands in the middle."""
    place = at.randrange(len(content))
    odd = at.choice((b"\x00" * 20, b"\xff\xfe", b"\xc3\x28", b'"', b'"""', b"\r\r\r", b",,,,,,", b"PK\x03\x04", b"<a>"))
    return content[:place] + odd + content[place:]


BYTES: tuple[Change, ...] = (one_byte, many_bytes, cut_off, a_piece_gone, a_piece_twice, odd_bytes)


def cells_of_csv(at: random.Random, content: bytes) -> bytes:
    """Some cells hold something else, or a row has more or fewer cells, or a column another name."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    for _ in range(at.randrange(1, 6)):
        row = at.choice(rows)
        kind = at.randrange(5)
        if kind == 0:
            row.append(at.choice(NASTY_TEXT))
        elif kind == 1 and row:
            row.pop(at.randrange(len(row)))
        elif kind == 2:
            rows.append(list(at.choice(rows)))
        elif row:
            row[at.randrange(len(row))] = at.choice(NASTY_TEXT)
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def parts_of_xlsx(at: random.Random, content: bytes) -> bytes:
    """A part inside the workbook is changed and packed again properly, or is missing, or is there twice."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        names = archive.namelist()
        target = at.choice([name for name in names if "sheet" in name or "Strings" in name] or names)
        for name in names:
            part = archive.read(name)
            if name == target:
                kind = at.randrange(8)
                if kind == 0:
                    continue
                part = changed_xml(at, part) if kind < 6 else at.choice(BYTES)(at, part)
            again.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def changed_xml(at: random.Random, part: bytes) -> bytes:
    """Some numbers, places or marks of a part are others."""
    for _ in range(at.randrange(1, 6)):
        old, new = at.choice((
            (b'r="B2"', b'r="XFD1048576"'), (b'r="C3"', b'r="C0"'), (b't="s"', b't="n"'), (b't="s"', b't="e"'),
            (b"<v>", b"<v>99999999"), (b"<v>", b"<v>-"), (b"</v>", b"E+400</v>"), (b"<c ", b"<d "),
            (b"<row ", b"<row x="),
            (b"</t>", b"&bad;</t>"), (b"<t", b"<t><![CDATA["), (b'count="', b'count="-'), (b"<si>", b""), (b"?>", b""),
            (b'r="', b'r="A'), (b"<sheetData", b"<sheetData><sheetData"),
        ))  # fmt: skip
        where = [place for place in range(len(part)) if part.startswith(old, place)]
        if where:
            place = at.choice(where)
            part = part[:place] + new + part[place + len(old) :]
    return part


def values_of_json(at: random.Random, cases: list[dict[str, Any]]) -> Any:
    """Some values anywhere in a case are others, or are missing."""
    content: Any = copy.deepcopy(cases)
    for _ in range(at.randrange(1, 4)):
        holder, key = content, at.randrange(len(content))
        while isinstance(holder[key], dict | list) and holder[key] and at.random() < 0.85:
            holder = holder[key]
            key = at.choice(list(holder)) if isinstance(holder, dict) else at.randrange(len(holder))
        if isinstance(holder, dict) and at.random() < 0.25:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(at.choice(NASTY_VALUES))
    return content if at.random() < 0.9 else {"cases": content, "more": at.choice(NASTY_VALUES)}


# Reading it


def reads_price_list(content: bytes) -> None:
    reading = read_catalogue("list", content)
    assert bool(reading.rows) != bool(reading.errors), "rows, or what must be put right, never both and never neither"
    for problem in reading.errors:
        assert problem.row >= 1
        assert plain(problem.message).strip()


def reads_edition(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    try:
        edition = read_edition("ndis", text, date(2026, 7, 1), "A broken list")
    except ValueError as refusal:
        assert "row" in str(refusal) or "column" in str(refusal), refusal  # noqa: PT017 - a broken list may be read or refused
    else:
        assert Editions([edition]).editions == (edition,)


def runs_cases(content: bytes) -> None:
    try:
        report = check(content.decode("utf-8", "replace"))
    except ValueError as refusal:
        assert str(refusal).startswith("This file "), refusal  # noqa: PT017 - a file may be read or refused
        return
    assert json.dumps(report.as_json()) is not None
    assert report.as_text().splitlines()[0].startswith(f"{report.passed} passed")
    for result in report.results:
        assert result.state in ("passed", "failed", "unknown", "computed")
        assert result.state != "failed" or result.differences, "a failure says why"


# All of them


def broken_csv(at: random.Random, number: int) -> bytes:
    change = cells_of_csv if number % 2 else at.choice(BYTES)
    return change(at, price_lists()[0])


def broken_xlsx(at: random.Random, number: int) -> bytes:
    change = parts_of_xlsx if number % 5 else at.choice(BYTES)
    return change(at, price_lists()[1])


def broken_edition(at: random.Random, number: int) -> bytes:
    change = cells_of_csv if number % 2 else at.choice(BYTES)
    return change(at, an_edition())


def broken_cases(at: random.Random, number: int) -> bytes:
    cases = worked_cases(at.choice(("ndis", "support_at_home")))
    few = at.sample(cases, min(4, len(cases)))
    if number % 5:
        return json.dumps(values_of_json(at, few)).encode()
    return at.choice(BYTES)(at, json.dumps(few).encode())


FILES: dict[str, tuple[int, Callable[[random.Random, int], bytes], Callable[[bytes], None]]] = {
    "CSV": (500, broken_csv, reads_price_list),
    "XLSX": (500, broken_xlsx, reads_price_list),
    "edition": (400, broken_edition, reads_edition),
    "cases": (600, broken_cases, runs_cases),
}


@lru_cache(maxsize=4)
def broken(kind: str) -> tuple[bytes, ...]:
    """So many files of a kind, each different from the good one and from every other."""
    many, make, _ = FILES[kind]
    found: dict[bytes, None] = {}
    good, number = {*price_lists(), an_edition()}, 0
    while len(found) < many:
        made, number = make(random.Random(f"{kind} {number}"), number), number + 1
        if made not in good:
            found[made] = None
    return tuple(found)


def test_there_are_two_thousand_broken_files() -> None:
    assert sum(len(set(broken(kind))) for kind in FILES) == 2_000


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("kind", FILES)
def test_a_broken_file_is_read_or_refused(kind: str, tenth: int) -> None:
    reads = FILES[kind][2]
    for content in broken(kind)[tenth::10]:
        reads(content)


@pytest.mark.parametrize("text", ["", "{}", "null", '{"cases": 1}', "[1]", "[" * 100_000, '{"cases": {}}', "\x00"])
def test_a_file_without_cases_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"^This file (is not JSON|has no list of cases)\.$"):
        check(text)


def test_an_empty_list_of_cases_has_nothing_that_passed_or_failed() -> None:
    assert check("[]").as_text() == "0 passed, 0 failed"
