"""A week carried over to a new plan: the same supports on other days, from other money."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from budgeting.money import Quantity, rounded
from budgeting.package import Spread, Units
from budgeting.period import Period
from budgeting.words import Name, Words, words
from portal.proposals.cut import anchored
from portal.proposals.particulars import OPEN
from portal.proposals.terms import Terms

Line = tuple[UUID, Terms]
FINENESS = (1_000, 500, 250, 100)  # thousandths: whole ones, halves, quarters, tenths


@dataclass(frozen=True)
class Carried:
    """The lines that go on, and what stays behind with its reason."""

    lines: tuple[Line, ...]
    behind: tuple[Words, ...]


def carried(lines: Sequence[Line], before: Period, after: Period, parts: Collection[str]) -> Carried:
    """The lines of a plan moved to the days of a new one.

    Units that are used evenly go on at the same pace. What was bought once, and what ended before the plan did, stays
    behind. A part of the money that the new plan does not have is no longer named: the first that may pay does.
    """
    going, behind = [], []
    for key, terms in lines:
        why = stays(terms, before)
        if why is not None:
            behind.append(why)
        else:
            going.append((key, moved(terms, after, parts)))
    return Carried(tuple(going), tuple(behind))


def stays(terms: Terms, before: Period) -> Words | None:
    """Why a line of a plan does not go on after it; None where it does."""
    schedule, name = terms.schedule, Name(terms.name)
    if isinstance(schedule, Units) and schedule.spread is Spread.ONCE:
        return words("{support} was bought once, so it is not carried over. Add it again if you need it.", support=name)
    if terms.ends < before.last:
        return words(
            "{support} ended on {day}, before the plan did, so it is not carried over.", support=name, day=terms.ends
        )
    return None


def moved(terms: Terms, after: Period, parts: Collection[str]) -> Terms:
    """One line on the days of another plan, from the parts of its money that there are."""
    known = {*parts, *OPEN}
    more = replace(terms.more, payers=tuple(key for key in terms.more.payers if key in known))
    component = terms.component if terms.component in known else None
    return replace(on_days(terms, after), component=component, more=more)


def on_days(terms: Terms, days: Period | None) -> Terms:
    """One line on other days, where there are any; visits every few weeks keep their rhythm."""
    if days is None:
        return terms
    schedule = anchored(terms).schedule
    if isinstance(schedule, Units):
        schedule = replace(schedule, quantity=_paced(schedule.quantity, Period(terms.starts, terms.ends), days))
    return replace(terms, starts=days.first, ends=days.last, schedule=schedule)


def _paced(quantity: Quantity, before: Period, after: Period) -> Quantity:
    """What goes on at the same pace, as finely as it was counted: whole hours stay whole, and never become none."""
    step = next((one for one in FINENESS if quantity.thousandths % one == 0), 1)
    return Quantity(max(rounded(quantity.thousandths * after.days, before.days * step), 1) * step)
