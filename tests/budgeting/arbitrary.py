"""Packages as people might put them together, drawn at random from a seed: the same seed gives the same packages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random
from typing import Any

from budgeting import programs
from budgeting.allocation import (
    Allocation,
    Brought,
    Contributed,
    Means,
    PackageMoney,
    Pathway,
    Reclassified,
    Relief,
    Supplement,
    Tier,
)
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Extra,
    Leg,
    Transport,
    Travel,
    Vehicle,
    Work,
    WorkKind,
)
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
    Role,
    Schedule,
    Spread,
    Units,
    Unpaid,
    Weekly,
)
from budgeting.period import Band, Period, Place

STATES = ("NSW", "VIC", "QLD", "SA", "WA", "TAS", "ACT", "NT")
HOUSEHOLDS = ("single", "couple_each", "couple_separated_by_illness_each")
CODES = ("SAH-1", "SAH-4", "SAH-8", "HCP-2", "HCP-4")
COMPONENTS = (("core", "Core", ("01", "02", "03", "04")), ("build", "Capacity building", ("07", "15", "14")))


def packages(seed: int, number: int) -> Iterator[Package]:
    """So many packages, NDIS and Support at Home in turn."""
    random = Random(seed)
    for count in range(number):
        yield ndis(random) if count % 2 else support_at_home(random)


def ndis(random: Random) -> Package:
    """Some components with or without funding periods, and some lines of supports from the price list."""
    period = _period(random)
    funding = Funding(period, tuple(_component(random, period, *one) for one in COMPONENTS))
    keys = [family.key for family in programs.families("ndis")]
    lines = [_line(random, number, random.choice(keys), period) for number in range(random.randint(1, 4))]
    if _happens(random, 20):
        lines.append(replace(_line(random, 9, keys[0], period), support=None, category="01"))
    beside = tuple(_beside(random, one) for one in lines)
    others = (OpenMoney("own", "Own money"), Component("grant", "A grant", _money(random, 3_000_00), funder="The city"))
    return Package("ndis", period, _place(random), funding, beside, others if _happens(random, 50) else ())


def support_at_home(random: Random) -> Package:
    """A classification, rates that were told or not, and services at a provider's own prices."""
    period = _period(random)
    known = {"clinical": 0, "independence": random.choice((50_000, 123_400, 333_333)), "everyday_living": 175_000}
    told = tuple(ContributionRate(key, Percent(rate)) for key, rate in known.items() if _happens(random, 80))
    means = random.choice((None, "full_pensioner", "self_funded_no_cshc"))
    basis = random.choice(("subsidy", "price"))
    funding = Funding(period, (), random.choice(CODES), means_status=means, rates=told, debit_basis=basis)
    if _happens(random, 40):
        funding = replace(funding, entered=period.first + timedelta(random.randint(1, 40)))
    if _happens(random, 40):
        until = period.first + timedelta(random.randint(0, 60))
        funding = replace(funding, spent=_money(random, 2_000_00), spent_until=until)
    keys = [family.key for family in programs.families("support_at_home")]
    lines = [_line(random, number, random.choice(keys), period) for number in range(random.randint(1, 4))]
    own = tuple(one if isinstance(one.price, Agreed | None) else replace(one, price=_agreed(random)) for one in lines)
    if _happens(random, 50):
        funding = replace(funding, allocation=_allocation(Random(random.randrange(10**9)), period))
        if funding.means_status is None:
            funding = replace(funding, means_status="part_pensioner", rates=())
    return Package("support_at_home", period, _place(random), funding, own)


def _allocation(random: Random, period: Period) -> Allocation:
    """Some of what may be granted or told beside a classification."""

    def some(most: int) -> date:
        return period.first + timedelta(random.randint(-20, most))

    def maybe(value: Any, nothing: Any) -> Any:
        return value if _happens(random, 30) else nothing

    income, assets = _money(random, 90_000_00), _money(random, 700_000_00)
    means = Means(random.choice(HOUSEHOLDS), income, assets, _happens(random, 50))
    first = some(60)
    relief = Relief(Period(first, first + timedelta(random.randint(0, 90))), random.choice((None, Money(7_50))))
    return Allocation(
        changes=maybe((Reclassified("SAH-6", some(120)),), ()),
        supplements=maybe((Supplement("OXY"), Supplement("VET")), ()),
        interim=maybe(Period(period.first - timedelta(30), some(90) + timedelta(20)), None),
        brought=maybe(Brought(_money(random, 1_000_00)), None),
        carry_over_base=random.choice(("service_budget", "published_quarterly_total")),
        pathways=maybe((Pathway(random.choice(("RC", "EOL")), some(60)),), ()),
        tiers=maybe((Tier("at", Money(2_000_00), some(10), remote=_happens(random, 50)),), ()),
        package_money=maybe((PackageMoney("provider", _money(random, 3_000_00)),), ()),
        means=maybe(means, None),
        reliefs=maybe((relief,), ()),
        contributed=maybe(Contributed(Money(137_500_00), period.first - timedelta(1)), None),
    )


def _beside(random: Random, line: Line) -> Line:
    """What a line may have besides its times and its price: a role, other payers, travel, no pay at all."""
    chance = random.randrange(100)
    if chance < 10:
        return replace(line, price=Unpaid(random.choice((None, _money(random, 90_00)))))
    if chance < 20:
        return replace(line, role=random.choice((Role.RESERVE, Role.BACKUP)))
    if chance < 35:
        return replace(line, payers=random.choice((("core", "grant", "own"), ("grant", "core"), ("build", "own"))))
    if chance < 60:
        return replace(line, extras=tuple(random.sample(_extras(random), random.randint(1, 3))))
    return line


def _extras(random: Random) -> list[Extra]:
    legs = (Leg(random.randint(5, 80)), Leg(random.randint(5, 80), back=True))
    of = random.choice((1, 1, 2, 3))
    rate = random.choice((None, _money(random, 90_00)))
    return [
        Travel(legs, random.choice((None, 1, 4, 6)), rate, kilometres=Quantity(random.randint(0, 40_000)), of=of),
        Transport(Quantity(random.randint(500, 60_000)), vehicle=random.choice(list(Vehicle)), of=of),
        Centre(),
        Work(random.choice(list(WorkKind)), random.randint(0, 600), rate),
        Establishment(),
        ActiveHours(random.randint(0, 300)),
    ]


def _happens(random: Random, percent: int) -> bool:
    return random.randrange(100) < percent


def _period(random: Random) -> Period:
    first = date(2025, 11, 1) + timedelta(random.randint(0, 300))
    return Period(first, first + timedelta(random.randint(20, 400)))


def _place(random: Random) -> Place:
    return Place(random.choice(STATES), random.choice(("national", "national", "remote", "very_remote")))


def _money(random: Random, most: int) -> Money:
    return Money(random.randint(1, most))


def _component(random: Random, period: Period, key: str, name: str, categories: tuple[str, ...]) -> Component:
    amount = _money(random, 60_000_00)
    made = Component(key, name, amount, random.choice(list(Management)), categories)
    if _happens(random, 50) and period.days > 100:
        cuts = sorted(random.sample(range(30, period.days - 30), random.randint(1, 2)))
        starts = [period.first, *(period.first + timedelta(cut) for cut in cuts)]
        ends = [*(start - timedelta(1) for start in starts[1:]), period.last]
        days = (Period(first, last) for first, last in zip(starts, ends, strict=True))
        parts = tuple(FundingPeriod(one, _money(random, 20_000_00)) for one in days)
        made = replace(made, periods=parts, amount=Money(sum(one.amount.minor for one in parts)))
    if _happens(random, 50):
        until = period.first + timedelta(random.randint(0, period.days - 1))
        made = replace(made, spent=_money(random, 30_000_00), spent_until=until)
    return made


def _line(random: Random, number: int, support: str, whole: Period) -> Line:
    period = whole
    if _happens(random, 40):
        first = whole.first + timedelta(random.randint(-20, whole.days // 2))
        period = Period(first, first + timedelta(random.randint(0, whole.days)))
    participants = random.choice((1, 1, 1, 2, 3, 4))
    return Line(
        id=f"line-{number}",
        name=f"Support {'ABCDEFGHIJ'[number]}",
        period=period,
        support=support,
        schedule=_schedule(random),
        price=_price(random),
        provider="Harbour",
        purposes=("goal",),
        boundary=random.choice(list(Boundary)),
        participants=participants,
        workers=random.choice((1, 2)) if participants > 2 else 1,
        skips=tuple(period.first + timedelta(random.randint(0, period.days - 1)) for _ in range(random.choice((0, 3)))),
    )


def _schedule(random: Random) -> Schedule | None:
    chance = random.randrange(100)
    if chance < 3:
        return None
    if chance < 30:
        quantity = random.choice((12_000, 20_500, 7_333, 104_000, 333_250))
        return Units(Quantity(quantity), random.choice(("H", "H", "E", "WK")), random.choice(list(Spread)))
    start = random.randint(0, 95) * 15
    end = (start + random.choice((30, 45, 60, 90, 100, 125, 150, 240, 600))) % 1440
    weekdays = tuple(sorted(random.sample(range(7), random.randint(1, 5))))
    return Weekly(
        weekdays,
        time(start // 60, start % 60),
        time(end // 60, end % 60),
        every_n_weeks=random.choice((1, 1, 1, 2, 3)),
        sleepover=_happens(random, 5),
    )


def _price(random: Random) -> Price | None:
    chance = random.randrange(100)
    if chance < 5:
        return None
    return AtLimit() if chance < 45 else _agreed(random)


def _agreed(random: Random) -> Agreed:
    def amount(band: Band | None = None, since: date | None = None, estimated: bool = False) -> AgreedAmount:
        return AgreedAmount(Money(random.randint(30_00, 160_00)), band, since, estimated)

    some = [amount()] if _happens(random, 80) else [amount(Band.DAY), amount(Band.SATURDAY)]
    if _happens(random, 30):
        some.append(amount(since=date(2026, 7, random.randint(1, 31))))
    if _happens(random, 30):
        some.append(amount(Band.HOLIDAY, estimated=_happens(random, 50)))
    return Agreed(tuple(some))
