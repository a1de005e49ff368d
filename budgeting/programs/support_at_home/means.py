"""The sliding rates of Support at Home from income and assets: an estimate, for Services Australia determines them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from budgeting.allocation import Means
from budgeting.explain import Confidence, Figure, Source
from budgeting.money import ZERO, Money, Percent, rounded
from budgeting.programs.support_at_home.facts import Fact, fact, facts, known
from budgeting.words import Words, words
from budgeting.working import (
    CLOSE,
    MINUS,
    OPEN,
    OVER,
    PLUS,
    TIMES,
    TOLD,
    exactly,
    highest,
    lowest,
    to_the_dollar,
    to_two_decimals,
)

CLINICAL, INDEPENDENCE, EVERYDAY = "clinical", "independence", "everyday_living"
CATEGORIES = (CLINICAL, INDEPENDENCE, EVERYDAY)
PART_OF_DOLLAR = 100


@dataclass(frozen=True, slots=True)
class Estimate:
    """The sliding rates of a part pensioner or card holder, as an estimate: Services Australia determines them.

    Reductions are whole dollars a year. The input rate is ``reduction`` of ``maximum``, never more than all of it.
    """

    income_reduction: int
    asset_reduction: int
    maximum: int
    rates: dict[str, Percent]  # rounded half up to two decimals
    sources: dict[str, Source]  # by category, each with how the rate was worked out

    @property
    def reduction(self) -> int:
        """The larger of the two reductions, at most the maximum."""
        return min(self.maximum, max(self.income_reduction, self.asset_reduction))

    @property
    def input_rate(self) -> Percent:
        """The input rate to two decimals, to be shown; the rates are worked out from the exact one."""
        return Percent(rounded(self.reduction * 10_000, self.maximum) * 100)


@lru_cache(maxsize=256)
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
    free = fact("income_free_area", "single", day)
    steps = (
        _step(words("Because of income"), income, means.income, free_income, on_income),
        _step(words("Because of assets"), assets, means.assets, free_assets, on_assets),
        _step(words("At most"), most, limit, free_income, on_income),
    )
    sliding = _reduction(steps, reduction)
    base = Source(free.source.title, "Sliding formula, an estimate", free.since, Confidence.B)
    rates, sources = {CLINICAL: Percent(0)}, {CLINICAL: base}
    for category in (INDEPENDENCE, EVERYDAY):
        floor, top = fact("sliding_floor", category, day).rate, fact("sliding_top", category, day).rate
        span = Percent(top.ppm - floor.ppm)
        more = Percent(rounded(span.ppm * reduction, most * PART_OF_DOLLAR) * PART_OF_DOLLAR)
        rates[category] = Percent(floor.ppm + more.ppm)  # the floor has no more decimals, so nothing is rounded twice
        sources[category] = replace(base, how=_rate_figure(floor, span, more, (sliding, steps[2]), base))
    return Estimate(income, assets, most, rates, sources)


def _rate_figure(floor: Percent, span: Percent, more: Percent, parts: tuple[Figure, Figure], base: Source) -> Figure:
    """How a rate follows from how far the means go."""
    reduction, most = (part.value for part in parts if isinstance(part.value, Money))
    on_top = Figure(
        label=words("Because of your means"),
        value=more,
        sum=words("{span} at most, in proportion to how far your means go", span=span),
        parts=parts,
        working=to_two_decimals(reduction, OVER, most, TIMES, span),
    )
    return Figure(
        label=words("Your share"),
        value=Percent(floor.ppm + more.ppm),
        sum=words("An estimate: {floor} for everybody, and {more} because of your means", floor=floor, more=more),
        parts=(on_top,),
        rule=words("Services Australia decides the share. This is only an estimate."),
        source=base,
        working=exactly(floor, PLUS, more),
    )


def _step(label: Words, value: int, told: Money, free: Money, taper: Percent) -> Figure:
    """One step of the sliding formula, in whole dollars a year."""
    amount = Money(value * PART_OF_DOLLAR)
    text = words("{taper} of what {amount} is above {free}", taper=taper, amount=told, free=free)
    if told <= free:
        return Figure(label, amount, text, working=TOLD)
    return Figure(label, amount, text, working=to_the_dollar(OPEN, told, MINUS, free, CLOSE, TIMES, taper))


def _reduction(steps: tuple[Figure, ...], reduction: int) -> Figure:
    """The higher of the two reductions, but no more than the most."""
    income, assets, most = (step.value for step in steps if isinstance(step.value, Money))
    higher = max(income, assets)
    first = Figure(words("The higher of both"), higher, parts=steps[:2], working=highest(income, assets))
    label, value = words("How far your means go"), Money(reduction * PART_OF_DOLLAR)
    text = words("The higher of both, but no more than the most")
    return Figure(label, value, text, (first, steps[2]), working=lowest(higher, most))


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
