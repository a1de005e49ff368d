"""A provider can be asked before anything is approved: without a name, about its own lines, in rounds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from budgeting.money import Money
from budgeting.package import Weekly
from portal.app import Coplan
from portal.goals import commands as goals
from portal.plans import request_commands, request_queries
from portal.plans.request_commands import Question, Reply
from portal.plans.request_states import ACTS, GIVEN, LIVE, Act, AskState
from portal.proposals import commands, queries as proposals
from portal.proposals.model import Proposal, SuggestionKind
from portal.proposals.particulars import Particulars
from portal.work import NotVisible, Refusal
from tests.builders import acting, an_organisation, reading, signed_in, somebody_at
from tests.person import Person
from tests.portal.changes.asking import days_later
from tests.portal.plans.people import OTHER_SUPPORT, SECRET_NEED, THEIRS, Circle, a_circle

NAME, GOAL = "Canary shower with Mei", "Canary goal"


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def a_draft(circle: Circle) -> Proposal:
    """A draft with a shower that nobody delivers yet, and a line of Northside with its price."""
    with acting(circle.coplan, circle.mei) as work:
        goal = goals.name_goal(work, circle.client, GOAL, "en")
        draft = commands.start(work, circle.client, "Canary title", "ndis", circle.first, circle.first + timedelta(55))
        shower = circle.line(NAME, None, Money(68_00), support="self_care", goal_id=goal.id, need="")
        commands.add_line(work, draft, shower)
        other = circle.line(OTHER_SUPPORT, circle.northside, THEIRS, more=Particulars())
        commands.add_line(work, draft, other)
    return draft


def asked(circle: Circle, draft: Proposal, *names: str, **changes: object) -> UUID:
    """Daniel asks Sunrise about these lines, without a name."""
    with acting(circle.coplan, circle.daniel) as work:
        fresh = proposals.proposal(work, circle.client, draft.id)
        lines = [line for line in proposals.lines(work, fresh) if line.name in names]
        plain = Question(circle.sunrise.id, "", "Parramatta", "Somebody gentle.", False, circle.first + timedelta(7))
        question = replace(plain, **changes)  # type: ignore[arg-type]  # the fields of Question by name
        request = request_commands.prepare(work, circle.client, fresh, lines, question)
        request_commands.send(work, request)
        return request.id


def test_a_provider_reads_only_the_lines_it_is_asked_about_and_no_name(person: Person, circle: Circle) -> None:
    draft = a_draft(circle)
    request = asked(circle, draft, NAME, OTHER_SUPPORT)
    grace = signed_in(person, circle.grace).open("/requests").follow("A person in Parramatta")
    assert "Tuesday and Friday" in grace.text
    assert "$68.00" in grace.text
    for canary in ("Mei", NAME, GOAL, SECRET_NEED, OTHER_SUPPORT, "71.13", "Northside", "Canary", "Daniel"):
        assert canary not in grace.answer.text, canary
    client = f"/people/{circle.client.id}/proposals/{draft.id}"
    for page in (client, f"{client}/requests", f"{client}/requests/{request}", f"{client}/requests/new"):
        assert grace.open(page).status == 404
    owen = signed_in(person.another(), circle.owen)
    assert owen.open(f"/requests/{request}").status == 404
    assert f"/requests/{request}" not in owen.open("/requests").answer.text
    assert signed_in(person.another(), circle.karim).open(f"{client}/requests").status == 404


def test_a_counter_offer_becomes_a_suggestion_that_the_client_answers(person: Person, circle: Circle) -> None:
    draft = a_draft(circle)
    request = asked(circle, draft, NAME)
    grace = signed_in(person.another(), circle.grace).open(f"/requests/{request}")
    grace.send("reply", answer="counter", said="A bit later, please.", stands_until=circle.first + timedelta(14))
    assert grace.status == 422, "there is no other offer yet"
    assert "A bit later, please." in grace.text
    offer = re.search(r'id="(offer-[0-9a-f-]+)"', grace.answer.text)
    assert offer
    grace.open(f"/requests/{request}").send(offer[1], price="69.50", begins="09:30", finishes="11:30")
    assert "What you offer instead" in grace.text
    grace.send("reply", answer="counter", said="A bit later, please.", stands_until=circle.first + timedelta(14))
    place = f"/people/{circle.client.id}/proposals/{draft.id}/requests/{request}"
    mei = signed_in(person, circle.mei).open(place)
    for words in ("Grace Tan", "$69.50", "9:30", "A bit later, please.", "offered something else"):
        assert words in mei.text
    mei.send("take")
    with reading(circle.coplan, circle.mei) as work:
        (made,) = proposals.open_suggestions(work, proposals.proposal(work, circle.client, draft.id))
        (line,) = [one for one in proposals.lines(work, draft) if one.id == made.line_id]
        assert made.suggests is SuggestionKind.CHANGE
        assert made.terms is not None
        assert '"minor":6950' in made.terms
        assert str(circle.sunrise.id) in made.terms
        assert NAME in made.terms, "what the draft calls it stays"
        assert line.price == Money(68_00), "nothing changes before the client says yes"
        assert isinstance(line.schedule, Weekly)
        assert line.schedule.start == time(9)


def test_without_an_account_one_question_takes_one_answer_by_link_or_telephone(person: Person, circle: Circle) -> None:
    draft = a_draft(circle)
    request = asked(circle, draft, NAME, provider_id=None, provider_name="Pat’s help")
    place = f"/people/{circle.client.id}/proposals/{draft.id}/requests/{request}"
    daniel = signed_in(person, circle.daniel).open(place)
    daniel.send("link")
    link = re.search(r"/request/[\w-]+", daniel.text)
    assert link
    stranger, late = person.another().open(link[0]), person.another().open(link[0])
    for canary in ("Mei", "Canary", "Northside", "Daniel"):
        assert canary not in stranger.answer.text
    stranger.send("reply", answer="yes", who="Pat", said="Gladly.", stands_until=circle.first + timedelta(9))
    assert "Thank you" in stranger.text
    late.send("reply", answer="no", who="Somebody", said="Not on Mondays.")
    assert "This link has ended" in late.text
    assert "Not on Mondays." in late.text  # what was typed is not lost
    assert "Pat answered with a one-time link" in daniel.open(place).text
    mei = signed_in(person.another(), circle.mei).open(f"/people/{circle.client.id}")
    assert "Pat’s help answered: yes, as asked." in mei.text, "what lately happened names who answered"
    assert "Someone with a one-time link" in mei.text
    daniel.send("reply", answer="no", spoke_with="Pat", said="She is ill now.")
    assert "Pat said this on the telephone" in daniel.text
    assert "Daniel Okafor wrote it down" in daniel.text


def test_only_the_client_shares_a_name_and_no_words_carry_it_by_mistake(circle: Circle) -> None:
    draft = a_draft(circle)
    with pytest.raises(NotVisible):
        asked(circle, draft, NAME, names_client=True)
    with pytest.raises(Refusal):
        asked(circle, draft, NAME, message="It is for mei CHEN.")
    request = asked(circle, draft, NAME)
    with acting(circle.coplan, circle.mei) as work:
        found = request_queries.of_client(work, draft, request)
        request_commands.share_name(work, found)
        assert request_queries.about(work, found).person is not None


def test_a_closed_question_is_nowhere_for_its_provider_and_an_old_offer_is_not_taken(
    circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft(circle)
    request = asked(circle, draft, NAME)
    with acting(circle.coplan, circle.grace) as work:
        reply = Reply(AskState.YES, "", work.day)
        request_commands.answer(work, request_queries.one_for_us(work, request), reply)
    with days_later(monkeypatch, 1), pytest.raises(Refusal), acting(circle.coplan, circle.mei) as work:
        request_commands.take(work, request_queries.of_client(work, draft, request))
    with acting(circle.coplan, circle.mei) as work:
        request_commands.close(work, request_queries.of_client(work, draft, request))
    with acting(circle.coplan, circle.grace) as work:
        assert not request_queries.for_us(work)


def test_a_provider_that_was_never_in_the_circle_comes_in_by_being_asked_and_sees_nothing_else(
    person: Person, circle: Circle
) -> None:
    with circle.coplan.open_work() as work:
        harbour = an_organisation(work, "Harbour Care")
        ada = somebody_at(work, harbour, "Ada Lee")
    draft = a_draft(circle)
    request = asked(circle, draft, NAME, provider_id=harbour.id)
    page = signed_in(person, ada).open(f"/requests/{request}")
    assert page.status == 200
    for address in ("/", "/briefs", "/progress", "/changes"):
        assert "Mei Chen" not in page.open(address).text
    assert page.open(f"/people/{circle.client.id}").status == 404
    mei = signed_in(person.another(), circle.mei).open(f"/people/{circle.client.id}/providers")
    mei.follow("Its place in the circle Harbour Care").send("remove")
    assert "Asked Harbour Care what it could do, without a name." in mei.text, "the receipt says what they could see"
    assert "Beside the name" not in mei.text


@settings(max_examples=50)
@given(st.lists(st.sampled_from(Act), max_size=12))
def test_whatever_is_done_a_provider_finds_a_question_only_between_sending_and_closing(acts: list[Act]) -> None:
    leads = {
        Act.SEND: AskState.SENT,
        Act.READ: AskState.READ,
        Act.ANSWER: AskState.COUNTER,
        Act.ASK_AGAIN: AskState.SENT,
        Act.TAKE: AskState.TAKEN,
        Act.CLOSE: AskState.CLOSED,
    }
    state, sent, closed = AskState.DRAFT, False, False
    for act in acts:
        if act not in ACTS[state]:
            continue
        if act is Act.TAKE:
            assert state in GIVEN, "only what was offered is taken"
        state, sent, closed = leads[act], sent or act is Act.SEND, closed or act is Act.CLOSE
        assert (state in LIVE) is (sent and not closed)


def test_a_question_and_an_answer_name_all_that_is_missing_at_once(circle: Circle) -> None:
    draft = a_draft(circle)
    with pytest.raises(Refusal) as refused:
        asked(circle, draft, provider_id=None, message="For Mei.", answer_by=circle.first - timedelta(800))
    assert list(refused.value.found) == ["lines", "provider", "answer_by", "message"]
    request_id = asked(circle, draft, NAME)
    with acting(circle.coplan, circle.grace) as work:
        request = request_queries.one_for_us(work, request_id)
        with pytest.raises(Refusal) as refused:
            request_commands.answer(work, request, Reply(AskState.COUNTER, "", None))
    assert list(refused.value.found) == ["answer", "stands_until"]
