"""The money of a part of the funding, morning by morning: what is there, when more comes, and an even pace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from budgeting.charges import Ledger
from budgeting.explain import NOT_TOLD, UNTOLD, Figure, shown
from budgeting.explain.sums import less, used_of
from budgeting.money import Money, rounded, total
from budgeting.package import FundingPeriod
from budgeting.period import DAY, Period
from budgeting.quotation import ComponentTotal, Quote
from budgeting.totals import Together, account_of, all_but_kept
from budgeting.words import Value, words
from budgeting.working import MINUS, PLUS, exactly

STEPS = 60  # about so many points are drawn, whatever the length


@dataclass(frozen=True, slots=True)
class Span:
    """The days from one release of money to the day before the next, and what is taken from it on these days.

    ``opening`` is what there is on the first morning, the money released on that day included. ``since`` is what was
    delivered after what was told as spent.
    """

    period: Period
    released: Money
    opening: Money
    spent: Money
    spent_until: date | None  # the last of these days for which the spending is known; None when it is for none
    charges: Ledger
    since: tuple[tuple[date, Money], ...] = ()
    untold: bool = False  # nobody told what was spent

    def morning(self, day: date) -> Money:
        """What is there on the morning of one of these days, or of the day after them."""
        first, before = self.period.first.toordinal(), day.toordinal() - 1
        planned_from = max(first, self.spent_until.toordinal() + 1) if self.spent_until else first
        taken = self.charges.taken(planned_from, before)
        return Money(self.opening.minor - self._spent(before) - taken)

    def morning_figure(self, day: date) -> Figure:
        """The same with its explanation."""
        left, spent = self.morning(day), Money(self._spent(day.toordinal() - 1))
        carried, planned = self.opening - self.released, self.opening - spent - left
        untold = self.untold and day > self.period.first
        text = words(
            "{released} released, and {carried} from before, less {spent} spent, less {planned} planned",
            released=self.released,
            carried=carried,
            spent=UNTOLD if untold else spent,
            planned=planned,
        )
        working = exactly(self.released, PLUS, carried, *(() if untold else (MINUS, spent)), MINUS, planned)
        missing = (NOT_TOLD,) if untold else ()
        return Figure(words("Left that morning"), left, text, not_included=missing, working=working)

    def pace(self, day: date) -> Figure:
        """What would be there on that morning if all of it were used evenly, the same every day."""
        gone = min(max((day - self.period.first).days, 0), self.period.days)
        used = used_of(words("Used by then at an even pace"), self.opening, gone, self.period.days)
        whole = replace(self.morning_figure(self.period.first), label=words("{day}", day=self.period.first))
        return less(words("At an even pace"), self.opening, used.amount, parts=(whole, used))

    def _spent(self, last: int) -> int:
        """What of the known spending falls up to a day (ordinal): what was told is one sum, so it is drawn evenly."""
        first = self.period.first.toordinal()
        since = sum(amount.minor for day, amount in self.since if day.toordinal() <= last)
        if self.spent_until is None or last >= self.spent_until.toordinal():
            return self.spent.minor + since
        days = self.spent_until.toordinal() - first + 1
        return rounded(self.spent.minor * max(0, last - first + 1), days) + since


@dataclass(frozen=True, slots=True)
class BurnDown:
    """How the money of one part of the funding goes down, or of several that share theirs."""

    names: tuple[Value, ...]
    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    lasts_until: date | None  # as in ComponentTotal
    runs_dry: date | None
    left: Money

    @property
    def period(self) -> Period:
        """All days that are drawn."""
        return Period(self.spans[0].period.first, self.spans[-1].period.last)

    def span(self, day: date) -> Span:
        """The span of a day; the last one for later days."""
        return next((one for one in reversed(self.spans) if one.period.first <= day), self.spans[0])

    def morning(self, day: date) -> Money:
        """What is there on the morning of a day, what is released on it included."""
        return self.span(day).morning(day)

    def morning_figure(self, day: date) -> Figure:
        """The same with its explanation."""
        return self.span(day).morning_figure(day)

    def pace(self, day: date) -> Figure:
        """What an even pace would leave on that morning."""
        return self.span(day).pace(day)

    def points(self, span: Span) -> Iterator[tuple[date, Money]]:
        """The mornings to draw of a span, up to the morning after it."""
        end, step = span.period.last + DAY, max(1, self.period.days // STEPS)
        days = {span.period.first + timedelta(number) for number in range(0, span.period.days, step)}
        days |= {day for day in (self.runs_dry, span.spent_until and span.spent_until + DAY) if day}
        for day in sorted({*(one for one in days if span.period.first <= one < end), end}):
            yield day, span.morning(day)


def burn_downs(quoted: Quote) -> list[BurnDown]:
    """Every part of the funding that something draws on or was spent from; those that share their money as one."""
    found, seen = [], set()
    for one in quoted.parts.values():
        if one.component.key in seen:
            continue
        parts = quoted.sharing(one)
        seen |= {part.component.key for part in parts}
        if any(part.drawn or part.spent for part in parts):
            found.append(burn_down(parts))
    return found


def burn_down(parts: Sequence[ComponentTotal]) -> BurnDown:
    """How the money of a part of the funding goes down; several parts are taken as one, since they share theirs."""
    whole = parts[0] if len(parts) == 1 else _together(parts)
    charges = Ledger(charge for part in parts for one in part.drawn for charge in one.charges)
    drying = [part for part in parts if part.runs_dry]
    lasting = [part.lasts_until for part in parts if part.lasts_until]
    return BurnDown(
        names=tuple(shown(part.component.name) for part in parts),
        keys=tuple(part.component.key for part in parts),
        spans=tuple(_spans(whole, charges)),
        lasts_until=min(lasting, default=None),
        runs_dry=drying[0].runs_dry if drying else None,
        left=total([part.left for part in parts]),
    )


def _spans(whole: ComponentTotal, charges: Ledger) -> Iterator[Span]:
    until = whole.component.spent_until
    for number, one in enumerate(whole.periods):
        known = min(until, one.until) if until and until >= one.period.first else None
        opening = one.released + one.carried_in
        days = Period(one.period.first, one.until)
        begin = days.first if number else date.min
        end = days.last if number + 1 < len(whole.periods) else date.max
        since = tuple(each for each in whole.component.since if begin <= each[0] <= end)
        yield Span(days, one.released, opening, one.spent - one.since, known, charges, since, whole.untold)


def _together(parts: Sequence[ComponentTotal]) -> ComponentTotal:
    """Several parts that share their money, as one: everything released on a day, everything taken from any of them."""
    periods = [one.period for part in parts for one in part.periods]
    whole = Period(min(one.first for one in periods), max(one.last for one in periods))
    told = (
        replace(part.component, periods=tuple(FundingPeriod(one.period, one.released) for one in part.periods))
        for part in parts
    )
    return account_of(tuple(told), whole, all_but_kept).total(Together([one for part in parts for one in part.drawn]))
