"""What a letter about Support at Home may grant or tell beside the classification, kind by kind, in plain words."""

from __future__ import annotations

from budgeting.allocation import (
    Brought,
    Contributed,
    Means,
    PackageMoney,
    Pathway,
    Reclassified,
    Relief,
    Supplement,
    Tier,
)
from budgeting.grants import Asked, Grant, Told
from budgeting.money import ZERO, Money
from budgeting.period import Period
from budgeting.programs.support_at_home.account import FOR_CARE
from budgeting.programs.support_at_home.facts import classification_codes
from budgeting.programs.support_at_home.granted import HOLDERS, PATHWAYS, SCHEMES
from budgeting.words import Name, Value, Words, words

SUPPLEMENTS = {
    "OXY": words("Oxygen"),
    "ENT-B": words("Tube feeding, in portions"),
    "ENT-N": words("Tube feeding, all the time"),
    "VET": words("Veterans"),
    "DEM": words("Dementia and cognition"),
    "EACHD": words("Top-up for those who had an EACH-D package"),
    FOR_CARE: words("More care management, paid to the provider"),
}
HOUSEHOLDS = {
    "single": words("I live on my own, or count as single"),
    "couple_each": words("We are a couple: half of what we have together is mine"),
    "couple_separated_by_illness_each": words("We are a couple who live apart because of illness"),
}
BASES = {
    "service_budget": words("As a share of the money for services"),
    "published_quarterly_total": words("As a share of the whole published amount of the quarter"),
}
ANNOUNCED = {
    "yes": words("Count changes that were announced, even without the law"),
    "no": words("Count only what is law"),
}
HOME_OWNER, REMOTE, EXTENDED, PRESCRIBED, CONFIRMED = "home_owner", "remote", "extended", "prescribed", "confirmed"
SINCE, UNTIL = Asked("since", words("First day")), Asked("until", words("Last day"))
AMOUNT = Asked("amount", words("Amount"))


def _amount(told: Told) -> Money:
    return told.amount or ZERO


def _days(told: Told) -> Period:
    """The days that were told; both are asked for. A last day before the first is a ValueError."""
    if told.since is None or told.until is None:
        raise ValueError("both days are needed")
    return Period(told.since, told.until)


def _supplement(one: Supplement) -> Words:
    name = SUPPLEMENTS.get(one.code, words("{name}", name=Name(one.code)))
    said = _since_until(name, one)
    return said if one.daily is None else words("{what}: {amount} a day", what=said, amount=one.daily)


def _since_until(name: Words, one: Supplement) -> Words:
    if one.since and one.until:
        return words("{what}, from {first} to {last}", what=name, first=one.since, last=one.until)
    if one.since:
        return words("{what}, from {first}", what=name, first=one.since)
    return words("{what}, until {last}", what=name, last=one.until) if one.until else name


def _tier(one: Tier) -> Words:
    said = words("{what}: {amount} from {first}", what=SCHEMES[one.scheme], amount=one.amount, first=one.since)
    if one.remote:
        said = words("{what}, more for a remote place", what=said)
    if one.extended:
        said = words("{what}, twelve months more", what=said)
    return words("{what}, with a prescription", what=said) if one.prescribed else said


def _means(one: Means) -> Words:
    told: dict[str, Value] = {"household": HOUSEHOLDS[one.household], "income": one.income, "assets": one.assets}
    if one.home_owner:
        return words("{household}: {income} a year, assets of {assets} and an own home", **told)
    return words("{household}: {income} a year and assets of {assets}", **told)


def _relief(one: Relief) -> Words:
    days: dict[str, Value] = {"first": one.period.first, "last": one.period.last}
    if one.daily is None:
        return words("Nothing to pay from {first} to {last}", **days)
    return words("{amount} a day less to pay from {first} to {last}", amount=one.daily, **days)


def _brought(one: Brought) -> Words:
    if one.confirmed:
        return words("{amount}, confirmed", amount=one.amount)
    return words("{amount}, expected", amount=one.amount)


GRANTS: tuple[Grant, ...] = (
    Grant(
        "supplement",
        words("A supplement"),
        words("An amount for each day on top of the classification, for instance for oxygen."),
        "supplements",
        (
            Asked("code", words("Which supplement?")),
            Asked("since", words("First day"), needed=False),
            Asked("until", words("Last day"), needed=False),
            Asked(
                "amount",
                words("Amount for a day, if the letter names one"),
                needed=False,
                hint=words("Leave it empty for the published amount."),
            ),
        ),
        lambda told: Supplement(told.code, told.since, told.until, told.amount),
        _supplement,
        SUPPLEMENTS,
    ),
    Grant(
        "tier",
        words("Money for equipment or changes to your home"),
        words("A tier: it has to be spent within twelve months."),
        "tiers",
        (
            Asked("code", words("What is it for?")),
            AMOUNT,
            Asked("since", words("First day")),
            Asked("remote", words("I live in a remote place, and more is paid for that"), tick=True),
            Asked("extended", words("Twelve more months were granted"), tick=True),
            Asked("prescribed", words("There is a prescription with evidence"), tick=True),
        ),
        lambda told: Tier(
            told.code,
            _amount(told),
            told.since,  # type: ignore[arg-type]  # needed, so that it is there
            remote=REMOTE in told.ticked,
            extended=EXTENDED in told.ticked,
            prescribed=PRESCRIBED in told.ticked,
        ),
        _tier,
        SCHEMES,
    ),
    Grant(
        "pathway",
        words("Restorative care, or end-of-life care"),
        words("Money for a short time, beside or in place of the ongoing budget."),
        "pathways",
        (
            Asked("code", words("Which one?")),
            SINCE,
            Asked("units", words("How many units?"), needed=False, hint=words("Most letters grant one.")),
        ),
        lambda told: Pathway(told.code, told.since, max(told.units or 1, 1)),  # type: ignore[arg-type]  # needed
        lambda one: words("{what}, from {first}", what=PATHWAYS[one.code], first=one.since),
        PATHWAYS,
    ),
    Grant(
        "package_money",
        words("Money left of a Home Care Package"),
        words("What was not spent before Support at Home began, and who holds it."),
        "package_money",
        (Asked("code", words("Who holds it?")), AMOUNT),
        lambda told: PackageMoney(told.code, _amount(told)),
        lambda one: words("{what}: {amount}", what=HOLDERS[one.holder], amount=one.amount),
        HOLDERS,
    ),
    Grant(
        "interim",
        words("Interim funding"),
        words("Days on which only a part of the amount is paid, while you wait for the whole place."),
        "interim",
        (SINCE, UNTIL),
        _days,
        lambda one: words("From {first} to {last}", first=one.first, last=one.last),
        many=False,
    ),
    Grant(
        "change",
        words("Another classification from a day on"),
        words("When a reassessment changed it in the middle of the time."),
        "changes",
        (Asked("code", words("Which classification?")), SINCE),
        lambda told: Reclassified(told.code, told.since),  # type: ignore[arg-type]  # needed, so that it is there
        lambda one: words("{what}, from {first}", what=words("{name}", name=Name(one.code)), first=one.since),
        {code: words("{name}", name=Name(code)) for code in classification_codes()},
    ),
    Grant(
        "brought",
        words("Money from the quarter before"),
        words("What was left then and goes on. It is expected until that quarter is settled."),
        "brought",
        (AMOUNT, Asked("confirmed", words("The statement confirms it"), tick=True)),
        lambda told: Brought(_amount(told), CONFIRMED in told.ticked),
        _brought,
        many=False,
    ),
    Grant(
        "means",
        words("Your income and assets"),
        words("For an estimate of what you pay, until the letter of Services Australia comes."),
        "means",
        (
            Asked("code", words("Which is true for you?")),
            Asked("amount", words("Income in a year")),
            Asked("second", words("Assets"), hint=words("Without the home you live in.")),
            Asked("home_owner", words("I own my home"), tick=True),
        ),
        lambda told: Means(told.code, _amount(told), told.second or ZERO, HOME_OWNER in told.ticked),
        _means,
        HOUSEHOLDS,
        many=False,
    ),
    Grant(
        "relief",
        words("Hardship help"),
        words("Days on which you pay less, or nothing, as Services Australia decided."),
        "reliefs",
        (
            SINCE,
            UNTIL,
            Asked(
                "amount",
                words("How much less for a day?"),
                needed=False,
                hint=words("Leave it empty when nothing is due on these days."),
            ),
        ),
        lambda told: Relief(_days(told), told.amount),
        _relief,
    ),
    Grant(
        "contributed",
        words("What you have paid so far towards the lifetime cap"),
        words("All contributions of all years, as your letter or statement says."),
        "contributed",
        (AMOUNT, Asked("until", words("Up to and including"))),
        lambda told: Contributed(_amount(told), told.until),  # type: ignore[arg-type]  # needed, so that it is there
        lambda one: words("{amount} up to {day}", amount=one.amount, day=one.until),
        many=False,
    ),
    Grant(
        "carry_over",
        words("How much may go on to the next quarter"),
        words("Sources differ. Choose the other reading if your statement shows it."),
        "carry_over_base",
        (Asked("code", words("Which reading?")),),
        lambda told: told.code,
        lambda one: BASES[one],
        BASES,
        many=False,
    ),
    Grant(
        "announced",
        words("Changes that were announced"),
        words("For instance a change of what is free. We say in each figure whether it counts."),
        "announced",
        (Asked("code", words("What shall count?")),),
        lambda told: told.code == "yes",
        lambda one: ANNOUNCED["yes" if one else "no"],
        ANNOUNCED,
        many=False,
    ),
)
