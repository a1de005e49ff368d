"""The pages of decisions: what is to be decided and what was, with options, everybody's view, method and dissent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.goals import queries as goals
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import decision_commands as commands, decision_queries as queries
from portal.proposals.decision_model import Decision, DecisionState, DecisionView, Level, Method
from portal.proposals.model import Feeling
from portal.proposals.pages import DECIDE, READ, WRITE
from portal.proposals.queries import people_named
from portal.proposals.talk import FEELINGS
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

HOME = "/people/{client_id:uuid}/decisions"
ONE = HOME + "/{decision_id:uuid}"
AT = HOME + "/at/{meeting_id:uuid}"
SAY = (Resource.DRAFT, Action.COMMENT)
LEVELS: Mapping[Level, Words] = {
    Level.CLIENT: words("The person decides"),
    Level.TOGETHER: words("We decide together"),
    Level.ASK: words("The person is asked before it is decided"),
    Level.INFORM: words("The person is told what was decided"),
}
METHODS: Mapping[Method, Words] = {
    Method.CHOSE: words("The person chose"),
    Method.TALKED: words("We talked until everybody could live with it"),
    Method.WEIGHED: words("We weighed what speaks for and against each"),
    Method.TRIED: words("We tried it out first"),
    Method.RULE: words("A rule leaves no choice"),
}
STATES: Mapping[DecisionState, tuple[str, Words]] = {
    DecisionState.OPEN: ("wait", words("To be decided")),
    DecisionState.DECIDED: ("ok", words("Decided")),
    DecisionState.AGAIN: ("", words("Looked at again since")),
    DecisionState.DROPPED: ("", words("Put away")),
}
REVIEW = timedelta(days=90)  # what the form begins with


@get(HOME, access=READ)
def decisions(work: Work, client_id: UUID) -> View:
    """Every question and decision of this client, and how to write one down."""
    client = people.client(work, client_id)
    lines = queries.lines_by_key(work, client)
    rows = queries.decisions(work, client)
    values = {
        "rows": _rows(work, rows),
        "line_options": [(str(key), name) for key, (name, _href) in lines.items()],
        "goal_options": [(str(one), text) for one, text in goals.agreed(work, client)],
        "may_say": work.can(*SAY, client.id),
        "base": f"/people/{client.id}/decisions",
    }
    return View("proposals/decisions.html", values, client=client)


def _rows(work: Work, found: Sequence[Decision]) -> list[Mapping[str, Any]]:
    chosen = queries.chosen(work, found)
    return [{**_row(one), "chosen": chosen.get(one.chosen_id) if one.chosen_id else None} for one in found]


def _row(one: Decision) -> Mapping[str, Any]:
    look, state = STATES[one.state]
    return {
        "id": one.id,
        "question": one.question,
        "look": look,
        "state": show(state),
        "level": show(LEVELS[one.level]),
        "outcome": one.outcome,
        "review_on": show(one.review_on) if one.review_on and one.state is DecisionState.DECIDED else None,
    }


@dataclass(frozen=True)
class AskForm:
    question: str = forms.text(400)
    first: str = forms.text(400, required=False)
    second: str = forms.text(400, required=False)
    third: str = forms.text(400, required=False)
    line: UUID | None = forms.record_id(required=False)
    goal: UUID | None = forms.record_id(required=False)


@post(HOME, access=SAY, form=AskForm, view=decisions)
def ask(work: Work, form: AskForm, client_id: UUID) -> Go:
    """Write down a question with its options."""
    client = people.client(work, client_id)
    if form.line and form.line not in queries.lines_by_key(work, client):
        raise Refusal(words("Choose one of the answers."), "line")
    if form.goal and form.goal not in {one for one, _text in goals.agreed(work, client)}:
        raise Refusal(words("Choose one of the answers."), "goal")
    made = commands.ask(work, client, form.question, (form.first, form.second, form.third), form.line, form.goal)
    return Go(f"/people/{client.id}/decisions/{made.id}", words("Written down. Everybody can say how they see it."))


@get(AT, access=READ)
def at_meeting(work: Work, client_id: UUID, meeting_id: UUID) -> View:
    """What was decided at one meeting, and writing it down."""
    client = people.client(work, client_id)
    decides = work.can(*DECIDE, client.id)
    values = {
        "title": show(queries.meeting(work, client, meeting_id)),
        "meeting_id": meeting_id,
        "rows": _rows(work, queries.of_meeting(work, client, meeting_id)),
        "may_write": work.can(*WRITE, client.id),
        "decides": decides,
        "person": show(Name(client.name)),
        "levels": [(each.value, show(text)) for each, text in LEVELS.items()],
        "methods": [(each.value, show(text)) for each, text in METHODS.items()],
        "base": f"/people/{client.id}/decisions",
    }
    return View("proposals/decided_at.html", values, client=client)


@dataclass(frozen=True)
class WrittenForm:
    question: str = forms.text(400)
    outcome: str = forms.text(400)
    level: Level | None = forms.choice(Level, required=False)
    reason: str = forms.text(1000, required=False)
    method: Method = forms.choice(Method)
    dissent: str = forms.text(2000, required=False)
    review_on: date | None = forms.day(required=False)


@post(AT, access=WRITE, form=WrittenForm, view=at_meeting)
def write_down(work: Work, form: WrittenForm, client_id: UUID, meeting_id: UUID) -> Stay:
    """Write down what was decided at a meeting."""
    client = people.client(work, client_id)
    queries.meeting(work, client, meeting_id)
    said = commands.Decided(form.outcome, form.method, form.dissent, form.review_on)
    made = commands.write_down(work, client, meeting_id, form.question, said, form.level or Level.CLIENT, form.reason)
    if made.state is DecisionState.OPEN:
        return Stay(words("Written down. It counts once the person says yes."))
    return Stay(words("Written down."))


def _found(work: Work, client_id: UUID, decision_id: UUID) -> tuple[Client, Decision]:
    client = people.client(work, client_id)
    return client, queries.decision(work, client, decision_id)


@get(ONE, access=READ)
def decision(work: Work, client_id: UUID, decision_id: UUID) -> View:
    """One question: who decides at the top, the options with every view, and what was decided."""
    client, one = _found(work, client_id, decision_id)
    views, options = queries.views(work, one), queries.options(work, one)
    said = [each for found in views.values() for each in found]
    names = people_named(
        work, [each.account_id for each in said] + [each.added_by for each in options] + [one.decided_by]
    )
    decides = work.can(*DECIDE, client.id)
    open_now, levels = one.state is DecisionState.OPEN, one.levels(decides=decides)
    line = queries.lines_by_key(work, client).get(one.line_key) if one.line_key else None
    goal = goals.texts(work, client).get(one.goal_id) if one.goal_id else None
    chosen = next((each.text for each in options if each.id == one.chosen_id), None)
    values = {
        **_row(one),
        "one": one,
        "meeting": show(queries.meeting(work, client, one.meeting_id)) if one.meeting_id else None,
        "level_reason": one.level_reason,
        "options": [
            {
                "id": each.id,
                "text": each.text,
                "chosen": each.id == one.chosen_id,
                "added_by": show(Name(names[each.added_by])) if each.added_by else None,
                "views": _views(views.get(each.id, ()), names),
            }
            for each in options
        ],
        "line": line,
        "goal": goal,
        "chosen": chosen,
        "method": show(METHODS[one.method]) if one.method else None,
        "decided_by": show(Name(names.get(one.decided_by, ""))) if one.decided_by else None,
        "decided_at": show(one.decided_at) if one.decided_at else None,
        "may_say": open_now and work.can(*SAY, client.id),
        "may_level": open_now and work.can(*WRITE, client.id) and len(levels) > 1,
        "may_decide": open_now
        and (decides or (one.level in (Level.ASK, Level.INFORM) and work.can(*WRITE, client.id))),
        "decides": open_now and decides,
        "may_again": one.state in (DecisionState.DECIDED, DecisionState.DROPPED) and work.can(*SAY, client.id),
        "levels": [(each.value, show(LEVELS[each])) for each in levels],
        "methods": [(each.value, show(text)) for each, text in METHODS.items()],
        "feelings": [(each.value, show(text)) for each, text in FEELINGS.items()],
        "told": one.method.value if one.method else "chose",
        "only": options[0].id if one.meeting_id and len(options) == 1 else "",
        "review": (one.review_on or work.today(client) + REVIEW).isoformat(),
        "base": f"/people/{client.id}/decisions",
    }
    return View("proposals/decision.html", values, client=client)


def _views(found: Iterable[DecisionView], names: Mapping[UUID, str]) -> list[Mapping[str, Any]]:
    return [
        {
            "who": show(Name(each.whose or names.get(each.account_id, ""))),
            "by": show(Name(names.get(each.account_id, ""))) if each.whose else None,
            "kind": each.feeling.value,
            "feeling": show(FEELINGS[each.feeling]),
            "text": each.text,
        }
        for each in found
    ]


@dataclass(frozen=True)
class OptionForm:
    text: str = forms.text(400)


@post(ONE + "/options", access=SAY, form=OptionForm, view=decision)
def add_option(work: Work, form: OptionForm, client_id: UUID, decision_id: UUID) -> Stay:
    """Add an option."""
    _client, one = _found(work, client_id, decision_id)
    commands.add_option(work, one, form.text)
    return Stay(words("Added."))


@dataclass(frozen=True)
class ViewForm:
    option: UUID = forms.record_id()
    feeling: Feeling = forms.choice(Feeling)
    text: str = forms.text(2000, required=False)
    whose: str = forms.text(120, required=False)


@post(ONE + "/views", access=SAY, form=ViewForm, view=decision)
def say_view(work: Work, form: ViewForm, client_id: UUID, decision_id: UUID) -> Stay:
    """Say how one sees an option."""
    _client, one = _found(work, client_id, decision_id)
    commands.view(work, one, queries.option(work, one, form.option), form.feeling, form.text, form.whose)
    return Stay(words("Kept, word for word."))


@dataclass(frozen=True)
class LevelForm:
    level: Level = forms.choice(Level)
    reason: str = forms.text(1000, required=False)
    version: int = forms.version()


@post(ONE + "/level", access=WRITE, form=LevelForm, view=decision)
def set_level(work: Work, form: LevelForm, client_id: UUID, decision_id: UUID) -> Stay:
    """Say who decides."""
    _client, one = _found(work, client_id, decision_id)
    one.expect(form.version)
    commands.set_level(work, one, form.level, form.reason)
    return Stay(words("Kept. It stands at the top."))


@dataclass(frozen=True)
class DecideForm:
    chosen: UUID | None = forms.record_id(required=False)
    outcome: str = forms.text(2000, required=False)
    method: Method = forms.choice(Method)
    dissent: str = forms.text(2000, required=False)
    review_on: date | None = forms.day(required=False)
    version: int = forms.version()


@post(ONE + "/decide", access=WRITE, form=DecideForm, view=decision)
def decide(work: Work, form: DecideForm, client_id: UUID, decision_id: UUID) -> Stay:
    """Write down what was decided."""
    _client, one = _found(work, client_id, decision_id)
    one.expect(form.version)
    chosen = queries.option(work, one, form.chosen) if form.chosen else None
    commands.decide(work, one, chosen, form.outcome, form.method, form.dissent, form.review_on)
    return Stay(words("Decided, and written down with everybody's view."))


@post(ONE + "/drop", access=DECIDE, view=decision)
def drop(work: Work, client_id: UUID, decision_id: UUID) -> Go:
    """Put a question away."""
    _client, one = _found(work, client_id, decision_id)
    commands.drop(work, one)
    return Go(f"/people/{client_id}/decisions", words("Put away. You can still read it."))


@post(ONE + "/again", access=SAY, view=decision)
def look_again(work: Work, client_id: UUID, decision_id: UUID) -> Go:
    """Look at a decision again."""
    client, one = _found(work, client_id, decision_id)
    made = commands.look_again(work, one, client)
    return Go(f"/people/{client_id}/decisions/{made.id}", words("Open again. What was decided before stays written."))
