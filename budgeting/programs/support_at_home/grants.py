"""What a letter about Support at Home may grant or tell beside the classification, kind by kind, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

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
from budgeting.letters.grants import Kind, Told
from budgeting.money import ZERO, Money
from budgeting.period import Period
from budgeting.programs.listed import in_words, table
from budgeting.programs.support_at_home.facts import classification_codes
from budgeting.programs.support_at_home.granted import HOLDERS, PATHWAYS, SCHEMES
from budgeting.words import Name, Value, Words, words

ROWS = table(Path(__file__).parent / "grants.toml")["grant"]
SUPPLEMENTS, HOUSEHOLDS, BASES, ANNOUNCED = (
    in_words(ROWS[key]["codes"]) for key in ("supplement", "means", "carry_over", "announced")
)
HOME_OWNER, REMOTE, EXTENDED, PRESCRIBED, CONFIRMED = "home_owner", "remote", "extended", "prescribed", "confirmed"


def _amount(told: Told) -> Money:
    return told.amount or ZERO


def _since(told: Told) -> date:
    """The first day, which is asked for. Without it a ValueError."""
    if told.since is None:
        raise ValueError("the first day is needed")
    return told.since


def _days(told: Told) -> Period:
    """The days that were told; both are asked for. A last day before the first is a ValueError."""
    if told.until is None:
        raise ValueError("both days are needed")
    return Period(_since(told), told.until)


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


KINDS: Mapping[str, Kind] = {
    "supplement": Kind(lambda told: Supplement(told.code, told.since, told.until, told.amount), _supplement),
    "tier": Kind(
        lambda told: Tier(
            told.code,
            _amount(told),
            _since(told),
            remote=REMOTE in told.ticked,
            extended=EXTENDED in told.ticked,
            prescribed=PRESCRIBED in told.ticked,
        ),
        _tier,
        SCHEMES,
    ),
    "pathway": Kind(
        lambda told: Pathway(told.code, _since(told), max(told.units or 1, 1)),
        lambda one: words("{what}, from {first}", what=PATHWAYS[one.code], first=one.since),
        PATHWAYS,
    ),
    "package_money": Kind(
        lambda told: PackageMoney(told.code, _amount(told)),
        lambda one: words("{what}: {amount}", what=HOLDERS[one.holder], amount=one.amount),
        HOLDERS,
    ),
    "interim": Kind(_days, lambda one: words("From {first} to {last}", first=one.first, last=one.last)),
    "change": Kind(
        lambda told: Reclassified(told.code, _since(told)),
        lambda one: words("{what}, from {first}", what=words("{name}", name=Name(one.code)), first=one.since),
        {code: words("{name}", name=Name(code)) for code in classification_codes()},
    ),
    "brought": Kind(lambda told: Brought(_amount(told), CONFIRMED in told.ticked), _brought),
    "means": Kind(lambda told: Means(told.code, _amount(told), told.second or ZERO, HOME_OWNER in told.ticked), _means),
    "relief": Kind(lambda told: Relief(_days(told), told.amount), _relief),
    "contributed": Kind(
        lambda told: Contributed(_amount(told), told.until),  # type: ignore[arg-type]  # needed, so that it is there
        lambda one: words("{amount} up to {day}", amount=one.amount, day=one.until),
    ),
    "carry_over": Kind(lambda told: told.code, lambda one: BASES[one]),
    "announced": Kind(lambda told: told.code == "yes", lambda one: ANNOUNCED["yes" if one else "no"]),
}
