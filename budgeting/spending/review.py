"""What a plan meeting asks about: money that was not used, and visits that did not happen."""

from __future__ import annotations

from collections.abc import Iterable

from budgeting.explain import SAID, Figure, all_time, as_told, shown, summed
from budgeting.explain.sums import less
from budgeting.money import Minutes, Money
from budgeting.spending.totals import Standing
from budgeting.words import Value, Words, words

NO_FEE = words("What some of these visits would have cost is not known, so it is not in the sum.")


def unused_figure(of: Standing) -> Figure:
    """What was granted less what was delivered so far; not known while nobody knows what was delivered."""
    granted, delivered = of.total.amount, of.whole.delivered
    label = words("{part}: not used so far", part=shown(of.total.component.name))
    if not isinstance(delivered.value, Money):
        text = words("{amount} granted, less what was delivered, which is not known yet", amount=granted)
        return Figure(label, None, text, (delivered,))
    text = words("{amount} granted, less {delivered} delivered", amount=granted, delivered=delivered.value)
    return less(label, granted, delivered.value, text, (delivered,), SAID)


def time_figure(label: Words, visits: Iterable[tuple[Value, Minutes]]) -> Figure:
    """The time of some visits added up, each by its own name or day."""
    parts = (as_told(words("{visit}", visit=name), minutes) for name, minutes in visits)
    return all_time(label, words("The time of these visits added up"), parts)


def worth_figure(label: Words, visits: Iterable[tuple[Value, Money | None]]) -> Figure:
    """What some visits would have cost, added up as far as it is known; None when none of it is."""
    known = list(visits)
    parts = tuple(as_told(words("{visit}", visit=name), fee) for name, fee in known if fee is not None)
    missing = () if len(parts) == len(known) else (NO_FEE,)
    if not parts:
        return Figure(label, None, words("What these visits would have cost is not known."), not_included=missing)
    return summed(label, words("What these visits would have cost, added up"), parts, missing=missing)
