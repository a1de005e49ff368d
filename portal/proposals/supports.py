"""Finding a support by everyday words, in the reader's own language, and what it may cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budgeting.catalogue import Editions, SupportItem
from budgeting.explain import BANDS, PER_UNIT, UNITS
from budgeting.families import Family
from budgeting.period import Band, Place
from budgeting.programs import families, program
from budgeting.programs.search import rank
from budgeting.words import Name, Value, Words, words
from portal.catalogue.lists import item_unit
from portal.language import plain

MOST = 12


@dataclass(frozen=True)
class Found:
    """A support one can add: its key or item number, its name, its unit, and its price limits in words."""

    key: str
    name: Value
    unit: str
    limits: tuple[tuple[Words, Words | None], ...]  #: each with what it is for: an hour, a day, one dollar
    number: str = ""  #: of the price list, where it was found there


def find(key: str, wanted: str, editions: Editions, place: Place, day: date) -> Sequence[Found]:
    """Supports that fit some words, the closest first: everyday names, then the published price list."""
    texts = [(family, f"{_plain(family)}, {family.label.text}, {family.search.text}") for family in families(key)]
    found = [_of_family(family, editions, place, day) for family in rank(texts, wanted)[:MOST]]
    known = {number for family in families(key) for number in family.items.values()}
    return [*found, *_in_list(wanted, editions, place, day, known)][:MOST]


def common(key: str, editions: Editions, place: Place, day: date) -> Sequence[Found]:
    """The first everyday supports of a program, for those who do not know what to look for."""
    return [_of_family(family, editions, place, day) for family in families(key)[:MOST]]


def chosen(key: str, support: str, editions: Editions, place: Place, day: date) -> Found | None:
    """One support by its family key or item number; None when there is none."""
    family = program(key).by_key.get(support)
    if family is not None and family.key == support:
        return _of_family(family, editions, place, day)
    return _of_item(support, editions, place, day)


def _plain(family: Family) -> str:
    return f"{plain(family.label)}, {plain(family.search)}"


def _of_family(family: Family, editions: Editions, place: Place, day: date) -> Found:
    rows = [(band, editions.row(number, day)) for band, number in family.items.items()]
    told = (_limit(row.item, band, place) for band, row in rows if row is not None)
    return Found(family.key, family.label, family.unit, tuple(one for one in told if one is not None))


def _of_item(number: str, editions: Editions, place: Place, day: date) -> Found | None:
    row = editions.row(number, day)
    if row is None:
        return None
    limit = _limit(row.item, None, place)
    return Found(number, Name(row.item.name), row.item.unit, (limit,) if limit else (), number)


def _limit(item: SupportItem, band: Band | None, place: Place) -> tuple[Words, Words | None] | None:
    """What an item may cost at most, and for what; a limit of a dollar for each dollar says nothing to anybody."""
    limit = item.limit(place.zone, place.state)
    if limit is None:
        return None
    if item.dollar_units:
        return PER_UNIT["actual_cost"], None
    if band is None:
        return words("Up to {price}", price=limit), item_unit(item)
    return words("{when}: up to {price}", when=BANDS[band], price=limit), item_unit(item)


def _in_list(wanted: str, editions: Editions, place: Place, day: date, known: set[str]) -> list[Found]:
    """Items of the price list in force whose published name or number holds every word asked for."""
    asked = wanted.casefold().split()
    if not asked or not editions.editions:
        return []
    began = [one for one in editions.editions if one.valid_from <= day] or [editions.editions[0]]
    found = []
    for item in began[-1].rows:
        text = f"{item.name} {item.number}".casefold()
        if item.number not in known and item.starts <= day <= item.ends and all(word in text for word in asked):
            if (one := _of_item(item.number, editions, place, day)) is not None:
                found.append(one)
            if len(found) == MOST:
                break
    return found


def unit_words(unit: str) -> Words:
    """What a support is counted in."""
    return UNITS.get(unit, UNITS["E"])
