"""What becomes of the money that is left when a plan ends: what goes on with the next one, and what ends.

Source of the rule: the parameter ``plan_end`` of the program, and what each funding period may keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from budgeting import programs
from budgeting.explain import Figure, as_told
from budgeting.money import ZERO, Money
from budgeting.package import Component, FundingPeriod
from budgeting.words import Value, words
from budgeting.working import COUNTED, MINUS, exactly, lowest

STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one part of the funding; both figures are unknown where nobody knows what is left."""

    key: str
    name: Value | str
    goes_on: Figure
    ends: Figure


def at_end(program: str, parts: Iterable[Component], left: Mapping[str, Money], last: date) -> tuple[Left, ...]:
    """What of each part goes on after the last day of a plan; ``left`` is what is known to be left of it."""
    return tuple(_left(program, one, left.get(one.key), last) for one in parts)


def _left(program: str, part: Component, left: Money | None, last: date) -> Left:
    on, off = words("Goes on with the new plan"), words("Ends with the plan")
    if left is None:
        text = words("It is not known what is left.")
        return Left(part.key, part.name, Figure(on, None, text), Figure(off, None, text))
    at = programs.program(program).parameters
    source = at.source("plan_end", last)
    released = _over(part, last)
    if at.text("plan_end", last) != STAYS:
        text = words("What is not used by the end of the plan does not go on.")
        goes_on = Figure(on, ZERO, text, (_told(left),), source=source, working=COUNTED)
    elif released is None or left <= ZERO:
        goes_on = Figure(on, left, words("Its time is not over."), (_told(left),), source=source, working=lowest(left))
    else:
        kept = Money(programs.rules(program).carries(left.minor, released), left.currency)
        most = kept if released.keeps is None else released.keeps
        text = words("{left} is left, and at most {most} goes on", left=left, most=most)
        why = released.keeps_how.source if released.keeps_how and released.keeps_how.source else source
        parts = tuple(one for one in (_told(left), released.keeps_how) if one)
        goes_on = Figure(on, kept, text, parts, source=why, working=lowest(left, most))
    kept = goes_on.amount
    text = words("What is left, less what goes on")
    working = exactly(left, MINUS, kept)
    parts = (_told(left), goes_on.brief)
    ends = Figure(off, left - kept, text, parts, source=goes_on.source, working=working)
    return Left(part.key, part.name, goes_on, ends)


def _over(part: Component, last: date) -> FundingPeriod | None:
    """The last funding period that is over with the plan; None where one goes on, or the money has no last day."""
    running = any(one.period.last > last for one in part.periods)
    return None if running or not part.periods else max(part.periods, key=lambda one: one.period.last)


def _told(left: Money) -> Figure:
    return as_told(words("Left of it"), left)
