"""The pages of price lists and supports, through HTTP and without JavaScript."""

from __future__ import annotations

from datetime import date

import pytest

from budgeting.money import Money
from budgeting.period import Band
from portal.app import Coplan
from portal.catalogue import book_commands
from tests.builders import an_account, an_organisation, signed_in
from tests.person import Person
from tests.portal.catalogue.lists import YEAR_2025, YEAR_2026, a_row, as_csv, as_xlsx, published
from tests.portal.catalogue.people import an_administrator


@pytest.fixture
def sam(coplan: Coplan, person: Person) -> Person:
    """An administrator at the page of price lists."""
    with coplan.open_work() as work:
        account = an_administrator(work)
    return signed_in(person, account).open("/price-lists")


def send(person: Person, content: bytes, *, day: str = "2026-07-01", name: str = "list.csv", **typed: object) -> Person:
    return person.open("/price-lists").upload("import", "file", name, content, valid_from=day, **typed)


def said(person: Person) -> str:
    """What the page says, without the gaps that marked values leave before points and commas."""
    return person.text.replace(" .", ".").replace(" ,", ",")


def test_an_empty_page_says_what_a_price_list_is_for(sam: Person) -> None:
    assert "No price list was brought in yet" in sam.text


def test_a_list_is_brought_in_and_its_changes_are_shown(sam: Person) -> None:
    send(
        sam,
        as_csv([a_row("01", "$70.00", Start_date="20250701"), a_row("02", Start_date="20250701")]),
        day="2025-07-01",
    )
    send(sam, as_xlsx([a_row("01", "$71.50"), a_row("02"), a_row("03")]), name="list.xlsx")
    assert sam.status == 200
    assert "The price list is in." in sam.text
    assert "New: 1. Changed: 1, of them dearer: 1, cheaper: 0. Ended: 0. Unchanged: 1." in said(sam)
    assert "$70.00" in sam.text
    assert "$71.50" in sam.text
    sam.follow("New (1)")
    assert "03" in sam.text


def test_the_same_list_again_says_that_nothing_changed(sam: Person) -> None:
    for _ in range(2):
        send(sam, as_csv([a_row()]))
    assert "This list was here already: nothing changed." in sam.text
    assert "Unchanged" in sam.text


def test_every_bad_row_is_shown_at_once_and_the_mended_file_can_be_sent_from_there(sam: Person) -> None:
    send(sam, as_csv([a_row("01", price="x"), a_row("02", Unit="?"), a_row("03", Start_date="20260231")]))
    assert "3 places in the file need putting right" in sam.text
    for said in ("Row 2", "Row 3", "Row 4", "National", "Unit", "Start date", "20260231 is not a day of the calendar."):
        assert said in sam.text
    assert "Needs putting right" in sam.open("/price-lists").text
    assert "Support Item Number" in sam.text  # which columns it needs is said beforehand
    sam.follow("list.csv").upload("again", "file", "mended.csv", as_csv([a_row()]), valid_from="2026-07-01")
    assert "The price list is in." in sam.text
    assert "Needs putting right" not in sam.open("/price-lists").text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_that_was_taken_out_can_be_brought_in_again_as_it_is(sam: Person, kind: str) -> None:
    send(sam, as_csv([a_row("01", price="$70.00"), a_row("02", price="", End_Date="20270630")]))
    list_of_it = sam.address
    taken = sam.open(f"{list_of_it}?table=whole&as={kind}").answer.content
    send(sam, taken, name=f"list.{kind}")
    assert "This list was here already: nothing changed." in sam.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<!DOCTYPE html><html></html>", "This is a web page, not a price list."),
        (b"one,two\r\n1,2\r\n", "This file lacks the column names of a support catalogue"),
        (b"PK\x03\x04 broken", "This XLSX file is damaged"),
    ],
    ids=["HTML", "another table", "broken"],
)
def test_a_file_that_is_no_price_list_is_refused_in_one_sentence(sam: Person, content: bytes, says: str) -> None:
    send(sam, content)
    assert says in sam.text
    assert "Nothing was brought in" in sam.text


def test_a_form_without_a_file_or_a_day_says_so_in_its_place(sam: Person) -> None:
    sam.upload("import", "file", "", b"", valid_from="")
    assert sam.status == 422
    assert "Choose a file first." in sam.text
    sam.upload("import", "file", "list.csv", b"", valid_from="2026-07-01")
    assert sam.status == 422
    assert "This file is empty." in sam.text
    send(sam, as_csv([a_row()]), day="31/02/2026")
    assert sam.status == 422
    assert sam.form("import").xpath(".//input[@name='valid_from']/@value") == ["31/02/2026"]


def test_a_list_that_lost_too_much_asks_for_a_yes(sam: Person) -> None:
    send(sam, as_csv([a_row(f"{number:02d}") for number in range(10)]))
    send(sam, as_csv([a_row("01")]))
    assert "This list lacks 9 of the 10 supports" in sam.text
    sam.upload("again", "file", "list.csv", as_csv([a_row("01")]), valid_from="2026-07-01", allow_ended="yes")
    assert "Ended: 9." in said(sam)


def test_many_changes_come_in_pages_and_can_be_searched(sam: Person) -> None:
    send(sam, as_csv([a_row(f"01_{number:03d}", Support_Item_Name=f"Support {number:03d}") for number in range(120)]))
    assert len(sam.page.xpath("//table[@id='changed']/tbody/tr")) == 50
    sam.follow("Next")
    assert "01_050" in sam.text
    sam.send("find-change", q="support 077")
    assert [row.text_content() for row in sam.page.xpath("//table[@id='changed']/tbody/tr/td[1]")] == ["01_077"]
    sam.open(f"{sam.address.partition('?')[0]}?show=nonsense&page=99999999")
    assert sam.status == 200


@pytest.mark.parametrize("tag", ["ar", "zh-Hans", "en-XA"])
def test_the_pages_open_in_every_language(sam: Person, tag: str) -> None:
    send(sam, as_csv([a_row(price="x")]))
    for address in (f"{sam.address}?lang={tag}", "/price-lists", "/supports?q=shower", "/supports/ndis/self_care"):
        assert sam.open(address).status == 200


def test_price_lists_do_not_exist_for_anybody_but_the_administrator(coplan: Coplan, sam: Person) -> None:
    send(sam, as_csv([a_row()]))
    edition = sam.address
    with coplan.open_work() as work:
        account = an_account(work)
    other = signed_in(sam.another(), account)
    for address in ("/price-lists", edition):
        assert other.open(address).status == 404
    assert "Price lists" not in other.open("/supports").text
    assert other.status == 200


def test_someone_who_is_signed_out_is_led_to_the_door(person: Person) -> None:
    for address in ("/supports", "/price-lists"):
        assert person.open(address).address.partition("?")[0].endswith("/sign-in")


def test_a_support_is_found_by_everyday_words_with_what_it_may_cost(sam: Person) -> None:
    sam.open("/supports").send("find", q="help in the shower")
    found = [link.text_content() for link in sam.page.xpath("//section[@id='found']//li//a")]
    assert found[0] == "Help with personal care"
    sam.follow("Help with personal care")
    assert "Weekday, daytime" in sam.text
    sam.open("/supports?q=zzzzqq")
    assert "We found nothing for these words" in sam.text


def test_the_page_of_a_support_shows_how_its_limit_changed(sam: Person) -> None:
    row = {"Support_Item_Name": "Art therapy \u2013\u00a0session"}
    past = a_row("15_610_0118_1_3", "$193.99", Start_date="20250702", End_Date="20251123", **row)
    send(sam, as_csv([past, a_row("15_610_0118_1_3", "$156.16", Start_date="20251124", **row)]), day="2025-07-02")
    sam.open("/supports?q=art+therapy+-+session").follow("\u2013 session")
    ended = sam.page.xpath("//table[@id='history']/tbody/tr[th[contains(., '2 July 2025')]]/td[1]")
    assert [cell.text_content() for cell in ended] == ["23 November 2025"]
    assert "$193.99" in sam.text
    assert "$156.16" in sam.text
    assert sam.open("/supports/ndis/no_such").status == 404
    assert sam.open("/supports/no_program/self_care").status == 404
    assert sam.open("/supports?program=nothing").status == 404


def test_where_providers_set_the_price_their_prices_are_shown(coplan: Coplan, sam: Person) -> None:
    with coplan.open_work() as work:
        provider = an_organisation(work, "Green Door")
        book_commands.publish(
            work, provider, "support_at_home", "personal_care", {Band.DAY: Money(9900)}, date(2026, 7, 1)
        )
    sam.open("/supports/support_at_home/personal_care")
    assert "Each provider sets a price" in sam.text
    assert "Green Door" in sam.text
    assert "$99.00" in sam.text


def test_the_published_lists_come_in_through_the_page(sam: Person) -> None:
    first, second = published(YEAR_2025), published(YEAR_2026)
    send(sam, first, name=YEAR_2025, day="2025-07-01")
    assert "New: 631." in said(sam)
    send(sam, second, name=YEAR_2026, day="2026-07-01")
    assert "New: 368." in said(sam)
    assert "cheaper: 13. Ended: 23." in said(sam)
