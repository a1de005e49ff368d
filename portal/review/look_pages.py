"""Look again: what is not working, who is asked first, what the person says, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import called
from portal.changes import causes
from portal.goals import queries as goals
from portal.goals.model import Goal, GoalState
from portal.goals.queries import shortened
from portal.language import plain, show
from portal.meetings.pages import DECIDE, READ, TALK, may
from portal.meetings.queries import follow_ups
from portal.people import queries as people
from portal.people.model import Client
from portal.plans.queries import provider_names
from portal.review import look_commands as commands, look_queries as queries
from portal.review.look_model import About, Look, LookQuestion
from portal.review.look_states import LOOK, Cause, LookAct, LookState, Outcome
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

HOME = "/people/{client_id:uuid}/looks"
ONE = HOME + "/{look_id:uuid}"
ANSWER = (Resource.REQUEST, Action.WRITE)
CAUSES: Mapping[Cause, Words] = {
    Cause.NOT_WORKING: words("It is not working"),
    Cause.FACT: words("Something is new"),
    Cause.DAY: words("It is time to look at it again"),
}
STATES: Mapping[LookState, tuple[str, Words]] = {
    LookState.ASKING: ("wait", words("Those who do the work are asked")),
    LookState.HEARD: ("info", words("Waits for what the person says")),
    LookState.ENDED: ("ok", words("Looked at")),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.KEEP: words("It stays as it is"),
    Outcome.CHANGE: words("It is to change"),
    Outcome.STOP: words("It is to stop"),
}


@get(HOME, access=READ)
def looks(work: Work, asked: Asked, client_id: UUID) -> View:
    """What was looked at again, and saying that something is not working."""
    client = people.client(work, client_id)
    agreed = queries.plan(work, client)
    named = goals.agreed(work, client)
    values = {
        **may(work, client),
        "looks": [(one, Name(one.what), STATES[one.state], CAUSES[one.cause]) for one in queries.looks(work, client)],
        "choices": [
            *((f"line-{one.id}", show(Name(one.name))) for one in (agreed.lines if agreed else ())),
            *((f"goal-{goal_id}", show(Name(shortened(text)))) for goal_id, text in named),
        ],
        "chosen": asked.query.get("about", ""),
        "causes": [(cause.value, plain(CAUSES[cause])) for cause in (Cause.NOT_WORKING, Cause.FACT)],
        "base": f"/people/{client.id}",
    }
    return View("review/looks.html", values, client=client)


@dataclass(frozen=True)
class OpenForm:
    about: str = forms.text(60)
    cause: Cause = forms.choice(Cause)
    why: str = forms.text(2000, required=False)
    ask: bool = forms.tick()


@post(HOME, access=TALK, form=OpenForm, view=looks)
def open_look(work: Work, form: OpenForm, client_id: UUID) -> Go:
    """Look at a support or a goal again."""
    client = people.client(work, client_id)
    about = _about(work, client, form.about)
    if about is None:
        raise Refusal(words("Choose what it is about."), "about")
    row = commands.open_look(work, client, about, form.cause, form.why, ask=form.ask)
    asked = row.state is LookState.ASKING
    said = words("Opened. Those who do the work are asked first.") if asked else words("Opened.")
    return Go(address(row), said)


def _about(work: Work, client: Client, chosen: str) -> About | None:
    kind, _, key = chosen.partition("-")
    agreed = queries.plan(work, client)
    if kind == "line" and agreed is not None:
        return next((queries.about_line(line) for line in agreed.lines if str(line.id) == key), None)
    if kind == "goal":
        found: list[Goal] = [one for one in goals.goals(work, client) if one.state is GoalState.AGREED]
        return next((queries.about_goal(one, agreed) for one in found if str(one.id) == key), None)
    return None


def address(row: Look) -> str:
    """Where a look is."""
    return f"/people/{row.client_id}/looks/{row.id}"


@get(ONE, access=READ)
def look(work: Work, client_id: UUID, look_id: UUID) -> View:
    """One look: what providers say, what the person says, and what comes of it."""
    client = people.client(work, client_id)
    row = queries.look(work, client, look_id)
    asked = queries.questions(work, row)
    providers = provider_names(work, [one.provider_id for one in asked])
    came = causes.came_of(work, "look", row.id)
    names = called(work, [row.opened_by, row.ended_by, *(one.answered_by for one in asked)])
    values: dict[str, Any] = {
        **may(work, client),
        "row": row,
        "what": Name(row.what),
        "cause": CAUSES[row.cause],
        "state": STATES[row.state],
        "who": names.get(row.opened_by) if row.opened_by else None,
        "questions": [_question(one, providers, names) for one in asked],
        "open": LookAct.SAY in LOOK[row.state],
        "asking": row.state is LookState.ASKING,
        "outcome": OUTCOMES[row.outcome] if row.outcome else None,
        "outcomes": [(one.value, plain(text)) for one, text in OUTCOMES.items()],
        "came": came,
        "coming": not came and queries.change_comes(work, row),
        "may_change": work.can(Resource.CHANGE, Action.WRITE, client.id) and queries.plan(work, client) is not None,
        "follow_ups": follow_ups(work, client, row.id),
        "base": address(row),
        "home": f"/people/{client.id}",
    }
    return View("review/look.html", values, fragment="review/_look.html", client=client)


def _question(one: LookQuestion, providers: Mapping[UUID, Name], names: Mapping[UUID, Name]) -> dict[str, Any]:
    there = providers.get(one.provider_id) if one.provider_id else None
    return {
        "row": one,
        "provider": there or Name(one.provider_name),
        "support": Name(one.support),
        "answered": one.answered_at is not None,
        "who": Name(one.spoke_with) if one.spoke_with else names.get(one.answered_by) if one.answered_by else None,
        "by": names.get(one.answered_by) if one.spoke_with and one.answered_by else None,
    }


def found(work: Work, client_id: UUID, look_id: UUID, version: int) -> Look:
    """A look as the form was made from it."""
    row = queries.look(work, people.client(work, client_id), look_id)
    row.expect(version)
    return row


@dataclass(frozen=True)
class ToldForm:
    text: str = forms.text(2000)
    spoke_with: str = forms.text(120)
    version: int = forms.version()


@post(ONE + "/questions/{question_id:uuid}", access=TALK, form=ToldForm, view=look)
def write_down(work: Work, form: ToldForm, client_id: UUID, look_id: UUID, question_id: UUID) -> Stay:
    """What a provider said, written down by somebody else."""
    row = queries.look(work, people.client(work, client_id), look_id)
    one = queries.question(work, row, question_id)
    one.expect(form.version)
    commands.write_down(work, row, one, form.text, form.spoke_with, queries.waits(work, row.id, one.id))
    return Stay(words("Written down, with who said it."))


@post(ONE + "/hear", access=TALK, form=forms.VersionForm, view=look)
def hear(work: Work, form: forms.VersionForm, client_id: UUID, look_id: UUID) -> Stay:
    """Wait for nobody any longer."""
    commands.hear(work, found(work, client_id, look_id, form.version))
    return Stay(words("It goes on without waiting."))


@dataclass(frozen=True)
class ViewForm:
    view: str = forms.text(3000)
    version: int = forms.version()


@post(ONE + "/view", access=DECIDE, form=ViewForm, view=look)
def say(work: Work, form: ViewForm, client_id: UUID, look_id: UUID) -> Stay:
    """The person's own view."""
    commands.say(work, found(work, client_id, look_id, form.version), form.view)
    return Stay(words("Kept, word for word."))


@dataclass(frozen=True)
class EndForm:
    outcome: Outcome = forms.choice(Outcome)
    why: str = forms.text(1000, required=False)
    next_day: date | None = forms.day(required=False)
    draft: bool = forms.tick()
    version: int = forms.version()


@post(ONE + "/end", access=DECIDE, form=EndForm, view=look)
def end(work: Work, form: EndForm, client_id: UUID, look_id: UUID) -> Stay:
    """What comes of it, and when it is looked at again."""
    row = found(work, client_id, look_id, form.version)
    may_draft = form.draft and work.can(Resource.CHANGE, Action.WRITE, client_id)
    commands.end(work, row, form.outcome, form.why, form.next_day, draft=may_draft)
    if row.change_id:
        return Stay(words("Kept. A change is written down for you to edit and send. Nothing has changed yet."))
    return Stay(words("Kept. Nothing changes by itself."))


# For a provider


@get("/asked", access=(Resource.REQUEST, Action.READ))
def asked_of_us(work: Work) -> View:
    """Short questions to the reader's own organisations, each about their own support only."""
    found_here = [
        {"row": one, "whose": name, "support": Name(one.support), "answered": one.answered_at is not None}
        for one, name in queries.asked_of_us(work)
    ]
    return View("review/asked.html", {"questions": found_here}, fragment="review/_asked.html")


@dataclass(frozen=True)
class AnswerForm:
    text: str = forms.text(2000)
    version: int = forms.version()


@post("/asked/{question_id:uuid}", access=ANSWER, form=AnswerForm, view=asked_of_us)
def answer(work: Work, form: AnswerForm, question_id: UUID) -> Stay:
    """A provider says how it goes."""
    one, row = queries.our_question(work, question_id)
    if row.state is LookState.ENDED:
        raise NotVisible
    one.expect(form.version)
    commands.answer(work, one, row, form.text, queries.waits(work, row.id, one.id))
    return Stay(words("Sent. The person reads it before anything is decided."))
