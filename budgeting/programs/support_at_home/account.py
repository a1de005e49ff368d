"""The client's account in Support at Home: what is credited for a quarter, what goes on, and what a service takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from budgeting import programs
from budgeting.allocation import Pathway, Supplement
from budgeting.explain import Confidence, Figure, Source
from budgeting.explain.sums import part_of
from budgeting.money import ZERO, Money, Percent, total
from budgeting.package import Funding, FundingPeriod
from budgeting.period import DAY, Period
from budgeting.programs.support_at_home.facts import classification, fact, known, started
from budgeting.words import Name, nwords, words
from budgeting.working import CLOSE, MINUS, OPEN, PARTS, PUBLISHED as AS_PUBLISHED, TIMES, exactly, highest, to_the_cent

KEY = "support_at_home"
WHOLE = Percent(1_000_000)
SERVICE_BUDGET, PUBLISHED = "service_budget", "published_quarterly_total"
RESTORATIVE, END_OF_LIFE = "RC", "EOL"
FOR_CARE = "CM"  # the supplement that is paid to the provider for care management, and never enters the account


def quarter(day: date) -> Period:
    """The quarter that a day belongs to."""
    months = programs.program(KEY).parameters.numbers("quarter_months", day)
    first = date(day.year, max(month for month in months if month <= day.month), 1)
    later = [date(day.year, month, 1) for month in months if month > day.month]
    if not later and day.year == date.max.year:
        return Period(first, date.max)
    following = later[0] if later else date(day.year + 1, months[0], 1)
    return Period(first, following - DAY)


def credited_days(entered: date | None, within: Period) -> Period | None:
    """The days of a quarter for which the account is credited: all, or from the entry day on, counting it.

    Days before the program began are never credited. Source: Aged Care Act 2024 s 193(2) and (3).
    """
    first = max(within.first, started(), entered or date.min)
    return Period(first, within.last) if first <= within.last else None


@dataclass(frozen=True, slots=True)
class Daily:
    """What the account is credited for one day, and on what it rests."""

    code: str
    base: Money  # of the classification, before an interim share
    share: Percent  # of the base that is paid: less than everything while funding is interim
    supplements: tuple[tuple[str, Money], ...]

    def base_for(self, days: int) -> Money:
        """The part of the classification for some days, rounded half up once when it is interim."""
        return Money(self.base.minor * days).share(self.share.ppm)

    def supplement_for(self, days: int) -> Money:
        """All supplements for some days."""
        return Money(sum(each.minor for _, each in self.supplements) * days)


def daily(funding: Funding, day: date) -> Daily:
    """The amounts of a day: the classification of that day, the interim share, and the supplements.

    An unknown classification or supplement is a KeyError.
    """
    given = funding.given
    base = classification(code_on(funding, day), day).daily_individual
    interim = given.interim is not None and day in given.interim
    share = fact("interim_share", "any", day).rate if interim else WHOLE
    paid = (one for one in given.supplements if one.code != FOR_CARE)
    named = tuple((one.code, supplement(one, base, day)) for one in paid if one.counts_on(day))
    return Daily(code_on(funding, day), base, share, named)


def code_on(funding: Funding, day: date) -> str:
    """The classification of a person on a day; a funding without one is a KeyError."""
    changes = sorted(funding.given.changes, key=lambda one: one.since)
    code = funding.classification
    for change in changes:
        code = change.code if change.since <= day else code
    if code is None:
        raise KeyError("no classification")
    return code


def supplement(one: Supplement, base: Money, day: date) -> Money:
    """A supplement for one day: as told, else as published; a share of the base is rounded half up to the cent."""
    if one.daily is not None:
        return one.daily
    published = fact("supplement", one.code, day)
    return base.share(published.rate.ppm) if published.is_share else published.money


def credit(code: str, days: Period) -> Money:
    """What the account is credited for some days of a quarter: the daily amount of the first one times the days."""
    return Money(classification(code, days.first).daily_individual.minor * days.days)


def care_management(code: str, days: Period) -> Money:
    """What the provider's care management account is credited for the same days; never part of the client's account."""
    return Money(classification(code, days.first).daily_provider.minor * days.days)


def credits(funding: Funding) -> tuple[FundingPeriod, ...]:
    """The credits of every quarter that the funding touches, with what may go on from each.

    When spending is known up to some day, earlier quarters are left out. A supplement counts for a quarter when it is
    paid on the first credited day. A higher amount inside a quarter is a credit of its own from its day on.
    """
    day = max(funding.period.first, funding.spent_until or date.min, funding.entered or date.min)
    found: list[FundingPeriod] = []
    while day <= funding.period.last:
        within = quarter(day)
        for days in _spans(funding, within):
            found += _credited(funding, days)
        if within.last >= funding.period.last:
            break
        day = within.last + DAY
    return tuple(found)


def _spans(funding: Funding, within: Period) -> Iterator[Period]:
    """The days of a quarter for which ongoing money is credited: those that end-of-life funding does not replace."""
    days = credited_days(funding.entered, within)
    if days is None:
        return
    first = days.first
    for pathway in sorted(funding.given.pathways, key=lambda one: one.since):
        if pathway.code != END_OF_LIFE:
            continue
        usable = pathway_days(pathway)
        if first < usable.first <= days.last:
            yield Period(first, usable.first - DAY)
        if usable.first <= days.last and usable.last >= first:
            if usable.last >= days.last:
                return
            first = usable.last + DAY
    yield Period(first, days.last)


def _credited(funding: Funding, days: Period) -> list[FundingPeriod]:
    """The credit of some days of one quarter, and one more for each day on which the amount rises."""
    given = funding.given
    level = daily(funding, days.first)
    starts, amounts = [days.first], [level.base_for(days.days) + level.supplement_for(days.days)]
    figures = [credit_figure(level, days)]
    changes = {change.since for change in given.changes}
    if given.interim:
        changes |= {given.interim.first, given.interim.last + DAY}
    for day in sorted(change for change in changes if days.first < change <= days.last):
        new, left = daily(funding, day), Period(day, days.last)
        more = new.base_for(left.days) - level.base_for(left.days)
        if more > ZERO:
            starts.append(day)
            amounts.append(more)
            figures.append(top_up_figure(level, new, left))
            level = new
    budget = total(amounts)
    limit = carry_limit(budget, level.code, days.last, given.carry_over_base)
    most = carry_figure(limit, budget, level.code, days.last, given.carry_over_base)
    ends = [start - DAY for start in starts[1:]] + [days.last]
    return [
        FundingPeriod(Period(start, end), amount, figure, *((limit, most) if end == days.last else (None, None)))
        for start, end, amount, figure in zip(starts, ends, amounts, figures, strict=True)
    ]


def credit_figure(level: Daily, days: Period) -> Figure:
    """How the credit of some days is worked out."""
    base = _base_figure(level, days)
    if not level.supplements:
        return base
    parts = (base, *(supplement_figure(code, each, days) for code, each in level.supplements))
    amount = level.base_for(days.days) + level.supplement_for(days.days)
    return Figure(base.label, amount, words("The parts below added up"), parts, working=PARTS)


def _base_figure(level: Daily, days: Period) -> Figure:
    """The part of the classification for some days."""
    n, row = days.days, classification(level.code, days.first)
    label, amount = words("Credit from {first} to {last}", first=days.first, last=days.last), level.base_for(n)
    if level.share == WHOLE:
        text = nwords("{daily} for {n} day", "{daily} a day for {n} days", n, daily=level.base)
        rule = words(
            "The daily amount of the first day counts for the quarter. Care management money is apart from it."
        )
        return Figure(label, amount, text, (), rule, row.source, working=exactly(level.base, TIMES, n))
    text = nwords(
        "{share} of {daily} for {n} day",
        "{share} of {daily} a day for {n} days",
        n,
        share=level.share,
        daily=level.base,
    )
    rule = words("While you wait for a full place, a part of the amount is paid. The rest is not paid later.")
    source = fact("interim_share", "any", days.first).source
    return Figure(label, amount, text, (), rule, source, working=to_the_cent(level.base, TIMES, n, TIMES, level.share))


SUPPLEMENTS = {
    "OXY": words("Supplement for oxygen"),
    "ENT-B": words("Supplement for tube feeding, in portions"),
    "ENT-N": words("Supplement for tube feeding, continuous"),
    "VET": words("Supplement for veterans"),
    "DEM": words("Supplement for dementia and cognition"),
    "EACHD": words("Top-up for those who had an EACH-D package"),
    FOR_CARE: words("Supplement for more care management"),
}


def supplement_figure(code: str, each: Money, days: Period) -> Figure:
    """What a supplement adds in some days, at so much for each day."""
    n = days.days
    told = Source("", since=None, confidence=Confidence.GIVEN)
    return Figure(
        label=SUPPLEMENTS.get(code) or words("Supplement {code}", code=Name(code)),
        value=Money(each.minor * n),
        sum=nwords("{daily} for {n} day", "{daily} a day for {n} days", n, daily=each),
        source=fact("supplement", code, days.first).source if code in known("supplement") else told,
        working=exactly(each, TIMES, n),
    )


def top_up_figure(before: Daily, after: Daily, days: Period) -> Figure:
    """How much a higher daily amount adds from a day to the end of its quarter."""
    n = days.days
    label = words("More from {first} to {last}", first=days.first, last=days.last)
    rule = words("A higher amount counts from its day on. A lower one counts from the next quarter.")
    source = classification(after.code, days.first).source
    text = nwords(
        "{after} instead of {before}, for {n} day",
        "{after} a day instead of {before}, for {n} days",
        n,
        after=after.base,
        before=before.base,
    )
    value = after.base_for(n) - before.base_for(n)
    parts: tuple[Figure, ...] = ()
    working = exactly(OPEN, after.base, MINUS, before.base, CLOSE, TIMES, n)
    if before.share != WHOLE or after.share != WHOLE:
        new, old = after.base_for(n), before.base_for(n)
        text = words("{new} for these days, less {old} that was paid already", new=new, old=old)
        working = exactly(new, MINUS, old)
        parts = tuple(_base_figure(level, days) for level in (after, before))
    return Figure(label, value, text, parts, rule, source, working=working)


def carry_base(budget: Money, code: str, day: date, basis: str) -> Money:
    """What the share of a quarter that may go on is taken from; sources differ, so the basis is a choice.

    A basis that is neither ``service_budget`` nor ``published_quarterly_total`` is a ValueError.
    """
    if basis == SERVICE_BUDGET:
        return budget
    if basis == PUBLISHED:
        return classification(code, day).published_quarter
    raise ValueError(f"{basis!r} is not a base for what goes on")


def carry_limit(
    budget: Money,
    code: str,
    day: date,
    basis: str = SERVICE_BUDGET,
    floor: Money | None = None,
    share: Percent | None = None,
) -> Money:
    """The most that may go on to the next quarter: the floor, or the share of the base when that is more."""
    at = programs.program(KEY).parameters
    least = at.money("carry_over_floor", day) if floor is None else floor
    part = at.rate("carry_over_share", day) if share is None else share
    return max(least, carry_base(budget, code, day, basis).share(part.ppm))


def carry_figure(limit: Money, budget: Money, code: str, day: date, basis: str) -> Figure:
    """How the most that may go on to the next quarter is worked out."""
    at = programs.program(KEY).parameters
    least, part, base = (
        at.money("carry_over_floor", day),
        at.rate("carry_over_share", day),
        carry_base(budget, code, day, basis),
    )
    share = part_of(words("A share of the quarter"), base, part, source=at.source("carry_over_share", day))
    floor = Figure(words("At least"), least, source=at.source("carry_over_floor", day), working=AS_PUBLISHED)
    return Figure(
        label=words("The most that goes on"),
        value=limit,
        sum=words("The higher of {first} and {second}", first=least, second=share.amount),
        parts=(floor, share),
        rule=words("It is confirmed once the old quarter is settled. Until then it is expected."),
        rule_source=fact("claim_days", "any", day).source,
        working=highest(least, share.amount),
    )


@dataclass(frozen=True, slots=True)
class Closing:
    """What becomes of unspent money when a quarter ends: expected while claims may come, confirmed after that."""

    unspent: Money
    limit: Money
    carried: Money
    lapsed: Money
    settles: date  # the last day for claims; what goes on is expected until then, unless all is claimed before


def close(available: Money, debits: Money, limit: Money, last_day: date) -> Closing:
    """Close a quarter. Carried money is part of what is available, so it counts towards what is unspent."""
    unspent = max(ZERO, available - debits)
    carried = min(unspent, limit)
    settles = last_day + timedelta(fact("claim_days", "any", last_day).number)
    return Closing(unspent, limit, carried, unspent - carried, settles)


def pathway_days(pathway: Pathway) -> Period:
    """The days on which the money of a short-term pathway may be used; an unknown code is a KeyError."""
    usable = fact("pathway_usable_days", pathway.code, pathway.since).number
    return Period(pathway.since, pathway.since + timedelta(usable - 1))


def pathway_budget(code: str, units: int, day: date) -> Money:
    """The whole amount of a short-term pathway; more units than there are is a ValueError."""
    most = fact("pathway_most_units", code, day).number
    if not 1 <= units <= most:
        raise ValueError(f"{code} has between 1 and {most} units")
    days = fact("pathway_funded_days", code, day).number
    return Money(fact("pathway_daily", code, day).money.minor * days * units)


def draw(balances: Mapping[str, Money], wanted: Money, order: Sequence[str]) -> dict[str, Money]:
    """What is taken from each source for one claim, in the order given; only what is taken is named."""
    drawn: dict[str, Money] = {}
    for source in dict.fromkeys(order):
        part = min(wanted, max(ZERO, balances.get(source, ZERO)))
        if part > ZERO:
            drawn[source] = part
            wanted = wanted - part
    return drawn


def roll_on(allocations: Sequence[Money], claims: Sequence[Money]) -> tuple[Money, ...]:
    """The balance of a provider's care management account after each quarter of a financial year.

    An account is never below zero: what it cannot pay waits for the next allocation of the same year.
    """
    balance, balances = ZERO, []
    for allocated, claimed in zip(allocations, claims, strict=True):
        balance = balance + allocated - claimed
        balances.append(max(ZERO, balance))
    return tuple(balances)
