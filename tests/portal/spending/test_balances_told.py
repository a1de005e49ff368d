"""Three balances on one page: what was told is kept with its day, and every difference says what it is made of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgeting.money import ZERO, dollars
from budgeting.package import Component
from budgeting.spending import EntryState
from portal.access.scope import visible
from portal.app import Coplan
from portal.db import Stale
from portal.spending import claim_commands, claim_queries
from portal.spending.balance_list import part_of
from portal.spending.claim_model import ToldBalance
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.spending.delivered import Family, a_support


@pytest.fixture
def family(coplan: Coplan) -> Family:
    made = Family(coplan)
    with coplan.open_reading() as work:
        made.has_a_letter(ZERO, work.day - timedelta(days=30))
    return made


def open_page(family: Family, person: Person) -> Person:
    return signed_in(person, family.amal).open(f"{family.base}/balances")


def test_what_nobody_told_is_not_known_and_never_zero(family: Family, person: Person) -> None:
    open_page(family, person)
    assert "$10,000.00" in person.text
    ours = person.page.xpath("//div[@class='stat'][p[text()='Ours, today']]//span[@class='why-figure']")
    assert [one.text_content().strip() for one in ours] == ["$10,000.00", "Not known yet"], "one part was told of"
    theirs = person.page.xpath("//div[@class='stat'][p[text()='The funder']]//div[@class='stat-value']")
    assert [one.text_content().strip() for one in theirs] == ["Not known yet", "Not known yet"]
    assert "Show an example" in person.text, "what it looks like once somebody told something"


def test_a_balance_that_is_higher_because_a_claim_is_on_its_way_is_explained(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        claimed = work.day - timedelta(days=2)
        a_support(work, family.client, 5, state=EntryState.CLAIMED, claimed_on=claimed)
        a_support(work, family.client, 4, amount=dollars("30.00"))
        today = work.day.isoformat()
    open_page(family, person).send("tell-1", left="10,000.00", on=today)
    assert "1 support is not claimed yet. $30.00" in person.text
    assert "on its way" in person.text
    assert "That explains all of it" in person.text


def test_what_nothing_explains_is_said(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        today = work.day.isoformat()
    open_page(family, person).send("tell-1", left="9,900.00", on=today)
    assert "$100.00 less is left there, and nothing here says why." in person.text
    assert "Show an example" not in person.text


def test_with_their_list_the_support_that_is_missing_there_is_named(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        first = a_support(work, family.client, 5)
        a_support(work, family.client, 9, amount=dollars("75.00"), provider_name="Green Door", description="Lawn")
        written, today = first.first.strftime("%d/%m/%Y"), work.day.isoformat()
    open_page(family, person)
    content = f"Payments of the plan\nDate;Provider;Amount\n{written};Aunty;$120.00\n;;\nTotal;;$120.00\n".encode()
    person.upload("tell-1", "list", "payments.csv", content, left="9,880.00", on=today)
    assert "Green Door" in person.text
    assert "is not in their list" in person.text
    assert "That explains all of it" in person.text


def test_a_list_of_payments_with_any_columns_is_asked_about_and_nothing_told_is_lost(
    family: Family, person: Person
) -> None:
    with acting(family.coplan, family.amal) as work:
        first = a_support(work, family.client, 5)
        written, today = first.first.strftime("%d/%m/%Y"), work.day.isoformat()
    open_page(family, person)
    content = f"Wann;Wer;Wieviel\n{written};Aunty;$120.00\n".encode()
    person.upload("tell-1", "list", "payments.csv", content, left="9,880.00", on=today)
    assert "What are these columns?" in person.text
    person.send("payments", day="0", amount="")
    assert "What are these columns?" in person.text
    person.send("payments", day="0", amount="2")
    assert "Written down." in person.text
    with acting(family.coplan, family.amal) as work:
        (told,) = claim_queries.told_balances(work, family.client)
        (paid,) = claim_queries.payments_of(work, [told])[told.id]
        assert (told.left, paid.amount, paid.day) == (dollars("9880.00"), dollars("120.00"), first.first)


def test_a_list_that_cannot_be_read_is_refused_in_place_and_nothing_is_kept(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        today = work.day.isoformat()
    open_page(family, person).upload("tell-1", "list", "x.csv", b"%PDF-1.4 nothing", left="9,880.00", on=today)
    assert person.status == 422
    assert person.form("tell-1").fields["left"] == "9,880.00"
    with acting(family.coplan, family.amal) as work:
        assert claim_queries.told_balances(work, family.client) == []


def test_a_balance_typed_wrongly_is_taken_back_and_stays_in_the_history(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        today = work.day.isoformat()
    open_page(family, person).send("tell-1", left="1.00", on=today)
    with acting(family.coplan, family.amal) as work:
        (told,) = claim_queries.told_balances(work, family.client)
        with pytest.raises(Stale):
            claim_commands.take_back_balance(work, told, 9)
    person.send(f"back-{told.id}")
    assert "Taken back" in person.text
    assert "The difference on" not in person.text


def test_the_plan_manager_is_asked_only_about_what_it_manages(family: Family, person: Person) -> None:
    open_page(family, person)
    offered = [person.page.xpath(f"//form[@id='tell-{number}']//option") for number in (1, 2)]
    keepers = [[str(one.get("value")) for one in options] for options in offered]
    assert keepers == [[], ["funder", "plan_manager"]]


def test_the_pages_of_one_persons_money_lead_to_each_other(family: Family, person: Person) -> None:
    open_page(family, person)
    links = {str(link.get("href")) for link in person.page.xpath("//nav[contains(@class, 'tabs')]//a")}
    assert {f"{family.base}/{page}" for page in ("funding", "spending", "claims", "balances", "statements")} <= links


A_LIST = b"My budget,,\nAs at today,,\nSupport category,Total,Remaining ($)\n%s\nTotal,,99\n"


def test_a_list_of_balances_is_looked_at_row_by_row_before_it_counts(family: Family, person: Person) -> None:
    open_page(family, person).follow("Bring in a list of balances")
    with family.coplan.open_work() as work:
        today = work.day.isoformat()
    rows = b'Core supports,"10,000.00","9,990.00"\nTransport,,"1.250"\nSomething else,50,5.00'
    person.upload("send", "file", "budget.csv", A_LIST % rows, keeper="funder", on=today)
    form = person.form("take").fields
    assert (form["part1"], form["amount1"]) == ("core", "9,990.00")
    assert (form["part3"], form["amount3"]) == ("", "5.00")
    assert "could mean two different numbers" in person.text
    person.send("take", part2="core", amount2="x")
    assert person.status == 422
    assert person.form("take").fields["part2"] == "core"
    person.send("take", amount2="(10.00)", part3="core", amount3="20.00")
    assert "Written down." in person.text
    theirs = person.page.xpath("//div[@class='stat'][p[text()='The funder']]//div[@class='stat-value']")
    assert theirs[0].text_content().strip() == "$10,000.00"


def test_each_row_of_a_list_of_balances_counts_for_the_day_that_it_says(family: Family, person: Person) -> None:
    open_page(family, person).follow("Bring in a list of balances")
    with family.coplan.open_work() as work:
        today, before = work.day, work.day - timedelta(days=3)
    rows = f"Support category,As at,Remaining\nCore supports,{before:%d/%m/%Y},9000.00\nCore supports,,8000.00\n"
    person.upload("send", "file", "budget.csv", rows.encode(), keeper="funder", on=today.isoformat())
    form = person.form("take").fields
    assert (form["on1"], form["on2"]) == (before.isoformat(), today.isoformat())
    person.send("take", on1="31/11/2026")
    assert person.status == 422
    assert person.form("take").fields["amount1"] == "9,000.00"
    person.send("take", on1=before.isoformat())
    with reading(family.coplan, family.amal) as work:
        told = {one.on: one.left for one in work.session.scalars(visible(work, ToldBalance))}
    assert told == {before: dollars("9000.00"), today: dollars("8000.00")}


def test_columns_of_a_list_of_balances_that_we_do_not_know_are_asked_about(family: Family, person: Person) -> None:
    open_page(family, person).follow("Bring in a list of balances")
    with family.coplan.open_work() as work:
        today = work.day.isoformat()
    person.upload("send", "file", "list.csv", b"Was,Wieviel\nCore,12.00\n", keeper="funder", on=today)
    assert "What are these columns?" in person.text
    person.send("columns", name="0", left="1")
    assert person.form("take").fields["amount1"] == "12.00"
    assert person.form("take").fields["part1"] == "core"


@pytest.mark.parametrize(
    ("called", "key"),
    [
        ("Core", "core"),
        ("01 Assistance with Daily Life", "core"),
        ("Capacity Building - Improved Daily Living", "daily"),
        ("Support Coordination", "coordination"),
        ("Home and living", None),
    ],
)
def test_a_row_of_a_list_is_of_the_one_part_it_must_mean_and_else_of_none(called: str, key: str | None) -> None:
    coordination = "Support coordination and psychosocial recovery coaches"
    parts = [
        Component("core", "Core supports", dollars("1.00"), categories=("01", "04")),
        Component("daily", "Improved daily living skills", dollars("1.00"), categories=("15",)),
        Component("coordination", coordination, dollars("1.00"), categories=("07",)),
    ]
    assert part_of(called, parts) == key
