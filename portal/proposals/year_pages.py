"""Telling on the page of the year that somebody is away, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.proposals import away, queries
from portal.proposals.pages import ONE, found
from portal.proposals.what_if import year
from portal.site import forms
from portal.site.page import Stay
from portal.site.routing import post
from portal.work import Refusal, Work

WRITE = (Resource.DRAFT, Action.WRITE)


@dataclass(frozen=True)
class AwayForm:
    who: str = forms.text(120)
    line: UUID | None = forms.record_id()
    starts: date = forms.day()
    ends: date = forms.day()


@post(ONE + "/year/away", access=WRITE, form=AwayForm, view=year)
def tell_away(work: Work, form: AwayForm, client_id: UUID, proposal_id: UUID) -> Stay:
    """Tell that somebody who comes for a support of this draft is away."""
    client, one = found(work, client_id, proposal_id)
    keys = {line.key for line in queries.lines(work, one) if line.counts}
    if form.line not in keys:
        raise Refusal(words("Choose one of the supports."), "line")
    away.tell(work, client, form.who, form.line, form.starts, form.ends)
    return Stay(words("Noted. The calendar shows what it means."))


@post(ONE + "/year/away/{away_id:uuid}", access=WRITE, form=forms.VersionForm, view=year)
def take_back_away(work: Work, form: forms.VersionForm, client_id: UUID, proposal_id: UUID, away_id: UUID) -> Stay:
    """Take back that somebody is away."""
    client, _one = found(work, client_id, proposal_id)
    away.take_back(work, away.away(work, client, away_id), form.version)
    return Stay(words("Taken back."))
