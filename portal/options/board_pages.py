"""Everything near home that everybody may find; coordinators and administrators look after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from budgeting.explain.describe import WEEKDAYS, listed
from budgeting.options import TIMES, in_order, stale
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.accounts import needs
from portal.accounts.coverage import coverage
from portal.accounts.queries import names
from portal.language import show
from portal.options import board_form, commands, queries
from portal.options.board_form import BoardForm
from portal.options.library_queries import may_keep
from portal.options.model import Opportunity
from portal.people.place import STATE_WORDS
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Work

READ, OWN = (Resource.PRICES, Action.READ), (Resource.ACCOUNT, Action.WRITE)


@get("/opportunities", access=READ)
def board(work: Work) -> View:
    """Everything near home, the latest confirmed first."""
    rows = queries.opportunities(work)
    known = {one.id: coverage(one.covers) for one in rows}
    called = names(work.session, {told.by for told in known.values() if told and told.by})
    ordered = in_order(rows, lambda one: known[one.id], lambda one: one.title)
    values = {
        "found": [_shown(work, one, called) for one in ordered],
        "may_keep": may_keep(work),
        "day_options": [(str(number), show(name)) for number, name in enumerate(WEEKDAYS)],
        "time_options": [(key, show(text)) for key, text in TIMES.items()],
        "need_options": [(key, show(text)) for key, text in needs.offered(work.day).items()],
        **board_form.options(),
    }
    return View("options/opportunities.html", values)


def _shown(work: Work, one: Opportunity, called: Mapping[UUID, str]) -> Mapping[str, Any]:
    told = coverage(one.covers)
    assert told is not None, "something near home is always written down with a day"
    when = [WEEKDAYS[day] for day in told.weekdays] + [TIMES[key] for key in told.times]
    return {
        "id": one.id,
        "title": one.title,
        "about": one.about,
        "place": one.place,
        "contact": one.contact,
        "free": one.cost is not None and not one.cost.minor,
        "cost": show(one.cost) if one.cost is not None and one.cost.minor else None,
        "states": [show(STATE_WORDS[state]) for state in told.states],
        "when": show(listed(when)) if when else None,
        "access": show(listed([needs.NEEDS[key] for key in told.access])) if told.access else None,
        "confirmed": told.confirmed,
        "who": show(Name(called.get(told.by, ""))) if told.by else show(Name(one.title)),
        "stale": stale(told, work.day, needs.fresh_days()),
    }


@post("/opportunities", access=OWN, form=BoardForm, view=board)
def tell(work: Work, form: BoardForm) -> Stay:
    """Tell everybody about something near home."""
    commands.tell(work, board_form.something(form, work.day))
    return Stay(words("Everybody who is signed in can find it now."))


@dataclass(frozen=True)
class SayForm:
    say: str = forms.one_of(("there", "gone"))


@post("/opportunities/{opportunity_id:uuid}", access=OWN, form=SayForm, view=board)
def say(work: Work, form: SayForm, opportunity_id: UUID) -> Stay:
    """Say that it is still there, or take it out."""
    row = queries.opportunity(work, opportunity_id)
    if form.say == "there":
        commands.confirm(work, row)
        return Stay(words("Confirmed as of today."))
    commands.remove(work, row)
    return Stay(words("It is taken out."))
