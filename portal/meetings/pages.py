"""Meetings: ask for one, set what is talked about, send the papers; and the papers, to read, print or listen to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from markupsafe import Markup

from budgeting.explain.describe import in_one_phrase
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import called
from portal.goals.pages import PROMPTS
from portal.language import choose, plain, show
from portal.meetings import commands, pack, queries
from portal.meetings.commands import MeetingTold
from portal.meetings.model import Content, Meeting
from portal.meetings.states import MeetingAct, MeetingState, PointState
from portal.people import queries as people
from portal.people.model import Client
from portal.people.outside import contacts
from portal.proposals import decision_queries, queries as proposals
from portal.proposals.model import ProposalState
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Column, Later, Table
from portal.work import NotVisible, Work

READ, WRITE = (Resource.DRAFT, Action.READ), (Resource.DRAFT, Action.WRITE)
TALK, DECIDE = (Resource.DRAFT, Action.COMMENT), (Resource.DRAFT, Action.APPROVE)
HOME = "/people/{client_id:uuid}/meetings"
ONE = HOME + "/{meeting_id:uuid}"

CONTENTS: dict[Content, Words] = {
    Content.DRAFT: words("The draft, with its amounts"),
    Content.OPTIONS: words("Scenarios that were shared"),
    Content.QUESTIONS: words("Questions people have prepared and shared"),
    Content.ABOUT: words("What the person said about their life"),
    Content.MONEY: words("What is left of the money"),
    Content.LIBRARY: words("Material from the library that is up to date"),
    Content.ROUTES: words("How to complain, and to whom"),
}
STATES: dict[MeetingState, tuple[str, Words]] = {
    MeetingState.PREPARING: ("wait", words("Being prepared")),
    MeetingState.SENT: ("info", words("The papers were sent")),
    MeetingState.HELD: ("ok", words("Held")),
    MeetingState.CALLED_OFF: ("", words("Called off")),
}


def may(work: Work, client: Client) -> dict[str, Any]:
    """What every page here asks: whose record it is, and what the reader may do."""
    return {
        "own": people.is_own(work, client),
        "person": Name(client.name),
        "decides": work.can(*DECIDE, client.id),
        "writes": work.can(*WRITE, client.id),
        "talks": work.can(*TALK, client.id),
    }


def draft_options(work: Work, client: Client) -> list[tuple[UUID, Markup]]:
    """The drafts and versions a meeting can be about."""
    found = proposals.proposals(work, client)
    return [(one.id, show(Name(one.title))) for one in found if one.state is not ProposalState.CLOSED]


@get(HOME, access=READ)
def meetings(work: Work, client_id: UUID) -> View:
    """Every meeting, and asking for one."""
    client = people.client(work, client_id)
    values = {
        **may(work, client),
        "meetings": [_card(one) for one in queries.meetings(work, client)],
        "drafts": draft_options(work, client),
        "contents": content_options(),
        "chosen": [part.value for part in Content if part is not Content.OPTIONS],
        "told": show(in_one_phrase(names)) if (names := queries.told_of_a_wish(work, client)) else None,
        "base": f"/people/{client.id}",
    }
    return View("meetings/meetings.html", values, client=client)


def content_options() -> list[tuple[str, str]]:
    """What a pack can hold, to choose from."""
    return [(part.value, plain(text)) for part, text in CONTENTS.items()]


def _card(row: Meeting) -> dict[str, Any]:
    kind, text = STATES[row.state]
    return {"id": row.id, "title": Name(row.title), "day": row.day, "at": row.begins_at, "kind": kind, "text": text}


@dataclass(frozen=True)
class MeetingForm:
    title: str = forms.text(120)
    day: date | None = forms.day(required=False)
    begins_at: time | None = forms.clock(required=False)
    place: str = forms.text(200, required=False)
    interpreter: str = forms.text(120, required=False)
    others: str = forms.text(400, required=False)
    proposal: UUID | None = forms.record_id(required=False)
    contents: tuple[str, ...] = forms.some_of([part.value for part in Content])

    def told(self, work: Work, client: Client) -> MeetingTold:
        """What was typed; a draft that is not the client's, or not for the reader, is refused."""
        if self.proposal is not None:
            proposals.proposal(work, client, self.proposal)
        return MeetingTold(
            self.title,
            self.day,
            self.begins_at,
            self.place,
            self.interpreter,
            self.others,
            frozenset(map(Content, self.contents)),
            self.proposal,
        )


@post(HOME, access=TALK, form=MeetingForm, view=meetings)
def ask(work: Work, form: MeetingForm, client_id: UUID) -> Go:
    """Ask for a meeting."""
    client = people.client(work, client_id)
    row = commands.ask(work, client, form.told(work, client))
    return Go(address(row), words("Asked for. Now say what you want to talk about."))


def address(row: Meeting) -> str:
    """Where a meeting is."""
    return f"/people/{row.client_id}/meetings/{row.id}"


@get(ONE, access=READ)
def meeting(work: Work, client_id: UUID, meeting_id: UUID) -> View:
    """One meeting: what is talked about, who comes, the papers, and what was agreed at it."""
    client, row = found(work, client_id, meeting_id)
    kind, text = STATES[row.state]
    points, guests = pack.points(work, row), pack.guests(work, row)
    names = called(work, [one.said_by for one in points])
    values: dict[str, Any] = {
        **may(work, client),
        "row": row,
        "explained_in": choose(row.explained_in).own_name if row.explained_in else None,
        "title": Name(row.title),
        "state": (kind, text),
        "open": row.permits(MeetingAct.CHANGE),
        "points": [(one, names.get(one.said_by)) for one in points if one.state is PointState.ON],
        "suggested": [(one, names.get(one.said_by)) for one in points if one.state is PointState.SUGGESTED],
        "off": [(one, names.get(one.said_by)) for one in points if one.state is PointState.OFF],
        "guests": [Name(name) for name in guests.values()],
        "guest_ids": [str(one) for one in guests],
        "circle": [(str(one), show(name)) for one, name in queries.who_is_there(work, client)],
        "drafts": draft_options(work, client),
        "contents": content_options(),
        "chosen": [part.value for part in Content if part in row.chosen],
        "chosen_words": [CONTENTS[part] for part in Content if part in row.chosen],
        "packs": queries.packs(work, row),
        "follow_ups": queries.follow_ups(work, client, row.id),
        "decided": decision_queries.of_meeting(work, client, row.id),
        "routes": Content.ROUTES in row.chosen,
        "base": address(row),
        "home": f"/people/{client.id}",
    }
    return View("meetings/meeting.html", values, fragment="meetings/_meeting.html", client=client)


def found(work: Work, client_id: UUID, meeting_id: UUID) -> tuple[Client, Meeting]:
    """A meeting of this client that the reader may see."""
    client = people.client(work, client_id)
    return client, queries.meeting(work, client, meeting_id)


@dataclass(frozen=True)
class ChangeForm(MeetingForm):
    guests: tuple[UUID, ...] = forms.record_ids()
    version: int = forms.version()


@post(ONE, access=WRITE, form=ChangeForm, view=meeting)
def change(work: Work, form: ChangeForm, client_id: UUID, meeting_id: UUID) -> Stay:
    """When, where, with whom, and what the papers hold."""
    client, row = found(work, client_id, meeting_id)
    row.expect(form.version)
    commands.change(work, row, form.told(work, client), frozenset(form.guests))
    return Stay(words("Saved."))


@dataclass(frozen=True)
class PointForm:
    text: str = forms.text(600)


@post(ONE + "/points", access=TALK, form=PointForm, view=meeting)
def add_point(work: Work, form: PointForm, client_id: UUID, meeting_id: UUID) -> Stay:
    """Something to talk about."""
    _client, row = found(work, client_id, meeting_id)
    point = commands.add_point(work, row, form.text)
    return Stay(words("On the list.") if point.state is PointState.ON else words("Suggested. The person decides."))


@dataclass(frozen=True)
class AnswerForm:
    answer: str = forms.one_of(("on", "off", "up"))
    version: int = forms.version()


@post(ONE + "/points/{point_id:uuid}", access=DECIDE, form=AnswerForm, view=meeting)
def answer_point(work: Work, form: AnswerForm, client_id: UUID, meeting_id: UUID, point_id: UUID) -> Stay:
    """Put a point on the list, leave it out, or talk about it earlier."""
    _client, row = found(work, client_id, meeting_id)
    point = queries.point(work, row, point_id)
    point.expect(form.version)
    if form.answer == "up":
        commands.move_point(work, point, row)
    else:
        commands.answer_point(work, point, row, on=form.answer == "on")
    return Stay(words("The list is changed."))


@post(ONE + "/want", access=TALK, form=forms.VersionForm, view=meeting)
def want(work: Work, form: forms.VersionForm, client_id: UUID, meeting_id: UUID) -> Stay:
    """Ask for the papers before the meeting."""
    _client, row = found(work, client_id, meeting_id)
    row.expect(form.version)
    commands.want_pack(work, row)
    return Stay(words("Asked for. You are told when the papers are here."))


@post(ONE + "/send", access=WRITE, form=forms.VersionForm, view=meeting)
def send(work: Work, form: forms.VersionForm, client_id: UUID, meeting_id: UUID) -> Go:
    """Freeze the papers and send them."""
    client, row = found(work, client_id, meeting_id)
    row.expect(form.version)
    made = commands.send(work, row, client)
    return Go(f"{address(row)}/papers/{made.number}", words("Sent. This version stays as it is."))


@dataclass(frozen=True)
class HoldForm:
    notes: str = forms.text(6000, required=False)
    end: str = forms.one_of(("held", "off"))
    version: int = forms.version()


@post(ONE + "/end", access=WRITE, form=HoldForm, view=meeting)
def end(work: Work, form: HoldForm, client_id: UUID, meeting_id: UUID) -> Stay:
    """Held, with what was said; or called off."""
    _client, row = found(work, client_id, meeting_id)
    row.expect(form.version)
    if form.end == "held":
        commands.hold(work, row, form.notes)
        return Stay(words("Kept. Now write down what is to be done, by whom and until when."))
    commands.call_off(work, row)
    return Stay(words("Called off. Whoever was invited is told."))


@dataclass(frozen=True)
class ExplainedForm:
    yes: bool = forms.tick()
    version: int = forms.version()


@post(ONE + "/explained", access=DECIDE, form=ExplainedForm, view=meeting)
def explained(work: Work, form: ExplainedForm, asked: Asked, client_id: UUID, meeting_id: UUID) -> Stay:
    """How to complain was explained to me, in my language."""
    _client, row = found(work, client_id, meeting_id)
    row.expect(form.version)
    commands.say_explained(work, row, asked.language.tag, yes=form.yes)
    return Stay(words("Saved."))


@get(ONE + "/papers/{number:int}", access=READ)
def papers(work: Work, client_id: UUID, meeting_id: UUID, number: int) -> View:
    """One version of the papers, as it was sent: to read, to print, or to have read out."""
    client, row = found(work, client_id, meeting_id)
    versions = queries.packs(work, row)
    one = next((each for each in versions if each.number == number), None)
    if one is None:
        raise NotVisible
    shown = pack.opened(work, client, one)
    about = shown.about
    values = {
        **may(work, client),
        "papers": shown,
        "table": Later("supports", IN_IT, lambda: _supports(shown)),
        "number": one.number,
        "newest": versions[0].number,
        "sent": one.sent_at,
        "sent_by": called(work, [one.sent_by]).get(one.sent_by) if one.sent_by else None,
        "code": one.hash,
        "about": [(PROMPTS[prompt][0], about[prompt]) for prompt in PROMPTS if prompt in about] if about else [],
        "contacts": contacts() if shown.routes else (),
        "when": list(_when(shown)),
        "base": address(row),
    }
    return View("meetings/papers.html", values, client=client)


IN_IT = words("Supports in this plan")


def _supports(shown: pack.Papers) -> Table:
    """The draft in the papers, to be taken along as it was sent."""
    heads = (Column(words("Support")), Column(words("Provider")), Column(words("When")), Column(words("Amount"), True))
    rows = [
        (one.name, one.provider if one.provider.text else words("Nobody yet"), one.when, one.amount)
        for one in shown.draft or ()
    ]
    return Table("supports", IN_IT, heads, rows, foot=(words("All supports together"), "", "", shown.amount))


def _when(shown: pack.Papers) -> Iterable[tuple[Words, Any]]:
    known = (
        (words("Day"), shown.day),
        (words("Time"), shown.begins_at),
        (words("Place"), Name(shown.place) if shown.place else None),
        (words("Interpreter"), Name(shown.interpreter) if shown.interpreter else None),
        (words("Also there"), Name(shown.others) if shown.others else None),
    )
    return ((label, value) for label, value in known if value is not None)
