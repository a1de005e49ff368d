"""The calendar of a draft: its picture, its months and weeks, and what it means that somebody is away."""

from __future__ import annotations

import csv
import io

import pytest

from budgeting.money import Money
from portal.app import Coplan
from tests.builders import signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle

AWAY: dict[str, object] = {"who": "Grace", "starts": "2026-07-13", "ends": "2026-07-19"}


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def tell(mei: Person, **typed: object) -> Person:
    """Tell on the page of the year that Grace is away."""
    fields: dict[str, object] = {**AWAY, **typed}
    return mei.send("tell-away", **fields)  # type: ignore[arg-type]  # only fields


def test_the_year_is_a_picture_a_list_and_a_table_to_take_along(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    months = [title.text for title in mei.page.xpath("//svg[contains(@class,'a-month')]/title")]
    assert months == ["July 2026", "August 2026"]
    assert "What is left, with what was spent and what is planned" in mei.text
    file = mei.open(f"{circle.address}/year?table=calendar-table&as=csv")
    heads = next(csv.reader(io.StringIO(file.answer.content.decode("utf-8-sig"))))
    assert heads[:2] == ["Day", "What happens"]


def test_the_rules_behind_a_year_stand_once_at_its_end(person: Person, circle: Circle) -> None:
    circle.add(price=Money(2_000_00))  # more than there is, so something would mend it
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    rules = [one.text_content() for one in mei.page.xpath("//*[@id='worked-out']//li")]
    assert rules
    assert len(rules) == len(set(rules))


def test_a_month_and_a_week_show_who_comes_when(person: Person, circle: Circle) -> None:
    circle.add(provider_name="Ann")
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year?month=2026-07")
    rows = [" ".join(row.text_content().split()) for row in mei.page.xpath("//table[@id='one-month']/tbody/tr")]
    assert len([row for row in rows if "Help in the shower" in row]) == 8  # four Mondays and four Wednesdays
    mei.follow("The week from 13 July 2026")
    days = [row.xpath("string(th)").strip() for row in mei.page.xpath("//table[@id='one-week-table']/tbody/tr")]
    assert days == ["13 July 2026", "15 July 2026"]
    assert "Ann" in mei.text
    assert mei.follow("The week after").status == 200
    for wrong in ("month=2030-01", "month=x", "week=2026-13-45", "week=1999-01-01"):
        assert mei.open(f"{circle.address}/year?{wrong}").status == 200


def test_who_is_away_is_marked_breaks_the_day_and_can_be_mended(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    tell(mei, line=line.key)
    assert "Noted. The calendar shows what it means." in mei.text
    assert "Grace is away, and 2 visits of Help in the shower need somebody else." in mei.text
    assert "without the 2 visits while Grace is away" in mei.text
    assert "What it costs less $272.00" in mei.text  # two visits of two hours at 68 dollars
    (july,) = mei.page.xpath("//svg[contains(@class,'a-month')][title='July 2026']")
    assert len(july.xpath(".//*[@class='on-away']")) == 7
    assert len(july.xpath(".//*[@class='on-break']")) == 1


def test_what_was_told_can_be_taken_back(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = tell(signed_in(person, circle.mei).open(f"{circle.address}/year"), line=line.key)
    (form,) = [one.get("id") for one in mei.page.forms if (one.get("id") or "").startswith("away-")]
    mei.send(form)
    assert "Taken back." in mei.text
    assert "Grace" not in mei.text.replace("For instance: Grace", "")


def test_what_is_wrong_is_said_beside_it_and_kept(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    mei.send("tell-away", who="Grace", line=line.key, starts="2026-07-19", ends="2026-07-13")
    assert mei.status == 422
    assert "The last day is before the first." in mei.text
    assert mei.form("tell-away").fields["who"] == "Grace"
    mei.send("tell-away", who="Grace", line="", starts="2026-07-13", ends="2026-07-19")
    assert mei.status == 422


@pytest.mark.parametrize(("who", "status"), [("karim", 404), ("tom", 404), ("stranger", 404)])
def test_only_who_may_write_in_the_draft_tells_it(person: Person, circle: Circle, who: str, status: int) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    action = mei.form("tell-away").get("action")
    reader = signed_in(person.another(), getattr(circle, who))
    reader.open("/")
    token = reader.page.xpath("//input[@name='_csrf']/@value")[0]
    data = {"_csrf": token, "_form": "tell-away", "_key": "k" * 16, "line": str(line.key), **AWAY}
    assert reader._ask("POST", action, data=data).status == status
