"""Saying that something was done that an agreement asks for by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from agreements import day_commands, day_queries, queries
from agreements.pages import WRITE, agreement
from budgeting.words import words
from portal.site import forms
from portal.site.page import Stay
from portal.site.routing import post
from portal.work import Work

DAYS = "/people/{client_id:uuid}/agreements/{agreement_id:uuid}/days"


@dataclass(frozen=True)
class DoneForm:
    what: str = forms.text(40)
    due: date = forms.day()
    done_on: date = forms.day()


@post(DAYS, access=WRITE, form=DoneForm, view=agreement)
def done(work: Work, form: DoneForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """It was done on a day."""
    found = queries.one(work, client_id, agreement_id)
    day_commands.note_done(work, found, form.what, form.due, form.done_on)
    return Stay(words("Saved."))


@post(DAYS + "/{done_id:uuid}/again", access=WRITE, view=agreement)
def again(work: Work, client_id: UUID, agreement_id: UUID, done_id: UUID) -> Stay:
    """It is to be done after all."""
    found = queries.one(work, client_id, agreement_id)
    day_commands.take_back(work, day_queries.one(work, found, done_id), found)
    return Stay(words("Undone."))
