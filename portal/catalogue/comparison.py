"""What a new price list changes: which supports are new, changed, ended, dearer or cheaper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from budgeting.catalogue import PriceEdition, SupportItem
from portal.catalogue.cells import tidy

SAME_TYPE = {"Price Limited Supports": "Priced Supports"}  # renamed from 2026-27; nothing changed but the words


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One support before and after."""

    before: SupportItem
    after: SupportItem

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones and states for which either of the two names a limit."""
        return tuple(dict.fromkeys((*self.after.limits, *self.before.limits)))

    @property
    def dearer(self) -> bool:
        """Whether the limit of any zone rises; a limit that comes or goes is neither dearer nor cheaper."""
        return any(before is not None and after is not None and after > before for before, after in self._limits())

    @property
    def cheaper(self) -> bool:
        """Whether the limit of any zone falls. A support can be dearer in one zone and cheaper in another."""
        return any(before is not None and after is not None and after < before for before, after in self._limits())

    def _limits(self) -> Iterable[tuple[Any, Any]]:
        for zone in self.zones:
            yield _limit(self.before, zone), _limit(self.after, zone)


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """Each support once, by its number. The dearer and the cheaper are among the changed."""

    rows: int
    new: tuple[SupportItem, ...]
    changed: tuple[ItemChange, ...]
    unchanged: tuple[SupportItem, ...]
    ended: tuple[SupportItem, ...]

    @property
    def dearer(self) -> tuple[ItemChange, ...]:
        return tuple(change for change in self.changed if change.dearer)

    @property
    def cheaper(self) -> tuple[ItemChange, ...]:
        return tuple(change for change in self.changed if change.cheaper)

    def counts(self) -> dict[str, int]:
        """How many of each, under the names that the command line prints."""
        return {
            "rows": self.rows,
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "ended": len(self.ended),
            "dearer": len(self.dearer),
            "cheaper": len(self.cheaper),
        }


def compare_editions(old: PriceEdition | None, new: PriceEdition, before: date | None = None) -> EditionChanges:
    """Compare each support as it stands on the new edition's first day with the old edition on the day before.

    ``before`` names another day of the old edition. A support whose first row starts later counts from that row; one
    whose rows are all over counts by its last. Names, units, groups, claim types and limits count as changes; the days
    of a row count only when the new edition begins on the same day as the old, and so takes its place.
    """
    correction = old is not None and old.valid_from == new.valid_from
    day = new.valid_from if correction else before or new.valid_from - timedelta(days=1)
    earlier = {} if old is None else standing(old.rows, day)
    later = standing(new.rows, new.valid_from)
    pairs = [ItemChange(earlier[number], item) for number, item in later.items() if number in earlier]
    old_days, new_days = (_rows(old.rows), _rows(new.rows)) if correction and old is not None else ({}, {})
    same = {
        pair.after.number
        for pair in pairs
        if _terms(pair.before) == _terms(pair.after)
        and old_days.get(pair.after.number) == new_days.get(pair.after.number)
    }
    return EditionChanges(
        rows=len(new.rows),
        new=tuple(item for number, item in later.items() if number not in earlier),
        changed=tuple(pair for pair in pairs if pair.after.number not in same),
        unchanged=tuple(pair.after for pair in pairs if pair.after.number in same),
        ended=tuple(item for number, item in earlier.items() if number not in later),
    )


def standing(rows: Iterable[SupportItem], day: date) -> dict[str, SupportItem]:
    """For each item number the row in force on a day; else the next to come; else the last that was."""
    several: dict[str, list[SupportItem]] = {}
    for item in rows:
        several.setdefault(item.number, []).append(item)
    return {number: _standing(items, day) for number, items in several.items()}


def same_rows(old: PriceEdition, new: PriceEdition) -> bool:
    """Whether two editions say the same, in whatever order and layout they were written."""
    return _rows(old.rows) == _rows(new.rows)


def _standing(items: list[SupportItem], day: date) -> SupportItem:
    ordered = sorted(items, key=lambda item: item.starts)
    return next((item for item in ordered if item.ends >= day), ordered[-1])


def _limit(item: SupportItem, zone: str) -> Any:
    return item.limits.get(zone, item.limits.get("national"))


def _terms(item: SupportItem) -> tuple[object, ...]:
    """What a row says apart from its days; kinds of space and the renamed type make no difference."""
    kind = SAME_TYPE.get(item.type, item.type)
    place = (item.category, item.pace_category, item.group)
    return (tidy(item.name), *place, item.unit, item.quote, kind, dict(item.limits), dict(item.flags))


def _rows(rows: Iterable[SupportItem]) -> dict[str, list[tuple[object, ...]]]:
    result: dict[str, list[tuple[object, ...]]] = {}
    for item in sorted(rows, key=lambda item: (item.number, item.starts)):
        result.setdefault(item.number, []).append((item.starts, item.ends, *_terms(item)))
    return result
