"""Writing down what was delivered, and each step of an entry on its way to the money."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.spending import events
from portal.spending.model import Delivered
from portal.work import Refusal, Work, command

E = TypeVar("E", bound=events.EntryEvent)


@command(Resource.BUDGET, Action.WRITE)
def check(work: Work, entry: Delivered, version: int) -> None:
    """Say that somebody has looked at an entry and found it right."""
    entry.expect(version)
    entry.check()
    work.record(_about(events.EntryChecked, entry))


@command(Resource.BUDGET, Action.WRITE)
def question(work: Work, entry: Delivered, version: int, said: str) -> None:
    """Question an entry with a sentence for the provider; until it is answered its money is not owed."""
    entry.expect(version)
    entry.ask(said, work.day)
    work.record(_about(events.EntryQuestioned, entry))


@command(Resource.BUDGET, Action.WRITE)
def claim(work: Work, entry: Delivered, version: int, on: date, reference: str = "") -> None:
    """Write down that the funder or the plan manager was asked to pay an entry on a day."""
    entry.expect(version)
    _not_later(work, on)
    entry.claim(on, reference)
    work.record(
        events.EntryClaimed(client_id=entry.client_id, subject=entry.id, day=entry.first, amount=entry.amount, on=on)
    )


@command(Resource.BUDGET, Action.WRITE)
def pay(work: Work, entry: Delivered, version: int, on: date, reference: str = "") -> None:
    """Write down that an entry was paid on a day."""
    entry.expect(version)
    _not_later(work, on)
    entry.pay(on, reference)
    work.record(
        events.EntryPaid(client_id=entry.client_id, subject=entry.id, day=entry.first, amount=entry.amount, on=on)
    )


@command(Resource.BUDGET, Action.WRITE)
def refuse(work: Work, entry: Delivered, version: int, on: date) -> None:
    """Write down that the funder does not pay an entry."""
    entry.expect(version)
    _not_later(work, on)
    entry.refuse(on)
    work.record(
        events.EntryRefused(client_id=entry.client_id, subject=entry.id, day=entry.first, amount=entry.amount, on=on)
    )


@command(Resource.BUDGET, Action.WRITE)
def step_back(work: Work, entry: Delivered, version: int) -> None:
    """Take back the last step of an entry: paid, claimed, refused, questioned or looked at."""
    entry.expect(version)
    entry.step_back()
    work.record(_about(events.EntrySteppedBack, entry))


def _about(kind: type[E], entry: Delivered) -> E:
    return kind(client_id=entry.client_id, subject=entry.id, day=entry.first, amount=entry.amount)


def _not_later(work: Work, on: date) -> None:
    if on > work.day:
        raise Refusal(words("This day has not come yet. Enter today or a day before."), "on")
