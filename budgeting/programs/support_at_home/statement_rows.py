"""The rows of a monthly statement of Support at Home: each service with its price, and who pays what of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budgeting import programs
from budgeting.explain import SAID, WEAKER, Confidence, Figure, Source, all_time, as_told
from budgeting.explain.sums import less
from budgeting.money import ZERO, Minutes, Money, Quantity, total
from budgeting.package import Funding
from budgeting.programs.support_at_home.account import KEY
from budgeting.programs.support_at_home.contributions import share, split
from budgeting.programs.support_at_home.everyday import CARE_MANAGEMENT, EQUIPMENT, HOME_CHANGES, RESTORATIVE
from budgeting.programs.support_at_home.granted import ACCOUNT, CARE, tier_on
from budgeting.spending import UNCOUNTED, ClaimType, Entry
from budgeting.words import Name, Value, Words, nwords, words
from budgeting.working import COUNTED, ELSEWHERE, PARTS, TIMES, TOLD, to_the_cent

CATEGORIES: Mapping[str, Words] = {
    "clinical": words("Clinical care"),
    "independence": words("Independence"),
    "everyday_living": words("Everyday living"),
    EQUIPMENT: words("Equipment and products"),
    HOME_CHANGES: words("Changes to the home"),
    "": words("Other services"),
}
MOST_PARTS = 40  # a sum of more services has a part for each day instead of one for each service
WRITTEN_DOWN = words("Services that are not written down here yet.")
_KEYS = {CARE_MANAGEMENT: CARE, RESTORATIVE: "rc"}
_SCHEMES = {EQUIPMENT: "at", HOME_CHANGES: "hm"}


@dataclass(frozen=True, slots=True)
class Service:
    """One row: a service of some inclusive days, its price, and who pays what. ``posted``: the day it counts on."""

    name: Value
    provider: Name
    first: date
    last: date
    posted: date
    price: Money
    contribution: Figure  #: what the client pays of the price; its value is None while that is not known
    fund: str  #: the key of the part of the funding that pays
    category: str
    debit: str = "subsidy"
    quantity: Quantity | None = None
    unit: str = ""
    minutes: Minutes | None = None
    unit_price: Money | None = None
    called_off: bool = False
    questioned: bool = False
    told: bool = False  #: an invoice named the contribution
    passed_on: bool = False  #: a third party did it: the provider only passes the work on

    @property
    def subsidy(self) -> Money | None:
        """The price less the contribution; None while the contribution is not known."""
        paid = self.contribution.value
        return self.price - paid if isinstance(paid, Money) else None

    @property
    def taken(self) -> Money | None:
        """What it takes from the funding: the subsidy, or the whole price where that is how it is charged."""
        return self.price if self.debit == "price" else self.subsidy

    @property
    def adjusts(self) -> bool:
        """Whether it settles an earlier month: a refund, or a service of before that is counted now."""
        return self.price < ZERO or (self.first.year, self.first.month) < (self.posted.year, self.posted.month)


def service(
    entry: Entry,
    funding: Funding,
    told: Money | None = None,
    posted: date | None = None,
    *,
    passed_on: bool = False,
) -> Service:
    """A delivered support as a row of a statement; ``told`` is the contribution that an invoice named."""
    family = programs.program(KEY).family(entry.item)
    at = share(funding, family, None, entry.first)
    fund = family.fund if family else None
    shown: Value = family.label if family else Name(entry.description or entry.item)
    return Service(
        name=shown,
        provider=Name(entry.provider),
        first=entry.first,
        last=entry.last,
        posted=posted or entry.first,
        price=entry.amount,
        contribution=_contribution(entry, at, told, fund),
        fund=entry.component or _fund(funding, fund or "", entry.first),
        category=fund if fund in (EQUIPMENT, HOME_CHANGES) else at.category or "",
        debit=at.debit,
        quantity=entry.quantity,
        unit=entry.unit,
        minutes=entry.minutes,
        unit_price=entry.unit_price,
        called_off=entry.claim_type is ClaimType.CANCELLATION,
        questioned=entry.state in UNCOUNTED,
        told=told is not None,
        passed_on=passed_on,
    )


def _fund(funding: Funding, fund: str, day: date) -> str:
    """The part of the funding that pays for a service of which nobody said it."""
    return tier_on(funding, _SCHEMES[fund], day) if fund in _SCHEMES else _KEYS.get(fund, ACCOUNT)


def _contribution(entry: Entry, at: programs.Share, told: Money | None, fund: str | None) -> Figure:
    label = words("You pay")
    if told is not None:
        return as_told(label, told)
    if fund == CARE_MANAGEMENT:
        return Figure(label, ZERO, words("Nobody pays for care management."), working=TOLD)
    if at.rate is None:
        return Figure(label, None, words("Your share for this kind of service is not known yet."))
    rate = Figure(words("Your share"), at.rate, source=at.source, working=TOLD)
    text = words("{share} of {amount}", share=at.rate, amount=entry.amount)
    paid = split(entry.amount, at.rate) if entry.amount >= ZERO else -split(-entry.amount, at.rate)
    return Figure(label, paid, text, (rate,), source=at.source, working=to_the_cent(entry.amount, TIMES, at.rate))


@dataclass(frozen=True, slots=True)
class Group:
    """The services of one kind, and what they add up to."""

    key: str
    label: Words
    services: tuple[Service, ...]
    price: Figure
    subsidy: Figure
    contribution: Figure


def groups(services: Sequence[Service]) -> tuple[Group, ...]:
    """The services by kind, in the order of a statement; a kind without one is left out."""
    found = []
    for key, label in CATEGORIES.items():
        some = [one for one in services if one.category == key]
        if some:
            found.append(group(key, label, some))
    return tuple(found)


def group(key: str, label: Words, services: Sequence[Service]) -> Group:
    """Services of one kind in the order of days, added up."""
    rows = tuple(sorted(services, key=lambda one: (one.first, one.last)))
    return Group(
        key,
        label,
        rows,
        price=added(words("Price"), rows, PRICE),
        subsidy=added(words("Paid by the funding"), rows, TAKEN),
        contribution=added(words("You pay"), rows, PAID),
    )


def _called(one: Service) -> Words:
    return words("{service} on {day}", service=one.name, day=one.first)


def _priced(one: Service) -> Figure:
    return as_told(_called(one), one.price)


def paying(one: Service) -> Figure:
    """What the client pays for a service, under its name."""
    return replace(one.contribution, label=_called(one))


def taking(one: Service) -> Figure:
    """What a service takes from the funding."""
    paid = one.contribution.value
    if one.debit == "price":
        return _priced(one)
    if not isinstance(paid, Money):
        return Figure(_called(one), None, words("Not known, since your part of it is not known."))
    text = words("The price {price} less {paid} that you pay", price=one.price, paid=paid)
    return less(_called(one), one.price, paid, text, (one.contribution,))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that every service has: its value, how sure that is, and the figure that explains it."""

    of: Callable[[Service], Money | None]
    sure: Callable[[Service], Confidence | None]
    figure: Callable[[Service], Figure]


def _share(one: Service) -> Money | None:
    paid = one.contribution.value
    return paid if isinstance(paid, Money) else None


PRICE = Amount(lambda one: one.price, lambda one: SAID.confidence, _priced)
PAID = Amount(_share, lambda one: one.contribution.confidence, paying)
TAKEN = Amount(lambda one: one.taken, lambda one: one.contribution.confidence, taking)


def added(label: Words, services: Sequence[Service], amount: Amount, missing: tuple[Words, ...] = ()) -> Figure:
    """An amount of each service added up; of many services the parts are the days, each with how many came."""
    if len(services) <= MOST_PARTS:
        return summed(label, [amount.figure(one) for one in services], missing)
    days: dict[date, list[Service]] = {}
    for one in services:
        days.setdefault(one.posted, []).append(one)
    parts = tuple(_day(day, days[day], amount) for day in sorted(days))
    values = [value for one in services if (value := amount.of(one)) is not None]
    if len(values) < len(services):
        return replace(_not_all(label, values, len(services)), parts=parts, not_included=missing)
    text = words("The parts below added up")
    return Figure(label, total(values), text, parts, not_included=missing, working=PARTS)


def _day(day: date, services: Sequence[Service], amount: Amount) -> Figure:
    """What the services of one day come to, no surer than the least sure of them."""
    label, values = words("On {day}", day=day), [value for one in services if (value := amount.of(one)) is not None]
    known = [sure for one in services if (sure := amount.sure(one))]
    source = Source("", confidence=max(known, key=WEAKER.index)) if known else None
    if len(values) < len(services):
        return replace(_not_all(label, values, len(services)), source=source)
    text = nwords("{n} entry", "{n} entries", len(services))
    return Figure(label, total(values), text, source=source, working=ELSEWHERE)


def _not_all(label: Words, values: list[Money], number: int) -> Figure:
    """A sum of which some amounts are not known, so that it is not either."""
    text = nwords(
        "{known} so far. The amount of {n} service is not known yet.",
        "{known} so far. The amounts of {n} services are not known yet.",
        number - len(values),
        known=total(values),
    )
    return Figure(label, None, text)


def summed(label: Words, parts: Sequence[Figure], missing: tuple[Words, ...] = ()) -> Figure:
    """The parts added up; not known while one of them is not."""
    values = [part.value for part in parts if isinstance(part.value, Money)]
    if len(values) < len(parts):
        return replace(_not_all(label, values, len(parts)), parts=tuple(parts), not_included=missing)
    text = words("The parts below added up") if parts else words("Nothing is written down for it.")
    return Figure(label, total(values), text, tuple(parts), not_included=missing, working=PARTS if parts else COUNTED)


def care_minutes(care: Sequence[Service]) -> Figure:
    """The time of care management in a month; not known while that of one of them is not."""
    label = words("Care management in this month")
    counts = [one.minutes for one in care]
    if any(count is None for count in counts):
        return Figure(label, None, words("The time of some of it is not known yet."))
    days: dict[date, int] = {}
    for one in care:
        days[one.first] = days.get(one.first, 0) + (one.minutes.count if one.minutes else 0)
    parts = [Figure(words("On {day}", day=day), Minutes(days[day]), working=TOLD) for day in sorted(days)]
    if not parts:
        return Figure(label, Minutes(0), words("Nothing is written down for it."), working=COUNTED)
    return all_time(label, words("The parts below added up"), parts)


def committed(agreed: Sequence[tuple[Value, Money, Money]]) -> Figure:
    """Equipment and changes to the home that were agreed and have not come yet: name, agreed amount, and what came."""
    label = words("Agreed, and not delivered yet")
    parts = []
    for name, amount, delivered in agreed:
        if delivered < amount:
            text = words("{agreed} agreed, less {delivered} delivered", agreed=amount, delivered=delivered)
            called = words("{support} still to come", support=name)
            parts.append(less(called, amount, delivered, text))
    return summed(label, parts)
