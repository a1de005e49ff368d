"""Where supports happen: a short form, and what the answer changes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.language import show
from portal.people import commands, queries
from portal.people.place import CLASSES, PRICES, STATE_WORDS, TIME_ZONES, every_region, regions
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import Work

HOME = "/people/{client_id:uuid}/place"


@get(HOME, access=(Resource.IDENTITY, Action.WRITE))
def place(work: Work, client_id: UUID) -> View:
    """Where supports happen, and what follows from it."""
    client = queries.client(work, client_id)
    values = {
        "own": queries.is_own(work, client),
        "states": [(state, show(text)) for state, text in STATE_WORDS.items()],
        "classes": [(str(number), show(text)) for number, text in CLASSES.items()],
        "regions": [(one, one) for one in regions(client.state)],
        "prices": show(PRICES[client.zone]),
        "record": client,
    }
    return View("people/place.html", values, client=client)


@dataclass(frozen=True)
class PlaceForm:
    state: str = forms.one_of(tuple(TIME_ZONES))
    mmm: str = forms.one_of(tuple(map(str, CLASSES)), required=False)
    region: str = forms.one_of(every_region, required=False)
    version: int = forms.version()


@post(HOME, access=(Resource.IDENTITY, Action.WRITE), form=PlaceForm, view=place)
def move(work: Work, form: PlaceForm, client_id: UUID) -> Stay:
    """Write down where supports happen."""
    client = queries.client(work, client_id)
    commands.move(work, client, form.version, form.state, form.region, int(form.mmm) if form.mmm else None)
    return Stay(words("Saved. Prices and public holidays follow the new place in drafts. What was agreed stays."))
