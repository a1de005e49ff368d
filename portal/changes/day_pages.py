"""Saying that something was done that is due after a change has left a provider."""

from __future__ import annotations

from uuid import UUID

from budgeting.words import words
from portal.changes import day_commands, queries
from portal.changes.pages import AGREE, change
from portal.site.forms import DoneForm
from portal.site.page import Stay
from portal.site.routing import post
from portal.work import Work

DAYS = "/people/{client_id:uuid}/changes/{request_id:uuid}/days"


@post(DAYS, access=AGREE, form=DoneForm, view=change)
def done(work: Work, form: DoneForm, client_id: UUID, request_id: UUID) -> Stay:
    """It was done on a day."""
    found = queries.whole(work, queries.whose(work, client_id), request_id)
    day_commands.note_done(work, found, form.key, form.due, form.done_on)
    return Stay(words("Saved."))


@post(DAYS + "/{done_id:uuid}/again", access=AGREE, view=change)
def again(work: Work, client_id: UUID, request_id: UUID, done_id: UUID) -> Stay:
    """It is to be done after all."""
    day_commands.take_back(work, queries.whole(work, queries.whose(work, client_id), request_id), done_id)
    return Stay(words("Undone."))
