"""What the calculator answers: amounts of each line, totals of each part of the funding, and what it noticed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from budgeting.catalogue import Priced
from budgeting.charges import FIRST_DAY, LAST_DAY, Charge
from budgeting.courses import Course, Span
from budgeting.explain import Figure, Source, shown
from budgeting.explain.lines import line_figure
from budgeting.explain.others import open_figure, replacement_figure, unpaid_figure
from budgeting.explain.payments import payment_figure
from budgeting.explain.totals import component_figure, held_in_period, quote_figure
from budgeting.extras import RowKind
from budgeting.money import ZERO, Minutes, Money, Percent, Quantity, total
from budgeting.package import Component, Line, Management, OpenMoney, Package, Role, Unpaid
from budgeting.parameters import Parameters
from budgeting.period import Band, Period
from budgeting.values import value
from budgeting.words import Value, Words

T = TypeVar("T")
MOST_KEPT = 64  # things said about one line: of a few versions, in three languages


class Level(StrEnum):
    """How much a finding matters: good to know, worth a look, or must change before it can work."""

    NOTE = "note"
    WARNING = "warning"
    STOP = "stop"


@value(frozen=True, slots=True)
class Finding:
    """Something the calculator noticed, in one plain sentence. ``kind`` never changes: code and tests name it."""

    kind: str  # over_limit, above_limit, over_period, over_component, no_provider, no_purpose, no_price, ...
    level: Level
    words: Words
    line: str | None = None  # id of the line it is about
    component: str | None = None  # key of the component it is about
    day: date | None = None  # first day on which it is so
    goal: str | None = None  # id of the goal it is about


@value(frozen=True, slots=True)
class Row:
    """The part of a line with one item, one price and one length: for visits, or for units.

    ``unit_price`` is what is payable for one unit; ``limit`` and ``agreed`` are the two it was chosen from,
    ``published`` is the limit before it is shared by a group. Amounts are None when no price is known.
    """

    item: str | None
    band: Band
    visits: int  # 0 for units
    minutes: int | None  # of one visit
    quantity: Quantity  # all units of the row together (hours for visits of timed supports)
    unit: str
    unit_price: Money | None
    limit: Money | None
    agreed: Money | None
    each: Money | None  # one visit; None for units
    amount: Money | None
    first: date
    last: date
    priced: Priced | None  # the row of the price edition, if any
    category: str | None = None  # the contribution category on these days, where the program has one
    rate: Percent | None = None  # the client's share, where the program has one and it is known
    rate_source: Source | None = None
    contribution: Money | None = None  # the client's share of ``amount``
    relieved: Money = ZERO  # taken off that share: hardship, or a lifetime cap that is reached
    published: Money | None = None
    kind: RowKind = RowKind.SUPPORT
    how: Figure | None = None  # how ``each`` was worked out, for what comes along with the support
    hours: Source | None = None  # of the hours of its time band; without a title it is our reading of them
    before: Quantity = Quantity(0)  # units at the same price just before: rounded to the cent together with these


@dataclass(frozen=True, slots=True)
class Payment:
    """What one payer pays of a line on some days in a row, and what the client pays beside it."""

    payer: str  # key of a component, or of open money
    period: Period  # from the first to the last day on which something is paid
    amount: Money
    contribution: Money
    minutes: Minutes
    line: str  # the name of the line
    name: str | Words  # of the payer
    ours: bool = True  # money of the program of the package
    charges: tuple[Charge, ...] = ()
    quoted: LineQuote | None = field(default=None, compare=False, repr=False)  # to say how sure its prices are

    @property
    def drawn(self) -> Drawn:
        """The same as a component knows it."""
        return Drawn(self.line, self.charges, self.quoted)

    @property
    def figure(self) -> Figure:
        """The amount with its whole explanation."""
        return payment_figure(self)


class LineSums(NamedTuple):
    """What a line adds to the totals of its package, as whole numbers: minor units of one currency, and minutes."""

    counted: bool
    unpaid: bool
    reserve: bool
    complete: bool
    placed: bool
    amount: int
    contribution: int
    funded: int
    minutes: int


@value(frozen=True, slots=True)
class LineQuote:
    """The amounts of one line. ``amount`` is the sum of what is known; ``complete`` is False if some price is not.

    ``payments`` is filled in where several may pay, or the money of others pays: they add up to ``funded``, and
    ``component`` is then the first payer that was asked for.
    """

    line: Line
    rows: tuple[Row, ...]
    visits: int
    minutes: Minutes
    amount: Money
    contribution: Money
    funded: Money  # what it takes from the funding
    complete: bool
    component: str | None
    management: Management | None
    category: str | None
    charges: tuple[Charge, ...] = ()  # what it takes from the funding, and when
    order: Source | None = None  # of the order that decided which of several parts pays, where nobody said it
    parameters: Parameters | None = field(default=None, compare=False, repr=False)  # of its program
    payments: tuple[Payment, ...] = ()  # in order of days
    recorded: Span | None = None  # the days (ordinals) of which it is known what was delivered: its visits are past
    worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, what: Hashable, work: Callable[[], T]) -> T:
        """What follows from this line alone (and from what the key says), worked out the first time it is asked for.

        A line that was priced before is found again with everything that was said about it, so that an edit of one
        line of a package works out that line only. A line that was asked for much forgets it all, and begins again.
        """
        found: T | None = self.worked_out.get(what)
        if found is None:
            if len(self.worked_out) >= MOST_KEPT:
                self.worked_out.clear()
            found = self.worked_out[what] = work()
        return found

    def source(self, key: str) -> Source | None:
        """Where a rule of its program was read, as it holds on the first day of the line."""
        return self.parameters.source(key, self.line.period.first) if self.parameters else None

    @property
    def unpaid(self) -> bool:
        """Whether family or friends give this support: it has time, and no price at all."""
        return isinstance(self.line.price, Unpaid)

    @property
    def unpriced(self) -> bool:
        """Whether none of its prices is known."""
        return not self.complete and not self.amount

    @property
    def by_others(self) -> bool:
        """Whether only the money of others pays for it, so that the client pays no share."""
        return bool(self.payments) and not any(one.ours for one in self.payments)

    @property
    def counted(self) -> bool:
        """Whether it enters the totals; a backup does not."""
        return self.line.role is not Role.BACKUP

    @property
    def sums(self) -> LineSums:
        """What it adds to the totals; amounts in another currency than the package's are a ValueError."""
        known: LineSums | None = self.worked_out.get("sums")
        return self.once("sums", self._sums) if known is None else known

    def _sums(self) -> LineSums:
        amount, contribution, funded = (total([one]).minor for one in (self.amount, self.contribution, self.funded))
        reserve, placed = self.line.role is Role.RESERVE, self.component is not None
        times = self.minutes.count
        return LineSums(self.counted, self.unpaid, reserve, self.complete, placed, amount, contribution, funded, times)

    @property
    def figure(self) -> Figure:
        """The amount of the line with its whole explanation; of a line without pay, its time."""
        return unpaid_figure(self) if self.unpaid else line_figure(self)

    @property
    def drawn(self) -> Drawn:
        """All that it takes, as the component knows it that pays for it alone."""
        return self.once("drawn", lambda: Drawn(self.line.name, self.to_come(self.charges), self))

    def to_come(self, charges: tuple[Charge, ...]) -> tuple[Charge, ...]:
        """Those of some charges of this line that are not known to be past."""
        if self.recorded is None:
            return charges
        open_days = (FIRST_DAY, self.recorded[0] - 1), (self.recorded[1] + 1, LAST_DAY)
        return tuple(part for one in charges for days in open_days if (part := one.between(*days)))

    @property
    def replacement(self) -> Figure | None:
        """What support without pay would cost if somebody had to be paid; None when nobody said what an hour costs."""
        return replacement_figure(self)


@value(frozen=True, slots=True)
class PeriodTotal:
    """A component in one funding period: released + carried_in - spent - planned is left, or short below zero."""

    period: Period
    released: Money
    carried_in: Money
    spent: Money
    planned: Money  # what the lines take from it in this period
    left: Money  # on the last day
    lapsed: Money  # part of ``left`` that does not go on to the next period
    short: Money  # what is missing on the worst day; zero when the money lasts
    runs_dry: date | None  # first day that cannot be paid
    until: date  # the day before the next release, or the last one: on these days supports take from it
    how: Figure | None = None  # how ``released`` was worked out, where it was not simply told
    since: Money = ZERO  # part of ``spent`` that was delivered after what was told


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one line takes from a component, and when."""

    name: str  # of the line
    charges: tuple[Charge, ...]
    quoted: LineQuote | None = field(default=None, compare=False, repr=False)  # to say how sure its prices are
    held: bool = False  # for something else than the supports of the package
    courses: dict[Span, Course] = field(default_factory=dict, init=False, compare=False, repr=False)


@value(frozen=True, slots=True)
class ComponentTotal:
    """A component over the whole funding, with the other components whose money it can use in ``pool``."""

    component: Component
    periods: tuple[PeriodTotal, ...]
    amount: Money
    spent: Money
    planned: Money
    lapsed: Money  # lost at the end of funding periods, where a program limits what goes on
    left: Money  # amount - spent - planned - lapsed; negative when it is not enough
    lasts_until: date | None  # last day that is paid; None when no line draws on it
    runs_dry: date | None  # first day that cannot be paid; None when the money lasts to the end
    minutes_paid: Minutes  # planned hours of support that are paid
    pool: tuple[str, ...] = ()  # keys of all components that share their money, this one too
    drawn: tuple[Drawn, ...] = ()  # what each line takes from it
    over_time: Source | None = None  # of the rule that later money cannot be used early

    @property
    def untold(self) -> bool:
        """Whether nobody knows what was spent of it so far; ``spent`` says nothing then."""
        return self.component.untold and not self.spent

    @property
    def held(self) -> Money:
        """The part of ``planned`` that is held for something else than the supports."""
        some = any(one.held for one in self.drawn)
        return total([held_in_period(self, number) for number in range(len(self.periods))]) if some else ZERO

    @property
    def unpriced(self) -> bool:
        """Whether supports draw on it, and no price of theirs is known; ``planned`` and ``left`` say nothing then."""
        return not self.for_supports and any(one.quoted and one.quoted.unpriced for one in self.drawn)

    @property
    def for_supports(self) -> Money:
        """What the supports take: ``planned`` less what is held."""
        return self.planned - self.held

    @property
    def figure(self) -> Figure:
        """What is left, with its whole explanation."""
        return component_figure(self)


@dataclass(frozen=True, slots=True)
class OpenTotal:
    """What money without a known limit pays; how much of it is left is not known."""

    money: OpenMoney
    planned: Money
    minutes_paid: Minutes
    payments: tuple[Payment, ...] = ()

    @property
    def figure(self) -> Figure:
        """What it pays, with its whole explanation."""
        return open_figure(self)


@value(frozen=True, slots=True)
class Quote:
    """The whole answer for one package. Backups are in ``lines``, and in no total but ``backup``."""

    package: Package
    lines: tuple[LineQuote, ...]
    components: tuple[ComponentTotal, ...]  # of the program of the package
    amount: Money
    contribution: Money  # what the client pays
    funded: Money  # what the funding pays, and the money of others
    unplaced: Money  # amounts of lines that no component holds
    left: Money  # of all components together
    minutes: Minutes  # that somebody is paid for
    complete: bool  # False when some price is not known
    findings: tuple[Finding, ...]
    others: tuple[ComponentTotal, ...] = ()  # of other funders
    open: tuple[OpenTotal, ...] = ()  # of money without a known limit
    reserved: Money = ZERO  # part of ``amount`` that is held back for something likely
    backup: Money = ZERO  # what the backups would cost
    unpaid: Minutes = Minutes(0)  # that family and friends give
    fixed_share: Figure | None = None  # part of ``contribution`` that is paid whatever is used
    held: tuple[LineQuote, ...] = ()  # money that is not there for the lines; it enters the components alone

    @property
    def unpriced(self) -> bool:
        """Whether none of its prices is known."""
        return not self.complete and not self.amount

    @property
    def figure(self) -> Figure:
        """The amount of the whole package, with its whole explanation."""
        return quote_figure(self)

    def line(self, line_id: str) -> LineQuote:
        """The amounts of the line with this id; an unknown id is a KeyError."""
        for line in self.lines:
            if line.line.id == line_id:
                return line
        raise KeyError(line_id)

    def held_in(self, key: str, within: Period) -> Money:
        """The money of a component that is held for something else on some days; what is ``planned`` includes it."""
        return total([one.amount for one in self.held if one.component == key and one.line.period.first in within])

    @property
    def parts(self) -> dict[str, ComponentTotal]:
        """Every part of the money whose amount is known by its key, whoever gives it."""
        return {one.component.key: one for one in (*self.components, *self.others)}

    @property
    def payer_names(self) -> dict[str, Value]:
        """What everything that may pay is called, by its key."""
        told = {key: one.component.name for key, one in self.parts.items()}
        return {key: shown(name) for key, name in (told | {one.money.key: one.money.name for one in self.open}).items()}

    def component(self, key: str) -> ComponentTotal:
        """The totals of the component with this key, whoever funds it; an unknown key is a KeyError."""
        return self.parts[key]

    def sharing(self, part: ComponentTotal) -> list[ComponentTotal]:
        """The parts of the funding that run dry as one with a part of it, which is among them."""
        return [self.component(key) for key in part.pool] or [part]
