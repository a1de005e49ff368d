"""A provider writes what was done; the client replies beside it for ever; nobody changes a note."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgeting import programs
from portal.access.table import Relationship, Resource
from portal.app import Coplan
from portal.goals import commands as goals
from portal.plans import commands as plans, queries as briefs, sharing_commands as sharing
from portal.plans.sharing_parts import Sensitive
from portal.plans.states import BriefState
from portal.progress import commands, queries
from portal.progress.commands import Told
from portal.progress.model import Went
from portal.work import NotVisible, Refusal
from tests.builders import a_consent, a_tie, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, OURS, THEIRS, Circle, a_circle

GOAL, DONE, REPLY = "Canary: go to the library", "Canary: walked there together", "Canary: we took the bus"


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    made = a_circle(coplan)
    with acting(coplan, made.mei) as work:
        goal = goals.name_goal(work, made.client, GOAL, "en")
    walk = made.line("Walk to the library", made.sunrise, OURS, goal_id=goal.id, need="")
    made.accepted(walk, made.line(OTHER_SUPPORT, made.northside, THEIRS))
    with acting(coplan, made.grace) as work:
        (brief,) = briefs.briefs_for_us(work)
        plans.answer(work, brief, BriefState.CAN, "")
    return made


def test_a_note_stands_under_the_goal_and_the_reply_beside_it_for_ever(person: Person, circle: Circle) -> None:
    grace = signed_in(person.another(), circle.grace).open("/progress")
    part = grace.form("note").xpath(".//input[@name='part']/@value")
    assert len(part) == 1, "only what Sunrise delivers"
    grace.send("note", part=part[0], done=DONE, went="well")
    assert GOAL not in grace.text, "the goal was not shown to the provider"
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/progress")
    for words in (GOAL, DONE, "Grace Tan of Sunrise Support", "It went well"):
        assert words in mei.text
    with reading(circle.coplan, circle.mei) as work:
        (note,) = queries.of_client(work, circle.client)
    mei.send(f"reply-{note.id}", text=REPLY, disagrees="yes")
    assert REPLY in mei.text
    assert REPLY in grace.open("/progress").text
    grace.send(f"correct-{note.id}", happened_on=note.happened_on, done="We took the bus home.", went="mixed")
    both = mei.open(f"/people/{circle.client.id}/progress").text
    for words in (DONE, REPLY, "We took the bus home.", "Correction"):
        assert words in both, "a correction stands beside the note and replaces nothing"
    daniel = signed_in(person.another(), circle.daniel).open(f"/people/{circle.client.id}/progress")
    assert DONE in daniel.text
    assert "Daniel Okafor" in mei.open(f"/people/{circle.client.id}/progress").text, "who read it is written down"


def test_a_note_about_a_support_in_letters_that_are_not_the_readers_says_of_what_kind_it_is(
    person: Person, coplan: Coplan
) -> None:
    circle = a_circle(coplan)
    circle.accepted(circle.line("早上起床和洗澡", circle.sunrise, OURS, support="self_care"))
    with acting(coplan, circle.grace) as work:
        (brief,) = briefs.briefs_for_us(work)
        plans.answer(work, brief, BriefState.CAN, "")
    grace = signed_in(person, circle.grace).open("/progress")
    grace.send("note", part=grace.form("note").xpath(".//input[@name='part']/@value")[0], done=DONE, went="well")
    said = "".join(grace.page.xpath("//main//strong//text()")).translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert f"早上起床和洗澡 ({programs.program('ndis').by_key['self_care'].label.text})" in said


def test_a_provider_writes_about_the_goal_itself_where_the_client_shows_it(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        sharing.show(work, circle.client, (circle.sunrise.id, ""), Sensitive.GOAL, work.day + timedelta(days=90))
    grace = signed_in(person.another(), circle.grace).open("/progress")
    goal, part = grace.form("note").xpath(".//input[@name='part']/@value")
    assert GOAL in grace.text
    grace.send("note", part=goal, done=DONE, went="well")
    with reading(circle.coplan, circle.mei) as work:
        (note,) = queries.of_client(work, circle.client)
    assert (str(note.goal_id), note.line_id, note.organisation_id) == (goal, None, circle.sunrise.id)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/progress")
    assert GOAL in mei.text
    mei.send(f"reply-{note.id}", text=REPLY)
    assert REPLY in grace.open("/progress").text
    owen = signed_in(person.another(), circle.owen).open("/progress")
    assert GOAL not in owen.text, "it is shown to one provider alone"
    with acting(circle.coplan, circle.mei) as work:
        sharing.hide(work, circle.client, (circle.sunrise.id, ""), Sensitive.GOAL)
    assert grace.send("note", part=goal, done=DONE, went="well").status == 404
    assert GOAL not in grace.open("/progress").text
    assert part in grace.form("note").xpath(".//input[@name='part']/@value")


def test_nobody_else_finds_a_trace_of_a_note(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.grace) as work:
        (part,) = queries.our_parts(work)
        note = commands.write_about_part(work, part, Told(part.starts, DONE, Went.HARD, ""))
    place = f"/people/{circle.client.id}/progress"
    owen = signed_in(person, circle.owen)
    assert DONE not in owen.open("/progress").text
    assert owen.open(place).status == 404
    assert signed_in(person.another(), circle.karim).open(place).status == 404
    with acting(circle.coplan, circle.owen) as work, pytest.raises(NotVisible):
        commands.correct(work, note, Told(part.starts, "Otherwise", Went.WELL, ""))
    with acting(circle.coplan, circle.grace) as work, pytest.raises(NotVisible):
        commands.reply(work, note, "Me too", False)
    with acting(circle.coplan, circle.daniel) as work, pytest.raises(NotVisible):
        commands.correct(work, note, Told(part.starts, "Otherwise", Went.WELL, ""))
    with circle.coplan.open_work() as work:
        helper = an_account(work, "Ned")
        tie = a_tie(work, circle.client, Relationship.SUPPORTER, helper)
        for resource in (Resource.IDENTITY, Resource.PROGRESS):
            a_consent(work, tie, resource)
    with reading(circle.coplan, helper) as work:
        assert [one.done for one in queries.of_client(work, circle.client)] == [DONE]


def test_a_note_is_written_after_it_happened(circle: Circle) -> None:
    with acting(circle.coplan, circle.grace) as work:
        (part,) = queries.our_parts(work)
        with pytest.raises(Refusal):
            commands.write_about_part(work, part, Told(work.day + timedelta(days=2), DONE, Went.WELL, ""))
