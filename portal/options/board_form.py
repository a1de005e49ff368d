"""The form of something to do near home: the same for the board of everybody and for one circle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgeting.money import Money
from budgeting.options import TIMES
from budgeting.options.coverage import Coverage
from portal.accounts import needs
from portal.language import show
from portal.options.commands import Something
from portal.people.model import Client
from portal.people.place import STATE_WORDS, TIME_ZONES
from portal.site import forms


@dataclass(frozen=True)
class BoardForm:
    title: str = forms.text(120)
    about: str = forms.text(1000, required=False)
    place: str = forms.text(200, required=False)
    contact: str = forms.text(200, required=False)
    cost: Money | None = forms.money(required=False)
    state: str = forms.one_of(tuple(TIME_ZONES), required=False)
    weekdays: tuple[str, ...] = forms.some_of(tuple("0123456"))
    times: tuple[str, ...] = forms.some_of(tuple(TIMES))
    access: tuple[str, ...] = forms.some_of(needs.KEYS)


def something(form: BoardForm, today: date) -> Something:
    """What the form says."""
    covers = Coverage(
        today,
        states=(form.state,) if form.state else (),
        weekdays=tuple(map(int, form.weekdays)),
        times=form.times,
        access=form.access,
    )
    return Something(form.title, covers, form.about, form.place, form.contact, form.cost)


def options(client: Client | None = None) -> Mapping[str, Any]:
    """What there is to choose from in the form, and the state it begins with."""
    return {
        "state_options": [(key, show(text)) for key, text in STATE_WORDS.items()],
        "here": client.state if client else "",
    }
