"""Whether a person's funding could pay for an option, and how far it would reach; said with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from budgeting import lines, programs
from budgeting.bands import NO_MARKS
from budgeting.catalogue import Editions
from budgeting.explain import Figure, as_told, shown
from budgeting.money import Money
from budgeting.package import AtLimit, Component, Line
from budgeting.period import Period, Place
from budgeting.setting import setting
from budgeting.words import Value, Words, nwords, words
from budgeting.working import OVER, whole_ones


@dataclass(frozen=True, slots=True)
class Payer:
    """A part of the funding that may pay for a kind of support; ``now`` is what can be spent of it today."""

    name: Value
    now: Figure
    limited: bool  # whether price limits bind its money


@dataclass(frozen=True, slots=True)
class Affording:
    """What can be said: ``reaches`` is False when it cannot be paid, None when that is not known."""

    reaches: bool | None
    said: Words
    figure: Figure | None = None


def affording(price: Money | None, limit: Money | None, payers: Sequence[Payer] | None) -> Affording:
    """What the funding could do about one hour or item at a price.

    ``limit`` is the published price limit, None without one. ``payers`` are the parts that may pay for this support in
    the order in which they do; None when nothing is known of the funding, which never counts as money that is missing.
    """
    if price is not None and not price.minor:
        return Affording(True, words("It is free."))
    if payers is None:
        return Affording(None, words("The funding is not here, so we cannot say what it pays."))
    if not payers:
        return Affording(False, words("No part of your funding pays for this kind of support."))
    payer = payers[0]
    if price is None:
        return Affording(None, words("{part} may pay. Ask for the price: it is not told yet.", part=payer.name))
    if payer.limited and limit is not None and price > limit:
        said = words(
            "{part} may pay up to {limit}, and the price is {price}.", part=payer.name, limit=limit, price=price
        )
        return Affording(False, said)
    if payer.now.value is None:
        return Affording(None, words("{part} may pay. How much is left of it is not known yet.", part=payer.name))
    return _reaching(price, payer)


def _reaching(price: Money, payer: Payer) -> Affording:
    left = payer.now.value
    assert isinstance(left, Money), "what can be spent of a part is money"
    count = max(left.minor, 0) // price.minor
    label = words("Hours or items that {part} could pay, and nothing else", part=payer.name)
    one = as_told(words("Price of one hour or item"), price)
    sum_ = words("{left} by {price}, whole ones only", left=left, price=price)
    figure = Figure(label, count, sum_, (payer.now, one), working=whole_ones(left, OVER, price))
    if not count:
        said = words("What is left of {part} is less than one hour or item.", part=payer.name)
        return Affording(False, said, figure)
    said = nwords(
        "{part} could pay {n} hour or item, if it paid nothing else.",
        "{part} could pay {n} hours or items, if it paid nothing else.",
        count,
        part=payer.name,
    )
    return Affording(True, said, figure)


def payers(
    program: str,
    support: str,
    place: Place,
    editions: Editions,
    day: date,
    parts: Sequence[tuple[Component, Figure]],
) -> list[Payer]:
    """Those among some parts of a funding that may pay for a support on a day, in the order in which they would.

    ``parts`` come with what can be spent of them now. A part that is held for many people pays for nobody here.
    """
    fitting = fits(program, support, place, editions, day)
    rules = programs.rules(program)
    return [Payer(shown(one.name), now, rules.binds(one.management, day)) for one, now in parts if fitting(one)]


def fits(program: str, support: str, place: Place, editions: Editions, day: date) -> Callable[[Component], bool]:
    """Whether a part of a funding may pay for a support on a day."""
    days = Period(day, day)
    at = setting(program, days, place, None, editions, NO_MARKS)
    wanted = lines.category_of(Line("sample", "", days, support, None, AtLimit()), at)
    return lambda one: not one.apart and any(category in one.categories for category in wanted)
