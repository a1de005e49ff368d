"""What data alone cannot say about the NDIS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from budgeting import programs
from budgeting.bands import MIDNIGHT, DayKind
from budgeting.catalogue import Editions
from budgeting.claim_days import ClaimBy
from budgeting.extras import Telehealth
from budgeting.families import Family
from budgeting.money import Money
from budgeting.package import Component, Funding, FundingPeriod, Management
from budgeting.period import Band, Place
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


def in_turn(parts: tuple[Component, ...]) -> tuple[Component, ...]:
    """The components in the order in which they are asked to pay: money for few things goes before general money.

    A plan that gives money for one thing alone means it to be used for that (our reading; confidence U).
    """
    return tuple(sorted(parts, key=lambda one: len(one.categories)))


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
    "irregular_sil": (),  # on the support's own item; the lists that were seen have no other
}
AFAR = "_TH"  # the end of an item for support by telephone or video
CITY = "national"


def claim_item(item: str, claim: str, day: date, editions: Editions) -> str | None:
    """The item of its own that a support has for a kind of claim on a day, or None: then its own item is used."""
    return next((item + end for end in CLAIM_ITEMS[claim] if editions.row(item + end, day)), None)


def from_afar(place: Place, item: str | None, told: Telehealth) -> tuple[Place, str | None]:
    """The place whose limit counts for support by telephone or video, and the item for it where a list has one.

    It is the place of the worker; somebody in a remote place may agree to the limit of their own. Where the worker is
    does not change anything as long as nobody said it: then the lower limit of a city counts. Rule: NDIS Pricing
    Arrangements 2025-26 v1.1, page 32; items of their own since the catalogue of 2026-27.
    """
    own = told.remote_agreed and place.zone != CITY
    zone = place.zone if own else told.zone or CITY
    return replace(place, zone=zone), f"{item}{AFAR}" if item else None


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
    """Supports in hours may be a program of support, which is billed as if the person were there; some are given by
    telephone or video: those that have an item of its own for it.
    """
    found = {"program_of_support"} if family is None or family.unit == "H" else set()
    shipped = programs.shipped("ndis")
    if family is None or any(shipped.rows(f"{item}{AFAR}") for item in family.items.values()):
        found.add("telehealth")
    return frozenset(found)


def claim_by(service: date) -> ClaimBy | None:
    """The last day on which a support of a day may be claimed: two years, and what is announced."""
    from budgeting.programs.ndis.claims import claim_by as last  # here, as above

    return last(service)
