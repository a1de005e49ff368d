"""What a support may cost, where, and from when: the rows of the published price lists."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from budgeting.money import Money, dollars

OPEN_END = date(9999, 12, 31)
LAST_DAY = OPEN_END.toordinal() + 1
ZONES = ("national", "remote", "very_remote")
FLAGS = ("non_face_to_face", "travel", "cancellation", "reports", "irregular_sil")  # kinds of other claims


@dataclass(frozen=True, slots=True)
class SupportItem:
    """One row of a price edition. Its key is (number, starts): the same number can have several rows.

    A limit of None means that there is no limit, never zero. ``limits`` has the zones ``national``, ``remote`` and
    ``very_remote``, and a state's code (``NSW``) only where that state differs from national.
    """

    number: str
    name: str
    category: str  # two digits, such as "01"
    pace_category: str
    group: str  # registration group, with its leading zeros
    unit: str  # H E D WK MON YR
    quote: bool
    starts: date
    ends: date
    limits: Mapping[str, Money | None]
    flags: Mapping[str, str] = field(default_factory=dict)  # travel, cancellation, ...: Y, N or NA
    type: str = ""

    @property
    def dollar_units(self) -> bool:
        """Whether one unit stands for one dollar, so that the quantity is an amount."""
        return "$1" in self.type

    def limit(self, zone: str, state: str | None = None) -> Money | None:
        """The price limit of one unit in a zone, or None when there is none."""
        if zone == "national" and state is not None and state in self.limits:
            return self.limits[state]
        return self.limits.get(zone)


@dataclass(frozen=True, slots=True)
class PriceEdition:
    """A published price list, in force whole from its first day until the next edition begins."""

    program: str
    valid_from: date
    rows: tuple[SupportItem, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Priced:
    """A row with the days on which it is the one to use."""

    item: SupportItem
    first: date
    last: date
    edition: PriceEdition


class Limited(NamedTuple):
    """The limit of an item between two days (ordinals): None when there is no row, or a row without a limit."""

    first: int
    last: int
    priced: Priced | None
    limit: Money | None


class Editions:
    """Several price editions of one program, looked up by item number and day of service."""

    def __init__(self, editions: Iterable[PriceEdition]) -> None:
        self.editions = tuple(sorted(editions, key=lambda edition: edition.valid_from))
        self._rows: dict[str, tuple[Priced, ...]] = {}
        self._limits: dict[tuple[str, str, str], tuple[Limited, ...]] = {}
        self._kin: dict[str, str] = {}
        gathered: dict[str, list[Priced]] = {}
        for number, edition in enumerate(self.editions):
            following = self.editions[number + 1 :]
            last = following[0].valid_from - timedelta(days=1) if following else OPEN_END
            for item in edition.rows:
                first, end = max(item.starts, edition.valid_from), min(item.ends, last)
                if first <= end:
                    gathered.setdefault(item.number, []).append(Priced(item, first, end, edition))
        for key, rows in gathered.items():
            self._rows[key] = tuple(sorted(rows, key=lambda row: row.first))

    def rows(self, number: str) -> tuple[Priced, ...]:
        """Every row of an item in order of days; empty when no edition has it."""
        return self._rows.get(number, ())

    def kin(self, category: str, sequence: str, group: str) -> str | None:
        """The item with this category, sequence and registration group in its number; None when there is none."""
        if not self._kin:
            self._kin = {"_".join(number.split("_")[:3]): number for number in reversed(self._rows)}
        return self._kin.get(f"{category}_{sequence}_{group}")

    def limits(self, number: str, zone: str, state: str) -> tuple[Limited, ...]:
        """The limits of an item in a zone over all days that were or will be, gaps included, in order of days."""
        key = (number, zone, state)
        known = self._limits.get(key)
        if known is None:
            found: list[Limited] = []
            following = 1
            for row in self.rows(number):
                first, last = row.first.toordinal(), row.last.toordinal()
                if first > following:
                    found.append(Limited(following, first - 1, None, None))
                found.append(Limited(first, last, row, row.item.limit(zone, state)))
                following = last + 1
            found.append(Limited(following, LAST_DAY, None, None))
            known = self._limits[key] = tuple(found)
        return known

    def row(self, number: str, day: date) -> Priced | None:
        """The row of an item in force on a day of service, or None when it cannot be claimed that day."""
        for row in self._rows.get(number, ()):
            if row.first <= day <= row.last:
                return row
        return None


def edition(program: str, rows: Iterable[SupportItem], source: str, valid_from: date | None = None) -> PriceEdition:
    """Make an edition from its rows; without a first day it begins on the day most of its rows begin.

    No rows and no day is a ValueError.
    """
    kept = tuple(rows)
    if valid_from is None:
        days = Counter(item.starts for item in kept)
        if not days:
            raise ValueError("an empty price list has no first day")
        valid_from = min(days, key=lambda day: (-days[day], day))
    return PriceEdition(program, valid_from, kept, source)


def read_edition(program: str, text: str, valid_from: date, source: str) -> PriceEdition:
    """Read an edition in our own CSV form, as in ``programs/<program>/editions``; published files have other forms.

    A row that cannot be read, or a column that is missing, is a ValueError that says where it is.
    """
    lines = csv.DictReader(text.splitlines())
    rows: list[SupportItem] = []
    try:
        for row in lines:
            rows.append(_read_row(row))
    except csv.Error as error:
        raise ValueError(f"row {lines.line_num} cannot be read: {error}") from error
    except KeyError as error:
        raise ValueError(f"there is no column {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"row {lines.line_num} cannot be read: {error}") from error
    return PriceEdition(program, valid_from, tuple(rows), source)


def _read_row(row: Mapping[str, str]) -> SupportItem:
    if None in row or None in row.values():
        raise ValueError("it has another number of cells than there are columns")
    return SupportItem(
        number=row["number"],
        name=row["name"],
        category=row["category"],
        pace_category=row["pace_category"],
        group=row["group"],
        unit=row["unit"],
        quote=row["quote"] == "Yes",
        starts=date.fromisoformat(row["starts"]),
        ends=date.fromisoformat(row["ends"]) if row["ends"] else OPEN_END,
        limits={zone: dollars(row[zone]) if row[zone] else None for zone in ZONES},
        flags={flag: row[flag] for flag in FLAGS},
        type=row["type"],
    )
