"""What was done towards each goal: read and answered by the client, written by providers and staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts.queries import names as account_names
from portal.goals import queries as goals
from portal.language import markup
from portal.people import queries as people
from portal.people.model import Client
from portal.plans import queries as plans
from portal.plans.model import PlanPart
from portal.plans.narrowed import the_line
from portal.plans.queries import provider_names
from portal.plans.rows import called_support
from portal.progress import commands, queries, rows
from portal.progress.commands import Told
from portal.progress.model import ProgressNote, Went
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Work

SEE = (Resource.PROGRESS, Action.READ)
WRITE = (Resource.PROGRESS, Action.WRITE)
REPLY = (Resource.PROGRESS, Action.COMMENT)


@get("/people/{client_id:uuid}/progress", access=SEE)
def progress(work: Work, client_id: UUID) -> View:
    """Under each goal what was done, by whom, how it went, and what was said beside it."""
    client = people.client(work, client_id)
    own = people.is_own(work, client)
    found = queries.of_client(work, client)
    texts = goals.texts(work, client) if work.can(Resource.STORY, Action.READ, client.id) else {}
    by_goal = _by_goal(work, client, found, texts)

    def looked(noting: Work) -> None:
        commands.note_read(noting, client_id)

    values: dict[str, Any] = {
        "goals": by_goal,
        "own": own,
        "person": Name(client.name),
        "address": f"/people/{client.id}/progress",
        "may_reply": work.can(*REPLY, client.id),
        "may_write": work.can(*WRITE, client.id),
        "choices": [(str(one), text) for one, text in goals.agreed(work, client)] if texts else [],
        "readers": queries.readers(work, client) if own else [],
        **_form(work),
    }
    shown = found and not own
    return View("progress/progress.html", values, client=client, looked=looked if shown else None)


def _form(work: Work) -> dict[str, Any]:
    return {
        "went": [(one.value, markup(rows.WENT[one])) for one in Went],
        "today": work.day.isoformat(),
    }


def _by_goal(
    work: Work, client: Client, found: Sequence[ProgressNote], texts: Any
) -> list[tuple[str | None, list[rows.NoteRow]]]:
    """Notes under their goal in its own words, goals with the latest note first; without a goal at the end."""
    listed = {one.id: one.goal_id for one in found}
    grouped: dict[str | None, list[rows.NoteRow]] = {}
    for row in _rows(work, found, plans.parts(work, client)):
        goal_id = listed[row.id]
        grouped.setdefault(texts.get(goal_id) if goal_id else None, []).append(row)
    return sorted(grouped.items(), key=lambda pair: pair[0] is None)


def _rows(work: Work, found: Sequence[ProgressNote], parts: Sequence[PlanPart]) -> list[rows.NoteRow]:
    replies = queries.replies(work, found)
    spoke = {one.by for one in found} | {reply.by for many in replies.values() for reply in many}
    names = rows.Names(
        account_names(work.session, spoke),
        provider_names(work, [one.organisation_id for one in found]),
        {(part.line_id, the_line(part.content).name): called_support(part) for part in parts},
    )
    return rows.notes(found, replies, names, work.account_id)


@dataclass(frozen=True)
class NoteForm:
    happened_on: date = forms.day()
    done: str = forms.text(2000)
    went: Went = forms.choice(Went)
    how_it_went: str = forms.text(2000, required=False)


@dataclass(frozen=True)
class GoalNoteForm(NoteForm):
    goal: UUID | None = forms.record_id(required=False)


def _told(form: NoteForm) -> Told:
    return Told(form.happened_on, form.done, form.went, form.how_it_went)


@post("/people/{client_id:uuid}/progress", access=WRITE, form=GoalNoteForm, view=progress)
def write(work: Work, form: GoalNoteForm, client_id: UUID) -> Stay:
    """Staff write about a goal."""
    client = people.client(work, client_id)
    goal = goals.goal(work, client, form.goal) if form.goal else None
    commands.write_about_goal(work, client, goal, _told(form))
    return Stay(words("Saved. The person can read it and say something beside it."))


@dataclass(frozen=True)
class ReplyForm:
    text: str = forms.text(2000)
    disagrees: bool = forms.tick()


@post("/people/{client_id:uuid}/progress/{note_id:uuid}/reply", access=REPLY, form=ReplyForm, view=progress)
def reply(work: Work, form: ReplyForm, client_id: UUID, note_id: UUID) -> Stay:
    """The client says something beside a note."""
    found = _of_client(work, client_id, note_id)
    commands.reply(work, found, form.text, form.disagrees)
    return Stay(words("Saved. Your words stay beside this note for as long as the note is kept."))


def _of_client(work: Work, client_id: UUID, note_id: UUID) -> ProgressNote:
    client: Client = people.client(work, client_id)
    return queries.note(work, client, note_id)


@post("/people/{client_id:uuid}/progress/{note_id:uuid}/correct", access=WRITE, form=NoteForm, view=progress)
def correct(work: Work, form: NoteForm, client_id: UUID, note_id: UUID) -> Stay:
    """Staff put a correction beside a note."""
    commands.correct(work, _of_client(work, client_id, note_id), _told(form))
    return Stay(CORRECTED)


CORRECTED = words("Saved beside the note. The note itself stays as it was.")


# For providers


@get("/progress", access=SEE)
def ours(work: Work) -> View:
    """What the reader's organisation delivers now, to write about; and what its people wrote, with the replies."""
    parts = queries.our_parts(work)
    found = queries.ours(work)
    names = queries.client_names(work, {*(one.client_id for one in parts), *(one.client_id for one in found)})
    goals_of = {one.goal_id: one for one in queries.served(work, parts)}
    for_goals = [(str(key), markup(_for_goal(names[one.part.client_id], one.text))) for key, one in goals_of.items()]
    whose: dict[UUID, Words | Name] = {
        one.id: _for_goal(names[one.client_id], goals_of[one.goal_id].text)
        if one.goal_id in goals_of and not one.line_id
        else names[one.client_id]
        for one in found
    }
    values = {
        "parts": [
            *for_goals,
            *((str(one.id), markup(_of(names[one.client_id], the_line(one.content).name))) for one in parts),
        ],
        "goals": bool(for_goals),
        "notes": [(whose[row.id], row) for row in _rows(work, found, parts)],
        **_form(work),
    }
    return View("progress/ours.html", values)


def _of(name: Name, what: str) -> Words:
    """A support after the name of whose it is."""
    return words("{name}: {support}", name=name, support=Name(what))


def _for_goal(name: Name, goal: str) -> Words:
    """A goal in its own words after the name of whose it is."""
    return words("{name}, for the goal “{goal}”", name=name, goal=Name(goal))


@dataclass(frozen=True)
class PartNoteForm(NoteForm):
    part: UUID = forms.record_id()  #: a part, or a goal that it serves


@post("/progress", access=WRITE, form=PartNoteForm, view=ours)
def write_ours(work: Work, form: PartNoteForm) -> Stay:
    """Somebody of the provider writes about a support it delivers, or a goal that is shown to it."""
    goal = [one.part for one in queries.served(work, queries.our_parts(work)) if one.goal_id == form.part]
    part = goal[0] if goal else queries.our_part(work, form.part)
    commands.write_about_part(work, part, _told(form), whole_goal=bool(goal))
    return Stay(words("Saved. The person can read it and say something beside it."))


@post("/progress/{note_id:uuid}/correct", access=WRITE, form=NoteForm, view=ours)
def correct_ours(work: Work, form: NoteForm, note_id: UUID) -> Stay:
    """A correction beside a note of one's own organisation."""
    commands.correct(work, queries.our_note(work, note_id), _told(form))
    return Stay(CORRECTED)
