"""Groups, stays and family care through HTTP: both prices, nights left, the week meanwhile, hours of family."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from budgeting.money import Minutes, Money
from budgeting.package import Role, Unpaid, Weekly
from portal.app import Coplan
from portal.living import queries
from portal.proposals import commands
from portal.proposals.particulars import Particulars
from tests.builders import a_client, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle

MUM = Unpaid(Money(60_00), Minutes(3 * 60))


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """A plan with help in the shower, evenings by Mei's mother, and a neighbour who could come instead."""
    found = a_circle(coplan)
    shower = found.line("Help in the shower", found.sunrise, Money(24_00))
    evenings = Weekly((0, 1, 2, 3), time(18), time(19))
    mother = found.line(
        "Evenings at home", None, Money(1), schedule=evenings, provider_name="Amal", more=Particulars(given=MUM)
    )
    backup = found.line("Somebody to ring", None, Money(50_00), more=Particulars(role=Role.BACKUP))
    found.accepted(shower, mother, backup)
    return found


def test_a_coordinator_shows_both_prices_of_a_group_and_nothing_in_the_plan_changes(
    person: Person, circle: Circle
) -> None:
    place = f"/people/{circle.client.id}/sharing"
    daniel = signed_in(person, circle.daniel).open(place)
    (line,) = daniel.page.xpath("//select[@name='line']/option[contains(., 'Help in the shower')]/@value")
    before = circle.going_on()
    daniel.send("group", line=line, people_now="3", people_then="3", workers="1", starts=circle.first)
    assert daniel.status == 422
    daniel.send("group", line=line, people_now="3", people_then="2", workers="1", starts=circle.first)
    mei = signed_in(person.another(), circle.mei).open(place)
    for words in ("One worker for 3 people", "One worker for 2 people", "$24.00", "$36.00", "Nothing has changed"):
        assert words in mei.text
    assert "Ask for a change" in mei.text
    assert circle.going_on() == before
    (close,) = mei.page.xpath("//form[starts-with(@id, 'close-')]/@id")
    mei.send(close)
    with reading(circle.coplan, circle.mei) as work:
        assert not queries.group_changes(work, circle.client)


def test_a_stay_has_its_price_its_nights_and_the_week_it_takes_the_place_of(person: Person, circle: Circle) -> None:
    monday = circle.first + timedelta(days=-circle.first.weekday() % 7 + 7)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/respite")
    assert "three nights at the lake house" in mei.text
    stay: dict[str, Any] = {
        "place": "Lake house",
        "arrives": monday,
        "leaves": monday + timedelta(days=2),
        "per_night": "650",
    }
    mei.send("plan-stay", **{**stay, "leaves": monday})
    assert mei.status == 422
    assert "comes after the first night" in mei.text
    mei.send("plan-stay", **stay)
    assert "$1,300.00" in mei.text
    assert "$1,252.00" in mei.text  # less one visit of two hours at 24 on the Tuesday
    assert "would have given 3 hours" in mei.text  # Monday, Tuesday and Wednesday evening
    assert "$180.00" in mei.text
    assert "26" in mei.text  # of the 28 nights that are usual
    (booked,) = mei.page.xpath("//form[starts-with(@id, 'to-booked-')]/@id")
    mei.send(booked)
    assert "Booked" in mei.text
    mei.follow("Look at it or change it")
    mei.send("change-stay", per_night="", hours="8", per_hour="70", bed="100")
    assert "$1,320.00" in mei.text
    (off,) = mei.page.xpath("//form[starts-with(@id, 'to-cancelled-')]/@id")
    mei.send(off)
    assert "28" in mei.text


def test_family_care_counts_in_hours_with_its_limit_and_never_as_nothing(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/family-care")
    for words in ("Amal", "4 hours", "This is 1 hour more", "$240.00", "Somebody to ring"):
        assert words in mei.text
    assert "$0" not in mei.text
    with acting(circle.coplan, circle.mei) as work:
        draft = commands.start(work, circle.client, "A lighter week", "ndis", circle.first, circle.first)
        given = circle.line("Sunday lunch", None, Money(1), starts=circle.first, ends=circle.first)
        schedule = Weekly((circle.first.weekday(),), time(10), time(13))
        terms = replace(given, schedule=schedule, provider_name="Tante Lin", more=Particulars(given=MUM))
        commands.add_line(work, draft, terms)
    mei.open(mei.address)
    for words in ("Amal", "In the draft A lighter week", "Tante Lin", "3 hours"):
        assert words in mei.text
    tom = signed_in(person.another(), circle.tom).open(f"/people/{circle.client.id}/family-care")
    assert "Tante Lin" not in tom.text
    assert "4 hours" in tom.text
    assert "$" not in tom.page.xpath("string(//main)")


def test_nobody_outside_reads_of_groups_stays_or_family(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        other = an_account(work, "Other Person")
        a_client(work, "Other Person", account=other)
    for account in (circle.grace, circle.karim, other):
        stranger = signed_in(person.another(), account)
        for page in ("sharing", "respite", "family-care", "house", "living"):
            assert stranger.open(f"/people/{circle.client.id}/{page}").status == 404
