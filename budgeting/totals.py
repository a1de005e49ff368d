"""What each part of the funding comes to: its funding periods one after the other, and the first day that runs dry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from budgeting.charges import Charge, Ledger
from budgeting.money import ZERO, Minutes, Money, total
from budgeting.package import Component, Funding, FundingPeriod
from budgeting.period import Period
from budgeting.programs import Rules
from budgeting.quotation import ComponentTotal, Drawn, LineQuote, PeriodTotal


def component_totals(
    funding: Funding, components: tuple[Component, ...], quoted: Iterable[LineQuote], rules: Rules
) -> tuple[ComponentTotal, ...]:
    """The totals of every component; those that share their money run dry together."""
    by_key: dict[str, list[Charge]] = {component.key: [] for component in components}
    drawn: dict[str, list[Drawn]] = {component.key: [] for component in components}
    for line in quoted:
        if line.component is not None and line.charges:
            by_key[line.component] += line.charges
            drawn[line.component].append(Drawn(line.line.name, line.charges))
    totals = {c.key: _total(c, Ledger(by_key[c.key]), funding.period, rules) for c in components}
    totals = {key: replace(one, drawn=tuple(drawn[key])) for key, one in totals.items()}
    for pool in rules.pools(components):
        keys = tuple(component.key for component in pool)
        charges = Ledger(charge for key in keys for charge in by_key[key])
        shared = _total(_merged(pool, funding.period), charges, funding.period, rules)
        for key in keys:
            used = bool(by_key[key])
            totals[key] = replace(
                totals[key],
                runs_dry=shared.runs_dry if used else None,
                lasts_until=shared.lasts_until if used else None,
                pool=keys,
            )
    return tuple(totals[component.key] for component in components)


def _merged(pool: tuple[Component, ...], whole: Period) -> Component:
    """Several components as one: the same releases on the same days, and everything spent from any of them."""
    releases: dict[date, int] = {}
    for component in pool:
        for released in _releases(component, whole):
            releases[released.period.first] = releases.get(released.period.first, 0) + released.amount.minor
    days = sorted(releases)
    ends = [day - timedelta(1) for day in days[1:]] + [max(whole.last, days[-1])]
    periods = tuple(
        FundingPeriod(Period(day, end), Money(releases[day])) for day, end in zip(days, ends, strict=True)
    )
    known = [component.spent_until for component in pool if component.spent_until]
    return replace(
        pool[0],
        amount=total([component.amount for component in pool]),
        periods=periods,
        spent=total([component.spent for component in pool]),
        carried=total([component.carried for component in pool]),
        spent_until=max(known, default=None),
    )


def _releases(component: Component, whole: Period) -> tuple[FundingPeriod, ...]:
    if component.periods:
        return tuple(sorted(component.periods, key=lambda released: released.period))
    return (FundingPeriod(whole, component.amount),)


def _total(component: Component, charges: Ledger, whole: Period, rules: Rules) -> ComponentTotal:
    releases = _releases(component, whole)
    counted_from = component.spent_until.toordinal() + 1 if component.spent_until else 0
    spent_left, carried = component.spent.minor, component.carried.minor
    periods: list[PeriodTotal] = []
    for number, released in enumerate(releases):
        first = released.period.first.toordinal()
        following = releases[number + 1 :]
        last = following[0].period.first.toordinal() - 1 if following else released.period.last.toordinal()
        available = released.amount.minor + carried
        over = last < counted_from  # the whole period lies before the day up to which spending is known
        spent = min(spent_left, available) if over else spent_left
        spent_left -= spent
        start = max(first, counted_from)
        planned = charges.taken(start, last)
        remaining = available - spent - planned
        dry = charges.first_day_above(start, last, available - spent) if remaining < 0 and start <= last else None
        left = max(0, remaining)
        goes_on = rules.carries(left, released) if following else left
        periods.append(
            PeriodTotal(
                period=released.period,
                released=released.amount,
                carried_in=Money(carried),
                spent=Money(spent),
                planned=Money(planned),
                left=Money(left),
                lapsed=Money(left - goes_on),
                short=Money(max(0, -remaining)),
                runs_dry=date.fromordinal(dry) if dry else None,
                how=released.how,
            )
        )
        carried = goes_on
    return _summed(component, tuple(periods), charges, counted_from)


def _summed(
    component: Component, periods: tuple[PeriodTotal, ...], charges: Ledger, counted_from: int
) -> ComponentTotal:
    planned = total([period.planned for period in periods])
    lapsed = total([period.lapsed for period in periods])
    runs_dry = next((period.runs_dry for period in periods if period.runs_dry), None)
    first = max(periods[0].period.first.toordinal(), counted_from)
    end = runs_dry.toordinal() - 1 if runs_dry else periods[-1].period.last.toordinal()
    granted = total([period.released for period in periods]) if component.periods else component.amount
    amount = granted + component.carried
    return ComponentTotal(
        component=component,
        periods=periods,
        amount=amount,
        spent=component.spent,
        planned=planned,
        lapsed=lapsed,
        left=amount - component.spent - planned - lapsed,
        lasts_until=date.fromordinal(end) if charges.charges else None,
        runs_dry=runs_dry,
        minutes_paid=Minutes(charges.minutes(first, end)),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a claim could be paid on its day of service: whole, or not at all."""

    day: date
    amount: Money
    available: Money
    accepted: bool
    short: Money


def answer_claims(periods: Iterable[FundingPeriod], claims: Iterable[tuple[date, Money]]) -> tuple[Answer, ...]:
    """Answer claims in the order given: available is what was released by the day less what was accepted before.

    After the last funding period nothing is available. Source: NDIA Our Guidelines, Your plan.
    """
    released = sorted(periods, key=lambda one: one.period)
    accepted = ZERO
    answers = []
    for day, amount in claims:
        begun = [one.amount for one in released if one.period.first <= day]
        ended = not released or day > released[-1].period.last
        available = ZERO if ended else total(begun) - accepted
        paid = amount <= available
        short = ZERO if paid else amount - available
        answers.append(Answer(day, amount, available, paid, short))
        accepted = accepted + amount if paid else accepted
    return tuple(answers)
