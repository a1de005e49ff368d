"""What is noticed about a Support at Home package: money first, then each support, then what may be out of date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from budgeting import programs
from budgeting.charges import EvenCharge
from budgeting.explain import shown
from budgeting.money import Minutes
from budgeting.package import AgreedAmount, Funding, Line
from budgeting.period import Period, month_of, months_of
from budgeting.programs.support_at_home import athm, episodes, indicative
from budgeting.programs.support_at_home.account import KEY, code_on, quarter
from budgeting.programs.support_at_home.contributions import SLIDING, STANDARD, cap, counts_announced, effective, starts
from budgeting.programs.support_at_home.everyday import CARE_MANAGEMENT, EQUIPMENT, HOME_CHANGES
from budgeting.programs.support_at_home.facts import Fact, classification, fact
from budgeting.programs.support_at_home.granted import ACCOUNT, FUNDS, PATHWAYS, SCHEMES
from budgeting.programs.support_at_home.leaving import paid_back
from budgeting.programs.support_at_home.means import CLINICAL, EVERYDAY, INDEPENDENCE, estimate, threshold
from budgeting.programs.support_at_home.settling import reached_on
from budgeting.quotation import ComponentTotal, Finding, Level, LineQuote, Quote
from budgeting.words import Name, Words, words


def findings(quote: Quote) -> Iterator[Finding]:
    """Everything that only this program notices."""
    funding = quote.package.funding
    for component in quote.components:
        if funding and not component.component.apart:
            yield from _short(component)
        if component.component.key == ACCOUNT and funding:
            yield from _brought(component, funding)
    if funding:
        yield from _shares(quote, funding)
        yield from episodes.findings(funding.given)
        yield from _own_money(funding)
    for line in quote.lines:
        yield from _line(line, quote)
    if funding:
        yield from _unconfirmed(quote, funding)


def _short(component: ComponentTotal) -> Iterator[Finding]:
    """What a part of the funding does not reach: it has to be settled by an agreement made before."""
    short = next((period for period in component.periods if period.short), None)
    if short:
        text = words(
            "{component}: from {day} it does not pay {short}. Your provider may ask you for it only if you agreed to "
            "that in writing before.",
            component=shown(component.component.name),
            day=short.runs_dry or short.period.first,
            short=short.short,
        )
        yield Finding("overrun", Level.WARNING, text, component=component.component.key, day=short.runs_dry)


def _brought(account: ComponentTotal, funding: Funding) -> Iterator[Finding]:
    """What goes on from a quarter but is not confirmed yet."""
    brought = funding.given.brought
    if brought and not brought.confirmed:
        text = words(
            "{amount} from the quarter before is expected. It is confirmed once that quarter is settled.",
            amount=brought.amount,
        )
        yield Finding("carry_over_expected", Level.NOTE, text, component=ACCOUNT, day=account.periods[0].period.first)
        return
    for before, period in pairwise(account.periods):
        at_end = before.lapsed or before.period.last == quarter(before.period.last).last
        if at_end and period.carried_in and period.planned + period.spent > period.released:
            text = words(
                "From {day} you use {amount} of the quarter before. It is expected, and confirmed once that quarter is "
                "settled.",
                day=period.period.first,
                amount=min(period.carried_in, period.planned + period.spent - period.released),
            )
            yield Finding("carry_over_expected", Level.NOTE, text, component=ACCOUNT, day=period.period.first)
            return


def _own_money(funding: Funding) -> Iterator[Finding]:
    """Money that is the client's own: it pays for nothing here."""
    own = paid_back(funding.given, funding.period.first)
    if own is not None:
        amount = own.amount
        text = words("{amount} of old package money is the client’s own. It is paid back on leaving.", amount=amount)
        yield Finding("own_package_money", Level.NOTE, text)


def _shares(quote: Quote, funding: Funding) -> Iterator[Finding]:
    """Rates that are estimates, rates that begin too early, and the lifetime cap."""
    given = funding.given
    day = max(quote.package.period.first, funding.period.first)
    if given.means and funding.cohort == STANDARD and funding.means_status in SLIDING and _estimated(quote):
        rates = estimate(given.means, day).rates
        text = words(
            "Your shares are an estimate: {independence} for independence, {everyday} for everyday living. Services "
            "Australia decides them.",
            independence=rates[INDEPENDENCE],
            everyday=rates[EVERYDAY],
        )
        yield Finding("rate_estimated", Level.NOTE, text, day=day)
    for category in sorted({one.category for one in funding.rates}):
        told = effective(funding.rates, category)
        for (_, before), (since, after) in pairwise(told):
            if after.letter is None or after.rate.ppm <= before.rate.ppm:
                continue
            if since < starts(before.rate, after.rate, after.letter):
                text = words(
                    "A higher share counts from {day}, but a letter of {letter} can raise it only from {next}. Please "
                    "check.",
                    day=since,
                    letter=after.letter,
                    next=starts(before.rate, after.rate, after.letter),
                )
                yield Finding("rate_increase_early", Level.WARNING, text, day=since)
    reached = reached_on(funding, quote.lines)
    if reached:
        day = date.fromordinal(reached.day)
        text = words(
            "On {day} you reach the most that anyone pays in a lifetime: {cap}. From then on you pay no share.",
            day=day,
            cap=reached.cap.money,
        )
        yield Finding("cap_reached", Level.NOTE, text, day=day)


def _estimated(quote: Quote) -> bool:
    """Whether the share of some line rests on the sliding formula."""
    return any(
        row.rate_source is not None and row.rate_source.how is not None for line in quote.lines for row in line.rows
    )


def _line(line: LineQuote, quote: Quote) -> Iterator[Finding]:
    funding, name = quote.package.funding, Name(line.line.name)
    row = next((row for row in line.rows if row.rate is None and row.amount is not None), None)
    if row and funding and not line.by_others:
        text = words(
            "{support}: your share is not known yet. It is in the letter from Services Australia.", support=name
        )
        yield Finding("no_rate", Level.WARNING, text, line=line.line.id, day=row.first)
    yield from _steps(line)
    yield from _announced(line, funding)
    yield from _third_party(line.line)
    yield from indicative.findings(line.line)
    yield from _outside(line, quote)
    if line.category in (EQUIPMENT, HOME_CHANGES):
        yield from _arranged(line, quote)
    if line.category == CARE_MANAGEMENT:
        yield from _monthly(line)


def _steps(line: LineQuote) -> Iterator[Finding]:
    """Whether visits of a service by the hour are as long as some steps in which time is counted."""
    row = next((row for row in line.rows if row.unit == "hour" and row.minutes), None)
    if row is None or row.minutes is None:
        return
    step = fact("time_step", CARE_MANAGEMENT if line.category == CARE_MANAGEMENT else "any", row.first).number
    if row.minutes % step:
        text = words("{support}: time is counted in steps of {time}.", support=Name(line.line.name), time=Minutes(step))
        yield Finding("time_step", Level.NOTE, text, line=line.line.id, day=row.first)


def _announced(line: LineQuote, funding: Funding | None) -> Iterator[Finding]:
    family = programs.program(KEY).family(line.line.support)
    for one in family.categories if family else ():
        if not one.announced or counts_announced(funding, one.since):
            continue
        if one.category == CLINICAL and any(row.last >= one.since and row.rate and row.rate.ppm for row in line.rows):
            text = words(
                "{support}: it was announced that you pay no share from {day}. That is not confirmed and not counted.",
                support=Name(line.line.name),
                day=one.since,
            )
            yield Finding("announced_change", Level.NOTE, text, line=line.line.id, day=one.since)


def _amounts(line: Line) -> tuple[AgreedAmount, ...]:
    return getattr(line.price, "amounts", ())


def _third_party(line: Line) -> Iterator[Finding]:
    """Whether a provider adds more to a third party's price than it may."""
    if line.third_party is None:
        return
    most = fact("third_party_overhead", "any", line.period.first).rate
    highest = line.third_party + line.third_party.share(most.ppm)
    over = next((one for one in _amounts(line) if one.amount > highest), None)
    if over:
        text = words(
            "{support}: {price} is more than {share} above the {cost} that the worker's own organisation asks.",
            support=Name(line.name),
            price=over.amount,
            share=most,
            cost=line.third_party,
        )
        yield Finding("third_party_overhead", Level.WARNING, text, line=line.id, day=over.since)


def _outside(line: LineQuote, quote: Quote) -> Iterator[Finding]:
    """Whether something is planned on days on which the money granted once for it is not there."""
    if line.component is None or line.payments:
        return
    component = next((one.component for one in quote.components if one.component.key == line.component), None)
    if component is None or component.key == ACCOUNT or len(component.periods) != 1:
        return
    days = component.periods[0].period
    outside = [row for row in line.rows if row.first < days.first or row.last > days.last]
    if outside:
        text = words(
            "{support} is also planned on days for which {component} has no money: it is there from {first} to {last}.",
            support=Name(line.line.name),
            component=shown(component.name),
            first=days.first,
            last=days.last,
        )
        yield Finding("outside_money", Level.WARNING, text, line=line.line.id, day=outside[0].first)


def _arranged(line: LineQuote, quote: Quote) -> Iterator[Finding]:
    """Whether the fee for arranging equipment or a change to the home is too high, and whether papers are needed."""
    scheme = next(scheme for scheme, fund in FUNDS.items() if fund == line.category)
    day, fee, name = line.line.period.first, line.line.fee, Name(line.line.name)
    price = max((one.amount for one in _amounts(line.line)), default=None)
    if fee is not None and price is not None:
        most = athm.fee_limit(scheme, price - fee, day)
        if fee > most:
            text = words(
                "{support}: the fee of {fee} is over the highest that is allowed, {limit}.",
                support=name,
                fee=fee,
                limit=most,
            )
            yield Finding("fee_over_limit", Level.WARNING, text, line=line.line.id, day=day)
    funding = quote.package.funding
    tiers = funding.given.tiers if funding else ()
    high = fact(f"tier_{scheme}", "high", day).money
    prescribed = any(tier.scheme == scheme and tier.prescribed for tier in tiers)
    if line.amount > high and not prescribed:
        text = words(
            "{support} costs more than {limit}. It needs a prescription and evidence first.", support=name, limit=high
        )
        yield Finding("needs_prescription", Level.WARNING, text, line=line.line.id, day=day)


def _monthly(line: LineQuote) -> Iterator[Finding]:
    """Whether a whole month passes without the care management that is due in every month."""
    months = (month for month in months_of(line.line.period) if month == month_of(month.first))
    empty = next((month for month in months if line.charges and not _happens(line, month)), None)
    if empty:
        text = words(
            "{support}: there is nothing in the month from {day}. At least one contact is due every month.",
            support=Name(line.line.name),
            day=empty.first,
        )
        yield Finding("care_management_monthly", Level.NOTE, text, line=line.line.id, day=empty.first)


def _happens(line: LineQuote, month: Period) -> bool:
    first, last = month.first.toordinal(), month.last.toordinal()
    return any(
        (one.first <= last and one.last >= first) if isinstance(one, EvenCharge) else one.days.count(first, last)
        for one in line.charges
    )


def _unconfirmed(quote: Quote, funding: Funding) -> Iterator[Finding]:
    """Amounts of which a newer value may exist: they count, and are marked."""
    last = min(quote.package.period.last, funding.period.last)
    given = funding.given
    if funding.classification:
        confirmed = classification(code_on(funding, funding.period.last), funding.period.last).confirmed_to
        if confirmed and funding.period.last > confirmed:
            text = words("The daily amounts were confirmed up to {day}. They may have changed since.", day=confirmed)
            yield Finding("amounts_unconfirmed", Level.NOTE, text, day=confirmed)
    looked: list[tuple[str, Words, Fact, date]] = []  # the kind, what it is about, a fact, the day it is used for
    if given.contributed:
        looked.append(("cap_unconfirmed", words("The lifetime cap"), cap(funding.cohort, last), last))
    if given.means and _estimated(quote):
        limit = threshold("income_limit", given.means.household, last)
        looked.append(("thresholds_unconfirmed", words("The limits for income and assets"), limit, last))
    for one in given.supplements:
        if one.daily is None:
            looked.append(("supplement_unconfirmed", words("Supplements"), fact("supplement", one.code, last), last))
    for pathway in given.pathways:
        daily = fact("pathway_daily", pathway.code, pathway.since)
        looked.append(("pathway_unconfirmed", PATHWAYS[pathway.code], daily, pathway.since))
    for tier in given.tiers:
        high = fact(f"tier_{tier.scheme}", "high", tier.since)
        looked.append(("tier_unconfirmed", SCHEMES[tier.scheme], high, tier.since))
    said: set[str] = set()
    for kind, what, known, day in looked:
        if known.confirmed_to and day > known.confirmed_to and kind not in said:
            said.add(kind)
            text = words(
                "{what}: the amounts were confirmed up to {day}. They may have changed since.",
                what=what,
                day=known.confirmed_to,
            )
            yield Finding(kind, Level.NOTE, text, day=known.confirmed_to)
