"""The parts of the funding in Support at Home: the account, care management, pathways, tiers and old package money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from budgeting.allocation import Allocation, Pathway, Tier
from budgeting.explain import Confidence, Figure, Source
from budgeting.money import ZERO, Money, total
from budgeting.package import Component, Funding, FundingPeriod, Management
from budgeting.period import Period
from budgeting.programs.support_at_home import athm
from budgeting.programs.support_at_home.account import (
    END_OF_LIFE,
    FOR_CARE,
    care_management,
    code_on,
    credits,
    pathway_budget,
    pathway_days,
    quarter,
    supplement,
    supplement_figure,
)
from budgeting.programs.support_at_home.everyday import CARE_MANAGEMENT, EQUIPMENT, HOME_CHANGES, RESTORATIVE
from budgeting.programs.support_at_home.facts import classification, fact
from budgeting.programs.support_at_home.means import CATEGORIES
from budgeting.words import Words, nwords, words
from budgeting.working import PARTS, TIMES, TOLD, exactly

ACCOUNT = "account"  # the key of the client's own account
CARE = "care_management"  # the key of what the provider holds for care management
OWN = "client"  # who holds the client's own part of old package money; it pays for nothing, and is paid back
HOLDERS = {
    "provider": words("Unspent package money held by the provider"),
    "services_australia": words("Unspent package money held by Services Australia"),
    OWN: words("The client’s own part of unspent package money"),
}
PATHWAYS = {"RC": words("Restorative care"), "EOL": words("End-of-life care")}
SCHEMES = {"at": words("Equipment and products"), "hm": words("Changes to the home")}
FUNDS = {"at": EQUIPMENT, "hm": HOME_CHANGES}


@lru_cache(maxsize=256)
def components(funding: Funding) -> tuple[Component, ...]:
    """The client's account with a credit for every quarter, and whatever else was granted, in the order of paying.

    End-of-life money replaces the account; old package money comes after the account, and before a tier for equipment
    or changes to the home. Without a classification the parts are as they were told. An unknown classification,
    supplement, pathway, scheme or holder is a KeyError.
    """
    if funding.allocation is None and funding.classification is None:
        return funding.components
    given = funding.given
    pathways = [(_pathway(one, number), one.code == END_OF_LIFE) for number, one in enumerate(given.pathways)]
    found = [component for component, replaces in pathways if replaces]
    found += funding.components if funding.classification is None else _account(funding, given)
    found += [component for component, replaces in pathways if not replaces]
    found += [
        Component(
            key=f"package_money_{one.holder}",
            name=HOLDERS[one.holder],
            amount=one.amount,
            management=Management.AGENCY,
            categories=(*CATEGORIES, RESTORATIVE, EQUIPMENT, HOME_CHANGES),
            fallback=True,
        )
        for one in sorted(given.package_money, key=lambda one: one.holder)
        if one.holder != OWN
    ]
    found += [_tier(tier, number) for number, tier in enumerate(given.tiers)]
    return tuple(found)


def _account(funding: Funding, given: Allocation) -> Iterator[Component]:
    periods = credits(funding)
    if not periods:
        return
    yield Component(
        key=ACCOUNT,
        name=words("Support at Home account"),
        amount=total([one.amount for one in periods]),
        management=Management.AGENCY,
        categories=CATEGORIES,
        periods=periods,
        spent=funding.spent,
        spent_until=funding.spent_until,
        carried=given.brought.amount if given.brought else ZERO,
        fallback=True,
    )
    if funding.allocation is None:
        return
    held = tuple(care_periods(funding, periods))
    yield Component(
        key=CARE,
        name=words("Care management, held by the provider"),
        amount=total([one.amount for one in held]),
        management=Management.AGENCY,
        categories=(CARE_MANAGEMENT,),
        periods=held,
        apart=True,
        fallback=True,
    )


def care_periods(funding: Funding, periods: tuple[FundingPeriod, ...]) -> Iterator[FundingPeriod]:
    """What the provider is credited for care management in each quarter, and what may go on.

    It rolls on within the financial year; into the next one at most the allocation of April to June is kept.
    """
    given = funding.given
    for within in sorted({quarter(one.period.first) for one in periods}):
        inside = [one.period for one in periods if one.period.first in within]
        days = Period(inside[0].first, inside[-1].last)
        code = code_on(funding, days.first)
        each = classification(code, days.first).daily_provider
        parts = [
            Figure(
                words("Care management from {first} to {last}", first=days.first, last=days.last),
                care_management(code, days),
                nwords("{daily} for {n} day", "{daily} a day for {n} days", days.days, daily=each),
                source=classification(code, days.first).source,
                working=exactly(each, TIMES, days.days),
            )
        ]
        for change in sorted(given.changes, key=lambda one: one.since):
            left = Period(max(change.since, days.first), days.last) if change.since <= days.last else None
            after = classification(change.code, days.last)
            more = after.daily_provider - each
            if left and change.since > days.first and more > ZERO:
                label = words("More from {first} to {last}", first=left.first, last=left.last)
                value = Money(more.minor * left.days)
                text = nwords("{daily} more for {n} day", "{daily} more a day for {n} days", left.days, daily=more)
                working = exactly(more, TIMES, left.days)
                parts.append(Figure(label, value, text, source=after.source, working=working))
                each = after.daily_provider
        for one in given.supplements:
            if one.code == FOR_CARE and one.counts_on(days.first):
                parts.append(supplement_figure(one.code, supplement(one, ZERO, days.first), days))
        amount = total([part.value for part in parts if isinstance(part.value, Money)])
        label = words("Care management from {first} to {last}", first=days.first, last=days.last)
        how = parts[0] if len(parts) == 1 else Figure(label, amount, parts=tuple(parts), working=PARTS)
        if days.last.month != END_OF_YEAR:
            yield FundingPeriod(days, amount, how)
            continue
        most = Figure(words("The most that goes on"), amount, parts=(how,), working=PARTS)
        yield FundingPeriod(days, amount, how, amount, most)


END_OF_YEAR = 6  # the financial year ends with June


def _pathway(pathway: Pathway, number: int) -> Component:
    days, amount = pathway_days(pathway), pathway_budget(pathway.code, pathway.units, pathway.since)
    held = (*CATEGORIES, CARE_MANAGEMENT) if pathway.code == END_OF_LIFE else (RESTORATIVE,)
    daily = fact("pathway_daily", pathway.code, days.first)
    funded = fact("pathway_funded_days", pathway.code, days.first).number
    how = Figure(
        label=PATHWAYS[pathway.code],
        value=amount,
        sum=nwords(
            "{daily} for each of {days} days, for {n} unit",
            "{daily} for each of {days} days, for {n} units",
            pathway.units,
            daily=daily.money,
            days=funded,
        ),
        rule=_lapses(days),
        source=daily.source,
        rule_source=fact("pathway_usable_days", pathway.code, days.first).source,
        working=exactly(daily.money, TIMES, funded, TIMES, pathway.units),
    )
    return _once(_key(pathway.code.lower(), number), PATHWAYS[pathway.code], days, amount, held, how)


def _tier(tier: Tier, number: int) -> Component:
    days, amount = athm.tier_days(tier), athm.tier_amount(tier.amount, tier.since, remote=tier.remote)
    label, told = SCHEMES[tier.scheme], Source("", since=tier.since, confidence=Confidence.GIVEN)
    lapses = fact("tier_months", tier.scheme, tier.since).source
    how = Figure(label, amount, rule=_lapses(days), source=told, working=TOLD, rule_source=lapses)
    if tier.remote:
        granted = Figure(words("Amount that was granted"), tier.amount, working=TOLD, source=told)
        parts = (granted, athm.loading_figure(tier))
        how = replace(how, sum=words("The parts below added up"), parts=parts, source=None, working=PARTS)
    return _once(tier_key(tier.scheme, number), label, days, amount, (FUNDS[tier.scheme],), how)


def tier_key(scheme: str, number: int) -> str:
    """The key of a tier as a part of the funding; ``number`` is its place among all tiers, from 0."""
    return _key(scheme, number)


def tier_on(funding: Funding, scheme: str, day: date) -> str:
    """The key of the tier that pays for something of a scheme on a day; the scheme itself where none was told."""
    tiers = funding.given.tiers
    fitting = [(number, one) for number, one in enumerate(tiers) if one.scheme == scheme]
    open_then = [number for number, one in fitting if day in athm.tier_days(one)]
    number = next(iter([*open_then, *(number for number, _ in fitting)]), None)
    return scheme if number is None else tier_key(scheme, number)


def _key(kind: str, number: int) -> str:
    return kind if not number else f"{kind}_{number + 1}"


def _lapses(days: Period) -> Words:
    return words("It can be spent until {day}. What is left then does not go on.", day=days.last)


def _once(key: str, name: Words, days: Period, amount: Money, categories: tuple[str, ...], how: Figure) -> Component:
    """Money that is granted once, for some days."""
    release = FundingPeriod(days, amount, how, ZERO)
    return Component(key, name, amount, Management.AGENCY, categories, (release,), fallback=True)
