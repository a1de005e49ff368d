"""Undo and redo of a whole draft, one press at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from budgeting.words import words
from portal.proposals import commands
from portal.proposals.pages import DECIDE, ONE, found, proposal
from portal.site import forms
from portal.site.page import Stay
from portal.site.routing import post
from portal.work import Work


@dataclass(frozen=True)
class StepForm:
    step: UUID = forms.record_id()


@post(ONE + "/undo", access=DECIDE, form=StepForm, view=proposal)
def undo(work: Work, form: StepForm, client_id: UUID, proposal_id: UUID) -> Stay:
    """Undo what was done last in this draft."""
    _client, one = found(work, client_id, proposal_id)
    commands.undo_step(work, one, form.step)
    return Stay(words("Undone."))


@post(ONE + "/redo", access=DECIDE, form=StepForm, view=proposal)
def redo(work: Work, form: StepForm, client_id: UUID, proposal_id: UUID) -> Stay:
    """Do again what was undone last."""
    _client, one = found(work, client_id, proposal_id)
    commands.do_step_again(work, one, form.step)
    return Stay(words("Done again."))
