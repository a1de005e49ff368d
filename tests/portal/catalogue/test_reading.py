"""Reading a price list: what each quirk means, and how every odd cell is reported."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from budgeting.catalogue import OPEN_END, SupportItem
from budgeting.money import Money
from budgeting.programs import shipped
from portal.catalogue.comparison import same_rows
from portal.catalogue.expected import MOST_ROWS
from portal.catalogue.reading import Reading, read_catalogue
from tests.portal.catalogue.lists import (
    BY_STATE,
    NATIONAL,
    YEAR_2025,
    YEAR_2026,
    YEAR_2026_BY_STATE,
    a_row,
    as_csv,
    as_xlsx,
    published,
)


def the_item(content: bytes) -> SupportItem:
    reading = read_catalogue("list", content)
    assert reading.errors == ()
    (item,) = reading.rows
    return item


def places(reading: Reading) -> list[tuple[int, str]]:
    assert not reading.errors or reading.rows == (), "nothing is half-imported"
    return [(problem.row, problem.column) for problem in reading.errors]


def the_problem(content: bytes) -> str:
    (problem,) = read_catalogue("list", content).errors
    return problem.message.text


def test_a_row_becomes_a_support_with_exact_limits() -> None:
    item = the_item(as_csv([a_row(price="$1,063.13")]))
    assert item.limits == {"national": Money(106313), "remote": Money(9832), "very_remote": Money(10535)}
    assert (item.category, item.pace_category, item.group, item.unit, item.quote) == ("01", "01", "0107", "H", False)
    assert (item.starts, item.ends) == (date(2026, 7, 1), OPEN_END)
    assert (item.flags["travel"], item.flags["reports"], item.flags["irregular_sil"]) == ("Y", "N", "NA")


@pytest.mark.parametrize("written", ["$1063.13", "$1,063.13", "1063.13", " $ 1,063.13 ", "1,063.13"])
def test_a_price_may_have_a_dollar_sign_a_comma_or_neither(written: str) -> None:
    assert the_item(as_csv([a_row(price=written)])).limits["national"] == Money(106313)


def test_a_blank_limit_means_no_limit_and_never_zero() -> None:
    item = the_item(as_csv([a_row(price="", Remote="", Very_Remote="", Quote="Yes", Type="Quotable Supports")]))
    assert item.limits == {"national": None, "remote": None, "very_remote": None}
    assert places(read_catalogue("list", as_csv([a_row(price="$0.00")]))) == [(2, "National")]


def test_both_layouts_give_the_same_limits() -> None:
    assert the_item(as_csv([a_row()], BY_STATE)) == the_item(as_csv([a_row()], NATIONAL))


def test_a_state_that_differs_keeps_its_own_limit() -> None:
    item = the_item(as_csv([a_row(**{" NT ": "$80.00", " WA ": ""})], BY_STATE))
    assert item.limits["national"] == Money(7023)
    assert item.limit("national", "NT") == Money(8000)
    assert item.limit("national", "WA") is None
    assert item.limit("national", "VIC") == Money(7023)


@pytest.mark.parametrize(
    "content",
    [
        as_csv([a_row()]).removeprefix(b"\xef\xbb\xbf"),
        as_csv([a_row()]).replace(b"\r\n", b"\n"),
        as_csv([a_row()]).decode("utf-8-sig").encode("utf-16"),
        as_csv([a_row()], delimiter=";"),
        as_csv([a_row()], delimiter="\t"),
        as_csv([a_row()], list(reversed(NATIONAL))),
        as_csv([a_row()]).replace(b"Start date", b"\xc2\xa0START  DATE.").replace(b"Cancellations.", b"Cancellations"),
        as_csv([a_row()]) + b"\r\n,,,,\r\n",
        b"Price list,,\r\n\r\n" + as_csv([a_row()]).removeprefix(b"\xef\xbb\xbf"),
        as_xlsx([a_row()]),
    ],
    ids=["no mark", "line feeds", "UTF-16", "semicolons", "tabs", "order", "headers", "blank rows", "title", "XLSX"],
)
def test_the_form_of_the_file_does_not_matter(content: bytes) -> None:
    assert the_item(content) == the_item(as_csv([a_row()]))


def test_the_type_is_known_in_the_spelling_of_both_years() -> None:
    for kind in ("Price Limited Supports", "Priced Supports", "Quotable Supports", ""):
        assert the_item(as_csv([a_row(Type=f" {kind} ")])).type == kind
    assert the_item(as_csv([a_row(price="$1.00", Type=" Unit Price = $1 ")])).dollar_units


def test_bereavement_is_an_item_number_and_suffixes_are_kept() -> None:
    rows = [a_row("Bereavement"), a_row("01_700_0118_1_3_CA2"), a_row("05_150300111_0123_2_2 ")]
    numbers = [item.number for item in read_catalogue("list", as_csv(rows)).rows]
    assert numbers == ["Bereavement", "01_700_0118_1_3_CA2", "05_150300111_0123_2_2"]


def test_a_name_keeps_its_own_spaces_and_dashes() -> None:
    name = "Therapy\u00a0\u2013 assistant"
    assert the_item(as_csv([a_row(Support_Item_Name=f" {name} ")])).name == name


def test_zeros_that_a_spreadsheet_dropped_from_a_group_come_back() -> None:
    assert the_item(as_csv([a_row(Registration_Group_Number="107")])).group == "0107"
    assert the_item(as_xlsx([a_row(Registration_Group_Number=107)])).group == "0107"


def test_the_group_column_counts_and_not_the_group_in_the_item_number() -> None:
    assert the_item(as_csv([a_row("05_222903111_0103_1_2", Registration_Group_Number="0123")])).group == "0123"


@pytest.mark.parametrize("written", ["20260702", " 20260702 ", "2026-07-02"])
def test_a_date_may_have_spaces_round_it(written: str) -> None:
    assert the_item(as_csv([a_row(Start_date=written)])).starts == date(2026, 7, 2)


@pytest.mark.parametrize("written", [20260702, "20260702", date(2026, 7, 2), datetime(2026, 7, 2), 46205])
def test_a_workbook_may_hold_a_date_as_text_number_or_date(written: object) -> None:
    item = the_item(as_xlsx([a_row(Start_date=written, End_Date=99991231)]))
    assert (item.starts, item.ends) == (date(2026, 7, 2), OPEN_END)


def test_a_workbook_may_hold_prices_as_numbers() -> None:
    row = a_row(price=Decimal("1063.13"), Remote=Decimal("115.6"), Very_Remote=123)
    assert the_item(as_xlsx([row])).limits == {
        "national": Money(106313),
        "remote": Money(11560),
        "very_remote": Money(12300),
    }


def test_a_number_that_is_not_whole_cents_is_refused_and_what_binary_numbers_lose_is_not() -> None:
    assert the_item(as_xlsx([a_row(price=Decimal("0.30000000000000004"))])).limits["national"] == Money(30)
    assert places(read_catalogue("list", as_xlsx([a_row(price=Decimal("70.235"))]))) == [(2, "National")]


@given(st.integers(1, 99_999_999))
@settings(max_examples=25, deadline=None)
def test_a_price_written_in_any_way_is_read_to_the_cent(cents: int) -> None:
    plain = f"{cents // 100}.{cents % 100:02d}"
    grouped = f"${cents // 100:,}.{cents % 100:02d}"
    for written in (plain, grouped):
        assert the_item(as_csv([a_row(price=written)])).limits["national"] == Money(cents)


@given(st.lists(st.integers(1, 99_999_999), min_size=1, max_size=40))
@settings(max_examples=10, deadline=None)
def test_prices_stored_as_numbers_are_read_to_the_cent(amounts: list[int]) -> None:
    rows = [a_row(f"01_{place:03d}", price=Decimal(cents) / 100) for place, cents in enumerate(amounts)]
    assert [item.limits["national"] for item in read_catalogue("list", as_xlsx(rows)).rows] == [
        Money(c) for c in amounts
    ]


def test_one_item_may_have_two_prices_one_after_the_other() -> None:
    rows = [
        a_row(price="$156.16", Start_date="20251124"),
        a_row(price="$193.99", Start_date="20250701", End_Date="20251123"),
    ]
    assert len(read_catalogue("list", as_csv(rows)).rows) == 2


def test_two_prices_for_the_same_days_are_an_error() -> None:
    assert places(read_catalogue("list", as_csv([a_row(), a_row("02"), a_row()]))) == [(4, "Start date")]
    overlapping = [a_row(Start_date="20250701", End_Date="20260731"), a_row(Start_date="20260701")]
    assert places(read_catalogue("list", as_csv(overlapping))) == [(3, "Start date")]


def test_every_bad_cell_is_reported_at_once_with_its_row_and_column() -> None:
    rows = [
        a_row("01"),
        a_row("02", price="seventy", Start_date="20260231"),
        a_row("03", Unit="fortnight", Quote="maybe", Type="Free"),
        a_row("04", End_Date="20260630"),
        a_row("not a number", Support_Item_Name=" "),
        a_row("05", **{"Provider Travel": "?", "Support Category Number": "0", "Registration Group Number": "12345"}),
        a_row("06", price="-$5.00", Remote="1.063,13", Very_Remote="$70.235"),
    ]
    assert places(read_catalogue("list", as_csv(rows))) == [
        (3, "Start date"), (3, "National"),
        (4, "Unit"), (4, "Quote"), (4, "Type"),
        (5, "End Date"),
        (6, "Support Item Number"), (6, "Support Item Name"),
        (7, "Registration Group Number"), (7, "Support Category Number"), (7, "Provider Travel"),
        (8, "National"), (8, "Remote"), (8, "Very Remote"),
    ]  # fmt: skip


def test_the_row_is_the_one_a_spreadsheet_shows_also_below_blank_rows() -> None:
    content = as_csv([a_row("01"), {}, a_row("02", Unit="?")])
    assert places(read_catalogue("list", content)) == [(4, "Unit")]


def test_every_missing_column_is_named() -> None:
    columns = [column for column in NATIONAL if column not in ("Unit", "Very Remote")]
    assert places(read_catalogue("list", as_csv([a_row()], columns))) == [(1, "Unit"), (1, "Very Remote")]
    columns = [column for column in BY_STATE if column != " NSW "]
    assert places(read_catalogue("list", as_csv([a_row()], columns))) == [(1, "NSW")]
    columns = [column for column in NATIONAL if column != "National"]
    assert places(read_catalogue("list", as_csv([a_row()], columns))) == [(1, "National")]


def test_a_column_that_occurs_twice_is_not_guessed() -> None:
    assert places(read_catalogue("list", as_csv([a_row()], [*NATIONAL, "Unit"]))) == [(1, "Unit")]


def test_a_file_that_is_cut_off_is_noticed() -> None:
    whole = as_csv([a_row("01"), a_row("02")])
    cut = whole[: whole.rindex(b"$98.32")]
    assert places(read_catalogue("list", cut)) == [(3, "Very Remote")]
    quoted = as_csv([a_row("01"), a_row("02", Support_Item_Name="Washing, dressing")])
    assert places(read_catalogue("list", quoted[: quoted.rindex(b"dressing")])) == [(3, "")]


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b"", "This file is empty"),
        (b"\xef\xbb\xbf \r\n", "This file is empty"),
        (as_csv([]), "This file has column names and no rows"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "This is a web page"),
        (b"\xef\xbb\xbf\r\n  <html>", "This is a web page"),
        (b"a,b,c\r\n1,2,3\r\n", "This file lacks the column names"),
        (b"%PDF-1.7\n", "This is not a CSV or XLSX file"),
        (b"supports" * 40_000, "This is not a CSV or XLSX file"),
        (b"\x00\x01\x02 binary", "This is not a CSV or XLSX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "This is an older Excel file"),
        (as_csv([a_row(Support_Item_Name="\u2013")]).replace(b"\xe2\x80\x93", b"\x96"), "We cannot read the letters"),
        (b"PK\x03\x04 and no more", "This XLSX file is damaged"),
        (as_xlsx([a_row()])[:-200], "This XLSX file is damaged"),
    ],
    ids=[
        "empty",
        "blank",
        "headers",
        "HTML",
        "HTML later",
        "table",
        "PDF",
        "one word",
        "binary",
        "XLS",
        "letters",
        "zip",
        "cut",
    ],
)
def test_what_is_not_a_price_list_is_refused_with_a_sentence(content: bytes, begins: str) -> None:
    assert the_problem(content).startswith(begins)


def test_a_file_of_a_hundred_thousand_rows_is_refused_in_good_time() -> None:
    line = as_csv([a_row(Registration_Group_Name="", Support_Category_Name="")]).splitlines(keepends=True)
    content = line[0] + line[1] * 100_000
    began = time.process_time()
    assert the_problem(content).startswith("This file has more than {most} rows")
    assert time.process_time() - began < 10


def test_a_list_as_long_as_the_limit_is_read() -> None:
    reading = read_catalogue("list", as_csv(a_row(f"01_{place}") for place in range(MOST_ROWS)))
    assert len(reading.rows) == MOST_ROWS


def test_the_published_list_of_2025_is_read_whole() -> None:
    reading = read_catalogue(YEAR_2025, published(YEAR_2025))
    assert reading.errors == ()
    assert len(reading.rows) == 635
    assert len({item.number for item in reading.rows}) == 631
    assert sum(item.dollar_units for item in reading.rows) == 159
    assert sum(item.quote for item in reading.rows) == 39


def test_the_two_layouts_of_the_published_list_of_2026_are_the_same_and_quick() -> None:
    by_state, national = published(YEAR_2026_BY_STATE), published(YEAR_2026)
    began = time.process_time()
    reading = read_catalogue(YEAR_2026, national)
    assert time.process_time() - began < 1.5
    assert reading.errors == ()
    assert len(reading.rows) == 976
    assert reading == read_catalogue(YEAR_2026_BY_STATE, by_state)


def test_the_shipped_editions_say_what_the_published_lists_say() -> None:
    for name, year in ((YEAR_2025, date(2025, 7, 1)), (YEAR_2026, date(2026, 7, 1))):
        (edition,) = (one for one in shipped("ndis").editions if one.valid_from == year)
        rows = {(item.number, item.starts): item for item in read_catalogue(name, published(name)).rows}
        same = tuple(rows[item.number, item.starts] for item in edition.rows)
        assert same_rows(edition, replace(edition, rows=same))
