"""Every row of a file of invoices that is worth a look can be found, however long the file; and there is one to try."""

from __future__ import annotations

from types import SimpleNamespace

from tests.person import Person
from tests.portal.plans.people import Circle
from tests.portal.spending.test_spending import HEAD, a_row, visits


def test_every_wrong_row_of_a_long_file_can_be_found_and_taken_along(
    place: SimpleNamespace, mei: Person, base: str
) -> None:
    circle: Circle = place.circle
    dear = [a_row(visits(circle)[-1], 77_00 + number, f"DEAR-{number}") for number in range(60)]
    empty = [f"{visits(circle)[-1]:%d/%m/%Y},Remark {number},0,0,0.00,," for number in range(60)]
    content = "\n".join((HEAD, *dear, *empty)).encode()
    page = mei.open(f"{base}/files/new").upload("send", "file", "dear.csv", content).address
    for table, about in (("worth-a-look", "a price above what was agreed"), ("left-out", "nothing is charged")):
        whole = mei.open(f"{page}?table={table}&as=csv").answer.text.splitlines()
        found = {row.split(",")[0] for row in whole[1:]}
        assert len(found & {str(number) for number in range(2, 122)}) == 60, about
        shown = mei.open(page).page.xpath(f"//table[@id='{table}']/tbody/tr")
        later = mei.open(f"{page}?{table}=2").page.xpath(f"//table[@id='{table}']/tbody/tr")
        assert shown
        assert later
        assert {row.text_content() for row in shown}.isdisjoint(row.text_content() for row in later)
    assert mei.open(page).page.xpath("//nav[@class='pager']//a[contains(@href, 'worth-a-look=2')]")
    assert {row[2].text_content().strip() for row in mei.page.xpath("//table[@id='worth-a-look']/tbody/tr")} == {
        "Sunrise Support"
    }
    mei.send("aside")


def test_the_example_to_try_is_read_and_has_two_mistakes(place: SimpleNamespace, mei: Person, base: str) -> None:
    example = mei.open(f"{base}/files/example").answer.content
    mei.open(f"{base}/files/new").upload("send", "file", "example.csv", example)
    assert "worth a look" in mei.text
    mei.send("aside")


# who sees it
