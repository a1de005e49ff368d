"""Saying that something was done that an agreement asks for by a day."""

from __future__ import annotations

from uuid import UUID

from agreements import day_commands, queries
from agreements.pages import WRITE, agreement
from budgeting.words import words
from portal.site.forms import DoneForm
from portal.site.page import Stay
from portal.site.routing import post
from portal.work import Work

DAYS = "/people/{client_id:uuid}/agreements/{agreement_id:uuid}/days"


@post(DAYS, access=WRITE, form=DoneForm, view=agreement)
def done(work: Work, form: DoneForm, client_id: UUID, agreement_id: UUID) -> Stay:
    """It was done on a day."""
    found = queries.one(work, client_id, agreement_id)
    day_commands.note_done(work, found, form.key, form.due, form.done_on)
    return Stay(words("Saved."))


@post(DAYS + "/{done_id:uuid}/again", access=WRITE, view=agreement)
def again(work: Work, client_id: UUID, agreement_id: UUID, done_id: UUID) -> Stay:
    """It is to be done after all."""
    day_commands.take_back(work, queries.one(work, client_id, agreement_id), done_id)
    return Stay(words("Undone."))
