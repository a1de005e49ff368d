"""The pack for the plan meeting: what was used and why not, and the person decides what others may read of it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from budgeting.money import Money
from budgeting.package import Management
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms as Part
from portal.goals import commands as goals
from portal.living.model import Missed
from portal.living.states import MissedState, Who
from tests.builders import acting, an_account, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle

GOAL = "Paint on Sundays"


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei with a letter, a plan in force with a support nobody was found for, a goal, and a visit nobody came to."""
    found = a_circle(coplan)
    with acting(coplan, found.mei) as work:
        first, last = found.first - timedelta(days=100), found.first + timedelta(days=55)
        letter = funding.type_letter(work, found.client, Letter(NDIS, first, last, last))
        core = Part(
            "Core supports",
            Management.PLAN,
            ("01", "04"),
            Money(20_000_00),
            False,
            (),
            Money(4_000_00),
            found.first,
            "core",
        )
        funding.add_part(work, letter, core)
        goal = goals.name_goal(work, found.client, GOAL, "en").id
    shower = found.line("Help in the shower", found.sunrise, Money(60_00), component="core")
    painting = found.line("Somebody to paint with", None, Money(60_00), component="core", goal_id=goal)
    found.accepted(shower, painting)
    with coplan.open_work() as work:
        missed = Missed(
            client_id=found.client.id,
            support="Help in the shower",
            provider_id=found.sunrise.id,
            day=found.first - timedelta(days=3),
            begins_at=time(9),
            minutes=120,
            who=Who.PROVIDER,
            fee=Money(120_00),
            state=MissedState.OWED,
            written_by_id=found.mei.id,
            written_at=work.now,
        )
        work.session.add(missed)
    return found


def page(circle: Circle) -> str:
    return f"/people/{circle.client.id}/review"


def test_it_says_what_was_not_used_and_why(circle: Circle, person: Person) -> None:
    text = signed_in(person, circle.mei).open(page(circle)).text
    assert "A provider called the visit off, or nobody came" in text
    assert "$120.00" in text
    assert "$16,000.00" in text  # 20,000 granted, less 4,000 told as spent
    assert "Nobody was found for these Somebody to paint with" in text
    assert GOAL in text


def test_the_plan_meeting_hears_what_ends_with_the_plan_unless_the_money_is_left_out(
    circle: Circle, person: Person
) -> None:
    signed_in(person, circle.mei).open(page(circle))
    assert person.page.xpath("//section[@id='part-money']//table[@id='ending']//tbody/tr")
    person.send("words", left_out="money")
    assert not person.open(page(circle)).page.xpath("//table[@id='ending']")


def test_the_person_writes_what_worked_and_what_is_asked_for(circle: Circle, person: Person) -> None:
    signed_in(person, circle.mei).open(page(circle))
    person.send("words", unused="Nobody could be found for Sundays.", wishes="Two Sundays a month, please.")
    form = next(each.get("id") for each in person.page.xpath("//form[starts-with(@id, 'goal-')]"))
    person.send(form, worked="The bus went well.", did_not="Nobody had time.")
    for said in ("Nobody could be found for Sundays.", "Two Sundays a month", "The bus went well.", "Nobody had time."):
        assert said in person.text


def test_others_read_nothing_before_it_is_shown_and_never_what_is_left_out(circle: Circle, person: Person) -> None:
    mei, daniel = signed_in(person, circle.mei), signed_in(person.another(), circle.daniel)
    assert "Not shown yet" in daniel.open(page(circle)).text
    assert "$16,000.00" not in daniel.text
    mei.open(page(circle)).send("words", wishes="Two Sundays a month.", left_out=["money", "unpaid"])
    mei.send("show")
    daniel.open(page(circle))
    assert "Two Sundays a month." in daniel.text
    assert "$16,000.00" not in daniel.text
    mei.open(page(circle)).send("take-back")
    assert "Not shown yet" in daniel.open(page(circle)).text


def test_the_coordinator_cannot_write_in_it_or_show_it(circle: Circle, person: Person) -> None:
    mei, daniel = signed_in(person, circle.mei), signed_in(person.another(), circle.daniel)
    mei.open(page(circle)).send("show")
    daniel.open(page(circle))
    assert daniel.page.xpath("//form[@id='words']") == []


def test_who_may_decide_for_the_person_decides_here_too(circle: Circle, person: Person) -> None:
    signed_in(person, circle.amal).open(page(circle)).send("words", wishes="Sundays.")
    assert "Sundays." in person.text


def test_a_provider_another_client_and_a_brother_without_consent_cannot_open_it(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    with coplan.open_work() as work:
        stranger = an_account(work, "Sam Stranger")
    signed_in(person, circle.mei).open(page(circle)).send("show")
    for account in (circle.grace, stranger, circle.karim):
        assert signed_in(person.another(), account).open(page(circle)).status == 404


def test_two_who_write_at_once_do_not_overwrite_each_other(circle: Circle, person: Person) -> None:
    mei, amal = signed_in(person, circle.mei), signed_in(person.another(), circle.amal)
    amal.open(page(circle))
    mei.open(page(circle)).send("words", wishes="Mine.")
    amal.send("words", wishes="Hers.")
    assert amal.status == 409
    assert "Hers." in amal.answer.text  # what she wrote is still there
