"""What data alone cannot say about the NDIS: the answers that differ from those of an ordinary program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from budgeting import programs
from budgeting.extras import Telehealth
from budgeting.families import Family
from budgeting.package import Component, Management
from budgeting.period import Place
from budgeting.programs.ndis import parameters
from budgeting.programs.ndis.along import add_extras
from budgeting.programs.ndis.claims import claim_by
from budgeting.programs.ndis.items import AFAR
from budgeting.programs.ndis.noticed import CITY, findings

__all__ = ["add_extras", "claim_by", "findings", "from_afar", "is_flexible", "pools", "told"]


def pools(parts: tuple[Component, ...]) -> tuple[tuple[Component, ...], ...]:
    """Flexible core components pool their money with those of the same management; others stand alone."""
    grouped: dict[Management, list[Component]] = {}
    for component in parts:
        if component.categories and all(is_flexible(component, category) for category in component.categories):
            grouped.setdefault(component.management, []).append(component)
    return tuple(tuple(group) for group in grouped.values() if len(group) > 1)


def is_flexible(component: Component, category: str) -> bool:
    """Whether the money of a component for a category belongs to the flexible core."""
    core = parameters().texts("flexible_core", date.max)
    return not component.stated and category in core


def from_afar(place: Place, item: str | None, told: Telehealth) -> tuple[Place, str | None]:
    """The place whose limit counts for support by telephone or video, and the item for it where a list has one.

    It is the place of the worker; somebody in a remote place may agree to the limit of their own. Where the worker is
    does not change anything as long as nobody said it: then the lower limit of a city counts. Rule: NDIS Pricing
    Arrangements 2025-26 v1.1, page 32; items of their own since the catalogue of 2026-27.
    """
    own = told.remote_agreed and place.zone != CITY
    zone = place.zone if own else told.zone or CITY
    return replace(place, zone=zone), f"{item}{AFAR}" if item else None


def told(family: Family | None) -> frozenset[str]:
    """Supports in hours may be a program of support, which is billed as if the person were there; some are given by
    telephone or video: those that have an item of its own for it.
    """
    found = {"program_of_support"} if family is None or family.unit == "H" else set()
    shipped = programs.shipped("ndis")
    if family is None or any(shipped.rows(f"{item}{AFAR}") for item in family.items.values()):
        found.add("telehealth")
    return frozenset(found)
