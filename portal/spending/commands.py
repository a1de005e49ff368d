"""Writing down what was delivered, and each step of an entry on its way to the money."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Management
from budgeting.spending import Entry, EntryState
from budgeting.spending.marks import mark
from budgeting.words import words
from portal.access.scope import organisations, unscoped
from portal.access.table import Action, Relationship, Resource
from portal.people.model import Client, Tie
from portal.spending import events
from portal.spending.model import Delivered, Told
from portal.work import NotVisible, Refusal, Work, command

E = TypeVar("E", bound=events.EntryEvent)
MOST_ALIKE = 9  # entries of a person that say the same


@command(Resource.BUDGET, Action.WRITE)
def add(work: Work, client: Client, told: Told, again: bool) -> Delivered:
    """Write down one delivered support by hand.

    One that says the same as an entry here (invoice, day, support, amount) is refused unless ``again`` says that it is
    another one.
    """
    entry = Delivered(client_id=client.id, entered_by=work.account_id, entered_at=work.now, mark="")
    entry.take(told)
    entry.mark = _new_mark(work, client.id, entry.entry(), again)
    work.session.add(entry)
    work.session.flush()
    work.record(_about(events.EntryAdded, entry))
    return entry


@command(Resource.BUDGET, Action.WRITE)
def change(work: Work, entry: Delivered, version: int, told: Told) -> None:
    """Correct an entry; what it said before is kept for undo."""
    entry.expect(version)
    before = entry.amount
    entry.change(told)
    _changed(work, entry, before)


@command(Resource.BUDGET, Action.WRITE)
def undo(work: Work, entry: Delivered, version: int) -> None:
    """Take back the last correction of an entry."""
    entry.expect(version)
    before = entry.amount
    entry.undo()
    _changed(work, entry, before)


@command(Resource.BUDGET, Action.WRITE)
def remove(work: Work, entry: Delivered, version: int, why: str) -> None:
    """Take an entry out, with a reason; it can be brought back."""
    entry.expect(version)
    entry.remove(why, work.now)
    work.record(_about(events.EntryRemoved, entry))


@command(Resource.BUDGET, Action.WRITE)
def bring_back(work: Work, entry: Delivered, version: int) -> None:
    """Let an entry that was removed count again."""
    entry.expect(version)
    entry.bring_back()
    work.record(_about(events.EntryBroughtBack, entry))


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


@command(Resource.BUDGET, Action.COMMENT)
def answer(work: Work, entry: Delivered, version: int, said: EntryState, on: date, reference: str = "") -> None:
    """Write down what became of an invoice that a plan manager was to pay: claimed, paid or refused.

    NotVisible for what no plan manager pays, and for a client whose money the reader's organisation does not manage.
    """
    _must_pay(work, entry)
    entry.expect(version)
    _not_later(work, on)
    if said is EntryState.CLAIMED or (said is EntryState.REFUSED and entry.open):
        entry.claim(on, reference)
    if said is EntryState.PAID:
        entry.pay(on, reference)
    elif said is EntryState.REFUSED:
        entry.refuse(on)
    kind = {EntryState.CLAIMED: events.EntryClaimed, EntryState.PAID: events.EntryPaid}.get(said, events.EntryRefused)
    work.record(kind(client_id=entry.client_id, subject=entry.id, day=entry.first, amount=entry.amount, on=on))


@command(Resource.BUDGET, Action.COMMENT)
def take_back_answer(work: Work, entry: Delivered, version: int) -> None:
    """Take back what a plan manager said last of an invoice; whether somebody looked at it before is not claimed.

    NotVisible as for ``answer``.
    """
    _must_pay(work, entry)
    entry.expect(version)
    entry.step_back()
    if entry.state is EntryState.CHECKED:
        entry.state = EntryState.ENTERED
    work.record(_about(events.EntrySteppedBack, entry))


def _must_pay(work: Work, entry: Delivered) -> None:
    """NotVisible unless the reader's organisation is the plan manager that pays this invoice."""
    managed = select(Tie.id).where(
        Tie.client_id == entry.client_id,
        Tie.organisation_id.in_(organisations(work)),
        Tie.relationship == Relationship.PLAN_MANAGER,
        Tie.holds_on(work.day),
    )
    ours = work.session.scalar(unscoped(managed.limit(1), "whether the reader's own organisation manages the money"))
    if ours is None or entry.management is not Management.PLAN or entry.removed_at is not None:
        raise NotVisible


@command(Resource.BUDGET, Action.WRITE)
def step_back(work: Work, entry: Delivered, version: int) -> None:
    """Take back the last step of an entry: paid, claimed, refused, questioned or looked at."""
    entry.expect(version)
    entry.step_back()
    work.record(_about(events.EntrySteppedBack, entry))


def _changed(work: Work, entry: Delivered, before: Money) -> None:
    day, amount = entry.first, entry.amount
    work.record(events.EntryChanged(client_id=entry.client_id, subject=entry.id, day=day, amount=amount, before=before))


def _new_mark(work: Work, client_id: UUID, entry: Entry, again: bool) -> str:
    """The first mark of an entry that is free; Refusal where there is one that says the same, and nobody knew."""
    marks = [mark(entry, number) for number in range(1, MOST_ALIKE + 1)]
    taken = select(Delivered.mark).where(Delivered.client_id == client_id, Delivered.mark.in_(marks))
    known = set(work.session.scalars(unscoped(taken, "the command has permitted it")))
    free = [one for one in marks if one not in known]
    if known and not again:
        sentence = words(
            "An entry of {day} says the same: invoice, support and amount. If this is another one, tick the box below.",
            day=entry.first,
        )
        raise Refusal(sentence, "again")
    if not free:
        raise Refusal(words("There are {most} entries that say the same. Look at those first.", most=MOST_ALIKE))
    return free[0]


def _about(kind: type[E], entry: Delivered) -> E:
    return kind(client_id=entry.client_id, subject=entry.id, day=entry.first, amount=entry.amount)


def _not_later(work: Work, on: date) -> None:
    if on > work.day:
        raise Refusal(words("This day has not come yet. Enter today or a day before."), "on")
