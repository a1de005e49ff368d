"""The plan and its briefs through HTTP, without script."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Unpaid, Weekly
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.people.model import Tie
from portal.plans.model import Brief
from portal.plans.states import Answered, BriefState
from portal.proposals import commands as proposals
from portal.proposals.particulars import Particulars
from tests.builders import acting, signed_in
from tests.clock import stands_still
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, OURS, SECRET_NEED, THEIRS, Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def _link(person: Person, circle: Circle) -> str:
    with circle.nobody_at(circle.sunrise):
        lead = signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/plan")
        lead.send(f"link-{circle.brief(circle.sunrise).id}")
    found = re.search(r"/brief/[\w-]+", lead.text)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("page", "example"),
    [("plan", "Paid until"), ("plan/year", "Left in the funding"), ("plan/what-if", "Three mornings")],
)
def test_before_anything_is_accepted_the_page_says_what_will_be_here(
    person: Person, circle: Circle, page: str, example: str
) -> None:
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/{page}")
    assert all(said in mei.text for said in ("There is no plan in force yet", "Show an example", example))


def test_the_client_reads_who_comes_when_and_who_has_answered(person: Person, circle: Circle) -> None:
    circle.usual()
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan")
    for words in ("Tuesday", "9:00", "Help in the shower", "Sunrise Support", OTHER_SUPPORT, "Not read yet"):
        assert words in mei.text


def test_the_ordinary_week_shows_what_was_agreed_and_what_it_still_waits_for(person: Person, circle: Circle) -> None:
    accepted = circle.usual()
    signed_in(person.another(), circle.grace).open("/briefs").follow("Mei Chen").send("answer", answer="can")
    circle.goes_on_with(accepted, "Help in the shower", schedule=Weekly((0, 1, 4), time(9), time(11)))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan")
    week = mei.page.xpath("//section[@id='ordinary-week']//dt/..")
    monday, tuesday = (one.text_content().translate(dict.fromkeys(range(0x2066, 0x206A))) for one in week[:2])
    assert "Help in the shower" in monday
    assert "This begins when Sunrise Support has read it." in monday
    assert "has read it" not in tuesday.split("Help in the shower")[1].split("Sunrise")[0]
    signed_in(person.another(), circle.grace).open("/briefs").follow("Mei Chen").send("answer", answer="cannot")
    said = mei.open(f"/people/{circle.client.id}/plan").page.xpath("//section[@id='ordinary-week']")[0].text_content()
    assert "Sunrise Support has read it" not in said.translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert "cannot deliver its part" in said
    assert tuesday.count("Help in the shower") == 1


def test_a_brother_who_helps_without_pay_is_not_shown_like_a_company(person: Person, circle: Circle) -> None:
    tram = replace(circle.line("On the tram", None, Money(0)), price=None, provider_name="Karim", need="To get out")
    circle.accepted(replace(tram, more=Particulars(given=Unpaid())))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan")
    assert "Who gives it Karim" in mei.text
    assert "Who pays Given without pay" in mei.text
    assert "Not answered yet" in mei.text
    for company in ("Cost in all $0.00", "one-time link", "Not read yet", "We can deliver this"):
        assert company not in mei.text
    assert "Tell Karim of the new plan" not in mei.open(f"/people/{circle.client.id}").text
    assert set(circle.going_on()) == {"On the tram"}  # nothing waits for an answer


def test_a_provider_reads_its_part_and_answers_and_sees_nothing_else(person: Person, circle: Circle) -> None:
    circle.usual()
    brief = circle.brief(circle.sunrise)
    grace = signed_in(person, circle.grace).open("/briefs").follow("Mei Chen")
    assert "$68.00" in grace.text
    for canary in (OTHER_SUPPORT, "71.13", SECRET_NEED, "Northside"):
        assert canary not in grace.answer.text
    grace.send("answer", answer="can", said="With pleasure.")
    assert "Can deliver" in grace.text
    assert circle.brief(circle.sunrise).state is BriefState.CAN
    assert signed_in(person.another(), circle.owen).open(f"/briefs/{brief.id}").status == 404
    assert grace.open(f"/people/{circle.client.id}/plan").status == 404
    grace.open("/briefs").follow("Visits in my calendar")
    assert "Everything my organisation delivers" in grace.text


def test_an_answer_without_a_choice_is_shown_again_with_its_words(person: Person, circle: Circle) -> None:
    circle.usual()
    grace = signed_in(person, circle.grace).open(f"/briefs/{circle.brief(circle.sunrise).id}")
    grace.send("answer", said="We need a key to the door.")
    assert grace.status == 422
    assert "We need a key to the door." in grace.text


def test_a_one_time_link_is_offered_only_where_nobody_of_the_provider_has_an_account(
    person: Person, circle: Circle
) -> None:
    circle.usual()
    with circle.nobody_at(circle.sunrise):
        lead = signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/plan")
    ours, theirs = (f"link-{circle.brief(each).id}" for each in (circle.sunrise, circle.northside))
    assert (ours in lead.answer.text, theirs in lead.answer.text) == (True, False)


def test_a_one_time_link_shows_one_part_takes_one_answer_and_then_has_ended(person: Person, circle: Circle) -> None:
    circle.usual()
    link = _link(person, circle)
    stranger, late = person.another().open(link), person.another().open(link)
    assert "Help in the shower" in stranger.text
    assert OTHER_SUPPORT not in stranger.answer.text
    assert circle.brief(circle.sunrise).state is BriefState.SENT  # opening it changes nothing
    stranger.send("answer", answer="can", who="Pat at Sunrise", said="Fine.")
    assert "Thank you" in stranger.text
    late.send("answer", answer="cannot", who="Somebody", said="Nobody is free in the mornings.")
    assert "This link has ended" in late.text
    assert "Nobody is free in the mornings." in late.text  # what was typed is not lost
    assert "This link has ended" in stranger.open(link).text
    kept = circle.brief(circle.sunrise)
    assert (kept.state, kept.answered_how, kept.spoke_with) == (BriefState.CAN, Answered.LINK, "Pat at Sunrise")


@pytest.mark.parametrize("later", ["a newer version", "out of the circle"])
def test_a_one_time_link_opens_nothing_once_it_is_not_the_newest_or_its_provider_has_left(
    person: Person, circle: Circle, later: str
) -> None:
    accepted = circle.usual()
    link = _link(person, circle)
    stranger = person.another().open(link)
    assert stranger.status == 200
    if later == "a newer version":
        circle.goes_on_with(accepted, "Help in the shower", price=THEIRS)
    else:
        with circle.coplan.open_work() as work:
            place = unscoped(select(Tie), "its last day").where(Tie.organisation_id == circle.sunrise.id)
            work.session.scalars(place).one().ends = circle.first - timedelta(days=1)
    assert stranger.send("answer", answer="can", who="Pat").status == 404
    assert person.another().open(link).status == 404


def test_a_one_time_link_ends_after_fourteen_days(person: Person, circle: Circle) -> None:
    circle.usual()
    link = _link(person, circle)
    with circle.coplan.open_work() as work:
        brief = work.session.get_one(Brief, circle.brief(circle.sunrise).id, execution_options={"scoped": "test"})
        assert brief.token_ends_at is not None
        assert timedelta(days=13) < brief.token_ends_at - work.now <= timedelta(days=14)
        brief.token_ends_at = work.now - timedelta(seconds=1)
    ended = person.another().open(link)
    assert (ended.status, "This link has ended" in ended.text) == (404, True)
    assert person.another().open("/brief/never-was").text == ended.text.replace(link, "/brief/never-was")


def test_the_lead_writes_down_what_was_said_on_the_telephone(person: Person, circle: Circle) -> None:
    circle.usual()
    lead = signed_in(person, circle.daniel).open(f"/people/{circle.client.id}/plan")
    form = f"phone-{circle.brief(circle.northside).id}"
    lead.send(form, answer="cannot", spoke_with="Owen Hart", said="The pool is closed until May.")
    assert "The pool is closed until May." in lead.text
    assert "Cannot deliver" in lead.text


def test_a_supporter_reads_the_plan_but_writes_nothing_and_others_find_nothing(person: Person, circle: Circle) -> None:
    circle.usual()
    address = f"/people/{circle.client.id}/plan"
    tom = signed_in(person, circle.tom).open(address)
    assert "Help in the shower" in tom.text
    assert "$68.00" not in tom.text  # the plan was shared with him, the money was not
    assert not tom.page.xpath("//form[contains(@id, 'phone-') or contains(@id, 'link-')]")
    assert signed_in(person.another(), circle.karim).open(address).status == 404


def test_one_visit_is_called_a_visit(person: Person, circle: Circle) -> None:
    first = circle.first
    once = Weekly((first.weekday(),), time(9), time(11))
    circle.accepted(circle.line("Help in the shower", circle.sunrise, OURS, schedule=once, ends=first))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan")
    assert "1 visit, 2" in mei.text
    assert "1 visits" not in mei.text


def test_a_plan_whose_days_are_over_has_ended_and_says_what_comes_next(
    person: Person, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle.usual()
    home, now = f"/people/{circle.client.id}", datetime.now(UTC)
    last = circle.first + timedelta(days=55)
    stage, step = (
        "//*[@aria-current='step']/span/text()",
        f"The plan ended on {last.day} {last:%B %Y} . Begin a new draft.",
    )
    stands_still(monkeypatch, now + timedelta(days=55))
    assert signed_in(person, circle.mei).open(f"{home}/plan").page.xpath(stage) == ["In force"]
    stands_still(monkeypatch, now + timedelta(days=56))
    mei = signed_in(person.another(), circle.mei).open(f"{home}/plan")
    assert mei.page.xpath(stage) == ["Ended"]
    for page in (f"{home}/plan", f"{home}/plan/where", home):
        assert step in mei.open(page).text, page
    assert "This plan has ended" in mei.text
    where = signed_in(person.another(), circle.tom).open(f"{home}/plan/where")
    assert "It is the turn of Mei Chen" in where.text
    assert step in signed_in(person.another(), circle.daniel).open("/").text
    with acting(circle.coplan, circle.mei) as work:
        proposals.start(work, circle.client, "The next year", "ndis", last, last + timedelta(days=300))
    assert step not in mei.open(home).text
