"""Rows for what comes along with a line: each with its own item, price and explanation, beside those of the support."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from budgeting.catalogue import Priced
from budgeting.charges import EvenCharge, VisitCharge
from budgeting.explain import Figure
from budgeting.extras import RowKind
from budgeting.lines import Pricer
from budgeting.money import Money, Quantity
from budgeting.period import Band, Days
from budgeting.quotation import Row

PRICED_BY_TIME = (RowKind.TRAVEL_TIME, RowKind.ACTIVE_HOURS)  # what costs as much as the support at that time


@dataclass(frozen=True, slots=True)
class Along:
    """One unit of something that comes along: what it is, and what it costs each time."""

    kind: RowKind
    item: str | None
    priced: Priced | None
    unit: str
    quantity: int  # of one time, in thousandths of the unit
    unit_price: Money | None
    how: Figure  # what one time costs; not known where no price is
    minutes: int | None = None  # of one time
    limit: Money | None = None
    agreed: Money | None = None
    band: Band = Band.ANY

    @property
    def each(self) -> Money | None:
        """What one time costs."""
        return self.how.value if isinstance(self.how.value, Money) else None


def add_each(pricer: Pricer, along: Along, days: list[Days], first: int, last: int) -> None:
    """Add something once on each of some days, as far as they lie between two days (ordinals)."""
    present = [inside for some in days if (inside := some.within(first, last))]
    if not present:
        return
    times = sum(inside.count for inside in present)
    days_of = min(inside.first for inside in present), max(inside.last for inside in present)
    hours = pricer.hours_of(along.band, days) if along.kind in PRICED_BY_TIME else None
    pricer.rows.append(replace(_row(along, times, *days_of), hours=hours))
    each = along.each.minor if along.each else 0
    pricer.funded += each * times
    pricer.charges += [VisitCharge(inside.days, each, 0) for inside in present]


def add_spread(pricer: Pricer, along: Along, times: int, first: int, last: int) -> None:
    """Add something so many times, spread evenly from one day (an ordinal) to another."""
    if times:
        pricer.rows.append(_row(along, times, first, last))
        amount = along.each.minor * times if along.each else 0
        pricer.funded += amount
        pricer.charges.append(EvenCharge(first, last, amount, 0))


def _row(along: Along, times: int, first: int, last: int) -> Row:
    return Row(
        item=along.item,
        band=along.band,
        visits=times,
        minutes=along.minutes,
        quantity=Quantity(along.quantity * times),
        unit=along.unit,
        unit_price=along.unit_price,
        limit=along.limit,
        agreed=along.agreed,
        each=along.each,
        amount=None if along.each is None else along.each * times,
        first=date.fromordinal(first),
        last=date.fromordinal(last),
        priced=along.priced,
        kind=along.kind,
        how=along.how,
    )
