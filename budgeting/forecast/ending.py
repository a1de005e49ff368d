"""What becomes of the money that is left when a plan ends: what goes on with the next one, and what ends.

Source of the rule: the parameter ``plan_end`` of the program, and what each funding period may keep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from budgeting import programs
from budgeting.explain import Figure, shown
from budgeting.explain.describe import listed
from budgeting.explain.sums import less
from budgeting.explain.together import added
from budgeting.explain.totals import component_figure, period_figure
from budgeting.money import ZERO, Money
from budgeting.package import Component, FundingPeriod
from budgeting.quotation import ComponentTotal, Quote
from budgeting.words import Words, words
from budgeting.working import PUBLISHED, lowest

STAYS = "stays"
WITH_PLAN = (words("Goes on with the new plan"), words("Ends with the plan"))
WITH_QUARTER = (words("Goes on to the next quarter"), words("Ends with the quarter"))

Part = tuple[Component, Figure]  # of the funding, and what is left of it


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one part of the funding; the figures are unknown where nobody knows what is left."""

    key: str
    name: str | Words
    left: Figure
    goes_on: Figure
    ends: Figure


def planned_left(quoted: Quote, last: date) -> list[Part]:
    """What the plan leaves of each part of which a funding period ends on this day, or ended before for good.

    Money that a provider holds for many people is nobody's to lose.
    """
    mine = [one for one in quoted.components if not one.component.apart]
    found = [(one, figure) for one in mine if (figure := _planned(one, last)) is not None]
    return shared([((one.component, figure), one.pool) for one, figure in found])


def _planned(part: ComponentTotal, last: date) -> Figure | None:
    """What is left of a part on a day with which one of its funding periods is over; None inside of one."""
    begun = [number for number, one in enumerate(part.periods) if one.period.first <= last]
    if not begun or part.periods[begun[-1]].period.last > last:
        return None
    return component_figure(part) if begun[-1] + 1 == len(part.periods) else period_figure(part, begun[-1])


def shared(found: Iterable[tuple[Part, tuple[str, ...]]]) -> list[Part]:
    """The parts, those that share their money as one where one of them takes what is another's; each with its pool."""
    parts = list(found)
    by_key = {part.key: (part, left) for (part, left), _ in parts}
    kept: dict[tuple[str, ...], Part] = {}
    for (part, left), pool in parts:
        mine = [by_key[key] for key in pool if key in by_key]
        if any(isinstance(each.value, Money) and each.value < ZERO for _, each in mine):
            name = listed([words("{name}", name=shown(one.name)) for one, _ in mine])
            figure = added(words("What is left of each part, added up"), tuple(each for _, each in mine))
            kept.setdefault(pool, (replace(part, name=name), figure))
        else:
            kept[part.key,] = (part, left)
    return list(kept.values())


def at_end(program: str, left: Iterable[Part], last: date, named: tuple[Words, Words] = WITH_PLAN) -> tuple[Left, ...]:
    """What of each part goes on after the last day of a plan, by what is left of it; ``named``: what to call both."""
    return tuple(_left(program, part, figure, last, *named) for part, figure in left)


def _left(program: str, part: Component, left: Figure, last: date, on: Words, off: Words) -> Left:
    if not isinstance(left.value, Money):
        text = words("It is not known what is left.")
        return Left(part.key, part.name, left, Figure(on, None, text, (left,)), Figure(off, None, text, (left,)))
    at = programs.program(program).parameters
    source = at.source("plan_end", last)
    released, there = _over(part, last), max(left.value, ZERO)
    if at.text("plan_end", last) != STAYS:
        text = words("What is not used by the end of the plan does not go on.")
        goes_on = Figure(on, ZERO, text, (left.brief,), source=source, working=PUBLISHED)
    elif released is None:
        goes_on = Figure(on, there, words("Its time is not over."), (left.brief,), source=source, working=lowest(there))
    else:
        kept = Money(programs.rules(program).carries(there.minor, released), there.currency)
        most = kept if released.keeps is None else released.keeps
        text = words("{left} is left, and at most {most} goes on", left=there, most=most)
        why = released.keeps_how.source if released.keeps_how and released.keeps_how.source else source
        parts = tuple(one for one in (left.brief, released.keeps_how) if one)
        goes_on = Figure(on, kept, text, parts, source=why, working=lowest(there, most))
    kept = goes_on.amount
    text = words("What is left, less what goes on")
    ends = less(off, there, kept, text, (left, goes_on.brief), goes_on.source)
    return Left(part.key, part.name, left, goes_on, ends)


def _over(part: Component, last: date) -> FundingPeriod | None:
    """The newest funding period, where it is over with the plan; None where it goes on, or money has no last day."""
    begun = [one for one in part.periods if one.period.first <= last]
    newest = max(begun, key=lambda one: one.period.last, default=None)
    return newest if newest and newest.period.last <= last else None
