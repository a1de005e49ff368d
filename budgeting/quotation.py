"""What the calculator answers: amounts of each line, totals of each part of the funding, and what it noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from budgeting.catalogue import Priced
from budgeting.charges import Charge
from budgeting.explain import Figure, Source, component_figure, line_figure, quote_figure
from budgeting.extras import RowKind
from budgeting.money import ZERO, Minutes, Money, Percent, Quantity
from budgeting.package import Component, Line, Management, Package
from budgeting.period import Band, Period
from budgeting.words import Words


class Level(StrEnum):
    """How much a finding matters: good to know, worth a look, or must change before it can work."""

    NOTE = "note"
    WARNING = "warning"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the calculator noticed, in one plain sentence. ``kind`` never changes: code and tests name it."""

    kind: str  # over_limit, above_limit, over_period, over_component, no_provider, no_purpose, no_price, ...
    level: Level
    words: Words
    line: str | None = None  # id of the line it is about
    component: str | None = None  # key of the component it is about
    day: date | None = None  # first day on which it is so


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class LineQuote:
    """The amounts of one line. ``amount`` is the sum of what is known; ``complete`` is False if some price is not."""

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

    @property
    def figure(self) -> Figure:
        """The amount of the line with its whole explanation."""
        return line_figure(self)


@dataclass(frozen=True, slots=True)
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
    how: Figure | None = None  # how ``released`` was worked out, where it was not simply told


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one line takes from a component, and when."""

    name: str  # of the line
    charges: tuple[Charge, ...]


@dataclass(frozen=True, slots=True)
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

    @property
    def figure(self) -> Figure:
        """What is left, with its whole explanation."""
        return component_figure(self)


@dataclass(frozen=True, slots=True)
class Quote:
    """The whole answer for one package."""

    package: Package
    lines: tuple[LineQuote, ...]
    components: tuple[ComponentTotal, ...]
    amount: Money
    contribution: Money  # what the client pays
    funded: Money  # what the funding pays
    unplaced: Money  # amounts of lines that no component holds
    left: Money  # of all components together
    minutes: Minutes
    complete: bool  # False when some price is not known
    findings: tuple[Finding, ...]

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

    def component(self, key: str) -> ComponentTotal:
        """The totals of the component with this key; an unknown key is a KeyError."""
        for component in self.components:
            if component.component.key == key:
                return component
        raise KeyError(key)
