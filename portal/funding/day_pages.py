"""Saying that circumstances changed, and that the agency was told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action
from portal.funding import day_commands, queries
from portal.funding.model import FundingPlan
from portal.funding.pages import EDIT, funding
from portal.people import queries as people
from portal.site import forms
from portal.site.page import Stay
from portal.site.routing import post
from portal.work import NotVisible, Work

DAYS = "/people/{client_id:uuid}/funding/days"


@dataclass(frozen=True)
class ChangedForm:
    on: date = forms.day()


@post("/people/{client_id:uuid}/funding/circumstances", access=EDIT, form=ChangedForm, view=funding)
def changed(work: Work, form: ChangedForm, client_id: UUID) -> Stay:
    """Income, assets or the household changed on a day."""
    day_commands.circumstances_changed(work, _plan(work, client_id), form.on)
    return Stay(words("Saved."))


@post(DAYS, access=EDIT, form=forms.DoneForm, view=funding)
def done(work: Work, form: forms.DoneForm, client_id: UUID) -> Stay:
    """The agency was told on a day."""
    day_commands.note_told(work, _plan(work, client_id), form.key, form.due, form.done_on)
    return Stay(words("Saved."))


@post(DAYS + "/{told_id:uuid}/remove", access=EDIT, view=funding)
def remove(work: Work, client_id: UUID, told_id: UUID) -> Stay:
    """The day was typed wrongly."""
    day_commands.take_back_changed(work, _plan(work, client_id), told_id)
    return Stay(words("Removed."))


@post(DAYS + "/{done_id:uuid}/again", access=EDIT, view=funding)
def again(work: Work, client_id: UUID, done_id: UUID) -> Stay:
    """It is to be told after all."""
    day_commands.take_back_told(work, _plan(work, client_id), done_id)
    return Stay(words("Undone."))


def _plan(work: Work, client_id: UUID) -> FundingPlan:
    plan = queries.current(work, people.client(work, client_id), Action.WRITE)
    if plan is None:
        raise NotVisible
    return plan
