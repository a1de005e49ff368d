"""Assistive technology (at) and home modifications (hm): tiers, fee limits, and how long the money may be spent."""

from __future__ import annotations

from datetime import date

from budgeting.allocation import Tier
from budgeting.explain import Figure
from budgeting.explain.sums import part_of
from budgeting.money import Money
from budgeting.period import DAY, Period, months_after
from budgeting.programs.support_at_home.facts import fact
from budgeting.words import words

REMOTE_CLASSES = (6, 7)  # of the Modified Monash Model


def tier_amount(amount: Money, day: date, *, remote: bool = False) -> Money:
    """The amount of a tier, with the remote loading (MM6 and MM7) where it applies; rounded half up to the cent."""
    return amount + amount.share(fact("tier_remote_loading", "any", day).rate.ppm) if remote else amount


def loading_figure(tier: Tier) -> Figure:
    """How much a tier is larger in a remote place."""
    loading = fact("tier_remote_loading", "any", tier.since)
    return part_of(words("More for a remote place"), tier.amount, loading.rate, source=loading.source)


def fee_limit(scheme: str, cost: Money, day: date) -> Money:
    """The highest fee for arranging something of this cost: a share of it, at most an amount.

    An unknown scheme is a KeyError.
    """
    share, most = fact("tier_fee_share", scheme, day), fact("tier_fee_most", scheme, day)
    return min(cost.share(share.rate.ppm), most.money)


def tier_days(tier: Tier) -> Period:
    """The days within which the money of a tier has to be spent, twelve months more when they were granted."""
    months = fact("tier_months", tier.scheme, tier.since).number * (2 if tier.extended else 1)
    return Period(tier.since, months_after(tier.since, months) - DAY)
