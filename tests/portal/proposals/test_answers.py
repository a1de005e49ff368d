"""A suggestion is answered once, whatever is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given, settings, strategies as st

from portal.proposals.model import ANSWERS, Answer, Suggestion, SuggestionState
from portal.work import Refusal


@settings(max_examples=60)
@given(st.lists(st.sampled_from(Answer), max_size=8))
def test_a_suggestion_is_answered_once_whatever_is_pressed(presses: Sequence[Answer]) -> None:
    one = Suggestion(proposal_id=uuid4(), state=SuggestionState.OPEN)
    now, final = datetime(2026, 7, 1, tzinfo=UTC), 0
    for press in presses:
        before = one.state
        try:
            if press is Answer.PARK:
                one.park(now, uuid4(), now.date() + timedelta(days=1))
            else:
                one.close(press, "", uuid4(), now)
                final += 1
        except Refusal:
            assert one.state is before
            assert not ANSWERS[before]
        else:
            assert ANSWERS[before]
    assert final <= 1
