"""What data alone cannot say about Support at Home: the money there is, who pays what of it, and what is noticed."""

from __future__ import annotations

from datetime import date

from budgeting.explain import Figure
from budgeting.families import Family
from budgeting.money import Money
from budgeting.package import Management
from budgeting.programs.support_at_home.account import credit, quarter
from budgeting.programs.support_at_home.contributions import share, share_changes
from budgeting.programs.support_at_home.facts import classification_codes
from budgeting.programs.support_at_home.findings import findings
from budgeting.programs.support_at_home.granted import ACCOUNT, FUNDS, components
from budgeting.programs.support_at_home.indicative import figure, usual
from budgeting.programs.support_at_home.leaving import after_leaving, told_by
from budgeting.programs.support_at_home.settling import settle
from budgeting.totals import all_but_kept

__all__ = [
    "ACCOUNT",
    "after_leaving",
    "binds",
    "carries",
    "classification_codes",
    "components",
    "credit",
    "findings",
    "group_limit",
    "levels",
    "quarter",
    "settle",
    "share",
    "share_changes",
    "told",
    "told_by",
    "usual_price",
]


def levels() -> tuple[str, ...]:
    """The classifications a letter may name; each decides the money of every day."""
    return classification_codes()


def binds(management: Management | None, day: date) -> bool:
    """Price caps were put off without a date: providers set their prices."""
    return False


carries = all_but_kept  # all within a quarter, and at its end no more than may be kept


def usual_price(support: str | None, day: date) -> Figure | None:
    """The middle of what providers ask, as published: there is no limit. None for services without such a price."""
    return figure(support, day) if usual(support, day) is not None else None


def told(family: Family | None) -> frozenset[str]:
    """What a worker's own organisation asks, when a service is passed on; and the fee for arranging equipment."""
    arranged = family is not None and family.fund in FUNDS.values()
    return frozenset({"third_party", "arranging"} if arranged else {"third_party"})


def group_limit(limit: Money, participants: int, workers: int) -> Money:
    """There are no limits to divide."""
    return limit
