"""What differs between two moments of a draft: one sentence for each support that changed, in hours and dollars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from budgeting.compare import ChangeKind, Difference, LineChange
from budgeting.compare.effects import NO_DIFFERENCE, a_week, in_all
from budgeting.words import Name, Value, Words, words
from portal.proposals.round_model import PastLine
from portal.proposals.terms import Terms


class Happened(StrEnum):
    """What happened to a support between two moments."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_OUT = "taken_out"
    LEFT_OUT = "left_out"
    BROUGHT_BACK = "brought_back"


@dataclass(frozen=True, slots=True)
class Changed:
    """One support that is not as it was. ``change`` is None where it did not count before and does not now."""

    key: UUID
    name: Name
    happened: Happened
    change: LineChange | None
    before: Terms | None
    after: Terms | None

    @property
    def effect(self) -> Words:
        """What it gives or takes: in an ordinary week where it has one, else over all its days."""
        if self.change is None:
            return NO_DIFFERENCE
        return a_week(self.change) or in_all(self.change)

    @property
    def altogether(self) -> Words | None:
        """The same over all its days, where ``effect`` tells a week."""
        return in_all(self.change) if self.change is not None and a_week(self.change) is not None else None

    def sentence(self, who: Value | None) -> Words:
        """What happened, by whom if that is known, and what it gives or takes."""
        told = _by_somebody(who, self.name, self.effect) if who else _by_nobody(self.name, self.effect)
        return told[self.happened]


def _by_somebody(who: Value, support: Name, effect: Words) -> Mapping[Happened, Words]:
    return {
        Happened.ADDED: words("{who} added {support}: {effect}.", who=who, support=support, effect=effect),
        Happened.CHANGED: words("{who} changed {support}: {effect}.", who=who, support=support, effect=effect),
        Happened.TAKEN_OUT: words("{who} took {support} out: {effect}.", who=who, support=support, effect=effect),
        Happened.LEFT_OUT: words(
            "{who} left {support} out for now: {effect}.", who=who, support=support, effect=effect
        ),
        Happened.BROUGHT_BACK: words(
            "{who} brought {support} back: {effect}.", who=who, support=support, effect=effect
        ),
    }


def _by_nobody(support: Name, effect: Words) -> Mapping[Happened, Words]:
    return {
        Happened.ADDED: words("{support} is new: {effect}.", support=support, effect=effect),
        Happened.CHANGED: words("{support} is changed: {effect}.", support=support, effect=effect),
        Happened.TAKEN_OUT: words("{support} is taken out: {effect}.", support=support, effect=effect),
        Happened.LEFT_OUT: words("{support} is left out for now: {effect}.", support=support, effect=effect),
        Happened.BROUGHT_BACK: words("{support} is back in the draft: {effect}.", support=support, effect=effect),
    }


def changed(before: Sequence[PastLine], after: Sequence[PastLine], difference: Difference) -> tuple[Changed, ...]:
    """Every support that is not as it was, once, in the order of the later moment, those that are gone last.

    ``difference`` compares the lines of both moments that count, under the ids of their keys.
    """
    priced = {UUID(one.line.id): one for one in difference.changed}
    was, now = {one.key: one for one in before}, {one.key: one for one in after}
    found = []
    for key in dict.fromkeys([*now, *was]):
        earlier, later = was.get(key), now.get(key)
        happened = _happened(earlier, later, priced.get(key))
        if happened is None:
            continue
        known = later or earlier
        assert known is not None  # the key came from one of them
        terms = (earlier.terms if earlier else None, later.terms if later else None)
        found.append(Changed(key, Name(known.terms.name), happened, priced.get(key), *terms))
    return tuple(found)


def _happened(earlier: PastLine | None, later: PastLine | None, change: LineChange | None) -> Happened | None:
    if earlier is None:
        return Happened.ADDED
    if later is None:
        return Happened.TAKEN_OUT
    if earlier.parked != later.parked:
        return Happened.LEFT_OUT if later.parked else Happened.BROUGHT_BACK
    differs = earlier.terms != later.terms or (change is not None and change.kind is not ChangeKind.SAME)
    return Happened.CHANGED if differs else None
