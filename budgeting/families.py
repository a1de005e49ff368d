"""Supports as people speak of them: one family has an item for each time band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from budgeting.explain import Confidence, Source
from budgeting.period import Band
from budgeting.words import Words

NOTHING: Mapping[Band, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DatedCategory:
    """The category that a support has from a day on; with an announced change the later one is marked unverified."""

    category: str
    since: date = date.min
    source: Source | None = None
    announced: bool = False  # announced by a government, but the law that brings it was not seen


@dataclass(frozen=True, slots=True)
class Family:
    """A support by its everyday name.

    ``search`` holds words to find it by, separated by commas, so that a translator can give those of the language.
    ``also`` holds what people type besides, in any language, and is never shown. ``usual`` is what people mean when
    a word fits several as well.
    ``items`` is empty where a program has no item numbers. ``hours`` names the rule of its time bands.
    """

    key: str
    label: Words
    search: Words
    unit: str
    categories: tuple[DatedCategory, ...]
    items: Mapping[Band, str] = field(default_factory=lambda: NOTHING)
    hours: str = "standard"  # or "nurse": the day of a nurse is cut at other times
    fund: str | None = None  # money held apart for it: then only a part of the funding that names this may pay
    also: str = ""
    usual: bool = False

    def category(self, day: date, *, announced: bool = False) -> DatedCategory:
        """The category on a day of service: the one that began last; announced ones count only when asked for."""
        known = [c for c in self.categories if c.since <= day and (announced or not c.announced)]
        return max(known, key=lambda c: c.since, default=self.categories[0])

    @property
    def timed(self) -> bool:
        """Whether the item depends on the time of the visit."""
        return len(self.items) > 1

    def item(self, band: Band) -> str | None:
        """The item for a time band, or None when this support has no item for it."""
        if Band.ANY in self.items:
            return self.items[Band.ANY]
        return self.items.get(band)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A line that people often forget: what to call it, which support it is, if any, and what to know about it."""

    key: str
    label: Words
    about: Words
    support: str | None = None
    free: bool = False  # often somebody else pays for it
    confidence: Confidence | None = None  # of what is said about it; None: it says nothing that could be wrong
