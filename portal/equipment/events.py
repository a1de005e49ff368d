"""What can happen to equipment on its way from a need to its return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.living.equipment import Step
from budgeting.money import Money
from budgeting.words import Value, Words, words
from portal.journal import Event, Resolve


def _thing(event: Event, name: Resolve) -> Value:
    return name(event.subject) if event.subject else words("equipment")


@dataclass(frozen=True, kw_only=True)
class NeedNamed(Event):
    kind: ClassVar[str] = "equipment.needed"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down that {thing} is needed.", thing=_thing(self, name))


@dataclass(frozen=True, kw_only=True)
class NeedChanged(Event):
    kind: ClassVar[str] = "equipment.changed"

    def words(self, name: Resolve) -> Words:
        return words("Changed what is written about {thing}.", thing=_thing(self, name))


def _moved(state: Step, thing: Value) -> Words:
    return {
        Step.NEED: words("{thing}: back to what is needed.", thing=thing),
        Step.TRIAL: words("{thing}: a trial began.", thing=thing),
        Step.QUOTES: words("{thing}: quotes are compared.", thing=thing),
        Step.ASKED: words("{thing}: approval was asked for.", thing=thing),
        Step.APPROVED: words("{thing} was approved.", thing=thing),
        Step.REFUSED: words("{thing} was not approved.", thing=thing),
        Step.ORDERED: words("{thing} was ordered.", thing=thing),
        Step.DELIVERED: words("{thing} was delivered.", thing=thing),
        Step.IN_USE: words("{thing} is set up and in use.", thing=thing),
        Step.RETURNED: words("{thing} was given back, or is not wanted any more.", thing=thing),
    }[state]


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    kind: ClassVar[str] = "equipment.moved"
    step: Step

    def words(self, name: Resolve) -> Words:
        return _moved(self.step, _thing(self, name))


@dataclass(frozen=True, kw_only=True)
class QuoteKept(Event):
    kind: ClassVar[str] = "equipment.quote_kept"
    price: Money | None

    def words(self, name: Resolve) -> Words:
        if self.price is None:
            return words("Wrote down a quote for {thing}.", thing=_thing(self, name))
        return words("Wrote down a quote for {thing}: {price}.", thing=_thing(self, name), price=self.price)


@dataclass(frozen=True, kw_only=True)
class QuoteRemoved(Event):
    kind: ClassVar[str] = "equipment.quote_removed"

    def words(self, name: Resolve) -> Words:
        return words("Took out a quote for {thing}.", thing=_thing(self, name))


@dataclass(frozen=True, kw_only=True)
class Paid(Event):
    kind: ClassVar[str] = "equipment.paid"
    whole: bool

    def words(self, name: Resolve) -> Words:
        if self.whole:
            return words("{thing} is paid.", thing=_thing(self, name))
        return words("A deposit for {thing} was paid.", thing=_thing(self, name))


@dataclass(frozen=True, kw_only=True)
class RepairTold(Event):
    kind: ClassVar[str] = "equipment.repair_told"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down that something is wrong with {thing}.", thing=_thing(self, name))


@dataclass(frozen=True, kw_only=True)
class RepairDone(Event):
    kind: ClassVar[str] = "equipment.repair_done"
    cost: Money | None

    def words(self, name: Resolve) -> Words:
        if self.cost is None:
            return words("{thing} was mended.", thing=_thing(self, name))
        return words("{thing} was mended for {cost}.", thing=_thing(self, name), cost=self.cost)
