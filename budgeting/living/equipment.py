"""Assistive technology and home modifications: its steps, what a quote comes to, and what is held for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from budgeting.explain import SAID, Figure, as_told, summed
from budgeting.explain.sums import less, part_of, times
from budgeting.money import ZERO, Money, total
from budgeting.parameters import Parameters
from budgeting.words import Name, Words, nwords, words
from budgeting.working import (
    MINUS,
    OVER,
    PUBLISHED,
    TOLD,
    exactly,
    lowest,
    whole_ones,
)

OTHERS = words("Other invoices of this supplier. If one is for this, write down that it is paid.")
LATER = (words("Repairs, insurance and power are not in it."),)


class Step(StrEnum):
    """Where something is on its way from a need to its return; each has one thing that comes next."""

    NEED = "need"
    TRIAL = "trial"
    QUOTES = "quotes"
    ASKED = "asked"  # approval was asked for
    APPROVED = "approved"
    REFUSED = "refused"  # approval was not given
    ORDERED = "ordered"
    DELIVERED = "delivered"
    IN_USE = "in_use"
    RETURNED = "returned"  # given back, or not wanted any more


HOLDS = (Step.APPROVED, Step.ORDERED, Step.DELIVERED, Step.IN_USE)
"""Steps at which money is held for it, less what is paid; before approval nothing is held."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one supplier asks: to buy with delivery and setting up, and to rent by the month; None: not told."""

    supplier: str
    price: Money | None = None
    delivery: Money | None = None
    set_up: Money | None = None
    rent: Money | None = None

    @property
    def beside(self) -> tuple[tuple[Words, Money | None], ...]:
        """What has to be paid whether it is bought or rented."""
        return (words("Delivery"), self.delivery), (words("Setting up and training"), self.set_up)


def buying(asked: Asked) -> Figure:
    """What it costs to buy and have it ready; not known without a price."""
    label = words("To buy, ready to use")
    if asked.price is None:
        return Figure(label, None, words("No price to buy it was told"))
    told = ((words("The thing itself"), asked.price), *asked.beside)
    missing = tuple(words("{part}: not told yet.", part=name) for name, amount in told if amount is None)
    text = words("As {supplier} asks, added up", supplier=Name(asked.supplier))
    parts = (as_told(name, amount) for name, amount in told if amount is not None)
    return summed(label, text, parts, (*missing, *LATER), SAID)


def renting(asked: Asked, months: int) -> Figure:
    """What it costs to rent it for so many months, with delivery and setting up where they were told."""
    label = nwords("To rent for {n} month", "To rent for {n} months", months)
    if asked.rent is None:
        return Figure(label, None, words("No price to rent it was told"))
    text = nwords("{n} month at {each}", "{n} months at {each}", months, each=asked.rent)
    rent = times(words("Rent"), months, asked.rent, text, SAID)
    parts = (rent, *(as_told(name, amount) for name, amount in asked.beside if amount is not None))
    return summed(label, words("As {supplier} asks, added up", supplier=Name(asked.supplier)), parts, source=SAID)


def even_after(asked: Asked) -> Figure:
    """The whole months of renting that cost no more than buying; after them buying is cheaper."""
    label = words("Months of rent that the price would pay")
    if asked.price is None or asked.rent is None or not asked.rent:
        return Figure(label, None, words("For this both prices are needed: to buy and to rent"))
    return Figure(
        label=label,
        value=asked.price.minor // asked.rent.minor,
        sum=words(
            "{price} divided by {rent} a month; longer than that, buying is cheaper", price=asked.price, rent=asked.rent
        ),
        parts=(as_told(words("The thing itself"), asked.price), as_told(words("Rent for one month"), asked.rent)),
        not_included=(
            words("Delivery and setting up are the same both ways. What it is worth at the end is not counted."),
        ),
        source=SAID,
        working=whole_ones(asked.price, OVER, asked.rent),
    )


class Level(StrEnum):
    """How much has to be agreed before it is bought."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a program asks for at a cost: its level (None: not known), and each thing in a sentence with its figure."""

    level: Level | None
    why: Figure | None
    approval: bool | None


def needs(parameters: Parameters, cost: Money | None, day: date) -> Needs:
    """What has to be agreed before something of this cost is bought; nothing is known without a cost or a rule."""
    if cost is None or "equipment_approval_above" not in parameters:
        return Needs(None, None, None)
    above = parameters.money("equipment_approval_above", day)
    source = parameters.source("equipment_approval_above", day)
    limit = Figure(words("Cost above which an approval is needed"), above, source=source, working=PUBLISHED)
    if cost > above:
        return Needs(Level.HIGH, limit, approval=True)
    if "equipment_low_most" in parameters:
        low = parameters.money("equipment_low_most", day)
        if cost < low:
            listed = parameters.source("equipment_low_most", day)
            most = Figure(words("Cost below which it is low cost"), low, source=listed, working=PUBLISHED)
            return Needs(Level.LOW, most, approval=False)
    return Needs(Level.MIDDLE, limit, approval=False)


def most_deposit(parameters: Parameters, cost: Money | None, day: date) -> Figure | None:
    """The most that may be paid before delivery; None where the program has no rule or nothing may be paid before."""
    if cost is None or "equipment_held_back" not in parameters or cost < parameters.money("equipment_low_most", day):
        return None
    share, source = parameters.rate("equipment_held_back", day), parameters.source("equipment_held_back", day)
    part = part_of(words("Held back until it is there"), cost, share, source=source)
    label, text = words("Most that may be paid before delivery"), words("The price, less what is held back")
    return less(label, cost, part.amount, text, (as_told(words("The price"), cost), part), part.source)


@dataclass(frozen=True, slots=True)
class Paying:
    """How the money of one thing stands: what it costs, what is paid, and what is still held for it.

    ``above`` is what it costs more than was approved; None where that is nothing, or not known.
    """

    cost: Figure
    paid: Figure
    held: Figure
    above: Figure | None = None


def paying(
    step: Step,
    cost: Figure,
    approved: Money | None,
    deposit: Money | None,
    *,
    rest_paid: bool,
    rest: Money | None = None,
) -> Paying:
    """What is paid and what is held: from approval on the price, or what was approved when that is less.

    ``rest``: what was paid besides the deposit, which counts whatever was asked or approved. None: as it was agreed.
    """
    price = cost.value if isinstance(cost.value, Money) else None
    if rest_paid and rest is not None:
        return _paid_in_full(cost, price, approved, deposit, rest)
    whole = price
    if price is not None and approved is not None and approved < price:
        whole = approved
    if deposit is None and not rest_paid:
        paid = Figure(words("Paid so far"), ZERO, words("Nothing is paid yet"), source=SAID, working=TOLD)
    elif rest_paid and whole is not None:
        paid = Figure(words("Paid so far"), whole, words("It is paid"), source=SAID, working=TOLD)
    else:
        paid = Figure(words("Paid so far"), deposit, words("The deposit"), source=SAID, working=TOLD)
    return Paying(cost, paid, _held(step, cost, whole, approved, paid), _above(cost, price, approved))


def _paid_in_full(
    cost: Figure, price: Money | None, approved: Money | None, deposit: Money | None, rest: Money
) -> Paying:
    label, whole = words("Paid so far"), rest + (deposit or ZERO)
    paid = Figure(label, rest, words("It is paid"), source=SAID, working=TOLD)
    if deposit:
        parts = (as_told(words("The deposit"), deposit), as_told(words("The rest of the money"), rest))
        paid = summed(label, words("The parts below added up"), parts, source=SAID)
    held = Figure(words("Money held for it"), ZERO, words("It is paid"), source=SAID, working=TOLD)
    above = _above(cost, price, approved) if whole == approved else _above(paid, whole, approved)
    return Paying(cost, paid, held, above)


def _above(cost: Figure, price: Money | None, approved: Money | None) -> Figure | None:
    """What nobody has approved of a price, so that it has to come from somewhere else."""
    if price is None or approved is None or price <= approved:
        return None
    label, text = words("More than was approved"), words("The price, less what was approved")
    parts = (cost.brief, as_told(words("Approved"), approved))
    missing = (words("Money for it is not held here. Who pays it, or whether to ask again, is open."),)
    return less(label, price, approved, text, parts, SAID, missing)


def _held(step: Step, cost: Figure, whole: Money | None, approved: Money | None, paid: Figure) -> Figure:
    label = words("Money held for it")
    if step not in HOLDS:
        why = words("Money is held from the approval on")
        return Figure(label, ZERO, why, source=SAID, working=TOLD)
    if whole is None or not isinstance(paid.value, Money):
        return Figure(label, None, words("Its price is not told yet"))
    parts, price = (cost.brief, paid), cost.value
    if approved is not None and whole != price and isinstance(price, Money):
        top = Figure(
            label=words("What will be paid for it"),
            value=whole,
            sum=words("No more than what was approved"),
            parts=(cost.brief, as_told(words("Approved"), approved)),
            source=SAID,
            working=lowest(price, approved),
        )
        parts = (top, paid)
    left = whole - paid.value if paid.value < whole else ZERO
    return Figure(
        label=label,
        value=left,
        sum=words("What it costs, less what is paid"),
        parts=parts,
        source=SAID,
        working=exactly(whole, MINUS, paid.value) if paid.value <= whole else TOLD,
    )


def not_free(
    found: Paying,
    payments: Iterable[tuple[date | None, Money | None]],
    told: date | None,
    invoiced: Money,
    fitting: Money,
) -> Figure:
    """What is not free for anything else: what it costs, less what the spending that is known holds of it already.

    A payment is in it from the day until which the spending was ``told``, or once it is ``invoiced``: not on the day it
    is made, so that money which is gone never seems to be free, and never twice. Of what its supplier ``invoiced``,
    amounts that were asked for it (``fitting``) count; others may be for something else, and count once it is paid.
    """
    paid, held = found.paid.value, found.held.value
    if not isinstance(paid, Money) or not isinstance(held, Money):
        return found.held
    whole = paid + held
    inside = [amount for day, amount in payments if day and amount is not None and told is not None and day <= told]
    known = min(whole, max(min(invoiced, max(fitting, paid)), total(inside)))  # a credit takes its invoice back
    missing = (OTHERS,) if known < min(whole, invoiced) else ()
    if known == paid:
        return replace(found.held, not_included=missing)
    cost, gone = as_told(words("What will be paid for it"), whole), words("In what is known as spent")
    text = words("What it costs, less what is known as spent")
    return less(found.held.label, whole, known, text, (cost, as_told(gone, known)), SAID, missing)


HELD = words("Money held for equipment")


def held_together(each: Iterable[tuple[Name, Figure]], label: Words = HELD) -> Figure:
    """The money held for everything together; what is not known is left out and said."""
    known = tuple(each)
    missing = (words("Things whose price is not told yet."),) if any(one.value is None for _, one in known) else ()
    parts = tuple(
        Figure(words("{support}", support=name), one.value, one.sum, source=SAID, working=TOLD)
        for name, one in known
        if one.value
    )
    return summed(label, words("The amounts below added up"), parts, missing=missing, source=SAID)


def free_of(left: Figure, held: Figure) -> Figure:
    """What is left of a part of the funding once the money held for equipment is put aside."""
    label = words("Free after that")
    if not isinstance(left.value, Money) or not isinstance(held.value, Money):
        return Figure(label, None, words("What is left or held is not known yet"), (left.brief, held.brief))
    return less(label, left.value, held.value, words("What is left, less what is held"), (left.brief, held.brief))
