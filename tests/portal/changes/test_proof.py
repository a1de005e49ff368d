"""Whatever people do, in whatever order: nothing holds without every yes it needs, too early, or in silence."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from portal.access.table import Relationship
from portal.bench import authorising
from portal.bench.authorising import FIRST, explore
from portal.changes.engine import Days, Vote, all_agreed, follows, is_waited_for, may_begin, still_agreed
from portal.changes.states import ACTS, ANSWERS, GIVEN_MOVES, MOVES, REFUSED, Act, AtOnce, Given, Matter, RequestState

PARTIES = (Relationship.CLIENT, Relationship.AUTHORITY, Relationship.PROVIDER, Relationship.LEAD)
votes = st.lists(
    st.builds(
        Vote,
        st.sampled_from(PARTIES),
        st.sampled_from(Given),
        st.just(False),
        st.booleans(),
        st.sampled_from(AtOnce),
        st.booleans(),
    ),
    max_size=6,
)


@pytest.mark.parametrize("seed", [1, 50_000])
def test_thousands_of_random_acts_break_no_promise(seed: int) -> None:
    assert explore(6_000, seed) > 20


@given(votes)
@settings(max_examples=200)
def test_a_no_of_anybody_who_is_asked_stops_it(found: list[Vote]) -> None:
    if any(vote.given in REFUSED for vote in found):
        assert not all_agreed(found)
        assert not may_begin(found)


@given(votes)
@settings(max_examples=200)
def test_silence_is_never_a_yes_whoever_is_silent(found: list[Vote]) -> None:
    silent = [vote for vote in found if vote.given is Given.WAITING and not vote.several]
    if any(vote.party is not Relationship.CLIENT for vote in silent):
        assert not all_agreed(found)


@given(votes)
@settings(max_examples=200)
def test_what_everybody_agreed_to_could_have_begun_too(found: list[Vote]) -> None:
    now = [vote for vote in found if vote.at_once is AtOnce.NOW and vote.several and not vote.yes]
    if all_agreed(found) and not now:
        assert may_begin([vote for vote in found if vote.yes])


@given(votes, st.sampled_from(RequestState), st.booleans(), st.integers(-3, 3), st.integers(0, 40))
@settings(max_examples=300)
def test_a_change_goes_only_the_ways_of_its_table_and_never_early(
    found: list[Vote], state: RequestState, urgent: bool, late: int, left: int
) -> None:
    days = Days(FIRST, FIRST - timedelta(days=late), FIRST + timedelta(days=left))
    reached = follows(state, found, days, urgent=urgent)
    if reached is not state:
        assert _leads(state, reached)
        if reached in (RequestState.DONE, RequestState.RUNNING) and state is not RequestState.RUNNING:
            assert late >= 0
    assert follows(reached, found, days, urgent=urgent) is reached


def _leads(first: RequestState, last: RequestState) -> bool:
    return last in MOVES[first] or any(last in MOVES[between] for between in MOVES[first])


def test_every_state_says_what_may_be_done_in_it_and_where_it_leads() -> None:
    assert set(ACTS) == set(MOVES) == set(RequestState)
    assert set(GIVEN_MOVES) == set(Given)
    for state in RequestState:
        if not ACTS[state] - {Act.TELL}:
            assert not MOVES[state], f"{state} is an end"


def test_who_is_told_never_comes_to_have_answered() -> None:
    assert not GIVEN_MOVES[Given.TOLD] & set(ANSWERS)


def _instead(given: Given, *, several: bool) -> Vote:
    return Vote(Relationship.AUTHORITY, given, instead=True, several=several)


def test_one_who_acts_alone_about_the_body_says_no_yes_about_money() -> None:
    mei = Vote(Relationship.CLIENT, Given.AGREED)

    def guardian(given: Given, *matters: Matter) -> Vote:
        return Vote(Relationship.AUTHORITY, given, several=True, matters=frozenset(matters))

    body = guardian(Given.AGREED, Matter.BODY)
    assert not all_agreed([mei, body, guardian(Given.WAITING, Matter.MONEY)])
    assert not all_agreed([mei, body, guardian(Given.WAITING, Matter.BODY, Matter.MONEY)])
    assert all_agreed([mei, body, guardian(Given.WAITING, Matter.BODY)])
    assert all_agreed([mei, body, guardian(Given.AGREED, Matter.MONEY)])


@pytest.mark.parametrize("first, second", list(product((Given.WAITING, Given.AGREED, Given.DECLINED), repeat=2)))
def test_joint_needs_all_several_needs_one_and_a_disagreement_stops_both(first: Given, second: Given) -> None:
    joint = [_instead(first, several=False), _instead(second, several=False)]
    several = [_instead(first, several=True), _instead(second, several=True)]
    refused = Given.DECLINED in (first, second)
    assert all_agreed(joint) is (first is second is Given.AGREED)
    assert all_agreed(several) is (Given.AGREED in (first, second) and not refused)
    waited = [one for one in several if is_waited_for(one, several)]
    assert bool(waited) is (Given.WAITING in (first, second) and Given.AGREED not in (first, second))


@given(
    st.frozensets(st.sampled_from("abcd"), min_size=1),
    st.none() | st.frozensets(st.sampled_from("abcd")),
    st.frozensets(st.sampled_from("abcd")),
)
def test_a_yes_goes_over_to_fewer_lines_only_when_given_to_each(
    before: frozenset[str], apart: frozenset[str] | None, now: frozenset[str]
) -> None:
    if still_agreed(before, apart, now):
        assert now <= before
        assert now == before or (apart is not None and now <= apart)


def test_a_word_on_the_telephone_of_somebody_with_an_account_lets_it_begin_and_not_stay() -> None:
    spoken = [Vote(Relationship.CLIENT, Given.AGREED, spoken=True)]
    assert may_begin(spoken)
    assert not all_agreed(spoken)


def test_the_proof_finds_a_rule_that_would_let_a_yes_go_over_to_other_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorising, "still_agreed", lambda before, agreed, now: True)
    with pytest.raises(AssertionError):
        explore(20_000, 1)


def test_the_proof_finds_a_rule_that_would_forget_the_coordinator(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets(state: RequestState, found: list[Vote], days: Days, *, urgent: bool) -> RequestState:
        return follows(state, [v for v in found if v.party is not Relationship.LEAD], days, urgent=urgent)

    monkeypatch.setattr(authorising, "follows", forgets)
    with pytest.raises(AssertionError):
        explore(20_000, 1)
