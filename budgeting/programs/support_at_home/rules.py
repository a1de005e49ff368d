"""What data alone cannot say about Support at Home: quarters, carry-over, and the client's contribution."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from budgeting import programs
from budgeting.explain import Confidence, Figure, Source
from budgeting.families import Family
from budgeting.money import Money, Percent, dollars, total
from budgeting.package import Component, Funding, FundingPeriod, Management
from budgeting.period import Period
from budgeting.quotation import Finding, Level, LineQuote, Quote
from budgeting.words import Name, nwords, words

CLINICAL, INDEPENDENCE, EVERYDAY = "clinical", "independence", "everyday_living"
ACCOUNT = "account"  # the key of the only component: the client's own account


@dataclass(frozen=True, slots=True)
class Classification:
    """The daily amounts of a classification, from a day on."""

    code: str
    since: date
    daily_individual: Money  # credited to the client's account
    daily_provider: Money  # for care management; it never enters the account
    published_quarter: Money  # for comparison only
    confirmed_to: date | None
    source: Source


@cache
def _classifications() -> dict[str, tuple[Classification, ...]]:
    text = (resources.files(__package__) / "classifications.csv").read_text(encoding="utf-8")
    read: dict[str, list[Classification]] = {}
    for row in csv.DictReader(text.splitlines()):
        since = date.fromisoformat(row["since"])
        read.setdefault(row["code"], []).append(
            Classification(
                code=row["code"],
                since=since,
                daily_individual=dollars(row["daily_individual"]),
                daily_provider=dollars(row["daily_provider"]),
                published_quarter=dollars(row["published_quarter"]),
                confirmed_to=date.fromisoformat(row["confirmed_to"]) if row["confirmed_to"] else None,
                source=Source(row["source"], row["code"], since, Confidence(row["confidence"])),
            )
        )
    return {code: tuple(sorted(rows, key=lambda row: row.since)) for code, rows in read.items()}


def classification(code: str, day: date) -> Classification:
    """The amounts of a classification on a day, or the first ones before; an unknown code is a KeyError."""
    rows = _classifications()[code]
    return next((row for row in reversed(rows) if row.since <= day), rows[0])


def classification_codes() -> tuple[str, ...]:
    """Every classification there is, in order."""
    return tuple(_classifications())


def quarter(day: date) -> Period:
    """The quarter that a day belongs to."""
    months = programs.program("support_at_home").parameters.numbers("quarter_months", day)
    first = date(day.year, max(month for month in months if month <= day.month), 1)
    later = [date(day.year, month, 1) for month in months if month > day.month]
    if not later and day.year == date.max.year:
        return Period(first, date.max)
    following = later[0] if later else date(day.year + 1, months[0], 1)
    return Period(first, following - timedelta(1))


def credited_days(entered: date | None, within: Period) -> Period | None:
    """The days of a quarter for which the account is credited: all, or from the entry day on, counting it."""
    if entered is None or entered <= within.first:
        return within
    return Period(entered, within.last) if entered <= within.last else None


def credit(code: str, days: Period) -> Money:
    """What the account is credited for some days of a quarter: the daily amount of the first one times the days."""
    return Money(classification(code, days.first).daily_individual.minor * days.days)


def credit_figure(funding: Funding, days: Period) -> Figure:
    """How a quarter's credit is worked out."""
    row = classification(funding.classification or "", days.first)
    return Figure(
        label=words("Credit from {first} to {last}", first=days.first, last=days.last),
        value=Money(row.daily_individual.minor * days.days),
        sum=nwords("{daily} for {n} day", "{daily} a day for {n} days", days.days, daily=row.daily_individual),
        rule=words("The daily amount of the first day counts for the quarter. Care management money is apart from it."),
        source=row.source,
    )


def care_management(code: str, days: Period) -> Money:
    """What the provider's care management account is credited for the same days; never part of the client's account."""
    return Money(classification(code, days.first).daily_provider.minor * days.days)


def components(funding: Funding) -> tuple[Component, ...]:
    """One component, the client's account, with a credit for every quarter the funding touches.

    When spending is known up to some day, earlier quarters are left out. An unknown classification is a KeyError.
    """
    if funding.classification is None:
        return funding.components
    day = max(funding.period.first, funding.spent_until or date.min, funding.entered or date.min)
    credits: list[FundingPeriod] = []
    while day <= funding.period.last:
        within = quarter(day)
        days = credited_days(funding.entered, within)
        if days:
            credits.append(FundingPeriod(days, credit(funding.classification, days), credit_figure(funding, days)))
        if within.last >= funding.period.last:
            break
        day = within.last + timedelta(1)
    if not credits:
        return ()
    account = Component(
        key=ACCOUNT,
        name=words("Support at Home account"),
        amount=total([one.amount for one in credits]),
        management=Management.AGENCY,
        categories=(CLINICAL, INDEPENDENCE, EVERYDAY),
        periods=tuple(credits),
        spent=funding.spent,
        spent_until=funding.spent_until,
    )
    return (account,)


def binds(management: Management | None, day: date) -> bool:
    """Price caps were put off without a date: providers set their prices."""
    return False


def pools(parts: tuple[Component, ...]) -> tuple[tuple[Component, ...], ...]:
    """There is one account, so nothing to pool."""
    return ()


def carries(left: int, released: FundingPeriod) -> int:
    """Minor units that go on to the next quarter: at most the floor, or the share of the budget if that is more."""
    at, day = programs.program("support_at_home").parameters, released.period.last
    share_of_quarter = released.amount.share(at.rate("carry_over_share", day).ppm).minor
    return min(left, max(at.money("carry_over_floor", day).minor, share_of_quarter))


def group_limit(limit: Money, participants: int, workers: int) -> Money:
    """There are no limits to divide."""
    return limit


def share(funding: Funding | None, family: Family | None, category: str | None, day: date) -> programs.Share:
    """The contribution category of a service on a day, the client's rate for it, and what the account is charged.

    The rate of the determination letter counts; else a published fixed rate; else it is not known.
    """
    announced = programs.program("support_at_home").parameters.text("announced_changes", day) == "yes"
    if category is None and family is not None:
        category = family.category(day, announced=announced).category
    basis = funding.debit_basis if funding else "subsidy"
    if category is None or funding is None:
        return programs.Share(category, debit=basis)
    told = [one for one in funding.rates if one.category == category and (one.since is None or one.since <= day)]
    if told:
        latest = max(told, key=lambda one: one.since or date.min)
        letter = Source("Services Australia", since=latest.letter or latest.since, confidence=Confidence.GIVEN)
        return programs.Share(category, latest.rate, letter, basis)
    return _fixed_share(funding, category, day, basis)


def _fixed_share(funding: Funding, category: str, day: date, basis: str) -> programs.Share:
    at = programs.program("support_at_home").parameters
    for key in (f"rate_{funding.cohort}_{funding.means_status}", f"rate_{funding.cohort}"):
        if key in at:
            rates = dict(zip((CLINICAL, INDEPENDENCE, EVERYDAY), at.rates(key, day), strict=True))
            return programs.Share(category, rates.get(category), at.source(key, day), basis)
    if category == CLINICAL:
        key = "rate_standard_full_pensioner"  # clinical care is free whatever the means
        return programs.Share(category, Percent(0), at.source(key, day), basis)
    return programs.Share(category, debit=basis)


def share_changes(funding: Funding | None, family: Family | None) -> tuple[date, ...]:
    """Days on which the category of a service or a rate of the client may change."""
    days = [one.since for one in family.categories if one.since > date.min] if family else []
    if funding:
        days += [one.since for one in funding.rates if one.since]
    return tuple(days)


def findings(quote: Quote) -> Iterator[Finding]:
    """Rates that are not known, amounts that may be out of date, and changes that are only announced."""
    for line in quote.lines:
        row = next((row for row in line.rows if row.rate is None), None)
        if row and quote.package.funding:
            text = words(
                "{support}: your share is not known yet. It is in the letter from Services Australia.",
                support=Name(line.line.name),
            )
            yield Finding("no_rate", Level.WARNING, text, line=line.line.id, day=row.first)
        yield from _announced(line)
    funding = quote.package.funding
    if funding and funding.classification:
        confirmed = classification(funding.classification, funding.period.last).confirmed_to
        if confirmed and funding.period.last > confirmed:
            text = words("The daily amounts were confirmed up to {day}. They may have changed since.", day=confirmed)
            yield Finding("amounts_unconfirmed", Level.NOTE, text, day=confirmed)


def _announced(line: LineQuote) -> Iterator[Finding]:
    family = programs.program("support_at_home").family(line.line.support)
    announced = [one for one in family.categories if one.announced] if family else []
    for one in announced:
        if one.category == CLINICAL and any(row.last >= one.since and row.rate for row in line.rows):
            text = words(
                "{support}: it was announced that you pay no share from {day}. That is not confirmed and not counted.",
                support=Name(line.line.name),
                day=one.since,
            )
            yield Finding("announced_change", Level.NOTE, text, line=line.line.id, day=one.since)
