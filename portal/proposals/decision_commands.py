"""The verbs of decisions: ask a question, add options and views, say who decides, decide, look at it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.people.model import Client
from portal.proposals import decision_queries as queries, talk_events
from portal.proposals.decision_model import (
    Decision,
    DecisionAct,
    DecisionOption,
    DecisionView,
    Level,
    Method,
)
from portal.proposals.model import Feeling
from portal.work import NotVisible, Refusal, Work, command

MOST_OPTIONS = 8


@dataclass(frozen=True)
class Decided:
    """What was decided, how, who sees it otherwise, and when it is looked at again."""

    outcome: str
    method: Method
    dissent: str = ""
    review_on: date | None = None


@command(Resource.DRAFT, Action.COMMENT)
def ask(
    work: Work,
    client: Client,
    question: str,
    options: tuple[str, ...] = (),
    line_key: UUID | None = None,
    goal_id: UUID | None = None,
    meeting_id: UUID | None = None,
) -> Decision:
    """Write down a question with the options there are. The person decides it, unless somebody says why not."""
    made = Decision(
        client_id=client.id,
        question=question,
        line_key=line_key,
        goal_id=goal_id,
        asked_by=work.account_id,
        asked_at=work.now,
        meeting_id=meeting_id,
    )
    work.session.add(made)
    work.session.flush()
    for position, text in enumerate(filter(None, options), 1):
        _add(work, made, text, position)
    work.record(talk_events.QuestionAsked(client_id=client.id, subject=made.id))
    return made


def _add(work: Work, decision: Decision, text: str, position: int) -> DecisionOption:
    if position > MOST_OPTIONS:
        raise Refusal(words("There is room for {most} options.", most=MOST_OPTIONS), "text")
    option = DecisionOption(
        client_id=decision.client_id, decision_id=decision.id, position=position, text=text, added_by=work.account_id
    )
    work.session.add(option)
    work.session.flush()
    return option


@command(Resource.DRAFT, Action.COMMENT)
def add_option(work: Work, decision: Decision, text: str) -> DecisionOption:
    """Add something else that could be decided."""
    decision.must(DecisionAct.TALK)
    option = _add(work, decision, text, len(queries.options(work, decision)) + 1)
    work.record(talk_events.QuestionTalkedAbout(client_id=decision.client_id, subject=decision.id))
    return option


@command(Resource.DRAFT, Action.COMMENT)
def view(work: Work, decision: Decision, option: DecisionOption, feeling: Feeling, text: str, whose: str = "") -> None:
    """Say how one sees an option, or how somebody without an account does, in their words; a newer view replaces it."""
    decision.must(DecisionAct.TALK)
    if work.account_id is None:
        raise NotVisible
    mine = queries.own_view(work, option, whose)
    if mine is None:
        mine = DecisionView(
            client_id=decision.client_id,
            decision_id=decision.id,
            option_id=option.id,
            account_id=work.account_id,
            whose=whose,
        )
        work.session.add(mine)
    mine.feeling, mine.text, mine.said_at = feeling, text, work.now
    work.session.flush()
    work.record(talk_events.QuestionTalkedAbout(client_id=decision.client_id, subject=decision.id))


@command(Resource.DRAFT, Action.WRITE)
def set_level(work: Work, decision: Decision, level: Level, reason: str) -> None:
    """Say who decides, as far as one may say so."""
    decision.must(DecisionAct.TALK)
    if level not in decision.levels(decides=work.can(Resource.DRAFT, Action.APPROVE, decision.client_id)):
        raise Refusal(words("Only the person whose plan it is can leave this decision to others."), "level")
    if level is not Level.CLIENT and not reason:
        raise Refusal(words("Say why it is not the person alone who decides."), "reason")
    decision.level, decision.level_reason = level, reason if level is not Level.CLIENT else ""
    work.record(talk_events.QuestionTalkedAbout(client_id=decision.client_id, subject=decision.id))


@command(Resource.DRAFT, Action.WRITE)
def decide(
    work: Work,
    decision: Decision,
    chosen: DecisionOption | None,
    outcome: str,
    method: Method,
    dissent: str,
    review_on: date | None,
) -> None:
    """Write down what was decided, how, and who sees it otherwise. What the person decides, only who may decides."""
    then = decision.must(DecisionAct.DECIDE)
    if decision.level in (Level.CLIENT, Level.TOGETHER) and not work.can(
        Resource.DRAFT, Action.APPROVE, decision.client_id
    ):
        raise NotVisible
    if chosen is None and not outcome:
        raise Refusal(words("Choose an option, or say what was decided."), "outcome")
    decision.state, decision.method, decision.chosen_id = then, method, chosen.id if chosen else None
    decision.outcome, decision.dissent, decision.review_on = outcome, dissent, review_on
    decision.decided_by, decision.decided_at = work.account_id, work.now
    work.record(talk_events.Decided(client_id=decision.client_id, subject=decision.id, review_on=review_on))


@command(Resource.DRAFT, Action.WRITE)
def write_down(
    work: Work, client: Client, meeting_id: UUID, question: str, said: Decided, level: Level, reason: str
) -> Decision:
    """Write down what was decided at a meeting. From whoever may not decide it waits for the yes of the person."""
    if not work.can(Resource.DRAFT, Action.APPROVE, client.id):
        made = ask(work, client, question, (said.outcome,), meeting_id=meeting_id)
        made.method, made.dissent, made.review_on = said.method, said.dissent, said.review_on
        return made
    made = ask(work, client, question, meeting_id=meeting_id)
    set_level(work, made, level, reason)
    decide(work, made, None, said.outcome, said.method, said.dissent, said.review_on)
    return made


@command(Resource.DRAFT, Action.APPROVE)
def drop(work: Work, decision: Decision) -> None:
    """Put a question away without deciding it."""
    decision.state = decision.must(DecisionAct.DROP)
    work.record(talk_events.QuestionDropped(client_id=decision.client_id, subject=decision.id))


@command(Resource.DRAFT, Action.COMMENT)
def look_again(work: Work, decision: Decision, client: Client) -> Decision:
    """Open the question again as a new one with the same options; what was decided stays, and holds till then."""
    decision.state = decision.must(DecisionAct.AGAIN)
    made = Decision(
        client_id=client.id,
        question=decision.question,
        level=decision.level,
        level_reason=decision.level_reason,
        line_key=decision.line_key,
        goal_id=decision.goal_id,
        asked_by=work.account_id,
        asked_at=work.now,
        follows_id=decision.id,
    )
    work.session.add(made)
    work.session.flush()
    for option in queries.options(work, decision):
        _add(work, made, option.text, option.position)
    work.record(talk_events.DecisionAgain(client_id=client.id, subject=made.id))
    return made
