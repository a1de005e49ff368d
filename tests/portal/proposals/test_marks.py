"""Open and fixed terms: each with reason and source, each can be questioned, and each question is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from budgeting.package import Management
from portal.app import Coplan
from portal.proposals import mark_commands as commands, mark_queries as marks, mark_rules
from portal.proposals.mark_commands import Marking
from portal.proposals.mark_model import Challenge, Mark
from portal.proposals.mark_states import ANSWERS, Asked, SaidBy, Stands, Term
from portal.proposals.model import Line
from portal.work import NotVisible, Refusal, utc_now
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


HOIST = Marking(None, Term.WORKERS, Stands.FIXED, SaidBy.SAFETY, "The hoist needs two people.")


def marked(circle: Circle, line: Line, who: str = "daniel") -> Mark:
    with acting(circle.coplan, getattr(circle, who)) as work:
        return commands.mark(work, circle.fresh(work), replace(HOIST, line_key=line.key))


def asked(circle: Circle, mark: Mark, who: str = "mei", why: str = "Could my sister be the second?") -> Challenge:
    with acting(circle.coplan, getattr(circle, who)) as work:
        proposal = circle.fresh(work)
        return commands.ask(work, proposal, marks.mark(work, proposal, mark.id), None, why)


def answered(circle: Circle, question: Challenge, who: str, became: Asked) -> None:
    with acting(circle.coplan, getattr(circle, who)) as work:
        proposal = circle.fresh(work)
        row = marks.challenge(work, proposal, question.id)
        commands.answer(work, row, proposal, became, "The hoist is new: one is enough.", row.version)


def test_a_term_is_marked_questioned_and_answered_on_one_page(person: Person, circle: Circle) -> None:
    line = circle.add()
    daniel = signed_in(person, circle.daniel).open(f"{circle.address}/terms")
    daniel.send(
        "mark-term",
        about=line.key,
        term="workers",
        stands="fixed",
        comes_from="safety",
        reason="The hoist needs two people.",
    )
    mei = signed_in(person.another(), circle.mei).open(f"{circle.address}/since").send("seen")
    mei.open(f"{circle.address}/terms?line={line.id}")
    assert "The hoist needs two people." in mei.text
    (form,) = [one.get("id") for one in mei.page.forms if (one.get("id") or "").startswith("ask-mark-")]
    mei.send(form, why="Could my sister be the second?")
    assert "Waiting for an answer" in mei.text
    (question,) = [
        one.get("id") for one in daniel.open(f"{circle.address}/terms").page.forms if "answer-" in str(one.get("id"))
    ]
    daniel.send(question, became="lifted", answer="Yes, she has learned it.")
    assert "Lifted: it is open now" in daniel.text
    told = mei.open(f"{circle.address}/since").text
    assert "it is open now" in told, "an answer is news for whoever asked"
    assert "Yes, she has learned it." in told
    mei.open(f"{circle.address}/terms")
    for kept in ("Could my sister be the second?", "Yes, she has learned it.", "Not fixed any more"):
        assert kept in mei.text


def test_a_rule_of_the_program_can_be_questioned_and_the_coordinator_answers(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/terms")
    assert "the price limits do not bind" in mei.text  # she manages the money herself
    assert "pays only registered providers" not in mei.text
    assert "Read in the law or on a government page" in mei.text
    mei.send("ask-ndis_own_part", why="Why can transport not pay for it?")
    with acting(circle.coplan, circle.daniel) as work:
        proposal = circle.fresh(work)
        (question,) = marks.challenges(work, proposal)
        assert (question.rule, question.line_key) == ("ndis_own_part", None)
        commands.answer(work, question, proposal, Asked.KEPT, "The plan says so.", question.version)
    assert "The plan says so." in mei.open(f"{circle.address}/terms").text
    assert "The plan says so." not in mei.open(f"{circle.address}/terms?line={line.id}").text


def test_what_the_program_fixes_depends_on_who_manages_the_money() -> None:
    fixed = [one.key for one in mark_rules.of_a_line("ndis", date(2026, 8, 1), Management.AGENCY)]
    assert fixed == ["ndis_price_limit", "ndis_registered_only"]
    assert mark_rules.of_a_line("ndis", date(2024, 6, 30), Management.AGENCY) == []  # before the rule was read


def test_nobody_may_choose_any_provider_for_a_support_that_needs_a_registered_one() -> None:
    own, on = Management.SELF, date(2026, 8, 1)
    assert "ndis_any_provider" in [one.key for one in mark_rules.of_a_line("ndis", on, own)]
    noticed = ["no_provider", "registered_only"]
    assert "ndis_any_provider" not in [one.key for one in mark_rules.of_a_line("ndis", on, own, noticed)]


def test_whoever_asked_never_answers_and_neither_does_anybody_who_did_not_mark_or_lead(circle: Circle) -> None:
    mark = marked(circle, line := circle.add())
    for who in ("tom", "stranger"):
        with pytest.raises(NotVisible):
            asked(circle, mark, who)
    with pytest.raises(NotVisible):
        marked(circle, line, "karim")  # a brother may ask, and not mark
    question = asked(circle, mark)
    for who in ("mei", "nominee", "karim", "tom", "stranger"):
        with pytest.raises(NotVisible):
            answered(circle, question, who, Asked.KEPT)
    answered(circle, question, "daniel", Asked.KEPT)
    with pytest.raises(Refusal):
        answered(circle, question, "daniel", Asked.LIFTED)


def test_a_mark_with_an_open_question_cannot_be_replaced_or_taken_back_in_silence(circle: Circle) -> None:
    line = circle.add()
    mark = marked(circle, line)
    asked(circle, mark)
    with pytest.raises(Refusal):
        marked(circle, line)
    with acting(circle.coplan, circle.daniel) as work, pytest.raises(Refusal):
        commands.take_back(work, marks.mark(work, circle.fresh(work), mark.id), circle.fresh(work), mark.version)
    with pytest.raises(Refusal):
        asked(circle, mark, "karim")


def test_a_newer_mark_takes_the_place_of_the_older_one(circle: Circle) -> None:
    line = circle.add()
    first = marked(circle, line)
    second = marked(circle, line, "mei")
    with reading(circle.coplan, circle.karim) as work:
        assert [one.id for one in marks.marks(work, circle.fresh(work))] == [second.id] != [first.id]


def test_law_and_funder_are_named_with_a_text_that_can_be_read(circle: Circle) -> None:
    line = circle.add()
    for comes_from in (SaidBy.LAW, SaidBy.FUNDER):
        with pytest.raises(Refusal), acting(circle.coplan, circle.daniel) as work:
            commands.mark(work, circle.fresh(work), replace(HOIST, line_key=line.key, comes_from=comes_from))
    with pytest.raises(Refusal), acting(circle.coplan, circle.daniel) as work:
        commands.mark(work, circle.fresh(work), HOIST)  # workers belong to one support


@given(st.lists(st.sampled_from([one for one in Asked if one is not Asked.OPEN]), max_size=6))
def test_a_question_has_one_answer_whatever_is_tried_after_it(tries: list[Asked]) -> None:
    question, given_answers = Challenge(why="?", state=Asked.OPEN), []
    for one in tries:
        try:
            question.close(one, "", None, utc_now())
            given_answers.append(one)
        except Refusal:
            continue
    assert given_answers == tries[:1]
    assert not tries or not ANSWERS[question.state]


def test_every_rule_has_a_sentence_a_source_and_a_sureness() -> None:
    assert {one.key for one in mark_rules.rules()} == set(mark_rules.SENTENCES)
    assert all(one.source and one.confidence for one in mark_rules.rules())
