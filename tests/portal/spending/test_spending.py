"""A month of invoices with two wrong ones, by hand and from a file: found, named, questioned, never counted twice."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from budgeting.money import dollars
from budgeting.programs.ndis.claims import GstCode
from budgeting.spending import EntryState
from budgeting.spending.matching import BY_PERSON
from portal.access.table import Relationship, Resource
from portal.db import Stale
from portal.jobs import JOBS
from portal.spending import commands, file_commands, queries
from portal.spending.book import book
from portal.spending.model import Delivered, FileState, Told
from portal.work import NotVisible, Refusal, Work
from tests.builders import a_client, a_consent, a_tie, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle

HEAD = "Date,Description,Hours,Rate,Total,Invoice no,Provider"


def visits(circle: Circle, weeks: int = 4) -> list[date]:
    """The Tuesdays and Fridays of the last weeks, up to yesterday."""
    days = (circle.first - timedelta(days=back) for back in range(7 * weeks, 0, -1))
    return [day for day in days if day.weekday() in (1, 4)]


def invoices(circle: Circle, name: str = "INV") -> bytes:
    """A month of visits: one dearer than agreed, one of them once more on another invoice; and a total."""
    lines, cents = [], 0
    for number, day in enumerate(visits(circle)):
        price = 77_00 if number == 2 else 68_00
        lines.append(a_row(day, price, f"{name}-{number // 4}"))
        cents += 2 * price
    lines.append(a_row(visits(circle)[-1], 68_00, f"{name}-99"))
    cents += 2 * 68_00
    lines.append(f"Total,,,,{cents // 100}.{cents % 100:02d},,")
    return "\n".join(("Sunrise Support,,,,,,", HEAD, *lines)).encode()


def a_row(day: date, cents: int, invoice: str) -> str:
    amounts = f"2,{cents // 100}.{cents % 100:02d},{2 * cents // 100}.{2 * cents % 100:02d}"
    return f"{day:%d/%m/%Y},Help in the shower,{amounts},{invoice},Sunrise Support"


def bring_in(work: Work, circle: Circle, content: bytes, name: str = "invoices.csv") -> UUID:
    return file_commands.send_file(work, circle.client, name, content).id


# a month of invoices


def test_who_left_while_a_file_was_read_finds_it_on_their_first_page_until_it_is_taken_in_or_put_aside(
    place: SimpleNamespace, mei: Person, base: str
) -> None:
    circle: Circle = place.circle
    overview, waits = f"/people/{circle.client.id}", "It is read, and waits for you."
    with acting(place.coplan, circle.mei) as work:
        file_id = bring_in(work, circle, invoices(circle, "NOV"), "november.csv")
    assert waits in mei.open(overview).text
    assert mei.page.xpath(f"//main//a[contains(@href, '/spending/files/{file_id}')]")
    with acting(place.coplan, circle.mei) as work:
        file = queries.file(work, circle.client, file_id)
        file_commands.put_aside(work, file, file.version)
    assert waits not in mei.open(overview).text


def test_a_month_of_invoices_comes_in_from_a_file_and_the_two_wrong_ones_are_named(
    place: SimpleNamespace, mei: Person, base: str
) -> None:
    circle: Circle = place.circle
    content = invoices(circle)
    mei.open(f"{base}/files/new").upload("send", "file", "invoices.csv", content)
    assert "2 things are worth a look" in mei.text
    assert "$68.00 was agreed" in mei.text
    assert "If it was one visit" in mei.text
    with reading(place.coplan, circle.mei) as work:
        assert queries.entries(work, circle.client) == [], "nothing counts before somebody has looked"
    mei.send("take")
    assert "9 entries were taken in" in mei.text
    assert "2 entries are worth a look" in mei.text
    with reading(place.coplan, circle.mei) as work:
        found = book(work, circle.client)
        assert all(one.line_id for one in found.rows), "each belongs to a line of the plan"
        assert {one.component for one in found.rows} == {"core"}
        assert not any(BY_PERSON in found.why(one) for one in found.rows), "nobody chose a line by hand"
    # the same file again changes nothing, nor does a renamed copy
    mei.open(f"{base}/files/new").upload("send", "file", "copy of invoices.csv", content)
    assert "Here already" in mei.text
    mei.send("take")
    assert "Everything in this file was here already" in mei.text
    with reading(place.coplan, circle.mei) as work:
        assert len(queries.entries(work, circle.client)) == 9


def test_the_double_is_removed_and_the_dear_one_questioned_and_neither_counts(
    place: SimpleNamespace, mei: Person, base: str
) -> None:
    circle: Circle = place.circle
    with reading(place.coplan, circle.mei) as work:
        before = book(work, circle.client)
        wrong = {finding.kind: row for row in before.rows for finding in before.findings(row)}
        delivered = before.standings[0].whole.delivered.value
    assert delivered == dollars("1242.00")  # nine visits of two hours at $68.00, one of them at $77.00
    mei.open(f"{base}/{wrong['double'].id}").send("remove", why="The same visit stands on two invoices")
    assert "Removed" in mei.text
    mei.open(f"{base}/{wrong['above_agreed'].id}")
    assert "$68.00 was agreed" in mei.form("question").text_content()
    mei.send("question", said="Please send a corrected invoice.")
    assert "Please send a corrected invoice." in mei.text
    with reading(place.coplan, circle.mei) as work:
        after = book(work, circle.client)
        standing = after.standings[0]
        assert standing.whole.delivered.value == dollars("952.00")
        assert standing.questioned.value == dollars("154.00")
        assert not [one for row in after.rows for one in after.findings(row) if one.kind == "double"]
    # what was removed does not come back with the file
    with acting(place.coplan, circle.mei) as work:
        file_id = bring_in(work, circle, invoices(circle), "once more.csv")
    with acting(place.coplan, circle.mei) as work:
        found = queries.file(work, circle.client, file_id)
        assert file_commands.take(work, found, found.version, (), "") == 0


def test_the_page_says_the_money_in_five_words_and_gives_its_tables_as_files(mei: Person, base: str) -> None:
    mei.open(base)
    for word in ("Released", "Planned", "Delivered", "Claimed", "Paid", "Free"):
        assert word in mei.text
    mei.open(f"{base}?table=spending&as=csv")
    assert mei.status == 200
    assert "Help in the shower" in mei.answer.text
    mei.open(f"{base}?state=questioned")
    assert "1 entry" in mei.text
    mei.open(f"{base}?q=nothing like it")
    assert "Nothing fits" in mei.text


# by hand


def test_entries_are_sorted_under_the_words_of_sorting_and_not_those_of_an_order(mei: Person, base: str) -> None:
    assert (
        mei.open(f"{base}?lang=ar").page.xpath("string(//label[@for=//select[@name='sort']/@id])").strip()
        == "الترتيب حسب"
    )
    mei.open(f"{base}?lang=en")


def test_an_entry_by_hand_takes_length_and_price_from_the_plan(place: SimpleNamespace, mei: Person, base: str) -> None:
    circle: Circle = place.circle
    mei.open(f"{base}/new").follow("Help in the shower")
    day = visits(circle, 5)[0]
    mei.send("entry", day=day.isoformat(), invoice="HAND-1", price="")
    assert "Written down" in mei.text
    assert "$136.00" in mei.text
    assert "No signed agreement with this provider" in mei.text  # the only thing to know about it
    mei.open(f"{base}/new").follow("Help in the shower").send("entry", day=day.isoformat(), invoice="HAND-1")
    assert mei.status == 422
    assert "says the same" in mei.text
    assert mei.form("entry").fields["invoice"] == "HAND-1"
    mei.send("entry", again="yes")
    assert "Written down" in mei.text
    assert "If it was one visit" in mei.text


def test_a_thing_with_its_item_number_is_counted_in_things_and_not_in_hours(mei: Person, base: str) -> None:
    mei.open(f"{base}/new?support=other")
    mei.send("entry", quantity="2", amount="30.00", description="A cooked meal", item="01_023_0120_1_1")
    assert "Written down" in mei.text
    assert "2 items" in mei.text
    mei.open(f"{base}/new?support=other")
    mei.send("entry", quantity="1", amount="385.00", description="A shower chair", item="01_023_0120_1_1")
    assert "1 item" in mei.text
    assert "1 items" not in mei.text
    assert "2 hours" not in mei.text


def test_an_invoice_with_gst_says_how_much_of_it_that_is(place: SimpleNamespace, mei: Person, base: str) -> None:
    day = visits(place.circle)[0]
    with acting(place.coplan, place.circle.mei) as work:
        taxed = Told(day, day, dollars("110.00"), invoice="GST-1", gst=GstCode.TAXABLE)
        entry_id = commands.add(work, place.circle.client, taxed, False).id
    assert "GST $10.00" in mei.open(f"{base}/{entry_id}").text
    assert "The price includes GST." in mei.text


def test_a_correction_can_be_undone_and_done_again(place: SimpleNamespace) -> None:
    circle: Circle = place.circle
    with acting(place.coplan, circle.mei) as work:
        one = _by_hand(work, circle, "UNDO-1")
        told = one.told()
        commands.change(work, one, one.version, type(told)(**{**vars(told), "amount": dollars("140.00")}))
        work.session.flush()
        assert one.amount == dollars("140.00")
        commands.undo(work, one, one.version)
        work.session.flush()
        assert one.amount == dollars("136.00")
        commands.undo(work, one, one.version)
        assert one.amount == dollars("140.00")


def _by_hand(work: Work, circle: Circle, invoice: str) -> Delivered:
    day = visits(circle)[0]
    return commands.add(work, circle.client, Told(day, day, dollars("136.00"), invoice=invoice), False)


def test_an_entry_goes_from_claimed_to_paid_and_back_and_stays_as_it_was_claimed(place: SimpleNamespace) -> None:
    circle: Circle = place.circle
    with acting(place.coplan, circle.mei) as work:
        one = _by_hand(work, circle, "STEP-1")
        commands.claim(work, one, one.version, work.day, "C-7")
        work.session.flush()
        with pytest.raises(Refusal):
            commands.change(work, one, one.version, one.told())
        with pytest.raises(Refusal):
            commands.remove(work, one, one.version, "wrong")
        commands.pay(work, one, one.version, work.day)
        work.session.flush()
        commands.step_back(work, one, one.version)
        assert (one.state, one.paid_on) == (EntryState.CLAIMED, None)
        with pytest.raises(Stale):
            commands.step_back(work, one, one.version + 1)


def test_a_questioned_entry_is_not_claimed_and_nothing_is_claimed_before_it_happened(place: SimpleNamespace) -> None:
    circle: Circle = place.circle
    with acting(place.coplan, circle.mei) as work:
        one = _by_hand(work, circle, "STEP-2")
        with pytest.raises(Refusal):
            commands.claim(work, one, one.version, one.first - timedelta(days=1))
        with pytest.raises(Refusal):
            commands.claim(work, one, one.version, work.day + timedelta(days=1))
        commands.question(work, one, one.version, "What was this?")
        work.session.flush()
        with pytest.raises(Refusal):
            commands.claim(work, one, one.version, work.day)


# files


def test_a_file_with_a_mistake_is_refused_whole_with_row_and_reason(mei: Person, base: str) -> None:
    mei.open(f"{base}/files/new").upload("send", "file", "bad.csv", b"Date,Total\n3/8/2026,7\n31/6/2026,much")
    assert "Nothing was taken in" in mei.text
    assert "Row 3" in mei.text
    assert "31/6/2026 is not a day of the calendar" in mei.text
    mei.send("aside")
    assert "Nothing of it counts" in mei.text


def test_a_file_that_cannot_be_read_at_all_is_found_again_by_whoever_left_the_page(mei: Person, base: str) -> None:
    mei.open(f"{base}/files/new").upload("send", "file", "broken.xlsx", b"PK\x03\x04 and nothing more")
    assert "Nothing was taken in" in mei.text
    mei.open(base)
    assert "broken.xlsx" in mei.text
    assert "Something in it needs putting right" in mei.text
    mei.follow("Look at it").send("aside")
    assert "broken.xlsx" not in mei.open(base).text


def test_a_file_that_names_no_provider_shows_none_where_something_is_worth_a_look(mei: Person, base: str) -> None:
    content = b"Date,Description,Hours,Price,Total\n3/8/2026,Shower,2,68.00,150.00"
    mei.open(f"{base}/files/new").upload("send", "file", "nobody.csv", content)
    (cell,) = mei.page.xpath("//table[.//th[contains(., 'Worth a look')]]//tbody/tr/*[3]")
    assert cell.text_content().strip() == "Provider not said"
    mei.send("aside")


def test_columns_with_strange_names_are_asked_about_once(mei: Person, base: str) -> None:
    mei.open(f"{base}/files/new").upload("send", "file", "odd.csv", b"Wann,Was,Wieviel\n3/8/2026,Other,12.00")
    assert "What are these columns?" in mei.text
    twice: dict[str, Any] = {"column-0": "date", "column-1": "amount", "column-2": "amount"}
    mei.send("columns", **twice)
    assert mei.status == 422
    assert "Two columns are said to be the same" in mei.text
    mei.send("columns", **(twice | {"column-1": "description"}))
    assert "Take in 1 entry" in mei.text
    mei.send("aside")
    mei.open(f"{base}/files/new").upload("send", "file", "odd 2.csv", b"Wann,Was,Wieviel\n4/8/2026,Else,13.00")
    assert "Take in 1 entry" in mei.text  # known again
    assert "$13.00" in mei.text
    mei.send("aside")
    mei.open(f"{base}/files/new").upload("send", "file", "odd 3.csv", b"Wann,Wer,Wieviel\n4/8/2026,Else,13.00")
    assert "What are these columns?" in mei.text  # another layout
    mei.send("aside")


def test_two_rows_of_one_file_that_say_the_same_count_once_unless_somebody_says_both(place: SimpleNamespace) -> None:
    circle: Circle = place.circle
    day = visits(circle)[0]
    content = "\n".join(("Date,Total,Invoice", *[f"{day:%d/%m/%Y},12.00,TWICE-1"] * 2)).encode()
    with acting(place.coplan, circle.mei) as work:
        file_id = bring_in(work, circle, content, "twice.csv")
    with acting(place.coplan, circle.mei) as work:
        found = queries.file(work, circle.client, file_id)
        assert found.state is FileState.READY
        assert file_commands.take(work, found, found.version, {3}, "") == 2
    with acting(place.coplan, circle.mei) as work:
        file_id = bring_in(work, circle, content, "twice again.csv")
    with acting(place.coplan, circle.mei) as work:
        found = queries.file(work, circle.client, file_id)
        assert file_commands.take(work, found, found.version, {3}, "") == 0


def test_nothing_of_a_file_is_kept_when_nobody_took_it_in_for_a_day_and_its_row_stays(place: SimpleNamespace) -> None:
    circle: Circle = place.circle
    day = visits(circle)[0]
    with acting(place.coplan, circle.mei) as work:
        good = bring_in(work, circle, f"Date,Total,Invoice\n{day:%d/%m/%Y},12.00,LATE-1".encode(), "left.csv")
        bad = bring_in(work, circle, b"Date,Total\n31/6/2026,much", "refused.csv")
        new = bring_in(work, circle, f"Date,Total,Invoice\n{day:%d/%m/%Y},13.00,NEW-1".encode(), "new.csv")
    with acting(place.coplan, circle.mei) as work:
        for each in (good, bad):
            queries.file(work, circle.client, each).asked_at -= timedelta(hours=24)
    with place.coplan.open_work() as work:
        JOBS["spending.forget_files"].run(work)
    with reading(place.coplan, circle.mei) as work:
        kept, refused, fresh = (queries.file(work, circle.client, one) for one in (good, bad, new))
        for one in (kept, refused):
            assert (one.content, one.read, one.state, one.finished) == (None, None, FileState.REFUSED, True)
        assert fresh.content is not None
        assert fresh.state is FileState.READY
    with acting(place.coplan, circle.mei) as work:
        found = queries.file(work, circle.client, good)
        with pytest.raises(Refusal):
            file_commands.take(work, found, found.version, (), "")
    with acting(place.coplan, circle.mei) as work:
        found = queries.file(work, circle.client, new)
        file_commands.put_aside(work, found, found.version)


def test_a_provider_another_client_and_a_brother_without_consent_find_nothing(
    place: SimpleNamespace, base: str
) -> None:
    circle: Circle = place.circle
    with place.coplan.open_work() as work:
        stranger = an_account(work, "Sandra")
        a_client(work, "Sandra", account=stranger)
    with reading(place.coplan, circle.mei) as work:
        entry = queries.entries(work, circle.client)[0]
    for account in (circle.grace, circle.karim, stranger, circle.owen):
        someone = signed_in(Person(place.http, place.coplan), account)
        for address in (base, f"{base}/new", f"{base}/{entry.id}", f"{base}/files/new", f"{base}/files/example"):
            assert someone.open(address).status == 404, f"{account.name} {address}"
        with acting(place.coplan, account) as work, pytest.raises(NotVisible):
            commands.question(work, entry, entry.version, "mine")


def test_a_supporter_with_consent_sees_the_entries_and_changes_nothing(place: SimpleNamespace, base: str) -> None:
    circle: Circle = place.circle
    with place.coplan.open_work() as work:
        sister = an_account(work, "Lin Chen")
        tie = a_tie(work, circle.client, Relationship.FAMILY, sister)
        for resource in (Resource.IDENTITY, Resource.BUDGET):
            a_consent(work, tie, resource)
    reader = signed_in(Person(place.http, place.coplan), sister).open(base)
    assert reader.status == 200
    assert "Enter a support" not in reader.text
    assert reader.open(f"{base}/new").status == 404
