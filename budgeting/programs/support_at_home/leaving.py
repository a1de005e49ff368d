"""When somebody leaves Support at Home or goes to another provider: what is due until when, and what is paid back.

Source of the rules: time limits and old package money in ``facts.csv`` (confidence B). What is due is the provider's to
do; only the change of circumstances is the client's own.
"""

from __future__ import annotations

from datetime import date, timedelta

from budgeting.allocation import Allocation
from budgeting.explain import SAID, Figure
from budgeting.money import total
from budgeting.programs.support_at_home.facts import Fact, fact
from budgeting.programs.support_at_home.granted import END_OF_YEAR, OWN
from budgeting.words import Words, nwords, words
from budgeting.working import COUNTED, PARTS, TOLD

DUE = {
    "notify": words("The provider tells the agency by"),
    "hand_over": words("The next provider has your budget by"),
    "claims": words("Last claims of the provider by"),
    "package_money": words("Package money of the government is handed back by"),
}


def due(last: date, *, another: bool = False) -> dict[str, Figure]:
    """What the provider has to do after the last day of its services, each with its own last day.

    ``another``: the person goes to another provider, which needs the budget; leaving the program, nobody does.
    """
    keys = [key for key in DUE if another or key != "hand_over"]
    return {key: _by(DUE[key], fact("exit_days", key, last), last) for key in keys}


def told_by(change: date) -> Figure:
    """The day by which a person tells Services Australia about a change of their circumstances."""
    return _by(words("Tell Services Australia by"), fact("circumstances_days", "any", change), change)


def care_claimed_by(day: date) -> Figure:
    """The last day for claims of care management given on a day: counted from the end of its financial year."""
    ends = date(day.year + (day.month > END_OF_YEAR), END_OF_YEAR, 30)
    return _by(words("Last claims of care management by"), fact("claim_days", "care_management", day), ends)


def _by(label: Words, known: Fact, day: date) -> Figure:
    text = nwords("{n} day after {day}", "{n} days after {day}", known.number, day=day)
    return Figure(label, day + timedelta(known.number), text, source=known.source, working=COUNTED)


def paid_back(given: Allocation, last: date) -> Figure | None:
    """The client's own part of old package money, which is theirs when they leave; None where nobody told of any."""
    told = [one.amount for one in given.package_money if one.holder == OWN]
    source = SAID
    parts = tuple(Figure(words("Amount"), amount, source=source, working=TOLD) for amount in told)
    if not parts:
        return None
    rule = words("It pays for no service, and is paid back on leaving.")
    source = fact("own_package_money", "any", last).source
    return Figure(words("Paid back on leaving"), total(told), None, parts, rule, source, working=PARTS)
