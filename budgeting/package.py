"""What a person wants, as plain values: the funding they have, and one line for each support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

from budgeting.allocation import Allocation
from budgeting.explain import Figure
from budgeting.extras import Extra
from budgeting.money import MINUTES_PER_HOUR, ZERO, Minutes, Money, Percent, Quantity
from budgeting.period import Band, Every, Period, Place, minute_of
from budgeting.values import Hashed, hashed_once
from budgeting.words import Words


class Management(StrEnum):
    """Who pays the invoices of a component. Limits bind for agency and plan manager, not for self-managed money."""

    AGENCY = "agency"
    PLAN = "plan"
    SELF = "self"


class Boundary(StrEnum):
    """What was agreed for a visit that crosses a time band: split it there, or one worker at the higher price."""

    SPLIT = "split"
    HIGHER = "higher"


class Role(StrEnum):
    """What a line is for: planned, money held back for something likely, or only there so that its price is known."""

    PLANNED = "planned"
    RESERVE = "reserve"  # counted in what is planned, and shown apart
    BACKUP = "backup"  # priced, but never part of a total


class Priority(StrEnum):
    """How much a line matters to the person, when not everything can be had."""

    MUST = "must"
    SHOULD = "should"
    NICE = "nice"


class Spread(StrEnum):
    """When units are used: evenly over the days of the line, or all on its first day."""

    EVENLY = "evenly"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Weekly:
    """Visits on some weekdays (0 is Monday) from ``start`` to ``end`` by the local clock.

    An ``end`` that is not after ``start`` is on the next day; midnight is ``time(0)``. ``every_n_weeks`` counts from
    the Monday of the week of ``anchor``, or of the line's first day when there is no anchor.
    """

    weekdays: tuple[int, ...]
    start: time
    end: time
    every_n_weeks: int = 1
    anchor: date | None = None
    sleepover: bool = False  # a night-time sleepover: one unit for each night instead of hours

    def __post_init__(self) -> None:
        if not all(0 <= weekday <= 6 for weekday in self.weekdays) or self.every_n_weeks < 1:
            raise ValueError("weekdays are 0 to 6 and weeks are counted from one")

    @property
    def minutes(self) -> int:
        """The length of one visit in whole minutes, between one minute and 24 hours."""
        length = minute_of(self.end) - minute_of(self.start)
        return length if length > 0 else length + 24 * MINUTES_PER_HOUR

    @property
    def minutes_a_week(self) -> int:
        """The time of all visits in a week in which there are some."""
        return self.minutes * len(set(self.weekdays))

    def days(self, began: date, first: int, last: int) -> Iterator[Every]:
        """The days (ordinals) between two others on which visits begin, one weekday after the other.

        ``began``: the first day of the line, whose week is the first where no anchor says another.
        """
        anchor = (self.anchor or began).toordinal()
        monday, step = anchor - (anchor - 1) % 7, 7 * self.every_n_weeks
        for weekday in dict.fromkeys(self.weekdays):
            yield Every(first + (monday + weekday - first) % step, step, first, last)


@dataclass(frozen=True, slots=True)
class Units:
    """A number of units (hours, items, days, trips, meals) in the whole period of the line."""

    quantity: Quantity
    unit: str  # H E D WK MON YR, or trip, meal, actual_cost
    spread: Spread = Spread.EVENLY


Schedule = Weekly | Units


@dataclass(frozen=True, slots=True)
class AtLimit:
    """The price is the published limit in force on each day of service."""


@dataclass(frozen=True, slots=True)
class AgreedAmount:
    """An agreed price for one unit (one hour), for one time band or for all, from a day on or from the start.

    ``estimated``: nobody agreed to this one; it is the published limit, taken until somebody does.
    """

    amount: Money
    band: Band | None = None
    since: date | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """A price that was agreed, or a provider's price book. It never rises by itself.

    For a band and day the latest amount of that band counts; else the latest that is for every band; else there is
    no price yet, which is never the same as zero.
    """

    amounts: tuple[AgreedAmount, ...]

    def on(self, day: date, band: Band) -> Money | None:
        """The agreed price of one unit on a day, or None when nothing was agreed for that band."""
        found = self.found(day, band)
        return found.amount if found else None

    def found(self, day: date, band: Band) -> AgreedAmount | None:
        """The amount that counts on a day, with what is known about it."""
        for wanted in (band, None):
            known = [a for a in self.amounts if a.band == wanted and (a.since is None or a.since <= day)]
            if known:
                return max(known, key=lambda a: a.since or date.min)
        return None


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Support that family or friends give: its time is counted, and it has no price, which is not a price of zero.

    ``replacement`` is what one hour would cost if somebody had to be paid, as the person says; it enters no total.
    ``weekly`` is the most that whoever gives it can give in a week, as they said; None: they did not say.
    """

    replacement: Money | None = None
    weekly: Minutes | None = None


Price = AtLimit | Agreed | Unpaid


@hashed_once
@dataclass(frozen=True, slots=True)
class Line(Hashed):
    """One support in a package: who, when, how much, at what price, and what for.

    With several ``payers`` the line moves to the next one on the first day on which the money of the one before does
    not reach, and returns with that one's next funding period.

    ``support`` is a family key of ``programs.families`` (then the time band decides the item), an item number of a
    price edition, or None for something not on any list. ``items`` overrides the item for each time band.
    """

    id: str
    name: str
    period: Period
    support: str | None = None
    schedule: Schedule | None = None
    price: Price | None = None  # None: not known yet
    category: str | None = None  # None: taken from the support
    component: str | None = None  # key of a Component; None: the first that holds the category
    payers: tuple[str, ...] = ()  # keys in the order in which they pay; empty: ``component`` alone
    role: Role = Role.PLANNED
    management: Management | None = None  # None: taken from the component
    provider: str | None = None  # its name
    purposes: tuple[str, ...] = ()  # ids of goals and everyday needs
    items: Mapping[Band, str] = field(default_factory=dict, hash=False)
    boundary: Boundary = Boundary.SPLIT
    participants: int = 1  # people who share the support
    workers: int = 1
    skips: tuple[date, ...] = ()  # days without the visit
    extras: tuple[Extra, ...] = ()  # what comes along: travel, driving, a centre, work apart, fees
    third_party: Money | None = None  # what the worker's own employer asks for one unit, when others only pass it on
    fee: Money | None = None  # part of the price of one unit that is for arranging it
    priority: Priority | None = None  # None: nobody said how much it matters
    sought: bool = False  # somebody to give it is still looked for; its money is held back meanwhile

    @property
    def gives_way(self) -> int:
        """Where it stands among supports that may give way: what is nice to have first, what must happen last."""
        return 0 if self.priority is Priority.NICE else 2 if self.priority is Priority.MUST else 1


@dataclass(frozen=True, slots=True)
class FundingPeriod:
    """Money that is released on the first day of a funding period."""

    period: Period
    amount: Money
    how: Figure | None = None  # how the amount was worked out, where it was not simply told
    keeps: Money | None = None  # at most so much of what is left goes on to the next period; None: all of it
    keeps_how: Figure | None = None  # how ``keeps`` was worked out


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the funding, with the support categories it may be spent on.

    Without ``periods`` the whole amount is there from the first day of the funding. ``spent`` holds what was claimed
    up to and including ``spent_until``; visits planned up to that day are then not counted again.
    """

    key: str
    name: str | Words  # as the plan letter calls it
    amount: Money
    management: Management = Management.PLAN
    categories: tuple[str, ...] = ()
    periods: tuple[FundingPeriod, ...] = ()
    spent: Money = ZERO
    spent_until: date | None = None
    stated: bool = False  # stated supports are spent only as the plan says; others are flexible
    funder: str | Words | None = None  # who gives the money; None: the program of the package
    carried: Money = ZERO  # brought from the time before the first period, on top of ``amount``
    apart: bool = False  # held by a provider for many people: never counted in what a person has left
    fallback: bool = False  # pays by itself what the parts named before it do not reach, without being asked
    since: tuple[tuple[date, Money], ...] = ()  # delivered after what was told as spent, in order of days
    unseen: bool = False  # something may have been spent of it before the days that are looked at: nobody told how much

    @property
    def untold(self) -> bool:
        """Whether nobody told what was spent of it so far: that is not known, and never nothing."""
        return self.spent_until is None and not self.spent and not self.apart


@dataclass(frozen=True, slots=True)
class OpenMoney:
    """Money without a limit that was told, such as somebody's own: it pays what it is asked for.

    How much of it there is stays unknown, so it has no amount and nothing can be left of it.
    """

    key: str
    name: str | Words
    funder: str | Words | None = None  # None: the person
    categories: tuple[str, ...] = ()  # empty: anything


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered of one support since its spending was told: what it took, on which day, and until when."""

    component: str
    day: date
    until: date  # its last day; from the first such day of a line to the last one its planned visits are past
    amount: Money
    line: str | None = None  # the line of the plan, where it belongs to one
    support: str | None = None  # the support of that line


@dataclass(frozen=True, slots=True)
class ContributionRate:
    """The share a client pays for a category, as determined by an agency and told in its letter."""

    category: str
    rate: Percent
    since: date | None = None
    letter: date | None = None  # None: a published standard rate or an estimate, not a letter


NOTHING = Allocation()


@hashed_once
@dataclass(frozen=True, slots=True)
class Funding(Hashed):
    """What the funder granted, for the days of ``period``.

    NDIS funding has ``components``. Support at Home has a ``classification``: its quarters are worked out from the
    daily amounts, and ``components`` is empty.
    """

    period: Period
    components: tuple[Component, ...] = ()
    classification: str | None = None
    entered: date | None = None  # first day in the program; None: before the period
    means_status: str | None = None
    cohort: str = "standard"
    rates: tuple[ContributionRate, ...] = ()
    debit_basis: str = "subsidy"  # or "price": sources differ on what a service takes from the account
    spent: Money = ZERO  # taken from the account in the quarter of ``spent_until``, up to that day
    spent_until: date | None = None
    allocation: Allocation | None = None  # what was granted or told beside the classification
    others: tuple[Component, ...] = ()  # of other funders, told with it; whoever makes a package takes them in
    held: tuple[Line, ...] = ()  # money of its parts that is held for something else: not there for the supports
    delivered: tuple[Delivered, ...] = ()  # since its spending was told
    opened: tuple[date, Money] | None = None  # a statement said so on that morning, and ``spent`` follows from it

    @property
    def given(self) -> Allocation:
        """What was granted or told beside the classification; empty where nothing was."""
        return self.allocation or NOTHING

    def untold(self, on: date) -> bool:
        """Whether days of it are over of which nobody told, for every part, what was spent."""
        if self.classification is not None:
            return self.period.first < on and self.spent_until is None
        return self.period.first < on and any(one.untold for one in self.components)


@dataclass(frozen=True, slots=True)
class Package:
    """Everything a person wants in some period, funded or not.

    Components of ``others`` without funding periods hold their whole amount for the days of the package. The keys of
    all components are different.
    """

    program: str  # a key of programs.PROGRAMS
    period: Period
    place: Place
    funding: Funding | None = None
    lines: tuple[Line, ...] = ()
    others: tuple[Component | OpenMoney, ...] = ()  # other programs, grants, own money; no categories: anything

    def instead(self, parts: Mapping[str, Sequence[Line]]) -> Package:
        """The same with some lines, named by their ids, giving way to others in their place."""
        return replace(self, lines=tuple(one for line in self.lines for one in parts.get(line.id, (line,))))


def hours(minutes: int) -> Quantity:
    """Minutes as a quantity of hours, in thousandths; only for whole thousandths, else a ValueError."""
    if minutes * 1000 % MINUTES_PER_HOUR:
        raise ValueError("these minutes are not a whole number of thousandths of an hour")
    return Quantity(minutes * 1000 // MINUTES_PER_HOUR)


def as_minutes(quantity: Quantity) -> Minutes:
    """A quantity of hours as minutes, rounded down to the whole minute."""
    return Minutes(quantity.thousandths * MINUTES_PER_HOUR // 1000)


def visits_of(line: Line, within: Period) -> list[date]:
    """The days on which the visits of a line begin, between two days, in order; none for a line of units."""
    inside = line.period.overlap(within)
    if inside is None or not isinstance(line.schedule, Weekly):
        return []
    first, last = inside.first.toordinal(), inside.last.toordinal()
    weekly = line.schedule.days(line.period.first, first, last)
    days = sorted(day for of_weekday in weekly for day in of_weekday.between(first, last))
    return [day for day in map(date.fromordinal, days) if day not in line.skips]


def without(line: Line, days: Iterable[date]) -> Line:
    """The same line without its visits on some days."""
    return replace(line, skips=tuple(sorted({*line.skips, *days})))
