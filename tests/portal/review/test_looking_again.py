"""Looking again: those who do the work are asked about their own part only, then the person decides; steps to goals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from budgeting.money import Minutes
from portal.access.scope import unscoped, visible
from portal.app import Coplan
from portal.changes.model import ChangeRequest
from portal.changes.states import RequestState
from portal.goals import commands as goals, step_commands, step_queries
from portal.goals.model import Goal
from portal.goals.step_states import STEP, StepAct, StepState
from portal.jobs import JOBS
from portal.people import next_steps
from portal.people.model import Tie
from portal.review import look_commands as commands, look_queries as queries
from portal.review.look_model import About, Look, LookQuestion
from portal.review.look_states import LOOK, Cause, LookAct, LookState, Outcome
from portal.work import Actor, ActorKind, NotVisible, Refusal, Work, utc_now
from tests.beginnings import Beginning
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, Circle

SHOWER = "Help in the shower"


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def line_of(work: Work, circle: Circle, name: str) -> About:
    agreed = queries.plan(work, circle.client)
    assert agreed is not None
    return queries.about_line(next(line for line in agreed.lines if line.name == name))


def opened(circle: Circle, cause: Cause = Cause.NOT_WORKING, why: str = "Always late") -> Look:
    with acting(circle.coplan, circle.mei) as work:
        return commands.open_look(work, circle.client, line_of(work, circle, SHOWER), cause, why, ask=True)


def test_a_provider_is_asked_about_its_own_support_and_reads_nothing_else(circle: Circle, person: Person) -> None:
    opened(circle)
    grace = signed_in(person, circle.grace).open("/asked")
    assert SHOWER in grace.text
    assert "Always late" not in grace.text
    assert OTHER_SUPPORT not in grace.text
    form = next(each.get("id") for each in grace.page.xpath("//form[starts-with(@id, 'answer-')]"))
    grace.send(form, text="The van is always late on Tuesdays.")
    with reading(circle.coplan, circle.owen) as work:
        assert queries.asked_of_us(work) == []
        assert work.session.scalars(visible(work, Look)).all() == []
    with reading(circle.coplan, circle.grace) as work:
        assert work.session.scalars(visible(work, Look)).all() == []
    with reading(circle.coplan, circle.mei) as work:
        (look,) = queries.looks(work, circle.client)
        (question,) = queries.questions(work, look)
        assert (look.state, question.answer) == (LookState.HEARD, "The van is always late on Tuesdays.")


def test_without_being_asked_nobody_is_told(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        look = commands.open_look(work, circle.client, line_of(work, circle, SHOWER), Cause.FACT, "", ask=False)
        assert look.state is LookState.HEARD
    with reading(circle.coplan, circle.grace) as work:
        assert work.session.scalars(visible(work, LookQuestion)).all() == []


def test_what_was_told_on_the_telephone_says_who_said_it_and_who_wrote_it_down(circle: Circle) -> None:
    look = opened(circle)
    with acting(circle.coplan, circle.daniel) as work:
        look = queries.look(work, circle.client, look.id)
        (question,) = queries.questions(work, look)
        with pytest.raises(Refusal):
            commands.write_down(work, look, question, "Late", "", 0)
        commands.write_down(work, look, question, "Late", "Grace", 0)
        assert (question.spoke_with, question.answered_by, look.state) == ("Grace", circle.daniel.id, LookState.HEARD)
        with pytest.raises(NotVisible):
            commands.say(work, look, "Not theirs to say")


def test_the_drafted_change_is_found_on_the_page_of_the_look_by_whoever_writes_it_alone(
    circle: Circle, person: Person
) -> None:
    look = opened(circle)
    here = f"/people/{circle.client.id}/looks/{look.id}"
    mei = signed_in(person, circle.mei).open(here)
    mei.send("end", outcome="change", why="At eleven instead", draft="yes")
    circle.coplan.jobs.run_waiting()
    assert not mei.open(here).page.xpath("//*[@id='outcome']//*[@role='status']")
    mei.follow("The change that came of it")
    assert "At eleven instead" in mei.text
    mei.follow(f"Change or end {look.what}").send("line", begins="11:00", finishes="12:00")  # the support is known
    assert "Change or end" not in mei.text
    assert "The change that came of it" not in signed_in(person.another(), circle.daniel).open(here).text


def test_a_change_that_is_still_being_written_down_comes_onto_the_page_that_asked_for_it(
    circle: Circle, person: Person
) -> None:
    look = opened(circle)
    here = f"/people/{circle.client.id}/looks/{look.id}"
    mei = signed_in(person, circle.mei)
    with circle.coplan.open_work(Actor(ActorKind.ACCOUNT, circle.mei.id, stepped_up_at=utc_now())) as work:
        commands.end(work, queries.look(work, circle.client, look.id), Outcome.CHANGE, "At eleven", None, draft=True)
    mei.open(here)  # no job has run
    (comes,) = mei.page.xpath("//*[@id='outcome']//*[@role='status']")  # asks by itself, or by its link
    assert comes.get("data-hx-get") == comes.xpath("a/@href")[0] == here
    circle.coplan.jobs.run_waiting()
    assert "The change that came of it" in mei.open(here).text


def test_to_stop_a_support_drafts_a_change_and_changes_nothing(circle: Circle) -> None:
    look = opened(circle)
    before = circle.going_on()
    with acting(circle.coplan, circle.mei) as work:
        look = queries.look(work, circle.client, look.id)
        commands.say(work, look, "I wash alone now.")
        commands.end(work, look, Outcome.STOP, "I wash alone now.", None, draft=True)
    circle.coplan.jobs.run_waiting()
    assert circle.going_on() == before
    with circle.coplan.open_reading() as work:
        (request,) = work.session.scalars(unscoped(select(ChangeRequest), "a test"))
        assert (request.id, request.state, request.reason) == (look.change_id, RequestState.DRAFT, "I wash alone now.")
    with acting(circle.coplan, circle.mei) as work, pytest.raises(Refusal):
        commands.say(work, queries.look(work, circle.client, look.id), "Something else")


def test_on_the_day_that_was_agreed_it_is_looked_at_again_once(circle: Circle) -> None:
    look = opened(circle)
    with acting(circle.coplan, circle.mei) as work:
        look = queries.look(work, circle.client, look.id)
        commands.end(work, look, Outcome.KEEP, "", work.day + timedelta(days=30), draft=False)
    JOBS["looks.new_day"].run(circle.coplan.open_work)
    with circle.coplan.open_work() as work:
        kept = work.session.scalars(unscoped(select(Look), "a test")).one()
        kept.next_day = work.day
    for _ in range(2):
        JOBS["looks.new_day"].run(circle.coplan.open_work)
    with reading(circle.coplan, circle.mei) as work:
        again, first = queries.looks(work, circle.client)
        assert (again.cause, again.line_id, again.state) == (Cause.DAY, first.line_id, LookState.ASKING)


def test_an_ended_look_permits_nothing_and_every_state_is_reached() -> None:
    assert LOOK[LookState.ENDED] == frozenset()
    assert LOOK.keys() == set(LookState)
    assert all(LookAct.END in LOOK[state] for state in (LookState.ASKING, LookState.HEARD))
    assert {state for moves in STEP.values() for state in moves.values()} == set(StepState) - {StepState.SUGGESTED}


def a_goal(circle: Circle) -> Goal:
    with acting(circle.coplan, circle.mei) as work:
        return goals.name_goal(work, circle.client, "Take the tram alone", "en")


def test_steps_are_the_persons_own_and_reminders_are_a_choice(circle: Circle) -> None:
    goal = a_goal(circle)
    with acting(circle.coplan, circle.daniel) as work:
        step = step_commands.suggest_step(work, goal, "Ride one stop", None)
        with pytest.raises(NotVisible):
            step_commands.move_step(work, step, StepAct.TAKE)
    with acting(circle.coplan, circle.mei) as work:
        step = step_queries.step(work, goal, step.id)
        with pytest.raises(Refusal):
            step_commands.move_step(work, step, StepAct.FINISH)
        step_commands.move_step(work, step, StepAct.TAKE)
        with pytest.raises(Refusal):
            step_commands.choose_reminder(work, step, None, remind=True)
        step_commands.choose_reminder(work, step, work.day, remind=True)
        step_commands.add_step(work, goal, "Look at the map", work.day, remind=False)
    for _ in range(2):
        JOBS["goals.remind"].run(circle.coplan.open_work)
    with reading(circle.coplan, circle.mei) as work:
        reminded = [one.text for one in step_queries.steps(work, goal) if one.reminded_on is not None]
        assert reminded == ["Ride one stop"]


@pytest.mark.parametrize("still_there", [True, False])
def test_only_who_may_still_see_a_step_is_reminded_of_it(circle: Circle, still_there: bool) -> None:
    goal = a_goal(circle)
    with acting(circle.coplan, circle.daniel) as work:
        step = step_commands.suggest_step(work, goal, "Ride one stop", None)
    with acting(circle.coplan, circle.mei) as work:
        step = step_queries.step(work, goal, step.id)
        step_commands.move_step(work, step, StepAct.TAKE)
        step_commands.choose_reminder(work, step, work.day, remind=True)
    if not still_there:
        with circle.coplan.open_work() as work:
            leaves = update(Tie).where(Tie.account_id == circle.daniel.id).values(revoked_at=work.now)
            work.session.execute(unscoped(leaves, "a test"))
    JOBS["goals.remind"].run(circle.coplan.open_work)
    circle.coplan.jobs.run_waiting()
    assert len(list(circle.coplan.settings.mail_folder.glob("*step-*"))) == int(still_there)


def test_how_far_it_is_is_said_in_three_or_five_answers_and_kept(circle: Circle) -> None:
    goal = a_goal(circle)
    with acting(circle.coplan, circle.mei) as work:
        step_commands.rate(work, goal, 2, 5, "The way back is hard.")
        step_commands.rate(work, goal, 2, 3, "")
        with pytest.raises(Refusal):
            step_commands.rate(work, goal, 4, 3, "")
        assert len(step_queries.ratings(work, goal)) == 2
    with acting(circle.coplan, circle.daniel) as work, pytest.raises(NotVisible):
        step_commands.rate(work, goal, 5, 5, "")


def test_doing_more_oneself_shows_what_it_frees_and_changes_nothing(circle: Circle, person: Person) -> None:
    goal, before = a_goal(circle), circle.going_on()
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/goals/{goal.id}")
    with reading(circle.coplan, circle.mei) as work:
        line = line_of(work, circle, SHOWER).line_id
    day = circle.first + timedelta(days=28)
    mei.send("down", line=line, first=day.isoformat(), much=600, by="week")
    assert mei.status == 422  # there are four hours of it in a week
    mei.send("down", line=line, first=day.isoformat(), much=120, by="week", said="I dry myself.")
    assert "What it would free" in mei.text
    assert "$544.00" in mei.text  # four of the eight weeks, one visit of two hours less, 68.00 an hour
    assert circle.going_on() == before
    with reading(circle.coplan, circle.mei) as work:
        (row,) = step_queries.step_downs(work, circle.client)
        assert Minutes(row.minutes) == Minutes(120)
    goal_page = mei.address
    mei.follow("Ask for a change")
    assert mei.page.xpath("//textarea[@name='reason']")[0].text.strip() == "I dry myself."
    assert mei.page.xpath("//input[@name='effective']")[0].get("value") == day.isoformat()
    mei.send("new-change", reason="I dry myself.", effective=day.isoformat())
    assert mei.address.endswith(f"/supports/{line}")  # its own support stands open
    mei.open(mei.address.removesuffix(f"/supports/{line}"))
    assert "It came from this: It was planned to need less" in mei.text
    mei.open(goal_page)
    mei.send("down", line=line, first=day.isoformat(), much=40, by="month")
    assert mei.status == 422  # nobody comes forty times in a month
    mei.send("down", line=line, first=day.isoformat(), much=1, by="month")
    assert "1 visit less of" in mei.text


def test_a_goal_to_which_nothing_happens_for_long_is_told(circle: Circle) -> None:
    goal = a_goal(circle)
    with circle.coplan.open_work() as work:
        old = work.session.scalars(unscoped(select(Goal).where(Goal.id == goal.id), "a test")).one()
        old.said_at = work.now - queries.STALLED - timedelta(days=1)
    address = f"/people/{circle.client.id}/goals/{goal.id}"
    with acting(circle.coplan, circle.mei) as work:
        assert address in [step.href for step in next_steps.steps(work, circle.client)]
        step_commands.rate(work, queries_goal(work, goal), 3, 5, "")
    with reading(circle.coplan, circle.mei) as work:
        assert address not in [step.href for step in next_steps.steps(work, circle.client)]


def queries_goal(work: Work, goal: Goal) -> Goal:
    return work.session.scalars(visible(work, Goal).where(Goal.id == goal.id)).one()
