"""Files of invoices that people really have: read whole as they are written, or refused with row and reason."""

from __future__ import annotations

import random
from datetime import date, time

import pytest
from hypothesis import given, settings, strategies as st

from budgeting.money import Money, Quantity, dollars
from budgeting.spending import ClaimType
from portal.catalogue.problem import Odd
from portal.site.tablefiles import Sheet, xlsx_file
from portal.spending import cells
from portal.spending.columns import Role
from portal.spending.reading import Left, Reading, ReadRow, read_invoices

TODAY = date(2026, 11, 22)
HEAD = "Date,Description,Hours,Rate,Total,Invoice no"
ROW = "3/8/2026,Personal care,2.5,$70.00,$175.00,INV-7"


STRANGE = (b",", b'"', b"\n", b"\xff", b"9" * 40, b";;", b"\t", b"$", b"=cmd|")


def read(text: str, encoding: str = "utf-8", order: str = "") -> Reading:
    return read_invoices(text.encode(encoding), {}, order, TODAY)


def rows(*lines: str, head: str = HEAD) -> tuple[ReadRow, ...]:
    found = read("\n".join((head, *lines)))
    assert not found.problems, found.problems
    assert not found.asks
    return found.rows


def problems(*lines: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    found = read("\n".join((head, *lines)))
    assert not found.rows
    return [(one.row, one.column, one.message.text) for one in found.problems]


# rows as they are written


def test_a_row_says_day_support_hours_price_amount_and_invoice() -> None:
    (row,) = rows(ROW)
    assert (row.row, row.first, row.amount, row.unit_price) == (
        2,
        date(2026, 8, 3),
        dollars("175.00"),
        dollars("70.00"),
    )
    assert (row.thousandths, row.unit, row.description, row.invoice) == (2500, "H", "Personal care", "INV-7")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_cells_may_be_parted_by_commas_semicolons_tabs_or_bars(sign: str) -> None:
    found = read(f"{HEAD}\n{ROW}".replace(",", sign))
    assert found.rows[0].amount == dollars("175.00")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_may_be_written_in_the_usual_ways(encoding: str) -> None:
    found = read(f"{HEAD}\n{ROW.replace('Personal', 'Café')}", encoding)
    assert found.rows[0].description == "Café care"


def test_semicolons_with_commas_in_amounts_are_told_apart() -> None:
    found = read("Date;Details;Amount\n3/8/2026;Ramp;$1,175.00\n4/8/2026;Rail;$2,000.00")
    assert [one.amount for one in found.rows] == [dollars("1175.00"), dollars("2000.00")]


def test_titles_above_the_columns_blank_rows_totals_and_remarks_are_left_out_and_told() -> None:
    found = read(
        "\n".join(
            (
                "Sunrise Support,,,,,",
                "Tax invoice:,INV-99,,,,",
                ",,,,,",
                "Date,Description,Hours,Rate,Total,",
                "3/8/2026,Care,2,$70.00,$140.00,",
                ",,,,,",
                "Date,Description,Hours,Rate,Total,",
                "4/8/2026,Care,2,$70.00,$140.00,",
                "Total,,,,$280.00,",
                "Thank you for your payment,,,,,",
            )
        )
    )
    assert [one.row for one in found.rows] == [5, 8]
    assert found.left_out == ((7, Left.TITLE), (9, Left.TOTAL), (10, Left.REMARK))
    assert found.said == dollars("280.00")
    assert {one.invoice for one in found.rows} == {"INV-99"}


def test_merged_names_over_two_rows_are_read_together() -> None:
    found = read("Service,,Item,Charge\nFrom,To,,\n3/8/2026,5/8/2026,Respite,$300.00")
    (row,) = found.rows
    assert (row.first, row.last, row.description or row.item) == (date(2026, 8, 3), date(2026, 8, 5), "Respite")


def test_a_cell_merged_over_several_rows_speaks_for_each_of_them() -> None:
    found = rows("3/8/2026,Care,2,70,140,INV-7", "4/8/2026,Care,2,70,140,", "5/8/2026,Care,2,70,140,INV-8")
    assert [one.invoice for one in found] == ["INV-7", "INV-7", "INV-8"]


def test_an_amount_that_is_not_written_is_price_times_hours_by_the_minute() -> None:
    (row,) = rows("3/8/2026,Care,0:10,$193.99,,INV-7")
    assert (row.amount, row.minutes, row.worked_out) == (dollars("32.33"), 10, True)


def test_a_credit_is_below_zero_however_it_is_written() -> None:
    found = rows(*(f"3/8/2026,Care,1,70,{amount},I" for amount in ("-20.00", "(20.00)", "20.00 CR", "$-20.00")))
    assert {one.amount for one in found} == {-dollars("20.00")}


def test_kinds_of_charges_are_known_by_their_claim_type_and_by_words() -> None:
    head = "Supports delivered from,Support number,Claim type,Total"
    found = rows("3/8/2026,01_011_0107_1_1,CANC,70", "3/8/2026,01_011_0107_1_1,,70", head=head)
    assert [one.claim_type for one in found] == [ClaimType.CANCELLATION, ClaimType.STANDARD]
    (late,) = rows("3/8/2026,Care - short notice cancellation,2,70,140,I")
    assert late.claim_type is ClaimType.CANCELLATION


def test_the_agencys_own_file_is_read_without_amounts() -> None:
    head = (
        "RegistrationNumber,NDISNumber,SupportsDeliveredFrom,SupportsDeliveredTo,SupportNumber,ClaimReference,"
        "Quantity,Hours,UnitPrice,GSTCode,ClaimType"
    )
    (row,) = rows("4050000000,430000000,2026/08/03,2026/08/03,01_011_0107_1_1,R1,,002:30,70.23,P2,", head=head)
    assert (row.amount, row.minutes, row.item, row.invoice) == (Money(17558), 150, "01_011_0107_1_1", "R1")


def test_a_workbook_is_read_like_a_list() -> None:
    heads = ["Date", "Service", "Hours", "Total"]
    found = read_invoices(
        xlsx_file(Sheet("August", heads, [[date(2026, 8, 3), "Care", Quantity(2500), dollars("175.00")]], None, False)),
        {},
        "",
        TODAY,
    )
    assert [(one.first, one.amount, one.thousandths) for one in found.rows] == [
        (date(2026, 8, 3), dollars("175.00"), 2500)
    ]


def test_ten_thousand_rows_are_read() -> None:
    lines = [f"{1 + n % 28}/8/2026,Care {n},2,70.00,140.00,INV-{n}" for n in range(10_000)]
    assert len(read("\n".join((HEAD, *lines))).rows) == 10_000


# days


@pytest.mark.parametrize(
    "written",
    [
        *("3/8/2026", "03/08/2026", "3-8-2026", "3.8.26", "2026-08-03", "2026/8/3", "20260803", "3 Aug 2026"),
        *("3-Aug-26", "3rd August 2026", "August 3, 2026", "Mon 3/8/2026", "Monday, 3 August 2026", "46237", "46237.0"),
        *("3/8/2026 09:00", "2026-08-03T09:00:00", "٣/٨/٢٠٢٦"),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    found = cells.days(written)
    assert found is not None
    assert found.ordered("dmy", written) == (date(2026, 8, 3), date(2026, 8, 3))


@pytest.mark.parametrize(
    "written", ["3/8/2026 - 9/8/2026", "3/8/2026-9/8/2026", "3 Aug 2026 to 9 Aug 2026", "2026-08-03 – 2026-08-09"]
)
def test_days_from_to_are_read(written: str) -> None:
    found = cells.days(written)
    assert found is not None
    assert found.ordered("dmy", written) == (date(2026, 8, 3), date(2026, 8, 9))


def test_a_time_beside_the_day_is_kept() -> None:
    (row,) = rows("3/8/2026 09:30,Care,2,70,140,I")
    assert row.begins == time(9, 30)


def test_days_that_only_fit_month_first_are_asked_about_and_then_read_so() -> None:
    text = f"{HEAD}\n8/3/2026,Care,2,70,140,I\n8/25/2026,Care,2,70,140,I"
    assert read(text).unsure
    assert [one.first for one in read(text, order="mdy").rows] == [date(2026, 8, 3), date(2026, 8, 25)]


def test_days_that_lie_ahead_when_read_day_first_are_asked_about() -> None:
    assert read(f"{HEAD}\n3/12/2026,Care,2,70,140,I").unsure
    assert not read(f"{HEAD}\n3/11/2026,Care,2,70,140,I").unsure


@pytest.mark.parametrize("written", ["soon", "32/8/2026x", "3/8", "1/1/1999", "99/99/2026", "Q3 2026"])
def test_a_day_that_is_none_is_refused_with_its_row(written: str) -> None:
    ((row, column, _),) = problems(f"{written},Care,2,70,140,I", ROW)
    assert (row, column) == (2, "Date")


# refused whole


def test_every_problem_is_told_at_once_and_nothing_is_read_by_half() -> None:
    found = problems(ROW, "31/6/2026,Care,2,70,140,I", "3/8/2026,Care,two,70,140,I", "4/8/2026,Care,2,70,much,I")
    assert [(row, column) for row, column, _ in found] == [(3, "Date"), (4, "Hours"), (5, "Total")]


def test_a_row_with_an_amount_and_no_day_is_no_remark() -> None:
    ((row, column, message),) = problems(ROW, ",Care,1,70,70,I")
    assert (row, column) == (3, "Date")
    assert "no day" in message


def test_a_file_about_two_people_is_refused() -> None:
    head = "Date,Client,Total"
    ((row, column, message),) = problems("3/8/2026,Mei Chen,70", "4/8/2026,Yusuf Haddad,70", head=head)
    assert (row, column) == (3, "Client")
    assert "more than one person" in message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"%PDF-1.7 ...",
        b"<html><body>",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0old",
        b'Date,Total\n"3/8/2026,7',
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(content: bytes) -> None:
    found = read_invoices(content, {}, "", TODAY)
    assert found.problems
    assert not found.rows


def test_columns_we_do_not_know_are_asked_about_and_then_read() -> None:
    text = "Wann,Was,Wieviel\n3/8/2026,Care,140.00\n4/8/2026,Care,140.00"
    assert read(text).asks
    told = {1: Role.DESCRIPTION, 0: Role.DATE, 2: Role.AMOUNT}
    assert [one.row for one in read_invoices(text.encode(), told, "", TODAY).rows] == [2, 3]


def test_a_list_without_any_names_is_asked_about_and_then_read_from_its_first_row() -> None:
    text = "3/8/2026,Care,140.00\n4/8/2026,Care,140.00"
    assert read(text).asks
    assert [one.row for one in read_invoices(text.encode(), {0: Role.DATE, 2: Role.AMOUNT}, "", TODAY).rows] == [1, 2]


def test_a_person_may_say_that_another_column_is_the_amount() -> None:
    text = "Date,Net,Total\n3/8/2026,100,110"
    assert read(text).rows[0].amount == dollars("110")
    assert read_invoices(text.encode(), {1: Role.AMOUNT}, "", TODAY).rows[0].amount == dollars("100")


def test_a_total_of_each_week_is_left_out_and_the_last_one_is_compared() -> None:
    weeks = ("3/8/2026,Care,2,,140,", "Week 1 total,,2,,140,", "10/8/2026,Care,2,,140,", ",,,,140,", "GST,,,,0,")
    found = read("\n".join((HEAD, *weeks, "Grand total,,4,,280,")))
    assert [one.row for one in found.rows] == [2, 4]
    assert found.left_out == tuple((row, Left.TOTAL) for row in (3, 5, 6, 7))
    assert found.said == dollars("280")


def test_hours_are_worked_out_from_beginning_and_end_where_that_is_what_was_charged() -> None:
    head = "Date,Start,End,Rate,Total"
    night, unpaid_break, open_sum = rows(
        "3/8/2026,22:00,6:00 am,70,560", "4/8/2026,9:00,17:00,70,525", "5/8/2026,9:00,11:30,70,", head=head
    )
    assert (night.minutes, unpaid_break.minutes) == (480, None)
    assert (open_sum.minutes, open_sum.amount, open_sum.worked_out) == (150, dollars("175"), True)


def test_a_cell_that_cannot_be_read_is_the_only_thing_told_of_its_sum() -> None:
    assert [one[:2] for one in problems("3/8/2026,Care,2,70,1.250,")] == [(2, "Total")]


def test_a_familys_own_list_in_arabic_or_chinese_is_read() -> None:
    (arabic,) = rows("\u200f٠٣/٠٨/٢٠٢٦,دعم صباحي,٢,٦٨٫٠٠,١٬٣٦٠٫٥٠", head="التاريخ,الوصف,الساعات,السعر,الإجمالي")
    assert (arabic.first, arabic.thousandths, arabic.amount) == (date(2026, 8, 3), 2000, dollars("1360.50"))
    (chinese,) = rows("2026年8月3日,早晨支持,2,68.00,136.00", head="日期,服务,小时,单价,金额")
    assert (chinese.first, chinese.unit_price, chinese.amount) == (date(2026, 8, 3), dollars("68"), dollars("136"))


# cells


@pytest.mark.parametrize(
    ("written", "cents"),
    [("$1,234.50", 123450), ("1234.5", 123450), ("A$12", 1200), ("AUD 12.00", 1200), (".5", 50), ("(1.00)", -100)],
)
def test_an_amount_is_read_exactly(written: str, cents: int) -> None:
    assert cells.money(written) == Money(cents)


@pytest.mark.parametrize(
    "written", ["1.250", "$68.000", "1.234,50", "12,5", "twelve", "$1.005", "1e5", "=1+1", "12 apples"]
)
def test_an_amount_that_could_be_meant_otherwise_is_odd(written: str) -> None:
    with pytest.raises(Odd):
        cells.money(written)


@pytest.mark.parametrize(
    ("written", "thousandths", "unit"),
    [
        *(("2.5", 2500, ""), ("2:30", 2500, "H"), ("2h 30m", 2500, "H"), ("2.5 hrs", 2500, "H")),
        *(("150 min", 2500, "H"), ("0.33333", 333, ""), ("3 days", 3000, "D"), ("1,000", 1_000_000, "")),
    ],
)
def test_a_quantity_is_read_in_its_writings(written: str, thousandths: int, unit: str) -> None:
    found = cells.quantity(written)
    assert found is not None
    assert (found[0].thousandths, found[2]) == (thousandths, unit)


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_no_cell_makes_a_reader_fall_over(text: str) -> None:
    for reader in (cells.days, cells.money, cells.quantity, cells.minutes):
        try:
            found = reader(text)
        except Odd:
            continue
        if isinstance(found, cells.Days):
            try:
                found.ordered("dmy", text)
            except Odd:
                continue
    assert cells.claim_type(text) in ClaimType
    for simple in (cells.gst, cells.unit, cells.item, cells.clock_of):
        simple(text)


def test_a_thousand_spoiled_files_are_read_or_refused_and_none_breaks_anything() -> None:
    chance = random.Random(20261122)
    lines = [HEAD, ROW, "4/8/2026,Care,2:30,$70.00,$175.00,INV-7", "Total,,,,$350.00,", "5 Aug 2026,Ride,1,,(20.00),X"]
    workbook = xlsx_file(Sheet("A", ["Date", "Total"], [[date(2026, 8, 3), dollars("175.00")]] * 4, None, False))
    whole = "\r\n".join(lines).encode()
    seen = set()
    for number in range(1000):
        content = bytearray(workbook if number % 10 == 0 else whole)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(content))
            what = chance.randrange(4)
            if what == 0:
                content[place] = chance.randrange(256)
            elif what == 1:
                del content[place : place + chance.randint(1, 30)]
            elif what == 2:
                content[place:place] = chance.choice(
                    (b",", b'"', b"\n", b"\xff", b"9" * 40, b";;", b"\t", b"$", b"=cmd|")
                )
            else:
                content += content[place : place + 60]
            content = content or bytearray(b",")
        found = read_invoices(bytes(content), {}, "", TODAY)
        assert not (found.rows and found.problems), "read by half"
        assert found.rows or found.problems or found.asks
        assert all(isinstance(one.row, int) and one.row > 0 for one in found.problems)
        seen.add((bool(found.rows), bool(found.problems), found.asks))
    assert len(seen) == 3, "some are read, some refused, some asked about"
