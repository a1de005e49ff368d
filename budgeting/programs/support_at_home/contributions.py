"""What a client pays towards a service in Support at Home: the rate of a day, its estimate, and the lifetime cap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from budgeting import programs
from budgeting.allocation import Means
from budgeting.explain import Confidence, Source
from budgeting.families import Family
from budgeting.money import ZERO, Money, Percent, rounded
from budgeting.package import ContributionRate, Funding
from budgeting.period import DAY
from budgeting.programs import Share
from budgeting.programs.support_at_home.account import KEY, NOTHING, quarter
from budgeting.programs.support_at_home.facts import Fact, fact, facts, known

CLINICAL, INDEPENDENCE, EVERYDAY = "clinical", "independence", "everyday_living"
CATEGORIES = (CLINICAL, INDEPENDENCE, EVERYDAY)
SLIDING = ("part_pensioner", "cshc_holder")  # means statuses whose standard rates slide with income and assets
STANDARD, NO_WORSE_OFF = "standard", "no_worse_off"
PART_OF_DOLLAR = 100


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
        category = family.category(day, announced=counts_announced(funding, day)).category
    basis = funding.debit_basis if funding else "subsidy"
    if category is None or funding is None:
        return Share(category, debit=basis)
    given = funding.allocation or NOTHING
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
        return Share(category, estimated.rates[category], estimated.source, basis)
    return Share(category, debit=basis)


def share_changes(funding: Funding | None, family: Family | None) -> tuple[date, ...]:
    """Days on which the category of a service or a rate of the client may change."""
    days = [one.since for one in family.categories if one.since > date.min] if family else []
    if funding is None:
        return tuple(days)
    if funding.rates:
        for category in {one.category for one in funding.rates}:
            days += [since for since, _ in effective(funding.rates, category) if since > date.min]
    if funding.allocation:
        for relief in funding.allocation.reliefs:
            days.append(relief.period.first)
            if relief.period.last < date.max:
                days.append(relief.period.last + DAY)
        if funding.allocation.means:
            days += threshold_days()
    return tuple(days)


def counts_announced(funding: Funding | None, day: date) -> bool:
    """Whether changes that were announced, but whose law was not seen, are counted: a choice, else the parameter."""
    chosen = funding.allocation.announced if funding and funding.allocation else None
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


@dataclass(frozen=True, slots=True)
class Estimate:
    """The sliding rates of a part pensioner or card holder, as an estimate: Services Australia determines them.

    Reductions are whole dollars a year. The input rate is ``reduction`` of ``maximum``, never more than all of it.
    """

    income_reduction: int
    asset_reduction: int
    maximum: int
    rates: dict[str, Percent]  # rounded half up to two decimals
    source: Source

    @property
    def reduction(self) -> int:
        """The larger of the two reductions, at most the maximum."""
        return min(self.maximum, max(self.income_reduction, self.asset_reduction))

    @property
    def input_rate(self) -> Percent:
        """The input rate to two decimals, to be shown; the rates are worked out from the exact one."""
        return Percent(rounded(self.reduction * 10_000, self.maximum) * 100)


def estimate(means: Means, day: date) -> Estimate:
    """The sliding rates from income and assets of one person, by the thresholds of a day.

    Steps one to three are rounded to the dollar; the input rate is not rounded before the rates are worked out.
    An unknown household is a KeyError. Source: adviser guide of 20 March 2026 (confidence B).
    """
    free_income = threshold("income_free_area", means.household, day).money
    limit = threshold("income_limit", means.household, day).money
    owner = "assets_free_area_owner" if means.home_owner else "assets_free_area_other"
    free_assets = threshold(owner, means.household, day).money
    on_income, on_assets = fact("income_taper", "any", day).rate, fact("asset_taper", "any", day).rate
    income = _dollars_of(max(ZERO, means.income - free_income), on_income)
    assets = _dollars_of(max(ZERO, means.assets - free_assets), on_assets)
    most = _dollars_of(limit - free_income, on_income)
    reduction = min(most, max(income, assets))
    rates = {CLINICAL: Percent(0)}
    for category in (INDEPENDENCE, EVERYDAY):
        floor, top = fact("sliding_floor", category, day).rate.ppm, fact("sliding_top", category, day).rate.ppm
        hundredths = rounded(floor * most + (top - floor) * reduction, most * PART_OF_DOLLAR)
        rates[category] = Percent(hundredths * PART_OF_DOLLAR)
    base = threshold("income_limit", means.household, day).source
    source = Source(base.title, "Sliding formula, an estimate", base.since, Confidence.B)
    return Estimate(income, assets, most, rates, source)


def _dollars_of(amount: Money, taper: Percent) -> int:
    """A share of an amount to the nearest whole dollar, half up."""
    return rounded(amount.minor * taper.ppm, 1_000_000 * PART_OF_DOLLAR)


def threshold(key: str, household: str, day: date) -> Fact:
    """A threshold of the means test; couples separated by illness share those of couples but for their own."""
    own = known(key)
    if household not in own and household == "couple_separated_by_illness_each":
        household = "couple_each"
    return fact(key, household, day)


@cache
def threshold_days() -> tuple[date, ...]:
    """Every day on which a threshold or taper of the means test changes after its first row."""
    keys = ("income_free_area", "assets_free_area_owner", "assets_free_area_other", "income_limit")
    return tuple(sorted({row.since for key in keys for who in known(key) for row in facts(key, who)[1:]}))


def cap(cohort: str, day: date) -> Fact:
    """The lifetime cap of a cohort on a day: the latest value known, which may be out of date; never unknown."""
    return fact("lifetime_cap", NO_WORSE_OFF if cohort.startswith(NO_WORSE_OFF) else cohort, day)


def caps(cohort: str) -> tuple[Fact, ...]:
    """Every lifetime cap of a cohort, in order of days."""
    return facts("lifetime_cap", NO_WORSE_OFF if cohort.startswith(NO_WORSE_OFF) else cohort)
