"""What is to be done: by whom, until when; done, later with a reason, or not needed any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.accounts.queries import called
from portal.language import show
from portal.meetings import follow_up_commands as commands, queries
from portal.meetings.follow_up_commands import ToDo
from portal.meetings.follow_up_model import FollowUp
from portal.meetings.pages import DECIDE, READ, TALK, may
from portal.meetings.states import FollowUpAct, FollowUpState
from portal.people import queries as people
from portal.proposals import queries as proposals
from portal.site import forms
from portal.site.page import Asked, Stay, View
from portal.site.routing import get, post
from portal.work import Work

HOME = "/people/{client_id:uuid}/follow-ups"
ONE = HOME + "/{follow_up_id:uuid}"
STATES: dict[FollowUpState, tuple[str, Words]] = {
    FollowUpState.SUGGESTED: ("wait", words("Waits for a yes")),
    FollowUpState.OPEN: ("", words("To be done")),
    FollowUpState.LATER_ASKED: ("wait", words("More time is asked for")),
    FollowUpState.DONE: ("ok", words("Done")),
    FollowUpState.DROPPED: ("", words("Not needed any more")),
}


@get(HOME, access=READ)
def follow_ups(work: Work, asked: Asked, client_id: UUID) -> View:
    """Everything that is to be done, and adding to it."""
    client = people.client(work, client_id)
    rows = queries.follow_ups(work, client)
    names = called(work, [one.owner_id for one in rows])
    today, said = work.today(client), may(work, client)
    cards = [_card(work, one, names, today) for one in rows]
    values: dict[str, Any] = {
        **said,
        "waiting": [one for one in cards if one["row"].state in (*queries.WAITING, FollowUpState.SUGGESTED)],
        "ended": [one for one in cards if one["row"].state in (FollowUpState.DONE, FollowUpState.DROPPED)],
        "owners": [(str(one), show(name)) for one, name in queries.who_is_there(work, client)],
        "about": _about(asked),
        "today": today.isoformat(),
        "base": f"/people/{client.id}",
    }
    return View("meetings/follow_ups.html", values, fragment="meetings/_follow_ups.html", client=client)


def _about(asked: Asked) -> dict[str, str]:
    """Where it is agreed, as the page that led here said; whether it is theirs is looked at when it is sent."""
    for kind in ("meeting", "proposal", "look"):
        if kind in asked.query:
            return {"about": kind, "about_id": asked.query[kind][:36]}
    return {"about": "", "about_id": ""}


def _card(work: Work, row: FollowUp, names: dict[UUID, Name] | Any, today: date) -> dict[str, Any]:
    kind, text = STATES[row.state]
    late = row.due < today and row.state in queries.WAITING
    where = {
        "meeting": (words("Agreed at a meeting"), f"/people/{row.client_id}/meetings/{row.about_id}"),
        "proposal": (words("Agreed about a draft"), f"/people/{row.client_id}/proposals/{row.about_id}"),
        "look": (words("Agreed when it was looked at again"), f"/people/{row.client_id}/looks/{row.about_id}"),
    }.get(row.about)
    return {
        "row": row,
        "owner": names.get(row.owner_id, Name(row.owner_name)) if row.owner_id else Name(row.owner_name),
        "kind": "warn" if late else kind,
        "text": words("Its day has passed") if late else text,
        "where": where,
        "may_finish": row.permits(FollowUpAct.FINISH)
        and (row.owner_id == work.account_id or work.can(*DECIDE, row.client_id)),
        "asks": row.permits(FollowUpAct.ASK_LATER),
    }


@dataclass(frozen=True)
class NewForm:
    what: str = forms.text(500)
    owner: str = forms.text(40, required=False)
    owner_name: str = forms.text(120, required=False)
    due: date = forms.day()
    about: str = forms.one_of(("", "meeting", "proposal", "look"), required=False)
    about_id: UUID | None = forms.record_id(required=False)


@post(HOME, access=TALK, form=NewForm, view=follow_ups)
def add(work: Work, form: NewForm, client_id: UUID) -> Stay:
    """Agree on something to be done."""
    client = people.client(work, client_id)
    if form.about == "meeting" and form.about_id:
        queries.meeting(work, client, form.about_id)
    if form.about == "proposal" and form.about_id:
        proposals.proposal(work, client, form.about_id)
    known = {str(one): one for one, _name in queries.who_is_there(work, client)}
    owner = known.get(form.owner)
    told = ToDo(form.what, form.due, owner, "" if owner else form.owner_name, form.about, form.about_id)
    row = commands.agree_on(work, client, told)
    if row.state is FollowUpState.SUGGESTED:
        return Stay(words("Written down. It counts once the person says yes."))
    return Stay(words("Agreed. Both sides are reminded before the day."))


@dataclass(frozen=True)
class MoveForm:
    act: str = forms.one_of(("finish", "later", "yes", "allow", "keep", "drop", "again"))
    ended: str = forms.text(600, required=False)
    until: date | None = forms.day(required=False)
    why: str = forms.text(600, required=False)
    version: int = forms.version()


@post(ONE, access=READ, form=MoveForm, view=follow_ups)
def move(work: Work, form: MoveForm, client_id: UUID, follow_up_id: UUID) -> Stay:
    """Done, later, agreed, not needed any more; who may do which is looked at by each verb."""
    row = queries.follow_up(work, people.client(work, client_id), follow_up_id)
    row.expect(form.version)
    match form.act:
        case "finish":
            commands.finish(work, row, form.ended)
        case "later":
            _later(work, row, form)
        case "yes":
            commands.agree(work, row)
        case "allow" | "keep":
            commands.answer_later(work, row, yes=form.act == "allow")
        case "again":
            commands.open_again(work, row)
        case _:
            commands.drop(work, row, form.ended)
    return Stay(words("Saved."))


def _later(work: Work, row: FollowUp, form: MoveForm) -> None:
    errors = {name: forms.REQUIRED for name, told in (("until", form.until), ("why", form.why)) if not told}
    if errors or form.until is None:
        raise forms.FieldErrors(errors)
    commands.ask_later(work, row, form.until, form.why)
