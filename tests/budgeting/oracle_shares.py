"""What a client of Support at Home pays, the slow way: from the rule document, one day at a time, in decimals.

The figures are those of the document (sections 3.2 to 3.6), typed here again; the calculator is not asked.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from budgeting.allocation import Means
from budgeting.families import Family
from budgeting.package import ContributionRate, Funding

FIXED = {
    ("standard", "full_pensioner"): ("0", "5", "17.5"),
    ("standard", "self_funded_no_cshc"): ("0", "50", "80"),
    ("standard", "means_not_disclosed"): ("0", "50", "80"),
    ("no_worse_off", "full_pensioner"): ("0", "0", "0"),
    ("no_worse_off", "self_funded_no_cshc"): ("0", "25", "25"),
}
CATEGORIES = ("clinical", "independence", "everyday_living")
SLIDING = ("part_pensioner", "cshc_holder")
FREE_INCOME = {"single": 5_668, "couple_each": 4_940, "couple_separated_by_illness_each": 4_940}
LIMIT = {"single": 101_105, "couple_each": 80_884, "couple_separated_by_illness_each": 101_105}
FREE_ASSETS = {  # of an owner, and of anybody else
    "single": (321_500, 579_500),
    "couple_each": (240_750, 369_750),
    "couple_separated_by_illness_each": (240_750, 369_750),
}


class Rate(NamedTuple):
    """The share of a day in percent, None when it is not known, and which rule or letter says so."""

    category: str | None
    percent: Decimal | None
    why: object = None


def rate_on(funding: Funding | None, family: Family | None, category: str | None, day: date) -> Rate:
    """The share of a service on a day; of what was announced without a law nothing counts."""
    if category is None and family is not None:
        known = [one for one in family.categories if one.since <= day and not one.announced]
        category = max(known, key=lambda one: one.since).category if known else family.categories[0].category
    if category is None or funding is None:
        return Rate(category, None)
    given = funding.allocation
    for relief in given.reliefs if given else ():
        if relief.daily is None and relief.period.first <= day <= relief.period.last:
            return Rate(category, Decimal(0), relief.period.first)
    letters = letters_of(funding.rates, category)
    begun = [one for one in letters if one[0] <= day]
    if begun:
        return Rate(category, percent_of(begun[-1][1]), begun[-1][1])
    fixed = FIXED.get((funding.cohort, funding.means_status or ""))
    if fixed and category in CATEGORIES:
        return Rate(category, Decimal(fixed[CATEGORIES.index(category)]), "fixed")
    if category == "clinical":
        return Rate(category, Decimal(0), "clinical")
    means = given.means if given else None
    if means is not None and funding.cohort == "standard" and funding.means_status in SLIDING:
        return Rate(category, sliding(means, category), "sliding")
    return Rate(category, None)


def letters_of(rates: tuple[ContributionRate, ...], category: str) -> list[tuple[date, ContributionRate]]:
    """The letters about a category, each with the first day on which it counts.

    Where a letter names no day, a higher share starts with the next quarter, a lower one with the letter.
    """
    told = [one for one in rates if one.category == category]
    told.sort(key=lambda one: (one.letter or one.since or date.min, one.since or date.min))
    found: list[tuple[date, ContributionRate]] = []
    for one in told:
        since = one.since or date.min
        if one.since is None and one.letter is not None and found:
            higher = one.rate.ppm > found[-1][1].rate.ppm
            since = next_quarter(one.letter) if higher else one.letter
        found.append((since, one))
    return sorted(found, key=lambda entry: entry[0])


def next_quarter(day: date) -> date:
    """The first day of the quarter after a day: quarters start on 1 January, April, July and October."""
    following = day + timedelta(1)
    while (following.month, following.day) not in ((1, 1), (4, 1), (7, 1), (10, 1)):
        following += timedelta(1)
    return following


def percent_of(told: ContributionRate) -> Decimal:
    return Decimal(told.rate.ppm) / 10_000


def sliding(means: Means, category: str) -> Decimal:
    """The sliding share of section 3.3, in its five steps."""
    if category == "clinical":
        return Decimal(0)
    income, assets = (Decimal(one.minor) / 100 for one in (means.income, means.assets))
    free = FREE_ASSETS[means.household][0 if means.home_owner else 1]
    on_income = whole(Decimal("0.5") * max(Decimal(0), income - FREE_INCOME[means.household]))
    on_assets = whole(Decimal("0.078") * max(Decimal(0), assets - free))
    most = whole(Decimal("0.5") * (LIMIT[means.household] - FREE_INCOME[means.household]))
    going = min(Decimal(100), max(on_income, on_assets) / most * 100)
    base, slope = {"independence": ("5", "0.45"), "everyday_living": ("17.5", "0.625")}[category]
    return (Decimal(base) + Decimal(slope) * going).quantize(Decimal("0.01"), ROUND_HALF_UP)


def whole(dollars: Decimal) -> Decimal:
    return dollars.quantize(Decimal(1), ROUND_HALF_UP)
