"""Each tier of money for equipment or changes to the home: what it holds, what was used, what is held, until when.

Source of the rules: Department of Health, Disability and Ageing, AT-HM scheme (each in ``facts.csv``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budgeting.allocation import Tier
from budgeting.explain import Figure
from budgeting.explain.sums import less
from budgeting.living.equipment import free_of
from budgeting.money import ZERO, Money
from budgeting.package import Component, Funding
from budgeting.period import Period
from budgeting.programs.support_at_home import athm
from budgeting.programs.support_at_home.facts import fact
from budgeting.programs.support_at_home.granted import SCHEMES, components, tier_key
from budgeting.programs.support_at_home.relieving import relieved
from budgeting.programs.support_at_home.statement_rows import TAKEN, WRITTEN_DOWN, Service, added
from budgeting.words import Words, nwords, words
from budgeting.working import COUNTED, PUBLISHED

LEVELS: Mapping[str, Words] = {"low": words("Low"), "medium": words("Medium"), "high": words("High")}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one tier stands on a day; ``held`` and ``free`` are None where nothing is held for anything approved."""

    key: str
    name: Words
    tier: Tier
    days: Period
    ended: bool
    granted: Figure
    used: Figure
    left: Figure
    until: Figure
    fee: Figure
    held: Figure | None = None
    free: Figure | None = None


def standings(
    funding: Funding, services: Sequence[Service], held: Mapping[str, Figure], today: date
) -> tuple[Standing, ...]:
    """Every tier in the order in which they were told; ``held`` is what is put aside, by the part of the funding."""
    parts = {one.key: one for one in components(funding)}
    counted = [one for one in relieved(services, funding) if not one.questioned]
    return tuple(
        _standing(tier, parts[key], [one for one in counted if one.fund == key], held.get(key), today)
        for number, tier in enumerate(funding.given.tiers)
        for key in [tier_key(tier.scheme, number)]
    )


def _standing(tier: Tier, part: Component, services: Sequence[Service], held: Figure | None, today: date) -> Standing:
    days = athm.tier_days(tier)
    granted = part.periods[0].how or Figure(words("Amount that was granted"), part.amount)
    used = added(words("Used so far"), services, TAKEN, (WRITTEN_DOWN,))
    left = _left(part.amount, granted, used, days, today)
    apart = held if held is not None and today <= days.last else None
    return Standing(
        key=part.key,
        name=SCHEMES[tier.scheme],
        tier=tier,
        days=days,
        ended=today > days.last,
        granted=replace(granted, label=words("Amount that was granted")),
        used=used,
        left=left,
        until=_until(tier, days),
        fee=fee_figure(tier.scheme, max(tier.since, min(today, days.last))),
        held=apart,
        free=free_of(left, apart) if apart is not None else None,
    )


def _left(amount: Money, granted: Figure, used: Figure, days: Period, today: date) -> Figure:
    label, parts = words("Left of it"), (granted.brief, used.brief)
    if today > days.last:
        return Figure(label, ZERO, words("It could be spent until {day}.", day=days.last), parts, working=COUNTED)
    if not isinstance(used.value, Money):
        return Figure(label, None, words("It is not known, since something below is not known yet."), parts)
    text = words("{amount} granted, less {spent} spent", amount=amount, spent=used.value)
    return less(label, amount, used.value, text, parts)


def _until(tier: Tier, days: Period) -> Figure:
    """The last day on which its money can be spent: spent, not only agreed to."""
    known = fact("tier_months", tier.scheme, tier.since)
    months = known.number * (2 if tier.extended else 1)
    return Figure(
        label=words("Can be spent until"),
        value=days.last,
        sum=nwords("{n} month from {day}", "{n} months from {day}", months, day=tier.since),
        rule=words("By then it has to be delivered and billed. An order is not enough."),
        source=known.source,
        working=COUNTED,
    )


def fee_figure(scheme: str, day: date) -> Figure:
    """The most that a provider may ask for arranging something."""
    share, most = fact("tier_fee_share", scheme, day), fact("tier_fee_most", scheme, day)
    text = words("{share} of what it costs, and no more than {limit}", share=share.rate, limit=most.money)
    return Figure(words("Highest fee for arranging it"), most.money, text, source=most.source, working=PUBLISHED)


def published(scheme: str, day: date) -> Iterator[tuple[Words, Figure]]:
    """The published amount of each level of a scheme that counts on a day."""
    for level, name in LEVELS.items():
        known = fact(f"tier_{scheme}", level, day)
        yield name, Figure(name, known.money, source=known.source, working=PUBLISHED)
