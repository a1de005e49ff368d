"""The lines of parts that go on, cut to the days on which they do, as the calculator has them. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from budgeting.package import Line, Weekly
from budgeting.period import Period
from portal.plans.model import PlanPart
from portal.plans.narrowed import the_line
from portal.plans.states import PartState
from portal.proposals.frozen import FrozenLine, plain_line


@dataclass(frozen=True)
class Going:
    """One part: the line as it was agreed, and the same for the calculator, cut to the days on which it goes on."""

    part: PlanPart
    frozen: FrozenLine
    line: Line

    @property
    def weekly(self) -> Weekly | None:
        schedule = self.line.schedule
        return schedule if isinstance(schedule, Weekly) else None


def standing(parts: Iterable[PlanPart]) -> list[PlanPart]:
    """What a week is made of: parts that go on, and those agreed of which no earlier one goes on.

    A part that its provider has not read yet is agreed all the same: the person waits for that visit.
    """
    known = [part for part in parts if part.state is not PartState.ENDED]
    found = {part.line_id: part for part in known if part.state is PartState.GOING_ON}
    waiting = {part.line_id: part for part in sorted(known, key=lambda one: one.starts) if part.line_id not in found}
    return sorted([*found.values(), *waiting.values()], key=lambda one: one.position)


def going(parts: Iterable[PlanPart], *, as_agreed: bool = False) -> list[Going]:
    """The lines of parts, in their order; ``as_agreed`` without the end that a later version has put to a part."""
    found = []
    for part in parts:
        frozen = the_line(part.content)
        plain = plain_line(
            str(frozen.id), frozen.terms, frozen.provider, "", frozen.price, frozen.skips, frozen.management
        )
        weekly = plain.schedule
        if isinstance(weekly, Weekly) and weekly.anchor is None:  # a later first day must not move the rhythm
            plain = replace(plain, schedule=replace(weekly, anchor=plain.period.first))
        until = None if as_agreed else part.until
        last = min(plain.period.last, until or plain.period.last)
        first = min(max(plain.period.first, part.since or part.starts), last)
        found.append(Going(part, frozen, replace(plain, period=Period(first, last))))
    return found
