"""Where a provider's people say where, when and in which languages they can come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from budgeting.explain.describe import WEEKDAYS
from budgeting.options import TIMES
from budgeting.words import words
from portal.access.table import Action, Resource
from portal.accounts import coverage, needs
from portal.accounts.model import Organisation
from portal.language import LANGUAGES, OFFERED, show
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

SEE, CHANGE = (Resource.ACCOUNT, Action.READ), (Resource.ACCOUNT, Action.WRITE)
STATES = ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")


@get("/coverage", access=SEE)
def coverages(work: Work) -> View:
    """What each provider one works for can do, as last confirmed; NotVisible for those who work for none."""
    found = coverage.own(work)
    if not found:
        raise NotVisible
    values = {
        "organisations": [_shown(one) for one in found],
        "states": [(state, state) for state in STATES],
        "weekdays": [(str(number), show(name)) for number, name in enumerate(WEEKDAYS)],
        "spoken": [(tag, LANGUAGES[tag].own_name) for tag in OFFERED],
        "times": [(key, show(text)) for key, text in TIMES.items()],
        "needs": [(key, show(text)) for key, text in needs.offered(work.day).items()],
    }
    return View("accounts/coverage.html", values)


def _shown(one: Organisation) -> dict[str, Any]:
    told = coverage.coverage(one.covers)
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "confirmed": told.confirmed if told else None,
        "states": told.states if told else (),
        "weekdays": told.weekdays if told else (),
        "languages": told.languages if told else (),
        "times": told.times if told else (),
        "access": told.access if told else (),
        "free_from": told.free_from.isoformat() if told and told.free_from else "",
        "page": f"/organisations/{one.id}",
    }


@dataclass(frozen=True)
class CoverageForm:
    states: tuple[str, ...] = forms.some_of(STATES)
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"))
    languages: tuple[str, ...] = forms.some_of(OFFERED)
    times: tuple[str, ...] = forms.some_of(tuple(TIMES))
    access: tuple[str, ...] = forms.some_of(needs.KEYS)
    free_from: date | None = forms.day(required=False)
    version: int = forms.version()


@post("/coverage/{organisation_id:uuid}", access=CHANGE, form=CoverageForm, view=coverages)
def confirm(work: Work, form: CoverageForm, organisation_id: UUID) -> Stay:
    """Confirm what a provider can do."""
    days = tuple(map(int, form.weekdays))
    told = (form.states, days, form.languages, form.times, form.access, form.free_from)
    coverage.confirm(work, organisation_id, form.version, *told)
    return Stay(words("Confirmed as of today."))
