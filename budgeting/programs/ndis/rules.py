"""What data alone cannot say about the NDIS."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from budgeting import programs
from budgeting.bands import MIDNIGHT, DayKind
from budgeting.catalogue import Editions
from budgeting.claim_days import ClaimBy
from budgeting.families import Family
from budgeting.money import Money
from budgeting.package import Component, Funding, FundingPeriod, Management
from budgeting.period import Band
from budgeting.quotation import Finding, Quote

if TYPE_CHECKING:
    from budgeting.lines import Pricer

WHOLE_PRICE = programs.Share()


def components(funding: Funding) -> tuple[Component, ...]:
    """The components as the plan states them."""
    return funding.components


def binds(management: Management | None, day: date) -> bool:
    """Whether price limits bind money managed in this way; where that is not known, they only inform."""
    bound = programs.program("ndis").parameters.texts("price_limits_bind", day)
    return management is not None and management.value in bound


def pools(parts: tuple[Component, ...]) -> tuple[tuple[Component, ...], ...]:
    """Flexible core components pool their money with those of the same management; others stand alone."""
    grouped: dict[Management, list[Component]] = {}
    for component in parts:
        if component.categories and all(is_flexible(component, category) for category in component.categories):
            grouped.setdefault(component.management, []).append(component)
    return tuple(tuple(group) for group in grouped.values() if len(group) > 1)


def is_flexible(component: Component, category: str) -> bool:
    """Whether the money of a component for a category belongs to the flexible core."""
    core = programs.program("ndis").parameters.texts("flexible_core", date.max)
    return not component.stated and category in core


def pool_key(management: str, category: str, stated: Iterable[tuple[str, str]] = ()) -> str:
    """The name of the pool that a budget belongs to: ``plan:flexible_core``, or ``plan:15`` when it stands alone."""
    core = programs.program("ndis").parameters.texts("flexible_core", date.max)
    flexible = category in core and (management, category) not in set(stated)
    return f"{management}:{'flexible_core' if flexible else category}"


def carries(left: int, released: FundingPeriod) -> int:
    """Minor units that go on to the next funding period: all that is left."""
    return left


def group_limit(limit: Money, participants: int, workers: int) -> Money:
    """The highest price for each person of a group in whole cents: the limit times workers, divided, rounded down."""
    return Money(limit.minor * workers // participants, limit.currency)


CLAIM_ITEMS = {
    "travel": ("_PT",),
    "cancellation": ("_CA", "_CA2"),
    "non_face_to_face": ("_NF", "_NF2"),
    "reports": ("_RR",),
}


def claim_item(item: str, claim: str, day: date, editions: Editions) -> str | None:
    """The item of its own that a support has for a kind of claim on a day, or None: then its own item is used."""
    return next((item + end for end in CLAIM_ITEMS[claim] if editions.row(item + end, day)), None)


def hours_rule(item: str, day: date) -> str:
    """The rule of time bands for an item by the registration group in its number: those of nurses, or the standard."""
    groups = programs.program("ndis").parameters.texts("nurse_groups", day)
    return "nurse" if any(part in groups for part in item.split("_")[2:3]) else "standard"


def is_sleepover(start: int, end: int, day: date) -> bool:
    """Whether a night from a minute of one day to a minute of the next is a sleepover: long enough, over midnight."""
    least = int(programs.program("ndis").parameters.text("sleepover_minutes", day))
    return end <= start and MIDNIGHT - start + end >= least and end > 0


def active_minutes_included(day: date) -> int:
    """Minutes of active support that the price of a sleepover includes."""
    return int(programs.program("ndis").parameters.text("sleepover_active_minutes", day))


def active_band(day: DayKind, minute: int = 0) -> Band:
    """The band of active hours in a sleepover: that of their day, on a weekday that of Saturday.

    ``minute`` is the minute of the day at which they may begin, for holidays that are only in the evening.
    """
    return day.band(minute) or Band.SATURDAY


def share(funding: Funding | None, family: Family | None, category: str | None, day: date) -> programs.Share:
    """NDIS funding pays the whole price: there is no share of the client."""
    return WHOLE_PRICE


def share_changes(funding: Funding | None, family: Family | None) -> tuple[date, ...]:
    """Days on which the client's share changes: none."""
    return ()


def add_extras(pricer: Pricer) -> None:
    """Add rows for what comes along with a line."""
    from budgeting.programs.ndis.along import add_extras as add  # here, since it is written in terms of this module

    add(pricer)


def findings(quote: Quote) -> Iterable[Finding]:
    """What only the rules of the NDIS can tell: quotes, registered providers, what cannot be claimed."""
    from budgeting.programs.ndis.noticed import findings as noticed  # here, as above

    return noticed(quote)


def told(family: Family | None) -> frozenset[str]:
    """Supports that are counted in hours may be a program of support, which is billed as if the person were there."""
    return frozenset({"program_of_support"}) if family is None or family.unit == "H" else frozenset()


def claim_by(service: date) -> ClaimBy | None:
    """The last day on which a support of a day may be claimed: two years, and what is announced."""
    from budgeting.programs.ndis.claims import claim_by as last  # here, as above

    return last(service)
