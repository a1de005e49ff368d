"""Packages made by chance, always the same ones for the same number: every kind of line that people write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from random import Random

from budgeting import programs
from budgeting.allocation import Allocation, Means, Relief
from budgeting.extras import ActiveHours, Centre, Extra, Leg, Transport, Travel, Vehicle
from budgeting.money import Money, Percent, Quantity
from budgeting.package import (
    Agreed,
    AgreedAmount,
    AtLimit,
    Boundary,
    Component,
    ContributionRate,
    Funding,
    FundingPeriod,
    Line,
    Management,
    OpenMoney,
    Package,
    Price,
    Schedule,
    Spread,
    Units,
    Unpaid,
    Weekly,
)
from budgeting.period import Band, Period, Place

FIRST = date(2025, 7, 1)
SPAN = 730  # days up to the end of June 2027
WINDOW = Period(FIRST - timedelta(30), FIRST + timedelta(SPAN + 30))  # every day of every line lies in it
PLACES = (
    Place("ACT"),
    Place("NSW"),
    Place("NSW", "remote"),
    Place("NT", "very_remote"),
    Place("NT"),
    Place("QLD"),
    Place("QLD", "national", "Brisbane"),
    Place("SA"),
    Place("SA", "remote"),
    Place("TAS"),
    Place("VIC", "national", "Melbourne"),
    Place("WA", "very_remote"),
)
CATEGORIES = ("clinical", "independence", "everyday_living")
MEANS = ("full_pensioner", "part_pensioner", "cshc_holder", "self_funded_no_cshc", "means_not_disclosed")
HOUSEHOLDS = ("single", "couple_each", "couple_separated_by_illness_each")
CODES = ("SAH-1", "SAH-3", "SAH-5", "SAH-8", "HCP-2", "HCP-4")
TIMED_BANDS = tuple(band for band in Band if band not in (Band.ANY, Band.SLEEPOVER))


def packages(seed: int, many: int, program: str = "ndis", lines: Sequence[int] = (1, 1, 2)) -> Iterator[Package]:
    """So many packages of one or two lines each, or as many as asked; some with the money that pays for them."""
    by = Random(seed)
    for _ in range(many):
        period = _days(by, 0, SPAN)
        made = tuple(_line(by, program, str(number), period) for number in range(by.choice(lines)))
        funding = None
        others: tuple[Component | OpenMoney, ...] = ()
        if by.random() < 0.5 and program == "support_at_home":
            funding = _classified(by, period)
        elif by.random() < 0.3 and program == "ndis":
            funding, others = _parts(by, period), OTHERS
            made = tuple(replace(line, management=None, payers=_payers(by)) for line in made)
        yield Package(program, period, by.choice(PLACES), funding, made, others)


def _days(by: Random, low: int, high: int) -> Period:
    first = by.randint(low, high - 1)
    return Period(FIRST + timedelta(first), FIRST + timedelta(min(high, first + by.randint(1, 365)) - 1))


def _line(by: Random, program: str, name: str, period: Period) -> Line:
    schedule = _schedule(by)
    low, high = (period.first - FIRST).days - 20, (period.last - FIRST).days + 1
    line = Line(
        id=name,
        name=name,
        period=_days(by, low, high),
        support=_support(by, program),
        schedule=schedule,
        price=_price(by),
        management=by.choice((None, *Management)),
    )
    if by.random() < 0.2:
        line = replace(line, boundary=Boundary.HIGHER)
    if by.random() < 0.2:
        line = replace(line, participants=by.randint(1, 5), workers=by.randint(1, 2))
    if by.random() < 0.1:
        line = replace(line, category=by.choice(CATEGORIES))
    if by.random() < 0.3 and isinstance(schedule, Weekly):
        days = (line.period.first + timedelta(by.randrange(line.period.days)) for _ in range(3))
        line = replace(line, skips=tuple(days))
    if by.random() < 0.3 and isinstance(schedule, Weekly) and program == "ndis":
        night = schedule.sleepover and schedule.end <= schedule.start
        line = replace(line, extras=tuple(_extra(by, night) for _ in range(by.choice((1, 2)))))
    return line


def _support(by: Random, program: str) -> str | None:
    """A support by its everyday name, any item of a price list (also for calling off, or by the dollar), or neither."""
    chance, items = by.random(), _items(program)
    if chance < 0.75 or not items:
        return by.choice(programs.families(program)).key if chance < 0.95 else None
    return by.choice(items) if chance < 0.95 else None


@cache
def _items(program: str) -> tuple[str, ...]:
    editions = programs.shipped(program).editions
    return tuple(sorted({row.number for edition in editions for row in edition.rows}))


def _extra(by: Random, night: bool) -> Extra:
    """What comes along: a trip alone or shared, driving, a centre, active hours of a night."""
    legs = tuple(Leg(by.randint(0, 130), by.random() < 0.4) for _ in range(by.randint(0, 3)))
    of, kilometres, other = by.choice((1, 1, 2, 3, 7)), Quantity(by.randrange(90_000)), Money(by.choice((0, 0, 455)))
    part, rate = by.randint(1, of), by.choice((None, Money(by.randrange(20_000))))
    each = by.choice((None, Money(by.randrange(350))))
    travel = Travel(legs, by.choice((None, 1, 4, 7)), rate, by.random() < 0.8, kilometres, each, other, part, of)
    vehicle = by.choice(tuple(Vehicle))
    driving = Transport(kilometres, each, other, vehicle, part, of)
    active = ActiveHours(by.randrange(600), by.random() < 0.3)
    return by.choice((travel, driving, active, active) if night else (travel, travel, driving, Centre()))


def _parts(by: Random, period: Period) -> Funding:
    """A part for each way of managing money, with little or much in it, released at once or in two halves."""

    def part(management: Management) -> Component:
        amount = Money(by.choice((1, 100_00, 5_000_00, 90_000_00)) * by.randint(1, 9))
        made = Component(management, management, amount, management, tuple(f"{one:02}" for one in range(1, 22)))
        if period.days > 1 and by.random() < 0.5:
            cut = period.first + timedelta(by.randrange(period.days - 1))
            halves = Period(period.first, cut), Period(cut + timedelta(1), period.last)
            released = tuple(FundingPeriod(half, amount) for half in halves)
            made = replace(made, amount=amount + amount, periods=released)
        return made

    return Funding(period, tuple(part(one) for one in Management))


OTHERS = (Component("grant", "A grant", Money(2_000_00), funder="The city"), OpenMoney("own", "Own money"))


def _payers(by: Random) -> tuple[str, ...]:
    return tuple(by.sample((*Management, "grant", "own"), by.randint(1, 4)))


def _classified(by: Random, period: Period) -> Funding:
    """A classification with what decides the client's share: fixed, sliding, told in letters, or not known."""
    rates = [
        ContributionRate(category, Percent(by.choice((0, 50_000, 113_000, 164_700, 333_333, 500_000))), since, letter)
        for category in CATEGORIES
        for since, letter in _letters(by)
    ]
    income, assets = Money(by.randrange(12_000_000)), Money(by.randrange(90_000_000))
    means = Means(by.choice(HOUSEHOLDS), income, assets, by.random() < 0.5)
    first = FIRST + timedelta(by.randrange(SPAN))
    decided = Relief(Period(first, first + timedelta(by.randrange(120))))
    given = Allocation(
        means=means if by.random() < 0.7 else None,
        reliefs=(decided,) if by.random() < 0.3 else (),
    )
    return Funding(
        period,
        classification=by.choice(CODES),
        means_status=by.choice((None, *MEANS)),
        cohort=by.choice(("standard", "standard", "no_worse_off")),
        rates=tuple(rates),
        debit_basis=by.choice(("subsidy", "price")),
        allocation=given,
    )


def _letters(by: Random) -> list[tuple[date | None, date | None]]:
    """No letter, one that says no day, or several: with the day from which each counts, or its own date alone."""
    days = [FIRST + timedelta(by.randrange(SPAN)) for _ in range(3)]
    some = [(None, None)] if by.random() < 0.3 else []
    return [*some, *((day, None) if by.random() < 0.5 else (None, day) for day in days[: by.choice((0, 0, 1, 3))])]


def _schedule(by: Random) -> Schedule:
    if by.random() < 0.15:
        return Units(Quantity(by.randrange(500_000)), "H", by.choice((Spread.EVENLY, Spread.ONCE)))
    start, length = by.randrange(288) * 5, by.choice((by.randint(1, 36), by.randint(1, 288))) * 5
    end = (start + length) % 1440
    return Weekly(
        weekdays=tuple(by.sample(range(7), by.randint(1, 7))),
        start=time(start // 60, start % 60),
        end=time(end // 60, end % 60),
        every_n_weeks=by.choice((1, 1, 1, 2, 2, 3, 4, 9)),
        anchor=FIRST + timedelta(by.randrange(SPAN)) if by.random() < 0.3 else None,
        sleepover=by.random() < (0.2 if end <= start else 0.03),
    )


def _price(by: Random) -> Price | None:
    kind = by.random()
    if kind < 0.02:
        return Unpaid()
    if kind < 0.4:
        return AtLimit()
    if kind < 0.7:
        return Agreed((AgreedAmount(Money(by.randrange(30_000))),))
    if kind < 0.75:
        return None
    amounts = [
        AgreedAmount(
            amount=Money(by.randrange(30_000)),
            band=by.choice((None, *TIMED_BANDS)),
            since=FIRST + timedelta(by.randrange(SPAN)) if by.random() < 0.5 else None,
        )
        for _ in range(by.randint(2, 4))
    ]
    # Two amounts for the same band from the same day would leave open which one counts.
    return Agreed(tuple({(one.band, one.since): one for one in amounts}.values()))
