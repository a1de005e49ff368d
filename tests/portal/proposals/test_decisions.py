"""Decisions: who decides, at which level, and what was decided is never written over."""

from __future__ import annotations

from datetime import date

import pytest

from portal.app import Coplan
from portal.proposals import (
    decision_commands,
    decision_queries,
)
from portal.proposals.decision_model import Decision, DecisionState, Level, Method
from portal.proposals.model import Feeling
from portal.work import NotVisible, Refusal, Work
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle

LATER = date(2099, 1, 1)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_a_decision_is_the_persons_own_and_what_was_decided_is_never_written_over(circle: Circle) -> None:
    def one(work: Work) -> Decision:
        return decision_queries.decisions(work, circle.client)[0]

    with acting(circle.coplan, circle.karim) as work:
        decision_commands.ask(work, circle.person(work), "Who helps in the morning?", ("A neighbour", "A provider"))
        option = decision_queries.options(work, one(work))[0]
        decision_commands.view(work, one(work), option, Feeling.LIKE, "She is next door.")
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        decision_commands.decide(work, one(work), None, "A provider", Method.TALKED, "", None)
    with pytest.raises(Refusal), acting(circle.coplan, circle.daniel) as work:
        decision_commands.set_level(work, one(work), Level.INFORM, "It is quicker")
    with acting(circle.coplan, circle.mei) as work:
        first = decision_queries.options(work, one(work))[0]
        decision_commands.decide(work, one(work), first, "", Method.CHOSE, "Daniel sees it otherwise", LATER)
    with pytest.raises(Refusal), acting(circle.coplan, circle.mei) as work:
        decision_commands.decide(work, one(work), None, "Another", Method.CHOSE, "", None)
    with acting(circle.coplan, circle.karim) as work:
        again = decision_commands.look_again(work, one(work), circle.person(work))
        assert [each.text for each in decision_queries.options(work, again)] == ["A neighbour", "A provider"]
    with reading(circle.coplan, circle.mei) as work:
        states = [(each.state, each.dissent) for each in decision_queries.decisions(work, circle.client)]
    assert states == [(DecisionState.OPEN, ""), (DecisionState.AGAIN, "Daniel sees it otherwise")]


def test_who_does_not_decide_is_offered_only_to_give_a_decision_back(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        made = decision_commands.ask(work, circle.person(work), "Who helps in the morning?", ("A neighbour",))
    address = f"/people/{circle.client.id}/decisions/{made.id}"
    daniel = signed_in(person, circle.daniel).open(address)
    assert not daniel.page.xpath("//form[@id='level']")
    mei = signed_in(person.another(), circle.mei).open(address)
    mei.send("level", level="together", reason="We live together.")
    offered = daniel.open(address).page.xpath("//form[@id='level']//input[@name='level']/@value")
    assert offered == ["client", "together"]
    daniel.send("level", level="client")
    assert not daniel.page.xpath("//form[@id='level']")
