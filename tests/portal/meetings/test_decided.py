"""What is decided at a meeting stands among the decisions, and counts once the person says so."""

from __future__ import annotations

from typing import Any

import pytest

from portal.app import Coplan
from portal.meetings import (
    commands,
    jobs as jobs,
)
from portal.meetings.commands import MeetingTold
from portal.meetings.model import Content
from portal.people import next_steps
from portal.proposals import commands as proposals, decision_queries
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle

EVERYTHING = frozenset(Content)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_what_was_decided_at_a_meeting_stands_among_the_decisions_with_who_how_and_dissent(
    circle: Circle, person: Person
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Keys"))
    decisions = f"/people/{circle.client.id}/decisions"
    said: dict[str, Any] = {"question": "Who has a key?", "outcome": "Only the nurse.", "method": "talked"}
    mei = signed_in(person, circle.mei).open(f"{decisions}/at/{row.id}")
    mei.send("write", **said, level="together", reason="", dissent="My sister wants one too.")
    assert mei.status == 422  # why is it not the person alone?
    assert "At the meeting: Keys" in mei.text
    mei.send("write", **said, level="together", reason="It is our house.", dissent="My sister wants one too.")
    daniel = signed_in(person.another(), circle.daniel).open(decisions)
    assert "Only the nurse." in daniel.text
    daniel.open(next(a for a in daniel.page.xpath("//main//h2/a/@href")))
    for told in ("We decide together", "At the meeting: Keys", "My sister wants one too.", "could live with it"):
        assert told in daniel.text
    assert "Who has a key?" in mei.open(f"/people/{circle.client.id}/meetings/{row.id}").text


def test_what_a_coordinator_writes_down_as_decided_counts_once_the_person_says_so(
    circle: Circle, person: Person
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Keys"))
    decisions = f"/people/{circle.client.id}/decisions"
    daniel = signed_in(person, circle.daniel).open(f"{decisions}/at/{row.id}")
    daniel.send("write", question="Who has a key?", outcome="The nurse.", method="talked", dissent="Her sister.")
    with reading(circle.coplan, circle.mei) as work:
        (waiting,) = decision_queries.of_meeting(work, circle.client, row.id)
        address = f"{decisions}/{waiting.id}"
        assert address in [step.href for step in next_steps.steps(work, circle.client)]
        assert waiting.decided_at is None
    signed_in(person.another(), circle.mei).open(address).send("decide")
    with reading(circle.coplan, circle.mei) as work:
        (decided,) = decision_queries.of_meeting(work, circle.client, row.id)
        assert (decided.decided_by, decided.dissent) == (circle.mei.id, "Her sister.")
        assert decision_queries.chosen(work, [decided]) == {decided.chosen_id: "The nurse."}


def test_a_decision_of_a_meeting_about_a_draft_of_ones_own_is_ones_own(circle: Circle, person: Person) -> None:
    with acting(circle.coplan, circle.mei) as work:
        kept = proposals.start(work, circle.client, "Mine", "ndis", circle.first, circle.first, kept=True)
        row = commands.ask(work, circle.client, MeetingTold("Alone", proposal_id=kept.id))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/decisions/at/{row.id}")
    mei.send("write", question="Do I move out?", outcome="Yes.", method="chose", level="client")
    daniel = signed_in(person.another(), circle.daniel).open(f"/people/{circle.client.id}/decisions")
    assert "move out" not in daniel.text
    assert daniel.open(f"/people/{circle.client.id}/decisions/at/{row.id}").status == 404
