"""What each part of the funding comes to: its funding periods one after the other, and the first day that runs dry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from budgeting.charges import Charge
from budgeting.courses import Course, Span, Sums
from budgeting.explain import Source
from budgeting.money import Minutes, Money, total
from budgeting.package import Component, Delivered, Funding, FundingPeriod, OpenMoney, Package
from budgeting.parameters import Parameters
from budgeting.period import Period
from budgeting.programs.ordinary import Rules
from budgeting.quotation import ComponentTotal, Drawn, LineQuote, OpenTotal, PeriodTotal

Part = TypeVar("Part", Component, Component | OpenMoney)
FEW = 4  # lines that differ from the last time; with more it is as quick to begin again


class Together:
    """What several lines take between two days (ordinals), from what is known of each: most are the same as before."""

    def __init__(self, drawn: Sequence[Drawn]) -> None:
        self.drawn = drawn
        self.charges = any(one.charges for one in drawn)
        self._sums: dict[Span, Sums] = {}

    def over(self, span: Span) -> Sums:
        """What they take on the days of a span."""
        if span not in self._sums:
            self._sums[span] = Sums(self.courses(span), span)
        return self._sums[span]

    def courses(self, span: Span) -> list[Course]:
        """What each of them takes on the days of a span."""
        for one in self.drawn:
            if span not in one.courses:  # of two pages at once the first stays: sums know it by identity
                one.courses.setdefault(span, Course(one.charges, *span))
        return [one.courses[span] for one in self.drawn]


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """Money that runs dry as one: a component, or several that share what they have."""

    parts: tuple[Component, ...]
    merged: Component  # all parts as one
    whole: Period  # the days for which money without funding periods is there
    carries: Callable[[int, FundingPeriod], int]
    starts: tuple[int, ...]  # first days (ordinals) of its funding periods
    last: int  # last day of the last one
    over_time: Source | None = None  # of the rule that later money cannot be used early
    recent: dict[Component, Recent] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its components."""
        return tuple(part.key for part in self.parts)

    @property
    def first(self) -> int:
        """The first day on which there is money."""
        return self.starts[0]

    def period_of(self, day: int) -> int:
        """The first day of the funding period that a day belongs to; a day before all of them is a ValueError."""
        return max(start for start in self.starts if start <= day)

    def total(self, charges: Together) -> ComponentTotal:
        """What it comes to with some charges, all parts as one."""
        return _total(self.merged, charges, charges.over(_span(self.merged, self)), self)

    def part(self, component: Component, drawn: Sequence[Drawn]) -> ComponentTotal:
        """What one part of it, or all as one, comes to by itself, from what it came to the last time."""
        recent = self.recent.get(component)
        other: list[tuple[Drawn, Drawn]] | None = None
        if recent is not None and len(recent.drawn) == len(drawn):
            other = [pair for pair in zip(recent.drawn, drawn, strict=True) if pair[0] is not pair[1]]
            if not other:
                return recent.total
        charges, span = Together(drawn), _span(component, self)
        if recent is None or other is None or len(other) > FEW:
            sums = charges.over(span)
        else:
            gone, new = Together([old for old, _ in other]), Together([now for _, now in other])
            sums = recent.sums.instead(gone.courses(span), new.courses(span))
        total = _total(component, charges, sums, self)
        self.recent[component] = Recent(drawn, sums, total)
        return total


@dataclass(frozen=True, slots=True, eq=False)
class Recent:
    """What was asked about a part of an account last; an edit of one line finds the rest again."""

    drawn: Sequence[Drawn]
    sums: Sums
    total: ComponentTotal


def accounts(
    funding: Funding | None,
    period: Period,
    others: Iterable[Component | OpenMoney],
    components: tuple[Component, ...],
    rules: Rules,
    parameters: Parameters,
) -> tuple[Account, ...]:
    """The money of the program, shared as its rules say, then that of other funders, each part alone.

    ``period``: the days for which the money of others is there, those of the package.
    """
    found = []
    pooled: set[str] = set()
    if funding is not None:
        over_time = parameters.source("money_over_time", funding.period.first)
        for pool in rules.pools(components):
            pooled.update(component.key for component in pool)
            found.append(account_of(pool, funding.period, rules.carries, over_time))
        alone = [one for one in components if one.key not in pooled]
        found += [account_of((one,), funding.period, rules.carries, over_time) for one in alone]
    money = [one for one in others if isinstance(one, Component)]
    of_others = parameters.source("money_of_others", period.first)
    return (*found, *(account_of((one,), period, all_but_kept, of_others) for one in money))


def all_but_kept(left: int, released: FundingPeriod) -> int:
    """Minor units that go on to the next period: all that is left, or as much as the period says."""
    return left if released.keeps is None else min(left, released.keeps.minor)


def account_of(
    parts: tuple[Component, ...],
    whole: Period,
    carries: Callable[[int, FundingPeriod], int],
    over_time: Source | None = None,
) -> Account:
    """Some parts of the money as one that runs dry together."""
    merged = parts[0] if len(parts) == 1 else _merged(parts, whole)
    releases = _releases(merged, whole)
    starts = tuple(released.period.first.toordinal() for released in releases)
    return Account(parts, merged, whole, carries, starts, releases[-1].period.last.toordinal(), over_time)


def component_totals(
    accounts: Iterable[Account], quoted: Iterable[LineQuote], held: Iterable[LineQuote] = ()
) -> dict[str, ComponentTotal]:
    """The totals of every component by its key; those that share their money run dry together.

    ``held`` takes money too, for something else than the supports.
    """
    drawn: dict[str, list[Drawn]] = {}
    for line in quoted:
        draws: tuple[tuple[str, Drawn], ...] | None = line.worked_out.get("draws")
        for key, one in line.once("draws", partial(_draws, line)) if draws is None else draws:
            drawn.setdefault(key, []).append(one)
    for line in held:
        for key, one in line.once("held", partial(_held, line)):
            drawn.setdefault(key, []).append(one)
    totals: dict[str, ComponentTotal] = {}
    for account in accounts:
        taken = {key: drawn.get(key, []) for key in account.keys}
        for part in account.parts:
            totals[part.key] = account.part(part, taken[part.key])
        if len(account.parts) > 1:
            shared = account.part(account.merged, [one for lines in taken.values() for one in lines])
            for key, lines in taken.items():
                totals[key] = replace(
                    totals[key],
                    runs_dry=shared.runs_dry if lines else None,
                    lasts_until=shared.lasts_until if lines else None,
                    pool=account.keys,
                )
    return totals


def _draws(line: LineQuote) -> tuple[tuple[str, Drawn], ...]:
    """What a line takes from each payer."""
    if line.component is None or not line.charges or not line.counted:
        return ()
    if not line.payments:
        return ((line.component, line.drawn),)
    by_key: dict[str, list[Charge]] = {}
    for payment in line.payments:
        by_key.setdefault(payment.payer, []).extend(line.to_come(payment.charges))
    return tuple((key, Drawn(line.line.name, tuple(charges), line)) for key, charges in by_key.items())


def _held(line: LineQuote) -> tuple[tuple[str, Drawn], ...]:
    """The same of a line that stands for money held for something else."""
    return tuple((key, replace(one, held=True)) for key, one in _draws(line))


def open_totals(package: Package, quoted: Iterable[LineQuote]) -> tuple[OpenTotal, ...]:
    """What every money without a known limit pays."""
    known = [one for one in package.others if isinstance(one, OpenMoney)]
    payments = [payment for line in quoted if line.counted for payment in line.payments] if known else []
    found = []
    for money in known:
        paid = tuple(payment for payment in payments if payment.payer == money.key)
        minutes = Minutes(sum(payment.minutes.count for payment in paid))
        found.append(OpenTotal(money, total([payment.amount for payment in paid]), minutes, paid))
    return tuple(found)


def _merged(pool: tuple[Component, ...], whole: Period) -> Component:
    """Several components as one: the same releases on the same days, and everything spent from any of them."""
    releases: dict[date, int] = {}
    for component in pool:
        for released in _releases(component, whole):
            releases[released.period.first] = releases.get(released.period.first, 0) + released.amount.minor
    days = sorted(releases)
    ends = [day - timedelta(1) for day in days[1:]] + [max(whole.last, days[-1])]
    periods = tuple(FundingPeriod(Period(day, end), Money(releases[day])) for day, end in zip(days, ends, strict=True))
    known = [component.spent_until for component in pool if component.spent_until]
    return replace(
        pool[0],
        amount=total([component.amount for component in pool]),
        periods=periods,
        spent=total([component.spent for component in pool]),
        carried=total([component.carried for component in pool]),
        spent_until=max(known, default=None),
        since=tuple(sorted(one for component in pool for one in component.since)),
    )


def with_delivered(parts: tuple[Part, ...], delivered: Sequence[Delivered]) -> tuple[Part, ...]:
    """The components with what was delivered of each since its spending was told."""
    if not delivered:
        return parts
    since: dict[str, list[tuple[date, Money]]] = {}
    for one in sorted(delivered, key=lambda one: one.day):
        since.setdefault(one.component, []).append((one.day, one.amount))
    return tuple(
        replace(one, since=tuple(since.get(one.key, ()))) if isinstance(one, Component) else one for one in parts
    )


def with_unseen(parts: tuple[Component, ...], there: date, first: date) -> tuple[Component, ...]:
    """The components, those marked of which something may have been spent before a day and nobody told how much.

    ``there``: from when on money without funding periods is there.
    """
    began = [min((each.period.first for each in one.periods), default=there) for one in parts]
    return tuple(
        replace(one, unseen=True) if one.untold and day < first else one for one, day in zip(parts, began, strict=True)
    )


def _releases(component: Component, whole: Period) -> tuple[FundingPeriod, ...]:
    if component.periods:
        return tuple(sorted(component.periods, key=lambda released: released.period))
    return (FundingPeriod(whole, component.amount),)


def _span(component: Component, account: Account) -> Span:
    """All days on which something may be asked of an account, or of a part of it."""
    releases = _releases(component, account.whole)
    return min(account.first, _first(releases[0])), max(account.last, releases[-1].period.last.toordinal())


def _total(component: Component, charges: Together, sums: Sums, account: Account) -> ComponentTotal:
    """What an account, or a part of it, comes to with some charges, which were added up over its days."""
    releases = _releases(component, account.whole)
    counted_from = component.spent_until.toordinal() + 1 if component.spent_until else 0
    spent_left, carried = component.spent.minor, component.carried.minor
    periods: list[PeriodTotal] = []
    for number, released in enumerate(releases):
        first = _first(released)
        following = releases[number + 1 :]
        last = _first(following[0]) - 1 if following else released.period.last.toordinal()
        available = released.amount.minor + carried
        over = last < counted_from  # the whole period lies before the day up to which spending is known
        told = min(spent_left, available) if over else spent_left
        spent_left -= told
        since = _since(component, 0 if not number else first, last if following else date.max.toordinal())
        spent = told + since
        start = max(first, counted_from)
        planned = sums.taken(start, last)
        remaining = available - spent - planned
        dry = sums.first_day_above(start, last, available - spent) if remaining < 0 and start <= last else None
        left = max(0, remaining)
        goes_on = account.carries(left, released) if following else left
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
                until=date.fromordinal(last),
                how=released.how,
                since=Money(since),
            )
        )
        carried = goes_on
    taken, lapsed = total([one.planned for one in periods]), total([one.lapsed for one in periods])
    runs_dry = next((one.runs_dry for one in periods if one.runs_dry), None)
    first = max(_first(releases[0]), counted_from)
    end = runs_dry.toordinal() - 1 if runs_dry else releases[-1].period.last.toordinal()
    granted = total([one.released for one in periods]) if component.periods else component.amount
    amount, gone = granted + component.carried, component.spent + total([much for _, much in component.since])
    return ComponentTotal(
        component=component,
        periods=tuple(periods),
        amount=amount,
        spent=gone,
        planned=taken,
        lapsed=lapsed,
        left=amount - gone - taken - lapsed,
        lasts_until=date.fromordinal(end) if charges.charges else None,
        runs_dry=runs_dry,
        minutes_paid=Minutes(sums.minutes(first, end) if charges.charges else 0),
        drawn=tuple(charges.drawn),
        over_time=account.over_time,
    )


def _since(component: Component, first: int, last: int) -> int:
    """What was delivered on some days after what was told as spent."""
    return sum(amount.minor for day, amount in component.since if first <= day.toordinal() <= last)


def _first(released: FundingPeriod) -> int:
    return released.period.first.toordinal()
