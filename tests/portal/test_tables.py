"""Every table can be taken along as a file: the same facts, typed, harmless to open, and for nobody else."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from lxml.html import fromstring
from openpyxl import load_workbook

from budgeting.explain import Confidence, Figure, Source
from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.words import Name, Value, words
from portal.access.table import Relationship
from portal.accounts.model import Account
from portal.app import Coplan
from portal.language import ENGLISH, LANGUAGES, current, retold
from portal.payments import commands as payments
from portal.people.model import Client
from portal.site.page import View
from portal.site.spoken import OF_THEM
from portal.site.tables import Cell, Column, Content, Table, file, find, in_one_piece
from portal.templating import environment, template_folders
from portal.work import utc_now
from tests.builders import a_client, a_tie, acting, an_account, signed_in
from tests.person import Person

DAY = date(2026, 11, 22)
DUE = utc_now().date() + timedelta(days=9)  # money is asked for a day to come
SUPPORT, AMOUNT = words("Support"), words("Amount")


def one_of(value: Content) -> Table:
    return Table("one", words("Payments"), (Column(SUPPORT), Column(AMOUNT, numeric=True)), [(Name("Cleaning"), value)])


def in_csv(table: Table) -> list[list[str]]:
    content = file(table, "csv", DAY).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def in_a_workbook(table: Table) -> Any:
    return load_workbook(io.BytesIO(file(table, "xlsx", DAY).content)).active


@pytest.mark.parametrize(
    "value, text, number",
    [
        (Money(123_450), "1234.50", 1234.5),
        (Money(-5), "-0.05", -0.05),
        (Money(0), "0.00", 0),
        (date(2026, 3, 1), "2026-03-01", datetime(2026, 3, 1)),
        (time(7, 30), "07:30", time(7, 30)),
        (datetime(2026, 7, 1, 2, 0, tzinfo=UTC), "2026-07-01 12:00", datetime(2026, 7, 1, 12)),
        (Minutes(90), "1:30", timedelta(minutes=90)),
        (Minutes(6_000), "100:00", timedelta(hours=100)),
        (Minutes(-90), "-1:30", "-1:30"),
        (Quantity(2_500), "2.5", 2.5),
        (Quantity(100_000), "100", 100),
        (Percent(175_000), "17.5%", 0.175),
        (Percent(100_000), "10%", 0.1),
        (12_345, "12345", 12345),
        (Name("Zoë & Ann <b>"), "Zoë & Ann <b>", "Zoë & Ann <b>"),
        (words("{a} of {b}", a=Money(100), b=3), "$1.00 of 3", "$1.00 of 3"),
        (None, "", None),
        (Cell(Money(100), badge="ok", note=Name("n")), "1.00", 1),
        (Figure(AMOUNT, Money(7)), "0.07", 0.07),
        (Figure(AMOUNT, None), "", None),
    ],
)
def test_values_keep_their_type_in_a_file(value: Content, text: str, number: object) -> None:
    assert in_csv(one_of(value)) == [["Support", "Amount"], ["Cleaning", text]]
    found = in_a_workbook(one_of(value))["B2"].value
    assert found == pytest.approx(number) if isinstance(number, int | float) else found == number


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\u2068=1", "\r\n=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert in_csv(one_of(Name(text)))[1][1].startswith("'")
    assert in_a_workbook(one_of(Name(text)))["B2"].data_type in ("s", "inlineStr")


@given(st.text(max_size=60))
@settings(max_examples=40)
def test_any_text_comes_through_both_files(text: str) -> None:
    kept = "".join(one for one in text if one.isprintable())
    assert kept in "".join(one for one in in_csv(one_of(Name(text)))[1][1] if one.isprintable())
    assert in_a_workbook(one_of(Name(text)))["A2"].value == "Cleaning"


def test_totals_and_rows_that_the_page_does_not_show_are_in_the_file() -> None:
    rows: list[tuple[Value, Value]] = [(Name("A"), Money(100)), (Name("B"), Money(200))]
    columns = (Column(SUPPORT), Column(AMOUNT))
    table = Table("t", words("Payments"), columns, rows[:1], (words("Amount"), Money(300)), everything=rows)
    assert [row[1] for row in in_csv(table)[1:]] == ["1.00", "2.00", "3.00"]
    assert in_a_workbook(table)["B4"].font.bold


def test_an_arabic_workbook_reads_from_right_to_left_and_its_heads_are_arabic() -> None:
    before = current.set(LANGUAGES["ar"])
    try:
        sheet = in_a_workbook(one_of(Money(1)))
        assert sheet.sheet_view.rightToLeft
        assert sheet["A1"].value == "الدعم"
        assert file(one_of(Money(1)), "csv", DAY).name == "الدفعات 2026-11-22.csv"
    finally:
        current.reset(before)
    assert current.get() is ENGLISH
    assert not in_a_workbook(one_of(Money(1))).sheet_view.rightToLeft


def test_a_table_is_found_wherever_it_lies_in_the_values_of_a_view() -> None:
    table = one_of(None)
    for values in ({"t": table}, {"parts": [{"t": table}]}, {"parts": [(1, table)]}):
        assert find(View("x.html", values).values, "one") is table
    assert find({"t": table}, "two") is None


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="cells for 2 columns"):
        Table("t", words("Payments"), (Column(SUPPORT), Column(AMOUNT)), [(Name("A"),)])


@pytest.fixture
def asked(coplan: Coplan) -> tuple[Client, Account, Account]:
    """Mei is asked for a contribution; Priya leads, and Karim is somebody else."""
    with coplan.open_work() as work:
        mei, karim, priya = an_account(work, "Mei"), an_account(work, "Karim"), an_account(work, "Priya")
        client = a_client(work, account=mei)
        a_tie(work, client, Relationship.LEAD, priya)
    with acting(coplan, priya) as work:
        payments.ask(work, client, Money(4_250), "=Cleaning", DUE, None)
    return client, mei, karim


def test_a_page_gives_its_table_as_a_file_to_whoever_may_see_the_page(
    asked: tuple[Client, Account, Account], person: Person
) -> None:
    client, mei, karim = asked
    page = f"/people/{client.id}/payments"
    signed_in(person, mei).open(page)
    addresses = [link.get("href") for link in person.page.xpath("//p[contains(@class,'table-files')]//a")]
    assert addresses == [f"{page}?table=payments&as={kind}" for kind in ("xlsx", "csv")]
    person.open(addresses[1])
    assert person.answer.headers["content-disposition"].startswith("attachment")
    row = list(csv.reader(io.StringIO(person.answer.content.decode("utf-8-sig"))))[1]
    assert row == ["'=Cleaning", "42.50", DUE.isoformat(), "Asked, not paid yet"]
    assert person.open(addresses[0]).answer.content.startswith(b"PK")
    for wrong in ("?table=payments&as=pdf", "?table=other&as=csv"):
        assert person.open(page + wrong).status == 404
    stranger = signed_in(person.another(), karim)
    assert stranger.open(addresses[1]).status == 404


def test_what_happened_can_be_taken_along(asked: tuple[Client, Account, Account], person: Person) -> None:
    client, mei, _karim = asked
    signed_in(person, mei).open(f"/people/{client.id}/history").follow("CSV")
    rows = list(csv.reader(io.StringIO(person.answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["When", "What happened", "Who", "For whom"]
    assert any(row[2] == "Priya" and "$42.50" in row[1] for row in rows[1:])


def test_on_paper_every_figure_of_a_table_says_below_it_how_it_came_about() -> None:
    source = Source("Price guide", "page 7", date(2026, 7, 1), Confidence.B)
    hour = Figure(words("One hour"), Money(6_800), rule=words("The price of the day counts"), source=source)
    left_out = words("Travel is not in it.")
    planned = Figure(words("Planned"), Money(13_600), words("Two hours"), (hour,), not_included=(left_out,))
    table = one_of(planned)
    [(head, column, figure)] = table.explained
    assert (head.value, column.label, figure) == (Name("Cleaning"), AMOUNT, planned)
    assert table.grounds.sources == (source,)
    assert table.grounds.not_included == (left_out,)
    page = '{% from "macros/tables.html" import data_table with context %}{{ data_table(t, files=false) }}'
    rendered = environment(template_folders()).from_string(page).render(t=table, lang=ENGLISH)
    [paper] = fromstring(rendered).find_class("on-paper")
    text = paper.text_content()
    for said in ("Two hours", "Cleaning · Amount $136.00", "One hour: $68.00", "price of the day", "page 7"):
        assert said in text


def test_what_is_said_to_the_person_is_said_of_them_in_a_file_that_somebody_else_takes() -> None:
    columns = (Column(words("Support")), Column(words("What you pay yourself"), numeric=True))
    table = Table("lines", words("Supports"), columns, [[words("Your share"), Money(5_00)]])
    before = retold.set(OF_THEM)
    made = file(table, "csv", DAY)
    retold.reset(before)
    [heads, row] = csv.reader(io.StringIO(made.content.decode("utf-8-sig")))
    assert heads == ["Support", "What the person pays themselves"]
    assert row == ["The person’s own share of it", "5.00"]
    [heads, _] = csv.reader(io.StringIO(file(table, "csv", DAY).content.decode("utf-8-sig")))
    assert heads == ["Support", "What you pay yourself"]


def test_the_number_of_an_invoice_stays_in_one_piece_unless_it_is_long() -> None:
    short, long = in_one_piece("SR-2201-A"), in_one_piece("N-" * 30)
    assert isinstance(short, Cell)
    assert short.shown == '<bdi class="whole">SR-2201-A</bdi>'
    assert short.value == Name("SR-2201-A")  # the file holds it alone
    assert long == Name("N-" * 30)
    assert in_one_piece("") == ""
    assert "&lt;b&gt;" in str(in_one_piece("<b>"))
