"""Open and fixed terms: each with reason and source, each can be questioned, and each question is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from budgeting.package import Management
from portal.app import Coplan
from portal.jobs import run_now
from portal.proposals import mark_commands as commands, mark_queries as marks, mark_rules
from portal.proposals.mark_commands import Marking
from portal.proposals.mark_model import Challenge, Mark
from portal.proposals.mark_states import ANSWERS, UNSETTLED, Asked, SaidBy, Stands, Term
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


def agreed(circle: Circle, question: Challenge, who: str) -> None:
    with acting(circle.coplan, getattr(circle, who)) as work:
        proposal = circle.fresh(work)
        row = marks.challenge(work, proposal, question.id)
        commands.agree(work, row, proposal, row.version)


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
    assert "出资方 ：" in person.open(f"{circle.address}/terms?lang=zh-Hans").text, "the colon of her language"
    mei.open(f"{circle.address}/terms?lang=en")
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
def test_a_question_goes_only_the_ways_of_its_table_and_ends_once(tries: list[Asked]) -> None:
    question = Challenge(why="?", state=Asked.OPEN)
    for one in tries:
        before = question.state
        try:
            question.close(one, "", None, utc_now())
        except Refusal:
            assert one not in ANSWERS[before]
            assert question.state is before
        else:
            assert one in ANSWERS[before]
    assert (question.state in UNSETTLED) == bool(ANSWERS[question.state])


def _page(person: Person, circle: Circle, who: str) -> Person:
    return signed_in(person.another(), getattr(circle, who)).open(f"{circle.address}/terms")


def _form(person: Person, begins: str) -> str:
    (found,) = [str(one.get("id")) for one in person.page.forms if str(one.get("id")).startswith(begins)]
    return found


def test_a_question_is_answered_with_something_else_until_both_agree(person: Person, circle: Circle) -> None:
    line = circle.add()
    question = asked(circle, marked(circle, line))
    daniel, mei = _page(person, circle, "daniel"), _page(person, circle, "mei")
    daniel.open(f"{circle.address}/since").send("seen").open(f"{circle.address}/terms")
    daniel.send(_form(daniel, "answer-"), became="other", answer="Two workers in the mornings only.")
    mei.open(f"/people/{circle.client.id}")
    assert "was answered with something else" in mei.text
    mei.open(f"{circle.address}/terms").send(f"settle-{question.id}", press="given=other")
    assert mei.status == 422
    mei.send(f"settle-{question.id}", press="given=other", why="Mornings are when my sister comes.")
    assert "Asked again" in mei.text
    daniel.open(f"{circle.address}/terms")
    daniel.send(_form(daniel, "answer-"), became="other", answer="Two workers on Fridays only.")
    mei.open(f"{circle.address}/terms").send(_form(mei, "settle-"), press="given=agreed")
    assert "Agreed on something else" in mei.text
    with reading(circle.coplan, circle.karim) as work:
        (now,) = marks.marks(work, circle.fresh(work))
    assert (now.reason, now.term, now.stands) == ("Two workers on Fridays only.", Term.WORKERS, Stands.FIXED)
    for kept in ("Could my sister be the second?", "Two workers in the mornings only.", "Mornings are when my sister"):
        assert kept in mei.text
    assert "Mei Chen agreed to something else" in daniel.open(f"{circle.address}/since").text


def test_a_question_is_put_off_with_somebody_who_sees_to_it_and_is_reminded_on_the_day(
    person: Person, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = asked(circle, marked(circle, circle.add()))
    daniel, due = _page(person, circle, "daniel"), utc_now().date() + timedelta(days=9)
    daniel.send(_form(daniel, "later-"), owner=circle.karim.id, due=due.isoformat())
    assert "Karim sees to it by" in daniel.text
    mei = _page(person, circle, "mei")
    assert "Put off" in mei.text
    karim = signed_in(person.another(), circle.karim).open(f"/people/{circle.client.id}")
    assert "You see to a question in" in karim.text
    folder = circle.coplan.settings.mail_folder
    before = {path for path in folder.glob("*.eml") if circle.karim.login in path.read_text()}
    with monkeypatch.context() as patch:
        patch.setattr("portal.app.utc_now", lambda: utc_now() + timedelta(days=10))
        for _twice in range(2):
            run_now("proposals.new_day", {}, circle.coplan)
        circle.coplan.jobs.run_waiting()
    after = {path for path in folder.glob("*.eml") if circle.karim.login in path.read_text()}
    assert len(after - before) == 1
    answered(circle, question, "daniel", Asked.LIFTED)
    assert "Lifted" in mei.open(f"{circle.address}/terms").text


def test_nothing_else_is_offered_once_the_draft_is_accepted(circle: Circle) -> None:
    question = asked(circle, marked(circle, circle.add()))
    circle.accept(circle.mei)
    with pytest.raises(Refusal):
        answered(circle, question, "daniel", Asked.OTHER)
    answered(circle, question, "daniel", Asked.KEPT)


def test_only_whoever_asked_says_whether_what_was_offered_is_right(circle: Circle) -> None:
    question = asked(circle, marked(circle, circle.add()))
    answered(circle, question, "daniel", Asked.OTHER)
    for who in ("daniel", "karim", "tom", "stranger"):
        with pytest.raises(NotVisible):
            agreed(circle, question, who)
    with acting(circle.coplan, circle.mei) as work:
        proposal = circle.fresh(work)
        row = marks.challenge(work, proposal, question.id)
        commands.withdraw(work, row, proposal, row.version)
        assert (row.state, row.answered_by) == (Asked.TAKEN_BACK, circle.daniel.id)


def test_every_rule_has_a_sentence_a_source_and_a_sureness() -> None:
    assert {one.key for one in mark_rules.rules()} == set(mark_rules.SENTENCES)
    assert all(one.source and one.confidence for one in mark_rules.rules())
