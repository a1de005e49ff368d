"""When somebody leaves Support at Home or goes to another provider: what is due until when, and what is paid back.

Source of the rules: time limits and old package money in ``facts.csv`` (confidence B). What is due is the provider's to
do; only the change of circumstances is the client's own.
"""

from __future__ import annotations

from datetime import date, timedelta

from budgeting.allocation import Allocation
from budgeting.explain import Figure, as_told
from budgeting.money import total
from budgeting.package import Funding
from budgeting.programs.support_at_home.facts import Fact, fact
from budgeting.programs.support_at_home.granted import END_OF_YEAR, OWN
from budgeting.words import Words, nwords, words
from budgeting.working import COUNTED, PARTS

DUE = {
    "notify": words("The provider tells the agency by"),
    "hand_over": words("The next provider, if there is one, has the budget by"),
    "claims": words("Last claims of the provider by"),
    "package_money": words("Package money of the government, if there is any, is handed back by"),
}


def after_leaving(funding: Funding | None, last: date) -> dict[str, Figure]:
    """What is due after the last day with a provider, in the order of days, and what the client is paid back.

    Who may not see the funding (None) is told of package money too: there may be some.
    """
    given = funding.allocation if funding else None
    days = due(last)
    if funding is not None and not (given and any(one.holder != OWN for one in given.package_money)):
        del days["package_money"]
    back = paid_back(given, last) if given else None
    days["care_claims"] = care_claimed_by(last)
    found = dict(sorted(days.items(), key=lambda pair: str(pair[1].value)))
    return {**found, "paid_back": back} if back else found


def due(last: date) -> dict[str, Figure]:
    """What the provider has to do after the last day of its services, each with its own last day."""
    return {key: _by(label, fact("exit_days", key, last), last) for key, label in DUE.items()}


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
    parts = tuple(as_told(words("Amount"), amount) for amount in told)
    if not parts:
        return None
    rule = words("It pays for no service, and is paid back on leaving.")
    source = fact("own_package_money", "any", last).source
    return Figure(words("Paid back on leaving"), total(told), None, parts, rule, source, working=PARTS)
