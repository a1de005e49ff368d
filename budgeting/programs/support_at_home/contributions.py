"""What a client pays towards a service in Support at Home: the rate of a day, and the lifetime cap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from budgeting import programs
from budgeting.explain import Confidence, Source
from budgeting.families import Family
from budgeting.money import ZERO, Money, Percent
from budgeting.package import ContributionRate, Funding
from budgeting.period import DAY
from budgeting.programs import Share
from budgeting.programs.support_at_home.account import KEY, quarter
from budgeting.programs.support_at_home.facts import Fact, fact, facts
from budgeting.programs.support_at_home.means import (
    CATEGORIES,
    CLINICAL,
    estimate,
    threshold_days,
)

SLIDING = ("part_pensioner", "cshc_holder")  # means statuses whose standard rates slide with income and assets
STANDARD, NO_WORSE_OFF = "standard", "no_worse_off"


def split(price: Money, rate: Percent, reduction: Money = ZERO, room: Money | None = None) -> Money:
    """What the client pays of a price: the rate, less a fee reduction but never below zero, within the room of a cap.

    Rounded half up to the cent. The subsidy is the rest of the price, so the two always add up to it.
    """
    due = max(ZERO, price.share(rate.ppm) - reduction)
    return due if room is None else min(due, max(ZERO, room))


def share(funding: Funding | None, family: Family | None, category: str | None, day: date) -> Share:
    """The contribution category of a service on a day, the client's rate for it, and what the account is charged.

    Nothing is due while hardship is decided. Else the rate of the determination letter counts; else a published fixed
    rate; else an estimate from the means that were told; else it is not known.
    """
    if category is None and family is not None:
        changes = len(family.categories) > 1 and counts_announced(funding, day)
        category = family.category(day, announced=changes).category
    basis = funding.debit_basis if funding else "subsidy"
    if category is None or funding is None:
        return Share(category, debit=basis)
    given = funding.given
    for relief in given.reliefs:
        if relief.daily is None and day in relief.period:
            decided = Source("Services Australia", "Hardship", relief.period.first, Confidence.GIVEN)
            return Share(category, Percent(0), decided, basis)
    if funding.rates:
        told = [one for one in effective(funding.rates, category) if one[0] <= day]
        if told:
            latest = told[-1][1]
            letter = Source("Services Australia", since=latest.letter or latest.since, confidence=Confidence.GIVEN)
            return Share(category, latest.rate, letter, basis)
    rate = published(funding.cohort, funding.means_status, category, day)
    if rate is not None:
        return Share(category, rate[0], rate[1], basis)
    if given.means is not None and funding.cohort == STANDARD and funding.means_status in SLIDING:
        estimated = estimate(given.means, day)
        return Share(category, estimated.rates[category], estimated.sources[category], basis)
    return Share(category, debit=basis)


def share_changes(funding: Funding | None, family: Family | None) -> tuple[date, ...]:
    """Days on which the category of a service or a rate of the client may change."""
    days = [one.since for one in family.categories if one.since > date.min] if family else []
    if funding is None:
        return tuple(days)
    for category in {one.category for one in funding.rates}:
        days += [since for since, _ in effective(funding.rates, category) if since > date.min]
    for relief in funding.given.reliefs:
        days.append(relief.period.first)
        if relief.period.last < date.max:
            days.append(relief.period.last + DAY)
    if funding.given.means:
        days += threshold_days()
    return tuple(days)


def counts_announced(funding: Funding | None, day: date) -> bool:
    """Whether changes that were announced, but whose law was not seen, are counted: a choice, else the parameter."""
    chosen = funding.given.announced if funding else None
    if chosen is not None:
        return chosen
    return programs.program(KEY).parameters.text("announced_changes", day) == "yes"


def effective(rates: Iterable[ContributionRate], category: str) -> list[tuple[date, ContributionRate]]:
    """The told rates of a category with the day from which each counts, in order of days.

    The day in the letter counts. Where only the letter's own date is known, a higher rate starts with the next quarter
    and a lower one with the letter; the first rate of all has always been so. Source: Services Australia, changes to
    your circumstances and aged care costs.
    """
    told = sorted(
        (one for one in rates if one.category == category),
        key=lambda one: (one.letter or one.since or date.min, one.since or date.min),
    )
    found: list[tuple[date, ContributionRate]] = []
    for one in told:
        since = one.since or date.min
        if one.since is None and one.letter is not None and found:
            since = starts(found[-1][1].rate, one.rate, one.letter)
        found.append((since, one))
    return sorted(found, key=lambda entry: entry[0])


def starts(before: Percent, after: Percent, determined: date) -> date:
    """The day from which a new rate counts: an increase from the next quarter, a decrease from the letter's date."""
    return quarter(determined).last + DAY if after.ppm > before.ppm else determined


@lru_cache(maxsize=4096)
def published(cohort: str, means_status: str | None, category: str, day: date) -> tuple[Percent, Source] | None:
    """The fixed rate that is published for a cohort and means status; None where it is not fixed or not known."""
    at = programs.program(KEY).parameters
    for key in (f"rate_{cohort}_{means_status}", f"rate_{cohort}"):
        if key in at:
            rates = dict(zip(CATEGORIES, at.rates(key, day), strict=True))
            return (rates[category], at.source(key, day)) if category in rates else None
    if category == CLINICAL:
        return at.rate("rate_clinical", day), at.source("rate_clinical", day)
    return None


def cap(cohort: str, day: date) -> Fact:
    """The lifetime cap of a cohort on a day: the latest value known, which may be out of date; never unknown."""
    return fact("lifetime_cap", NO_WORSE_OFF if cohort.startswith(NO_WORSE_OFF) else cohort, day)


def caps(cohort: str) -> tuple[Fact, ...]:
    """Every lifetime cap of a cohort, in order of days."""
    return facts("lifetime_cap", NO_WORSE_OFF if cohort.startswith(NO_WORSE_OFF) else cohort)
