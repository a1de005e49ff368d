"""Whose idea it was: asked of the client alone, private until shared, and counted by acts and never by words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from portal.app import Coplan
from portal.journal import KINDS, JournalEntry
from portal.proposals import talk_commands, voice_commands as commands, voice_queries as voices
from portal.proposals.model import Line, SuggestionKind
from portal.proposals.voice_model import Idea
from portal.proposals.voices import Act, ActKind, Party, Word, of_hundred, shares
from portal.work import NotVisible
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle

OTHERS = ("nominee", "daniel", "karim", "tom", "stranger")
CANARY = "I go along with it"  # on everybody's page it would be a trace


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def said(circle: Circle, line: Line, idea: Idea = Idea.GOING_ALONG) -> None:
    with acting(circle.coplan, circle.mei) as work:
        commands.answer(work, circle.fresh(work), line.key, idea)


def test_the_client_answers_skips_and_takes_back(person: Person, circle: Circle) -> None:
    shower, _cleaning = circle.add(), circle.add(name="Cleaning")
    mei = signed_in(person, circle.mei).open(f"{circle.address}/voice")
    mei.send(f"idea-of-{shower.key}", press="idea=going_along")
    (chosen,) = mei.page.xpath("//section[@id='voice']//button[@aria-current='true']")
    assert CANARY in chosen.text_content()
    mei.send(f"idea-of-{shower.key}", press="idea=")
    assert not mei.page.xpath("//section[@id='voice']//button[@aria-current='true']")


def test_a_private_answer_leaves_no_trace_for_anybody_else(person: Person, circle: Circle) -> None:
    line = circle.add()
    others = {who: signed_in(person.another(), getattr(circle, who)) for who in OTHERS}
    overview = f"/people/{circle.client.id}"
    before = {who: other.open(overview).text for who, other in others.items()}
    said(circle, line)
    with acting(circle.coplan, circle.mei) as work:
        commands.at_my_word(work, circle.client, circle.karim.id, yes=True)
    for who, other in others.items():
        assert other.open(f"{circle.address}/voice").status == 404
        assert other.open(overview).text == before[who]  # nor in any count
        with reading(circle.coplan, getattr(circle, who)) as work:
            assert voices.at_my_word(work, circle.client) == []
        if who in ("tom", "stranger"):
            continue
        with reading(circle.coplan, getattr(circle, who)) as work:
            assert voices.ideas(work, circle.fresh(work)) == []
        assert "idea" not in other.open(f"{overview}/history").text
        for page in ("", "/since", f"/lines/{line.id}"):
            assert CANARY not in other.open(circle.address + page).text
            assert "/voice" not in other.answer.text
    mails = circle.coplan.settings.mail_folder
    assert not mails.exists() or not list(mails.iterdir())


def test_what_was_answered_is_not_in_the_journal_and_that_it_was_in_no_history(circle: Circle) -> None:
    said(circle, circle.add(), Idea.NOT_MINE)
    with reading(circle.coplan, circle.mei) as work:
        kept = work.session.scalars(select(JournalEntry).where(JournalEntry.kind == "proposals.idea_answered")).all()
    assert [entry.data for entry in kept] == ["{}"]
    assert all(KINDS[f"proposals.{one}"].private for one in ("idea_answered", "ideas_kept", "word_given"))


def test_shared_answers_are_seen_until_they_are_not_shared_any_more(person: Person, circle: Circle) -> None:
    shower, cleaning = circle.add(), circle.add(name="Cleaning")
    said(circle, shower)
    with acting(circle.coplan, circle.mei) as work:
        commands.share(work, circle.fresh(work))
    said(circle, cleaning, Idea.NOT_MINE)  # answered later: private again
    daniel = signed_in(person, circle.daniel).open(f"{circle.address}/voice")
    assert "They go along with it" in daniel.text
    assert "It is not their idea" not in daniel.text
    assert "Who did what" not in daniel.text
    with acting(circle.coplan, circle.mei) as work:
        commands.keep_to_oneself(work, circle.fresh(work))
    assert daniel.open(f"{circle.address}/voice").status == 404


def test_nobody_answers_in_the_place_of_the_client_whatever_their_authority(circle: Circle) -> None:
    line = circle.add()
    for account in (getattr(circle, who) for who in OTHERS):
        with pytest.raises(NotVisible), acting(circle.coplan, account) as work:
            commands.answer(work, circle.proposal, line.key, Idea.MINE)
        with pytest.raises(NotVisible), acting(circle.coplan, account) as work:
            commands.at_my_word(work, circle.client, circle.karim.id, yes=True)


def test_decisions_are_the_clients_and_a_suggested_support_was_brought_in_by_whoever_thought_of_it(
    person: Person, circle: Circle
) -> None:
    circle.add()
    with acting(circle.coplan, circle.daniel) as work:
        terms = circle.terms(name="Cleaning")
        made = talk_commands.suggest(work, circle.fresh(work), SuggestionKind.ADD, None, terms, "")
    assert made is not None
    circle.say_yes_to(circle.mei, made)
    with reading(circle.coplan, circle.mei) as work:
        acts, parties = voices.acts(work, circle.client, circle.fresh(work)), voices.parties(work, circle.client)
    counted = shares(acts, parties)
    assert counted[ActKind.BROUGHT_IN] == {Party.CLIENT: 1, Party.FAMILY: 0, Party.STAFF: 1, Party.PROVIDER: 0}
    assert counted[ActKind.DECIDED][Party.CLIENT] == 1
    mei = signed_in(person, circle.mei).open(f"{circle.address}/voice")
    assert "Of the decisions so far" in mei.text
    assert "You: 100% (1 of 1)" in mei.page.text_content()


# counting

START = datetime(2026, 7, 1, tzinfo=UTC)
PEOPLE = [uuid5(UUID(int=1), str(number)) for number in range(4)]
THINGS = [uuid5(UUID(int=2), str(number)) for number in range(5)]
KNOWN = dict(zip(PEOPLE, Party, strict=True))
acts = st.lists(
    st.builds(
        Act,
        st.sampled_from(ActKind),
        st.sampled_from(THINGS),
        st.sampled_from(PEOPLE),
        st.integers(0, 100).map(lambda minutes: START + timedelta(minutes=minutes)),
    ),
    max_size=12,
)


@given(acts, st.integers(1, 5))
def test_whoever_presses_more_often_or_types_longer_does_not_count_for_more(done: list[Act], times: int) -> None:
    assert shares(done * times, KNOWN) == shares(done, KNOWN)
    assert shares(list(reversed(done)), KNOWN) == shares(done, KNOWN)


@given(st.dictionaries(st.sampled_from(Party), st.integers(0, 40)))
def test_the_shares_of_all_parties_are_a_hundred_together_and_more_decisions_are_never_less(
    decided: dict[Party, int],
) -> None:
    found = of_hundred(decided)
    assert sum(found.values()) == (100 if any(decided.values()) else 0)
    for one, share in found.items():
        assert all(share >= found[other] for other in decided if decided[one] > decided[other])
        assert abs(share * sum(decided.values()) - 100 * decided[one]) < max(sum(decided.values()), 1)


@given(acts)
def test_what_somebody_does_at_the_clients_word_is_the_clients(done: list[Act]) -> None:
    words = [Word(one, START, None) for one in PEOPLE if KNOWN[one] is not Party.CLIENT]
    counted = shares(done, KNOWN, words)
    for kind in ActKind:
        assert counted[kind][Party.CLIENT] == len({act.subject for act in done if act.kind is kind})
        assert not any(number for party, number in counted[kind].items() if party is not Party.CLIENT)


@given(acts, st.integers(0, 100))
def test_a_word_counts_only_from_when_it_was_given_until_it_was_taken_back(done: list[Act], minutes: int) -> None:
    at = START + timedelta(minutes=minutes)
    assert shares(done, KNOWN, [Word(PEOPLE[1], at, at)]) == shares(done, KNOWN)
