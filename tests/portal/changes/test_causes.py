"""A change keeps what it came from for those who may know of it, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest

from budgeting.compare import ChangeKind
from budgeting.money import Money
from budgeting.package import Weekly
from budgeting.period import DAY
from budgeting.words import Name
from feedback import commands as feedback
from feedback.commands import Telling
from feedback.queries import Party
from feedback.states import Kind
from portal.changes import causes, commands, queries, showing
from portal.changes.edits import unpack
from portal.changes.settling import worked_out
from portal.changes.states import RequestState
from portal.proposals import queries as proposals, scenario_commands, scenarios
from portal.proposals.kept import KeptLine
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import SHOWER, SWIMMING, _edit, asked, everybody_agrees, line_of, price, state_of
from tests.portal.plans.people import Circle

COMES_FROM = "It came from this"


@pytest.fixture
def told(circle: Circle) -> UUID:
    """Mei complains about her coordinator, who may never learn of it."""
    with acting(circle.coplan, circle.mei) as work:
        about = [Party("account", circle.daniel.id, Name("Daniel Okafor"))]
        return feedback.tell(work, Telling(Kind.COMPLAINT, "Canary complaint", "en"), about).id


def asked_because(circle: Circle, told: UUID) -> UUID:
    with acting(circle.coplan, circle.mei) as work:
        first = circle.first + timedelta(days=7)
        request = commands.start(work, circle.client, "Later is better", first, because=f"feedback:{told}")
        _edit(work, request, line_of(circle, SWIMMING), price(70))
        commands.ask(work, request)
    return request.id


def test_a_change_shows_its_complaint_to_its_teller_and_never_behind_the_wall(
    circle: Circle, person: Person, told: UUID
) -> None:
    change = asked_because(circle, told)
    here = f"/people/{circle.client.id}/changes/{change}"
    for account, knows in ((circle.mei, True), (circle.daniel, False), (circle.owen, False), (circle.amal, False)):
        page = signed_in(person.another(), account).open(here)
        assert page.status == 200
        assert (COMES_FROM in page.text, str(told) in page.answer.text) == (knows, knows), account.name


def test_whoever_asks_because_of_something_reads_on_the_form_what_it_comes_from(
    circle: Circle, person: Person, told: UUID
) -> None:
    form = f"/people/{circle.client.id}/changes/new?because=feedback:{told}"
    mei = signed_in(person, circle.mei).open(form)
    assert f"{COMES_FROM}: what was told to us" in mei.page.text_content().replace("\u2068", "").replace("\u2069", "")
    assert mei.page.xpath(f"//main//a[@href='/speak-up/mine/{told}']")
    assert COMES_FROM not in signed_in(person.another(), circle.daniel).open(form).text


def test_what_came_of_it_stands_beside_what_was_told(circle: Circle, person: Person, told: UUID) -> None:
    change = asked_because(circle, told)
    signed_in(person, circle.mei).open(f"/speak-up/mine/{told}")
    assert "What came of it" in person.text
    assert person.page.xpath(f"//main//a[@href='/people/{circle.client.id}/changes/{change}']")
    assert "Waits for answers" in person.text
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.AGREED
    person.open(f"/speak-up/mine/{told}")
    assert "Everybody has agreed" in person.text
    assert "whether it helped" not in person.text  # it has not begun


def test_nobody_names_a_cause_they_may_not_know_of(circle: Circle, person: Person, told: UUID) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        because = f"feedback:{told}"
        request = commands.start(work, circle.client, "Guessed", circle.first, because=because)
        commands.start(work, circle.client, "Nonsense", circle.first, because=f"feedback:{uuid4()}")
    assert COMES_FROM not in signed_in(person, circle.mei).open(f"/speak-up/mine/{told}").text
    assert str(request.id) not in person.answer.text


def test_a_scenario_is_handed_into_a_change_with_the_supports_it_changes(circle: Circle, person: Person) -> None:
    swimming = line_of(circle, SWIMMING)
    with acting(circle.coplan, circle.mei) as work:
        plan = scenarios.in_force(work, circle.client)
        assert plan is not None
        lines = [
            KeptLine(one.id, replace(one.terms, price=Money(70_00)) if one.id == swimming else one.terms)
            for one in plan.lines
        ]
        draft = proposals.proposal(work, circle.client, plan.proposal_id)
        made = scenario_commands.keep(work, circle.client, draft, lines, "Another pool")
    page = signed_in(person, circle.mei).open(scenarios.address(made)).follow("Or ask for a change of the plan")
    page.send("new-change", reason="The other pool is warmer", effective=circle.first + timedelta(days=7))
    assert "$70.00" in page.text.split("What would be different")[1]  # what was tried out is there at once
    with reading(circle.coplan, circle.mei) as work:
        (change,) = queries.requests(work, circle.client)
        (edit,) = unpack(change.edits)
        assert (edit.line_id, edit.terms.price if edit.terms else None) == (swimming, Money(70_00))
    here = f"/people/{circle.client.id}/changes/{change.id}"
    assert "It was tried out: Another pool" in page.open(here).text
    daniel = signed_in(person.another(), circle.daniel)
    assert daniel.open(f"{here.rsplit('/', 1)[0]}/new?because=scenario:{made.id}").status == 200
    assert not daniel.page.xpath("//input[@name='because']")  # it is Mei's own, and was not shared


@pytest.mark.parametrize(("from_day", "less"), [(7, 284_52), (14, 284_52), (21, 142_26)])
def test_a_support_tried_otherwise_for_two_weeks_changes_in_those_weeks_and_nowhere_else(
    circle: Circle, person: Person, from_day: int, less: int
) -> None:
    """For two weeks one visit of two hours instead of two, at 71.13 an hour; asked for before, at or in them."""
    swimming, first = line_of(circle, SWIMMING), circle.first
    with acting(circle.coplan, circle.mei) as work:
        plan = scenarios.in_force(work, circle.client)
        assert plan is not None
        terms = plan.line(swimming).terms
        fewer = replace(terms, schedule=Weekly((1,), time(9), time(11)), starts=first + 14 * DAY, ends=first + 27 * DAY)
        lines = [KeptLine(one.id, one.terms) for one in plan.lines if one.id != swimming]
        lines += [KeptLine(swimming, replace(terms, ends=first + 13 * DAY)), KeptLine(uuid4(), fewer)]
        lines += [KeptLine(uuid4(), replace(terms, starts=first + 28 * DAY))]
        draft = proposals.proposal(work, circle.client, plan.proposal_id)
        made = scenario_commands.keep(work, circle.client, draft, lines, "Two quiet weeks")
    page = signed_in(person, circle.mei).open(scenarios.address(made)).follow("Or ask for a change of the plan")
    page.send("new-change", reason="To rest", effective=first + from_day * DAY)
    with reading(circle.coplan, circle.mei) as work:
        (change,) = queries.requests(work, circle.client)
        done = worked_out(work, circle.client, change)[0]
        assert done.more == Money(-less)
        (row,) = showing.changed(done.difference)
        assert row.kind == showing.KINDS[ChangeKind.CHANGED]
        assert row.hours[0].count == 2 * row.hours[1].count
        assert showing.same(done.difference) == [Name(SHOWER)]
    here = page.open(f"/people/{circle.client.id}/changes/{change.id}").text
    assert "Not in the plan" not in here
    assert "From and to" in here


def test_an_idea_tried_from_the_plan_stands_against_the_plan_in_force_and_not_the_draft_it_was(
    circle: Circle, person: Person
) -> None:
    change = asked(circle, circle.mei, circle.first, (SWIMMING, price(70)))
    everybody_agrees(circle, change)
    assert state_of(circle, change) is RequestState.DONE
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/proposals/scenarios")
    mei.send("keep", of="plan", title="Another idea")
    assert "Against the plan in force" in mei.text
    assert "Nothing is different yet." in mei.text


def test_a_change_after_both_prices_of_a_group_knows_its_support(circle: Circle, person: Person) -> None:
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/sharing")
    mei.send("group", line=str(line_of(circle, SWIMMING)), people_now="3", people_then="2")
    mei.follow("Ask for a change").send("new-change", reason="One of us moves away")
    assert mei.page.xpath("//form[@id='line']//*[@name='participants']")
    with reading(circle.coplan, circle.mei) as work:
        (request,) = queries.requests(work, circle.client)
        (cause,) = causes.of(work, request.id)
        assert cause.line_id == line_of(circle, SWIMMING)
