"""The verbs of looking again: those who do the work are asked first, then the person decides. No plan changes by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.people.model import Client
from portal.plans import telling
from portal.review import look_events as events
from portal.review.look_model import About, Look, LookQuestion
from portal.review.look_states import Cause, LookAct, LookState, Outcome
from portal.work import Refusal, Work, command, open_command

DRAFT = Resource.DRAFT
LONGEST_AHEAD = timedelta(days=1100)


@command(DRAFT, Action.COMMENT)
def open_look(work: Work, client: Client, about: About, cause: Cause, why: str, *, ask: bool) -> Look:
    """Look at something again; with ``ask`` those who do the work are asked first, each about its own support only."""
    return _open(work, client, about, cause, why, ask=ask)


@open_command
def open_by_day(work: Work, before: Look, client: Client, about: About) -> Look:
    """The day that was agreed has come; for the job alone."""
    before.next_told_on = work.day
    return _open(work, client, about, Cause.DAY, "", ask=True)


def _open(work: Work, client: Client, about: About, cause: Cause, why: str, *, ask: bool) -> Look:
    asked = about.asks if ask else ()
    row = Look(
        client_id=client.id,
        cause=cause,
        line_id=about.line_id,
        goal_id=about.goal_id,
        what=about.what,
        why=why,
        state=LookState.ASKING if asked else LookState.HEARD,
        opened_by=work.account_id,
        opened_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    for provider_id, name, support in asked:
        question = LookQuestion(
            client_id=client.id,
            look_id=row.id,
            provider_id=provider_id,
            provider_name="" if provider_id else name,
            support=support,
            asked_at=work.now,
        )
        work.session.add(question)
        if provider_id:
            work.session.flush()
            to = telling.members(work, provider_id, client.id)
            telling.tell(work, to, f"look-{row.id}", f"/asked#{question.id}")
    work.session.flush()
    work.record(events.LookOpened(client_id=client.id, subject=row.id, cause=cause))
    about_it = telling.holders(work, client.id, telling.SELF) | telling.keepers(work, client.id)
    _tell(work, row, about_it, "opened")
    return row


@command(Resource.REQUEST, Action.WRITE)
def answer(work: Work, question: LookQuestion, look: Look, text: str, waits: int) -> None:
    """A provider says how it goes; ``waits`` is how many other questions of this look are not answered yet."""
    _answered(work, question, look, text, "", waits)


@command(DRAFT, Action.COMMENT)
def write_down(work: Work, look: Look, question: LookQuestion, text: str, spoke_with: str, waits: int) -> None:
    """Write down what a provider said on the telephone, and who said it."""
    if not spoke_with:
        raise Refusal(words("Say who told you."), "spoke_with")
    _answered(work, question, look, text, spoke_with, waits)


def _answered(work: Work, question: LookQuestion, look: Look, text: str, spoke_with: str, waits: int) -> None:
    look.must_permit(LookAct.ANSWER)
    question.answer, question.spoke_with = text, spoke_with
    question.answered_by, question.answered_at = work.account_id, work.now
    work.record(events.LookAnswered(client_id=look.client_id, subject=look.id, recorded=bool(spoke_with)))
    if not waits and look.state is LookState.ASKING:
        look.state = LookState.HEARD
        _tell(work, look, telling.holders(work, look.client_id, telling.SELF), "heard")


@command(DRAFT, Action.COMMENT)
def hear(work: Work, look: Look) -> None:
    """Wait for nobody any longer."""
    look.must_permit(LookAct.HEAR)
    look.state = LookState.HEARD
    work.record(events.LookHeard(client_id=look.client_id, subject=look.id))


@command(DRAFT, Action.APPROVE)
def say(work: Work, look: Look, view: str) -> None:
    """The person's own view, in own words."""
    look.must_permit(LookAct.SAY)
    look.view, look.view_at = view, work.now
    work.record(events.LookViewed(client_id=look.client_id, subject=look.id))


@command(DRAFT, Action.APPROVE)
def end(work: Work, look: Look, outcome: Outcome, why: str, next_day: date | None, *, draft: bool) -> None:
    """Keep it, change it, or stop it; with ``draft`` a change is written down for the person to edit and send.

    ``next_day`` is when it is looked at again, if somebody wants that.
    """
    look.must_permit(LookAct.END)
    if next_day is not None and not work.day < next_day <= work.day + LONGEST_AHEAD:
        raise Refusal(words("Choose a day after today."), "next_day")
    look.state, look.outcome, look.ended_why = LookState.ENDED, outcome, why
    look.ended_by, look.ended_at, look.next_day = work.account_id, work.now, next_day
    work.record(events.LookEnded(client_id=look.client_id, subject=look.id, outcome=outcome, next_day=next_day))
    if draft and outcome is not Outcome.KEEP and work.account_id is not None:
        look.change_id = uuid4()
        work.later(
            "changes.draft_from",
            source="look",
            about=look.id,
            request_id=look.change_id,
            account_id=work.account_id,
        )


def _tell(work: Work, look: Look, accounts: Iterable[UUID], key: str) -> None:
    telling.tell(work, accounts, f"look-{look.id}-{key}", f"/people/{look.client_id}/looks/{look.id}")
