"""The same week, bought differently, on its page: told, shown side by side, followed, and kept from others."""

from __future__ import annotations

import pytest

from budgeting import programs
from budgeting.choosing.bought import as_planned, in_a_way
from budgeting.money import Quantity
from budgeting.package import Units
from portal.app import Coplan
from portal.language import ENGLISH
from portal.proposals import queries
from portal.proposals.ways import as_way, ways
from tests.builders import reading, signed_in
from tests.person import Person
from tests.portal.pocket import follow, reader, rendered
from tests.portal.proposals.people import FIRST, Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def employed(mei: Person, circle: Circle) -> Person:
    """Tell what Fatima would cost: 32 dollars an hour, casually, with insurance and a payroll service."""
    mei.open(f"{circle.address}/bought")
    return mei.send(
        "way", kind="employment", name="Fatima", price_day="32", casual="25", compensation="2", insurance="365",
        payroll="20",
    )  # fmt: skip


def test_a_week_is_bought_three_ways_side_by_side(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(circle.address).follow("Bought differently")
    mei.send("way", kind="platform", name="A platform", price_day="50", fee="10")
    employed(mei, circle)
    for amount in ("$1,088.00", "$880.00", "$776.01"):  # worked out in tests/budgeting/choosing/test_bought.py
        assert amount in mei.text
    assert "22 h 26 min" in mei.text
    assert "Told by Mei Chen on" in mei.text
    assert "Your own time: the roster, the pay, the records." in mei.text
    assert "776.01" in mei.open(f"{circle.address}/bought?table=bought&as=csv").answer.text


def test_what_nobody_told_of_a_worker_or_a_platform_is_said_beside_the_price(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/bought")
    mei.send("way", kind="employment", name="Fatima", price_day="32")
    for part in ("Casual loading, or paid leave", "Workers' compensation insurance", "Other insurance for one year"):
        assert f"{part}: not told yet." in mei.text
    assert "Superannuation: not told yet." not in mei.text  # the law fills it in
    mei.send("way", kind="platform", name="A platform", price_day="50")
    assert "Fee of the platform: not told yet." in mei.text
    before = mei.text.count("Workers' compensation insurance: not told yet.")
    assert employed(mei, circle).text.count("Workers' compensation insurance: not told yet.") == before


def test_price_lists_stand_side_by_side_with_their_own_price_for_each_support(person: Person, circle: Circle) -> None:
    circle.add()
    circle.add(name="Cleaning", support="cleaning")
    mei = signed_in(person, circle.mei).open(f"{circle.address}/bought")
    mei.send("way", kind="provider", name="List A", price_day="60", hour_cleaning="40")
    mei.send("way", kind="provider", name="List B", price_day="50", hour_self_care="70", hour_cleaning="")
    assert "$1,600.00" in mei.text  # 16 hours at 60 dollars and 16 at 40
    assert "$1,920.00" in mei.text  # 16 hours at 70 dollars and 16 at 50
    mei.follow("Change List A")
    assert mei.form("way").fields["hour_cleaning"] == "40"
    mei.send("way", hour_cleaning="45")
    assert "$1,680.00" in mei.text
    (form,) = mei.page.xpath("//form[starts-with(@id,'keep-')][.//span[contains(., 'List B')]]/@id")
    mei.send(form)  # as a scenario it costs the same
    assert "$1,920.00" in mei.text


def test_what_was_told_is_changed_and_taken_away(person: Person, circle: Circle) -> None:
    circle.add()
    mei = employed(signed_in(person, circle.mei), circle)
    mei.follow("Change Fatima").send("way", price_day="40")
    assert "$776.01" not in mei.text
    away = mei.page.xpath("//form[starts-with(@id,'away-')]/@id")[0]
    mei.send(away)
    assert "Fatima" not in mei.text


def test_a_wage_that_cannot_be_read_is_asked_about_in_place(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/bought")
    mei.send("way", kind="employment", name="Fatima", price_day="about 30")
    assert mei.status == 422
    assert mei.form("way").fields["price_day"] == "about 30"


def test_some_supports_are_compared_and_at_first_those_of_every_week(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.add(name="Swimming")
    circle.add(name="Speech", schedule=Units(Quantity(10_000), "H"))
    mei = employed(signed_in(person, circle.mei), circle)
    assert "$2,176.00" in mei.text  # the two that come every week
    everything = {f"of-{each.key.hex[:8]}": "yes" for each in circle.lines()}
    mei.send("which", **everything)  # type: ignore[arg-type]  # only fields
    assert "$2,856.00" in mei.text  # and 10 hours at 68 dollars
    mei.open(f"{circle.address}/bought?asked=yes&of-{line.key.hex[:8]}=yes")
    assert "$1,088.00" in mei.text
    assert mei.open(f"{circle.address}/bought?asked=yes").status == 200


def test_who_may_not_see_the_draft_sees_no_wage(person: Person, circle: Circle) -> None:
    circle.add()
    employed(signed_in(person, circle.mei), circle)
    for account in (circle.tom, circle.stranger):
        assert signed_in(person.another(), account).open(f"{circle.address}/bought").status == 404
    karim = signed_in(person.another(), circle.karim).open(f"{circle.address}/bought")
    assert karim.status == 200
    assert not karim.page.xpath("//form[@id='way']")


def test_every_figure_of_a_way_is_followed_with_a_pocket_calculator(person: Person, circle: Circle) -> None:
    circle.add()
    employed(signed_in(person, circle.mei), circle)
    english, followed = reader("en"), 0
    with reading(circle.coplan, circle.mei) as work:
        quoted = queries.draft(work, circle.client, circle.fresh(work)).quote
        (kept,) = ways(work, circle.client, "ndis")
        ids = [one.line.id for one in quoted.lines]
        found = in_a_way(quoted, ids, as_way(kept, FIRST), programs.shipped("ndis"), programs.calendar())
        for one in (as_planned(quoted, ids), found):
            for figure in (one.amount, one.week, one.year, one.hours, one.lasts):
                if figure is not None:
                    follow(rendered(figure, ENGLISH), english)
                    followed += 1
    assert followed == 9


def test_a_way_is_kept_as_a_scenario_that_costs_the_same(person: Person, circle: Circle) -> None:
    circle.add()
    mei = employed(signed_in(person, circle.mei), circle)
    (form,) = mei.page.xpath("//form[starts-with(@id,'keep-')]/@id")
    mei.send(form)
    assert "/scenarios/" in mei.address
    for text in ("Fatima", "$776.01", "$1,088.00", "Paid whatever is worked"):
        assert text in mei.text
    assert circle.lines()[0].terms.price is not None  # the draft is as it was
