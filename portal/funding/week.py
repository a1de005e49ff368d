"""An ordinary week as plain values: what someone told us before there is a proposal, and its lines for pricing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from budgeting import programs
from budgeting.catalogue import Editions
from budgeting.money import Money, Quantity, rounded
from budgeting.package import Agreed, AgreedAmount, AtLimit, Line, Price, Units, Weekly
from budgeting.period import Band, Period, Place

BY_PIECE = "E"


class OnHolidays(StrEnum):
    """What a visit costs on a public holiday, where an ordinary price was told."""

    LIMIT = "limit"  # the published limit, as an estimate
    SAME = "same"
    OWN = "own"  # an amount of its own
    NO_VISIT = "no_visit"


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One regular support: who comes when, at what price of one hour (None: the published limit).

    ``typed`` is what the person wrote; ``name`` what the support is called; ``support`` a family key or None.
    """

    typed: str
    name: str
    support: str | None
    weekdays: tuple[int, ...]
    start: time = time(0)
    end: time = time(0)
    every_n_weeks: int = 1
    price: Money | None = None
    on_holidays: OnHolidays = OnHolidays.LIMIT
    holiday_price: Money | None = None
    component: str | None = None  # key of the part that pays; None: the first that may
    sleepover: bool = False  # someone sleeps there: one price for the night instead of hours
    by_day: bool = False  # only a length was told: these times are ours, by day
    unit: str = ""  # counted in these instead of by the clock: a meal, the hours of a coordinator; then no times
    amount: int = 0  # thousandths of that unit on each of the days, or in each month
    monthly: bool = False

    def schedule(self, days: Period) -> Weekly | Units:
        """When someone comes in these days, or how much of it there is in them altogether."""
        if not self.unit:
            return Weekly(self.weekdays, self.start, self.end, self.every_n_weeks, sleepover=self.sleepover)
        if self.monthly:
            return Units(Quantity(_in_months(self.amount, days)), self.unit)
        visits = sum(1 for day in range(days.days) if (days.first + timedelta(day)).weekday() in self.weekdays)
        return Units(Quantity(self.amount * visits), self.unit)

    @property
    def minutes(self) -> int:
        """The length of one visit in whole minutes."""
        return Weekly(self.weekdays, self.start, self.end).minutes


def _in_months(each: int, days: Period) -> int:
    """So much in each month, over these days: whole months as they are, the days that are left as a part of theirs."""
    end = days.last + timedelta(1)
    months = (end.year - days.first.year) * 12 + end.month - days.first.month
    months -= end.day < days.first.day
    year, month = divmod(days.first.month - 1 + months, 12)
    length = monthrange(days.first.year + year, month + 1)[1]
    begun = date(days.first.year + year, month + 1, min(days.first.day, length))
    return each * months + rounded(each * (end - begun).days, length)


def package_line(line: WeekLine, number: int, period: Period, program: str, place: Place, editions: Editions) -> Line:
    """One line of a package for these days."""
    skips: tuple[date, ...] = ()
    if line.on_holidays is OnHolidays.NO_VISIT:
        skips = tuple(day for day in programs.calendar().at(place) if day in period)
    return Line(
        id=str(number),
        name=line.name,
        period=period,
        support=line.support,
        schedule=line.schedule(period),
        price=price_of(line, program, place, editions),
        component=line.component,
        skips=skips,
    )


def price_of(line: WeekLine, program: str, place: Place, editions: Editions) -> Price | None:
    """The price of a line: what was told, with its own price for public holidays, else the limit in force.

    None where neither is known: nothing was told, and no limit is published for it. What the agency is told by the
    piece has none: the list names one dollar for it, since any amount is claimed in dollars.
    """
    if line.price is None:
        return AtLimit() if limited(program, line.support) and line.unit != BY_PIECE else None
    amounts = [AgreedAmount(line.price)]
    if line.on_holidays is OnHolidays.OWN and line.holiday_price is not None:
        amounts.append(AgreedAmount(line.holiday_price, Band.HOLIDAY))
    if line.on_holidays is OnHolidays.LIMIT:
        amounts += holiday_limits(line.support, program, place, editions)
    return Agreed(tuple(amounts))


def untold(program: str, support: str | None) -> OnHolidays:
    """What an ordinary price means on public holidays while nobody said so.

    The published limit of public holidays, as an estimate, where there is one to look up; else the same price.
    """
    return OnHolidays.LIMIT if limited(program, support) else OnHolidays.SAME


def rechosen(before: WeekLine, after: WeekLine, program: str) -> WeekLine:
    """A changed line: what nobody chose for public holidays follows the support that was chosen now."""
    kept = after.on_holidays is before.on_holidays is untold(program, before.support)
    if after.unit or after.support == before.support or not kept:
        return after
    return replace(after, on_holidays=untold(program, after.support))


def limited(program: str, support: str | None) -> bool:
    """Whether a limit is published for this support, so that a line without a price of its own still has one."""
    known = programs.program(program)
    return known.price_source == "published_limit" and known.family(support) is not None


def holiday_item(support: str | None, program: str) -> str | None:
    """The item that a visit on a public holiday is priced by; None where public holidays have no price of their own."""
    family = programs.program(program).family(support)
    return family.item(Band.HOLIDAY) if family and family.timed else None


def holiday_limits(support: str | None, program: str, place: Place, editions: Editions) -> list[AgreedAmount]:
    """The published limits of a support on public holidays, each from the day it holds; empty where there are none."""
    item = holiday_item(support, program)
    if item is None:
        return []
    rows = [(row.first, row.item.limit(place.zone, place.state)) for row in editions.rows(item)]
    return [AgreedAmount(limit, Band.HOLIDAY, first, estimated=True) for first, limit in rows if limit is not None]
