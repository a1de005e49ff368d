"""Which line of a plan a delivered support belongs to, and why: by support, provider, day, time, length and price.

Each thing that fits gives points, each thing that speaks against a line takes some away; the reasons are kept, so that
a person can see why. Two lines that fit alike are never chosen between: then nobody is chosen, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from budgeting import programs
from budgeting.families import Family
from budgeting.money import Minutes, Money
from budgeting.package import Agreed, Line, Management, Weekly
from budgeting.period import Band, Period
from budgeting.programs import Program
from budgeting.spending import SUPPORT, Entry
from budgeting.spending.marks import squeezed
from budgeting.words import Words, words

ENOUGH = 40  # points below which nothing is said to fit
AHEAD = 10  # how many more points than the next line: with fewer, a person is asked
SAME_ITEM, SAME_SUPPORT, OTHER_SUPPORT = 60, 50, -40
SAME_PROVIDER, OTHER_PROVIDER = 25, -30
ONE_WORD, TWO_WORDS = 15, 25
PLANNED_DAY, OUTSIDE = 15, -10
SAME_START, SAME_LENGTH, SAME_PRICE = 10, 8, 8
MOST_OF_A_DAY = PLANNED_DAY + SAME_START + SAME_LENGTH + SAME_PRICE
LONG_RANGE = 60  # an entry over more days than this is about no day in particular

BY_ITEM = words("The same support item")
BY_SUPPORT = words("The same kind of support")
BY_PROVIDER = words("The same provider")
BY_WORDS = words("It is described alike")
BY_DAY = words("It is planned on this day")
BY_START = words("It is planned at this time")
BY_LENGTH = words("As long as planned")
BY_PRICE = words("At the agreed price")
BY_PERSON = words("Chosen by hand")

_COMMON = frozenset(  # words of so many supports that they tell none of them apart
    {"and", "the", "for", "with", "help", "support", "service", "hour", "daily", "activitie", "activity", "item"}
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a plan on the days on which it went on, both included, with what is needed to know it again."""

    line: Line
    days: Period
    provider_id: UUID | None = None
    component: str | None = None
    management: Management | None = None

    def comes_on(self, day: date) -> bool:
        """Whether a visit is planned on a day; for a line without weekdays every day of it is as good."""
        if day not in self.days or day in self.line.skips:
            return False
        schedule, at = self.line.schedule, day.toordinal()
        if not isinstance(schedule, Weekly):
            return True
        return any(days.count(at, at) for days in schedule.days(self.line.period.first, at, at))

    @property
    def visit(self) -> Minutes | None:
        """The length of one visit; None where there are no visits in hours."""
        schedule = self.line.schedule
        return Minutes(schedule.minutes) if isinstance(schedule, Weekly) and not schedule.sleepover else None


@dataclass(frozen=True, slots=True)
class Match:
    """What an entry belongs to, with the reasons; ``planned`` is None where nothing fits well enough.

    ``near`` holds the lines that a person may choose from, the best first.
    """

    planned: Planned | None
    reasons: tuple[Words, ...] = ()
    points: int = 0
    near: tuple[Planned, ...] = ()

    @property
    def line(self) -> str | None:
        """The id of the line, if any."""
        return self.planned.line.id if self.planned else None


def match(entries: Iterable[Entry], planned: Sequence[Planned], program: str) -> list[Match]:
    """For each entry, in order, the line it belongs to. Only lines that went on near the day are looked at.

    An entry whose line a person chose belongs to that line.
    """
    matcher = _Matcher(planned, programs.program(program))
    return [matcher.match(entry) for entry in entries]


class _Matcher:
    """The lines of a plan, with what never changes about each of them kept ready."""

    def __init__(self, planned: Sequence[Planned], program: Program) -> None:
        self._program = program
        self._planned = [(one, self._known(one)) for one in planned]
        self._steady: dict[tuple[object, ...], list[tuple[int, tuple[Words, ...], Planned, _About]]] = {}

    def match(self, entry: Entry) -> Match:
        if entry.line is not None and (chosen := self._chosen(entry)):
            return Match(chosen, (BY_PERSON,), ENOUGH, (chosen,))
        found: list[tuple[int, tuple[Words, ...], Planned]] = []
        best, length = 0, entry.length
        for points, reasons, planned, about in self._alike(entry):
            if points + MOST_OF_A_DAY < best - AHEAD:
                break  # this one and those after it cannot come near any more
            more, why = _of_the_day(entry, length, planned, about)
            found.append((points + more, (*reasons, *why), planned))
            best = max(best, points + more)
        found.sort(key=lambda one: -one[0])
        near = tuple(planned for points, _, planned in found[:4] if points > 0)
        if not found or found[0][0] < ENOUGH:
            return Match(None, near=near)
        points, reasons, planned = found[0]
        rivals = [one for one in found[1:] if one[2].line.id != planned.line.id]
        if rivals and points - rivals[0][0] < AHEAD:
            return Match(None, near=near)
        return Match(planned, reasons, points, near)

    def _chosen(self, entry: Entry) -> Planned | None:
        """The line a person chose, as it stood on the day, else as it stood at any time."""
        own = [one for one, _ in self._planned if one.line.id == entry.line]
        return next((one for one in own if entry.first in one.days), own[-1] if own else None)

    def _alike(self, entry: Entry) -> list[tuple[int, tuple[Words, ...], Planned, _About]]:
        """What support, provider and description say, the same for many entries of a file; the likeliest first."""
        key = (entry.item, entry.provider_id, entry.provider, entry.description, entry.claim_type)
        known = self._steady.get(key)
        if known is None:
            all_of_them = [(*self._steadily(entry, one, about), one, about) for one, about in self._planned]
            known = self._steady[key] = sorted(all_of_them, key=lambda one: -one[0])
        return known

    def _steadily(self, entry: Entry, planned: Planned, about: _About) -> tuple[int, tuple[Words, ...]]:
        points, reasons = 0, []
        for more, why in (
            self._support(entry, planned, about),
            _provider(entry, planned, about),
            _described(entry, about),
        ):
            points += more
            if more > 0 and why:
                reasons.append(why)
        return points, tuple(reasons)

    def _support(self, entry: Entry, planned: Planned, about: _About) -> tuple[int, Words | None]:
        if not entry.item:
            return 0, None
        if entry.item == planned.line.support:
            return SAME_ITEM, BY_ITEM
        if entry.item in about.items:
            return SAME_SUPPORT, BY_SUPPORT
        theirs = self._program.family(entry.item)
        if entry.claim_type not in SUPPORT and _group(entry.item) in about.groups:
            return SAME_SUPPORT, BY_SUPPORT
        if theirs is None or about.family is None:
            return (ONE_WORD, BY_SUPPORT) if _group(entry.item) in about.groups else (0, None)
        return OTHER_SUPPORT, None

    def _known(self, planned: Planned) -> _About:
        support = planned.line.support
        family = self._program.family(support)
        items = frozenset(family.items.values()) if family else frozenset()
        items |= frozenset((support,)) if support else frozenset()
        items |= frozenset(planned.line.items.values())
        text = f"{planned.line.name} " + (f"{family.label.text} {family.search.text}" if family else "")
        groups = frozenset(group for item in items if (group := _group(item)))
        provider, prices = squeezed(planned.line.provider or ""), agreed_prices(planned)
        return _About(family, items, groups, _words_of(text), provider, prices, planned.visit)


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of a line whatever the day."""

    family: Family | None
    items: frozenset[str]
    groups: frozenset[str]
    words: frozenset[str]
    provider: str
    prices: frozenset[Money]
    visit: Minutes | None


def _provider(entry: Entry, planned: Planned, about: _About) -> tuple[int, Words | None]:
    if entry.provider_id and planned.provider_id:
        same = entry.provider_id == planned.provider_id
        return (SAME_PROVIDER, BY_PROVIDER) if same else (OTHER_PROVIDER, None)
    theirs = squeezed(entry.provider)
    if not theirs or not about.provider:
        return 0, None
    if theirs == about.provider or (min(len(theirs), len(about.provider)) > 4 and _within(theirs, about.provider)):
        return SAME_PROVIDER, BY_PROVIDER
    return OTHER_PROVIDER, None


def _within(one: str, other: str) -> bool:
    return one in other or other in one


def _described(entry: Entry, about: _About) -> tuple[int, Words | None]:
    shared = len(_words_of(entry.description) & about.words)
    return ((TWO_WORDS if shared > 1 else ONE_WORD), BY_WORDS) if shared else (0, None)


def _of_the_day(entry: Entry, length: Minutes | None, planned: Planned, about: _About) -> tuple[int, list[Words]]:
    """What day, time, length and price say."""
    points, reasons = 0, []
    if not _overlaps(entry, planned.days):
        points += OUTSIDE
    elif planned_in(entry, planned):
        points += PLANNED_DAY
        reasons.append(BY_DAY)
    schedule = planned.line.schedule
    if isinstance(schedule, Weekly) and entry.begins == schedule.start:
        points += SAME_START
        reasons.append(BY_START)
    if length is not None and length == about.visit:
        points += SAME_LENGTH
        reasons.append(BY_LENGTH)
    if entry.unit_price is not None and entry.unit_price in about.prices:
        points += SAME_PRICE
        reasons.append(BY_PRICE)
    return points, reasons


def planned_in(entry: Entry, planned: Planned) -> bool:
    """Whether a visit is planned on a day of the entry."""
    if entry.first == entry.last:
        return planned.comes_on(entry.first)
    days = (entry.last - entry.first).days
    if days > LONG_RANGE:
        return _overlaps(entry, planned.days)
    return any(planned.comes_on(entry.first + timedelta(days=number)) for number in range(days + 1))


def agreed_prices(planned: Planned) -> frozenset[Money]:
    """Every price that was agreed for one unit of a line, whatever the day."""
    price = planned.line.price
    if not isinstance(price, Agreed):
        return frozenset()
    return frozenset(one.amount for one in price.amounts if not one.estimated)


def band_of(program: str, item: str) -> Band | None:
    """The time band that an item number is for; None where the number does not say."""
    family = programs.program(program).family(item)
    if family is None or item == family.key:
        return None
    return next((band for band, number in family.items.items() if number == item), None)


def _overlaps(entry: Entry, days: Period) -> bool:
    return entry.first <= days.last and days.first <= entry.last


def _group(item: str) -> str:
    """Category and registration group of an item number, such as 01 and 0107; empty for other numbers."""
    parts = item.split("_")
    return f"{parts[0]}_{parts[2]}" if len(parts) > 3 else ""


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    found = (word for word in letters.split() if len(word) > 2 and not word.isdigit())
    return frozenset(word.rstrip("s") for word in found if word not in _COMMON)


def by_line(planned: Iterable[Planned]) -> Mapping[str, list[Planned]]:
    """Lines as they stood from time to time, by the id that stays the same."""
    found: dict[str, list[Planned]] = {}
    for one in planned:
        found.setdefault(one.line.id, []).append(one)
    return found
