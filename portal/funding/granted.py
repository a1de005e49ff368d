"""What was granted or told beside the parts of the funding, as it is kept: an allocation, and other funders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from budgeting.allocation import Allocation
from budgeting.money import ZERO, Money
from budgeting.package import Component, FundingPeriod
from budgeting.period import Period
from portal.funding.kept import from_json, to_json

NOTHING = Allocation()


@dataclass(frozen=True)
class Other:
    """Money from somewhere else with a known amount: a grant, another program, savings. Days are inclusive."""

    key: str
    name: str
    amount: Money
    starts: date | None = None
    ends: date | None = None

    @property
    def component(self) -> Component:
        """The same for the calculator: it may be spent on anything."""
        days = Period(self.starts, self.ends) if self.starts and self.ends else None
        periods = (FundingPeriod(days, self.amount),) if days else ()
        return Component(self.key, self.name, self.amount, periods=periods, funder=self.name)


@dataclass(frozen=True)
class Granted:
    """Everything told beside the parts of a plan."""

    allocation: Allocation = NOTHING
    others: tuple[Other, ...] = ()
    debit_basis: str = "subsidy"  #: or "price": sources differ on what a service takes from the account

    def with_other(self, name: str, amount: Money, starts: date | None, ends: date | None) -> Granted:
        """The same with one more source of money, under a key that stays its own."""
        number = max((int(one.key.rpartition("_")[2]) for one in self.others), default=0) + 1
        return replace(self, others=(*self.others, Other(f"other_{number}", name, amount, starts, ends)))


@dataclass(frozen=True)
class AboutPart:
    """What few parts of a plan have: another funder, money brought into it, and whether it pays what others cannot."""

    funder: str = ""
    carried: Money = ZERO
    fallback: bool = False


def granted(text: str | None) -> Granted:
    """What ``kept`` wrote; None is nothing."""
    return from_json(Granted, text) if text else Granted()


def about_part(text: str | None) -> AboutPart:
    """What ``kept`` wrote about a part; None is nothing."""
    return from_json(AboutPart, text) if text else AboutPart()


def kept(value: Granted | AboutPart) -> str | None:
    """The value as text to keep; None when nothing was told."""
    return None if value == type(value)() else to_json(value)
