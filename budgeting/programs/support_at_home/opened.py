"""Where the account of a person stands by a provider's statement, when that is newer than what was told as spent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from budgeting.allocation import Brought
from budgeting.money import ZERO, Money, total
from budgeting.package import Funding
from budgeting.period import DAY, Period
from budgeting.programs.support_at_home.account import credits, quarter
from budgeting.programs.support_at_home.facts import started


def opened(money: Funding, told: Mapping[date, Money], today: date) -> Funding:
    """The same money from what is known last: what was told as spent up to a day, or a statement of a later morning.

    ``told``: opening balances by the first day of their month, as statements say them. Only the quarter of today
    counts. What a statement says when the quarter begins is what went on from the one before. Where the program itself
    began in this quarter, and nobody told anything, nothing was taken before that day.
    """
    within = quarter(today)
    known = {day: left for day, left in told.items() if day in within and day <= today}
    until = money.spent_until if money.spent_until is not None and money.spent_until in within else None
    began = max(started(), money.entered or date.min)
    if money.classification is None or (not known and (until is not None or began not in within or began > today)):
        return money
    looked = replace(money, period=Period(max(money.period.first, within.first), money.period.last))
    last = max(known, default=began)
    if within.first in known:
        looked = _with(looked, known[within.first])
    if until is not None and until >= last:
        return looked
    if last == within.first or last not in known:
        return replace(looked, spent=ZERO, spent_until=last - DAY, opened=(last, known[last]) if known else None)
    before = _brought(looked) + total([one.amount for one in credits(_open(looked)) if one.period.first < last])
    if before < known[last]:
        looked = _with(looked, _brought(looked) + known[last] - before)
        before = known[last]
    return replace(looked, spent=before - known[last], spent_until=last - DAY, opened=(last, known[last]))


def _open(money: Funding) -> Funding:
    return replace(money, spent=ZERO, spent_until=None)


def _brought(money: Funding) -> Money:
    return money.given.brought.amount if money.given.brought else ZERO


def _with(money: Funding, brought: Money) -> Funding:
    """The same money with what went on from the quarter before."""
    if brought == _brought(money):
        return money
    return replace(money, allocation=replace(money.given, brought=Brought(brought)))
