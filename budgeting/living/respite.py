"""Short stays, so that a person or their carer has a break: nights used and left, the price, the week meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from budgeting import pricing
from budgeting.catalogue import Editions
from budgeting.explain import SAID, Figure, as_told, summed
from budgeting.explain.sums import at_an_hour, less, times
from budgeting.money import Minutes, Money, total
from budgeting.package import Package, Weekly
from budgeting.parameters import Parameters
from budgeting.period import DAY, Calendar, Period, months_after
from budgeting.words import Name, Words, nwords, words
from budgeting.working import COUNTED, MINUS, PARTS, PUBLISHED, TIMES, exactly

JULY = 7


@dataclass(frozen=True, slots=True)
class Nights:
    """Some nights in a row, each counted on the day of its evening; ``leaves`` is the morning after the last one."""

    arrives: date
    leaves: date

    def __post_init__(self) -> None:
        if self.leaves <= self.arrives:
            raise ValueError("a stay has at least one night")

    @property
    def count(self) -> int:
        return (self.leaves - self.arrives).days

    @property
    def days(self) -> Period:
        """Every day of the stay, those of coming and going too."""
        return Period(self.arrives, self.leaves)

    def within(self, year: Period) -> int:
        """How many of the nights belong to a year."""
        inside = Period(self.arrives, self.leaves - DAY).overlap(year)
        return inside.days if inside else 0


@dataclass(frozen=True, slots=True)
class Rates:
    """What a stay costs: by the night, by the hour with so much time a night, or a bed beside the hours."""

    per_night: Money | None = None
    minutes_a_day: Minutes | None = None
    per_hour: Money | None = None
    bed: Money | None = None


def cost(nights: int, rates: Rates) -> Figure:
    """What a stay of so many nights costs; not known as long as no price was told."""
    parts = []
    if rates.per_night is not None:
        parts.append(_by_night(words("Support and a bed"), nights, rates.per_night))
    if rates.minutes_a_day is not None and rates.per_hour is not None:
        parts.append(_by_hour(nights, rates.minutes_a_day, rates.per_hour))
    if rates.bed is not None:
        parts.append(_by_night(words("The bed"), nights, rates.bed))
    label = words("The whole stay")
    if not parts or (rates.minutes_a_day is None) != (rates.per_hour is None):
        return Figure(label, None, words("Its price is not told yet"), tuple(parts))
    return summed(
        label,
        nwords("{n} night, with everything below", "{n} nights, with everything below", nights),
        parts,
        missing=(words("Getting there and back, and pocket money."),),
        source=SAID,
    )


def _by_night(label: Words, nights: int, each: Money) -> Figure:
    text = nwords("{n} night at {each}", "{n} nights at {each}", nights, each=each)
    return times(label, nights, each, text, SAID)


def _by_hour(nights: int, minutes: Minutes, each: Money) -> Figure:
    time = Minutes(minutes.count * nights)
    parts = (_time(nights, minutes, time), as_told(words("Price of an hour"), each))
    return at_an_hour(words("Support by the hour"), time, each, parts, SAID)


def _time(nights: int, minutes: Minutes, time: Minutes) -> Figure:
    return Figure(
        label=words("Time altogether"),
        value=time,
        sum=nwords("{time} for {n} night", "{time} for each of {n} nights", nights, time=minutes),
        parts=(
            as_told(words("Time for each night and its day"), minutes),
            Figure(words("Nights"), nights, working=COUNTED),
        ),
        working=exactly(minutes, TIMES, nights),
    )


@dataclass(frozen=True, slots=True)
class Allowance:
    """Nights of a year: how many are usually funded, taken and planned, and left. ``most`` None: no number is known."""

    year: Period
    most: Figure
    used: Figure
    planned: Figure
    left: Figure
    together: int | None  # nights in a row that are usually funded


def year_of(parameters: Parameters, day: date, funding: Period | None) -> Period:
    """The year over which nights are counted on a day: each twelve months of the funding, or July to June."""
    by_plan = "respite_year" in parameters and parameters.text("respite_year", day) == "plan"
    if by_plan and funding is not None and funding.first <= day:
        first = funding.first
        while (following := months_after(first, 12)) <= day:
            first = following
        return Period(first, months_after(first, 12) - DAY)
    first = date(day.year - (day.month < JULY), JULY, 1)
    return Period(first, months_after(first, 12) - DAY)


def allowance(parameters: Parameters, year: Period, stays: Iterable[Nights], today: date) -> Allowance:
    """How many nights of a year are taken (before today), planned, and left."""
    known = list(stays)
    past = Period(year.first, min(today - DAY, year.last)) if today > year.first else None
    used = sum(one.within(past) for one in known) if past else 0
    planned = sum(one.within(year) for one in known) - used
    most = _most(parameters, today)
    together = parameters.text("respite_nights_together", today) if "respite_nights_together" in parameters else ""
    taken = Figure(words("Nights taken"), used, words("Counted from the stays up to yesterday"), working=COUNTED)
    ahead = Figure(words("Nights planned"), planned, words("Counted from the stays from today on"), working=COUNTED)
    return Allowance(year, most, taken, ahead, _left(most, taken, ahead), int(together) if together else None)


def _most(parameters: Parameters, day: date) -> Figure:
    label = words("Nights that are usually funded in a year")
    if "respite_nights" not in parameters:
        return Figure(label, None, words("We know of no number. The letter or the coordinator may say one."))
    nights, source = int(parameters.text("respite_nights", day)), parameters.source("respite_nights", day)
    return Figure(
        label, nights, words("What is usual; the letter of the plan counts more"), source=source, working=PUBLISHED
    )


def _left(most: Figure, used: Figure, planned: Figure) -> Figure:
    label = words("Nights left this year")
    if not isinstance(most.value, int) or not isinstance(used.value, int) or not isinstance(planned.value, int):
        return Figure(label, None, words("We know of no number. The letter or the coordinator may say one."))
    return Figure(
        label=label,
        value=most.value - used.value - planned.value,
        sum=words("What is usual, less what is taken and planned"),
        parts=(most, used, planned),
        working=exactly(most.value, MINUS, used.value, MINUS, planned.value),
    )


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """One line of the ordinary week on the days of a stay: visits that would have happened, their time and money."""

    line: str
    name: Name
    provider: Name
    visits: int
    minutes: Minutes
    cost: Figure  # what its visits would have cost; not known where no price is, and none for support without pay
    unpaid: bool

    @property
    def amount(self) -> Money | None:
        """The same as an amount alone."""
        return self.cost.value if isinstance(self.cost.value, Money) else None


def meanwhile(package: Package, nights: Nights, editions: Editions, calendar: Calendar) -> tuple[Meanwhile, ...]:
    """The visits of the ordinary week between coming and going, both days included; only lines that have some."""
    days = package.period.overlap(nights.days)
    if days is None:
        return ()
    weekly = tuple(line for line in package.lines if isinstance(line.schedule, Weekly))
    quoted = pricing.quote(replace(package, period=days, lines=weekly, funding=None), editions, calendar)
    return tuple(
        Meanwhile(
            line=one.line.id,
            name=Name(one.line.name),
            provider=Name(one.line.provider or ""),
            visits=one.visits,
            minutes=one.minutes,
            cost=_known(one.figure, one.complete and not one.unpaid),
            unpaid=one.unpaid,
        )
        for one in quoted.lines
        if one.visits and one.counted
    )


def _known(figure: Figure, known: bool) -> Figure:
    return figure if known else replace(figure, value=None, working=None)


def freed(found: Iterable[Meanwhile], stay: Figure) -> Figure:
    """What a stay costs more than the ordinary week it takes the place of; negative when it costs less."""
    known = [one for one in found if one.amount is not None]
    saved = Figure(
        label=words("Visits that do not happen meanwhile"),
        value=total([one.amount for one in known if one.amount is not None]),
        sum=words("Their price on these days, added up"),
        parts=tuple(replace(one.cost, label=words("{support}", support=one.name)) for one in known),
        working=PARTS,
    )
    label = words("What the stay adds to the plan")
    if not isinstance(stay.value, Money) or not isinstance(saved.value, Money):
        return Figure(label, None, words("The price of the stay is not told yet"), (stay, saved))
    text = words("The stay, less the visits that do not happen")
    missing = (words("A visit called off too late may still be charged. Tell the providers early."),)
    return less(label, stay.value, saved.value, text, (stay, saved), missing=missing)


@dataclass(frozen=True, slots=True)
class Replacement:
    """What family does on the days of a stay, and what it would cost if somebody had to be paid for it."""

    minutes: Minutes
    cost: Figure


def replacement(found: Iterable[Meanwhile], hourly: Money | None) -> Replacement:
    """The hours that family would have given, and their replacement at a price that the person told."""
    time = Minutes(sum(one.minutes.count for one in found if one.unpaid))
    label = words("If somebody had to be paid for it")
    if hourly is None:
        return Replacement(time, Figure(label, None, words("Nobody has said yet what an hour would cost")))
    return Replacement(time, at_an_hour(label, time, hourly, (as_told(words("An hour, as told here"), hourly),)))
