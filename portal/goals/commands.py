"""The verbs of "about me" and goals. Own words are changed by the person or their decision maker, never by staff."""

from __future__ import annotations

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.goals import events
from portal.goals.model import Answer, Goal, GoalState, Prompt
from portal.people.model import Client
from portal.work import Refusal, Work, command


@command(Resource.STORY, Action.WRITE)
def say(work: Work, client: Client, prompt: Prompt, text: str, language: str, before: Answer | None) -> Answer:
    """Keep what the person says to one prompt, word for word; ``before`` is what stood there, already checked."""
    if before is None:
        kept = Answer(
            client_id=client.id, prompt=prompt, text=text, language=language, said_by=work.account_id, said_at=work.now
        )
        work.session.add(kept)
    else:
        kept = before
        if kept.text == text:
            return kept
        kept.text, kept.language, kept.said_by, kept.said_at = text, language, work.account_id, work.now  # type: ignore[assignment]  # routes let in only people who are signed in
    work.session.flush()
    work.record(events.AnswerSaid(client_id=client.id, subject=kept.id))
    return kept


@command(Resource.STORY, Action.COMMENT)
def suggest_wording(work: Work, said: Answer | Goal, wording: str) -> None:
    """Put other words beside the person's own; their own stay as they are."""
    said.wording, said.wording_by = wording, work.account_id
    work.record(events.WordingSuggested(client_id=said.client_id, subject=said.id))


@command(Resource.STORY, Action.WRITE)
def remove_wording(work: Work, said: Answer | Goal) -> None:
    """Take the other words away again."""
    said.wording, said.wording_by = "", None
    work.record(events.WordingRemoved(client_id=said.client_id, subject=said.id))


@command(Resource.STORY, Action.WRITE)
def name_goal(work: Work, client: Client, text: str, language: str) -> Goal:
    """A goal in the person's own words; it counts at once."""
    goal = _new(work, client, text, language, GoalState.AGREED)
    work.record(events.GoalNamed(client_id=client.id, subject=goal.id))
    return goal


@command(Resource.STORY, Action.COMMENT)
def propose_goal(work: Work, client: Client, text: str, language: str) -> Goal:
    """A goal somebody else thinks of; it waits for the person."""
    goal = _new(work, client, text, language, GoalState.PROPOSED)
    work.record(events.GoalProposed(client_id=client.id, subject=goal.id))
    return goal


def _new(work: Work, client: Client, text: str, language: str, state: GoalState) -> Goal:
    goal = Goal(
        client_id=client.id, text=text, language=language, state=state, said_by=work.account_id, said_at=work.now
    )
    work.session.add(goal)
    work.session.flush()
    return goal


@command(Resource.STORY, Action.WRITE)
def accept_goal(work: Work, goal: Goal, text: str, language: str) -> None:
    """Say yes to a proposed goal, as it is or in other words; how it was proposed is kept beside them."""
    goal.must_be(GoalState.PROPOSED)
    changed = bool(text) and text != goal.text
    if changed:
        goal.first_text, goal.text, goal.language = goal.text, text, language
    _answer(work, goal, GoalState.AGREED)
    work.record(events.GoalAccepted(client_id=goal.client_id, subject=goal.id, changed=changed))


@command(Resource.STORY, Action.WRITE)
def decline_goal(work: Work, goal: Goal, reason: str) -> None:
    """Say no to a goal, with a reason if one wants; it is kept, so that nobody asks again without knowing."""
    goal.must_be(GoalState.PROPOSED, GoalState.AGREED)
    goal.answer = reason
    _answer(work, goal, GoalState.DECLINED)
    work.record(events.GoalDeclined(client_id=goal.client_id, subject=goal.id))


@command(Resource.STORY, Action.WRITE)
def reword_goal(work: Work, goal: Goal, text: str, language: str) -> None:
    """Say one's own goal in other words."""
    goal.must_be(GoalState.AGREED)
    if not text:
        raise Refusal(words("Write the goal in your own words."), "text")
    if text == goal.text:
        return
    goal.text, goal.language = text, language
    work.record(events.GoalReworded(client_id=goal.client_id, subject=goal.id))


@command(Resource.STORY, Action.WRITE)
def finish_goal(work: Work, goal: Goal) -> None:
    """A goal that is reached, or no longer wanted."""
    goal.must_be(GoalState.AGREED)
    _answer(work, goal, GoalState.DONE)
    work.record(events.GoalDone(client_id=goal.client_id, subject=goal.id))


def _answer(work: Work, goal: Goal, state: GoalState) -> None:
    goal.state, goal.answered_by, goal.answered_at = state, work.account_id, work.now
