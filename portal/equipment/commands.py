"""The verbs of equipment: each moves it one step, and each step can be taken back. No money moves by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from budgeting.living.equipment import Step
from budgeting.money import Money
from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.equipment import events
from portal.equipment.model import Equipment, EquipmentQuote, Getting, Repair
from portal.people.model import Client
from portal.work import Refusal, Work, command

BUDGET = Resource.BUDGET
MOST_QUOTES = 3
BEFORE_ORDER = (Step.NEED, Step.TRIAL, Step.QUOTES, Step.REFUSED)


@dataclass(frozen=True)
class Need:
    """What is needed and what for; ``component`` is the key of the part of the funding that is to pay."""

    name: str
    need: str = ""
    kind: str = "at"
    component: str | None = None


@command(BUDGET, Action.WRITE)
def name_need(work: Work, client: Client, told: Need) -> Equipment:
    """Write down that something is needed."""
    row = Equipment(
        client_id=client.id,
        name=told.name,
        need=told.need,
        kind=told.kind,
        component=told.component,
        step=Step.NEED,
        written_by_id=work.account_id,
        written_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(events.NeedNamed(client_id=client.id, subject=row.id))
    return row


@command(BUDGET, Action.WRITE)
def change_need(work: Work, row: Equipment, told: Need) -> None:
    """Write anew what is needed."""
    row.name, row.need, row.kind, row.component = told.name, told.need, told.kind, told.component
    work.record(events.NeedChanged(client_id=row.client_id, subject=row.id))


@command(BUDGET, Action.WRITE)
def name_part(work: Work, row: Equipment, component: str) -> None:
    """Say which part of the funding pays for it."""
    row.component = component
    work.record(events.NeedChanged(client_id=row.client_id, subject=row.id))


@command(BUDGET, Action.WRITE)
def try_out(work: Work, row: Equipment, where: str, first: date, last: date | None) -> None:
    """Begin a trial."""
    row.must_be(*BEFORE_ORDER)
    if last is not None and last < first:
        raise Refusal(words("The last day comes before the first one."), "last")
    row.trial_with, row.trial_from, row.trial_until = where, first, last
    _move(work, row, Step.TRIAL)


@command(BUDGET, Action.WRITE)
def say_how_it_went(work: Work, row: Equipment, said: str) -> None:
    """Keep how the trial went, in own words, and go on to quotes."""
    row.must_be(Step.TRIAL)
    row.trial_said = said
    _move(work, row, Step.QUOTES)


@dataclass(frozen=True)
class QuoteTold:
    """What one supplier asks; None: not told."""

    supplier: str
    price: Money | None = None
    delivery: Money | None = None
    set_up: Money | None = None
    rent_month: Money | None = None
    deposit: Money | None = None
    valid_until: date | None = None
    weeks: int | None = None
    note: str = ""


@command(BUDGET, Action.WRITE)
def keep_quote(work: Work, row: Equipment, told: QuoteTold) -> EquipmentQuote:
    """Write down what a supplier asks; at most three are compared."""
    row.must_be(*BEFORE_ORDER)
    if told.price is None and told.rent_month is None:
        raise Refusal(words("Say what it costs: to buy it, or to rent it for a month."), "price")
    counted = select(func.count()).select_from(EquipmentQuote)
    counted = counted.where(EquipmentQuote.equipment_id == row.id, EquipmentQuote.removed_at.is_(None))
    if (work.session.scalar(unscoped(counted, "quotes of a thing that may be changed")) or 0) >= MOST_QUOTES:
        raise Refusal(words("Three quotes are compared at most. Take one out first."))
    quote = EquipmentQuote(
        client_id=row.client_id,
        equipment_id=row.id,
        **{name: getattr(told, name) for name in QuoteTold.__dataclass_fields__},
    )
    work.session.add(quote)
    work.session.flush()
    work.record(events.QuoteKept(client_id=row.client_id, subject=row.id, price=told.price))
    if row.step is not Step.QUOTES:
        _move(work, row, Step.QUOTES)
    return quote


@command(BUDGET, Action.WRITE)
def remove_quote(work: Work, row: Equipment, quote: EquipmentQuote) -> None:
    """Take a quote out that was not chosen."""
    if row.quote_id == quote.id:
        raise Refusal(words("This quote was chosen. Choose another one first."))
    quote.removed_at = work.now
    work.record(events.QuoteRemoved(client_id=row.client_id, subject=row.id))


@command(BUDGET, Action.WRITE)
def ask_approval(
    work: Work, row: Equipment, quote: EquipmentQuote, getting: Getting, months: int | None, day: date
) -> None:
    """Choose a quote, to buy or to rent for some months, and write down that approval was asked for."""
    row.must_be(Step.QUOTES, Step.REFUSED)
    if (quote.price if getting is Getting.BUY else quote.rent_month) is None:
        raise Refusal(words("This supplier told no price for that."), "getting")
    if getting is Getting.RENT and not months:
        raise Refusal(words("For how many months?"), "months")
    row.quote_id, row.getting, row.asked_on = quote.id, getting, day
    row.months = months if getting is Getting.RENT else None
    _move(work, row, Step.ASKED)


@command(BUDGET, Action.WRITE)
def approve(work: Work, row: Equipment, by: str, letter: date | None, amount: Money | None, *, given: bool) -> None:
    """Write down the answer: who gave it, with which letter, and up to which amount."""
    row.must_be(Step.ASKED)
    row.approved_by, row.letter_on, row.approved_amount = by, letter, amount if given else None
    _move(work, row, Step.APPROVED if given else Step.REFUSED)


@command(BUDGET, Action.WRITE)
def order(
    work: Work,
    row: Equipment,
    day: date,
    due: date | None,
    deposit: Money | None,
    most: Money | None,
    invoice: str = "",
) -> None:
    """Write down the order, with the deposit that was paid; ``most`` is what may be paid before delivery."""
    row.must_be(Step.APPROVED)
    if deposit is not None and most is not None and deposit > most:
        raise Refusal(words("At most {most} may be paid before it is delivered.", most=most), "deposit")
    row.ordered_on, row.due_on = day, due
    row.deposit, row.deposit_on = deposit, day if deposit is not None else None
    row.deposit_invoice = invoice or None
    _move(work, row, Step.ORDERED)
    if deposit is not None:
        work.record(events.Paid(client_id=row.client_id, subject=row.id, whole=False))


@command(BUDGET, Action.WRITE)
def deliver(work: Work, row: Equipment, day: date) -> None:
    """Write down the delivery."""
    row.must_be(Step.ORDERED)
    row.delivered_on = day
    _move(work, row, Step.DELIVERED)


@command(BUDGET, Action.WRITE)
def set_up(work: Work, row: Equipment, day: date, warranty: date | None) -> None:
    """It is set up, and the person knows how to use it."""
    row.must_be(Step.DELIVERED)
    row.set_up_on, row.warranty_until = day, warranty
    _move(work, row, Step.IN_USE)


@command(BUDGET, Action.WRITE)
def pay_rest(work: Work, row: Equipment, day: date, invoice: str = "", amount: Money | None = None) -> None:
    """Write down that the rest was paid, and how much it was; None: what was agreed."""
    row.must_be(Step.DELIVERED, Step.IN_USE)
    if row.rest_on is not None:
        raise Refusal(words("It is paid already."))
    row.rest_on, row.rest, row.rest_invoice = day, amount, invoice or None
    work.record(events.Paid(client_id=row.client_id, subject=row.id, whole=True))


@command(BUDGET, Action.WRITE)
def give_back(work: Work, row: Equipment, day: date, why: str) -> None:
    """It was given back, or is not wanted any more; what is held for it is free again."""
    if row.step is Step.RETURNED:
        raise Refusal(words("This has gone on since. The page shows it as it is now."))
    row.ended_on, row.ended_why = day, why
    _move(work, row, Step.RETURNED)


_BACK = {
    Step.TRIAL: Step.NEED,
    Step.QUOTES: Step.NEED,
    Step.ASKED: Step.QUOTES,
    Step.APPROVED: Step.ASKED,
    Step.REFUSED: Step.ASKED,
    Step.ORDERED: Step.APPROVED,
    Step.DELIVERED: Step.ORDERED,
    Step.IN_USE: Step.DELIVERED,
}


@command(BUDGET, Action.WRITE)
def step_back(work: Work, row: Equipment) -> None:
    """Take the last step back, as if it had not been written down."""
    if row.step is Step.RETURNED:
        before = _before_return(row)
        row.ended_on, row.ended_why = None, ""
    elif row.step in _BACK:
        before = _BACK[row.step]
        _forget(row)
    else:
        raise Refusal(words("There is nothing to undo here."))
    _move(work, row, before)


def _before_return(row: Equipment) -> Step:
    """Where it was before it was given back, from what was written down."""
    known = (
        (row.set_up_on, Step.IN_USE),
        (row.delivered_on, Step.DELIVERED),
        (row.ordered_on, Step.ORDERED),
        (row.approved_by, Step.APPROVED),
        (row.asked_on, Step.ASKED),
        (row.quote_id, Step.QUOTES),
    )
    return next((step for told, step in known if told), Step.NEED)


def _forget(row: Equipment) -> None:
    """What only the present step has written down goes again."""
    if row.step is Step.ASKED:
        row.quote_id, row.asked_on, row.months = None, None, None
    elif row.step in (Step.APPROVED, Step.REFUSED):
        row.approved_by, row.letter_on, row.approved_amount = "", None, None
    elif row.step is Step.ORDERED:
        row.ordered_on = row.due_on = row.deposit_on = None
        row.deposit = row.deposit_invoice = None
    elif row.step is Step.DELIVERED:
        row.delivered_on = row.rest_on = None
        row.rest = row.rest_invoice = None
    elif row.step is Step.IN_USE:
        row.set_up_on, row.warranty_until = None, None


def _move(work: Work, row: Equipment, step: Step) -> None:
    row.step = step
    work.record(events.Moved(client_id=row.client_id, subject=row.id, step=step))


@command(BUDGET, Action.WRITE)
def tell_repair(work: Work, row: Equipment, what: str, day: date) -> Repair:
    """Write down that something is wrong with it."""
    row.must_be(Step.IN_USE, Step.DELIVERED)
    repair = Repair(
        client_id=row.client_id,
        equipment_id=row.id,
        what=what,
        told_on=day,
        under_warranty=row.warranty_until is not None and day <= row.warranty_until,
    )
    work.session.add(repair)
    work.session.flush()
    work.record(events.RepairTold(client_id=row.client_id, subject=row.id))
    return repair


@command(BUDGET, Action.WRITE)
def finish_repair(work: Work, repair: Repair, day: date, cost: Money | None) -> None:
    """It works again."""
    if day < repair.told_on:
        raise Refusal(words("This is before it was told."), "done")
    repair.done_on, repair.cost = day, cost
    work.record(events.RepairDone(client_id=repair.client_id, subject=repair.equipment_id, cost=cost))
