"""Finding supports by everyday words, in the reader's language, and what a support may cost on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budgeting.catalogue import Editions, PriceEdition, SupportItem
from budgeting.families import Family
from budgeting.period import Band
from budgeting.programs import PROGRAMS, families, program as program_of
from budgeting.programs.search import rank
from budgeting.words import Name, Words
from portal.catalogue import queries
from portal.catalogue.cells import folded
from portal.language import ENGLISH, current, plain
from portal.work import NotVisible, Work

LEAST = 2  # letters of a phrase that may be found inside another: Chinese words are this short
_PHRASES = re.compile("[,;،、，；]")
_ARTICLE = re.compile(r"\bال(?=\w{3})")


@dataclass(frozen=True)
class Found:
    """A support that fits what was asked: ``key`` is a family's key or an item number."""

    program: str
    key: str
    label: Words | Name
    unit: str
    items: tuple[tuple[Band, SupportItem], ...]  # in force on the day asked for; none where providers set the price


def find(work: Work, program: str, wanted: str, day: date) -> Sequence[Found]:
    """Supports for some words, the closest first: everyday families, then single items of the price list in force.

    No words at all give every family. An unknown program is NotVisible.
    """
    if program not in PROGRAMS:
        raise NotVisible
    ranked = ranked_families(program, wanted) if wanted.strip() else families(program)
    editions = queries.editions(work, program)
    found = [_family(program, family, editions, day) for family in ranked]
    listed = in_force_on(work, program, day)
    if wanted.strip() and listed is not None:
        shown = {item.number for one in found for _, item in one.items}
        items = [item for item in _matching(listed, wanted, day) if item.number not in shown]
        found += [Found(program, item.number, Name(item.name), item.unit, ((Band.ANY, item),)) for item in items]
    return found


def ranked_families(program: str, wanted: str) -> Sequence[Family]:
    """Families whose English or translated words fit, the closest first; the reader's language is the current one."""
    texts = [(family, _said(family)) for family in families(program)]
    close = {family.key: place for place, family in enumerate(rank(texts, wanted))}
    inside = {family.key: hits for family, text in texts if (hits := shared(wanted, text))}
    known = {family.key: family for family, _ in texts}
    order = sorted(close.keys() | inside.keys(), key=lambda key: (-inside.get(key, 0), close.get(key, len(texts))))
    return [known[key] for key in order]


def support(work: Work, program: str, key: str, day: date) -> Found:
    """One support by its family's key or an item number; NotVisible when no list has it, or ever had."""
    if program not in PROGRAMS:
        raise NotVisible
    editions = queries.editions(work, program)
    family = next((one for one in families(program) if one.key == key), None)
    if family is not None:
        return _family(program, family, editions, day)
    rows = editions.rows(key)
    if not rows:
        raise NotVisible
    row = next((one for one in rows if one.first <= day <= one.last), rows[-1])
    return Found(program, key, Name(row.item.name), row.item.unit, ((Band.ANY, row.item),))


def in_force_on(work: Work, program: str, day: date) -> PriceEdition | None:
    """The price list in force on a day; None before the first, and where providers set their prices."""
    if program_of(program).price_source != "published_limit":
        return None
    begun = [one for one in queries.editions(work, program).editions if one.valid_from <= day]
    return begun[-1] if begun else None


def _family(program: str, family: Family, editions: Editions, day: date) -> Found:
    rows = ((band, editions.row(number, day)) for band, number in family.items.items())
    items = tuple((band, row.item) for band, row in rows if row is not None)
    return Found(program, family.key, family.label, family.unit, items)


def _said(family: Family) -> str:
    """Label and search words in English and in the reader's language, as phrases between commas."""
    readers = {language.tag: language for language in (ENGLISH, current.get())}.values()
    return ", ".join(plain(said, language) for language in readers for said in (family.label, family.search))


def shared(wanted: str, text: str) -> int:
    """How many phrases of a text hold what was asked, or stand in it: for languages without spaces."""
    asked = _comparable(wanted)
    if len(asked) < LEAST:
        return 0
    phrases = [_comparable(phrase) for phrase in _PHRASES.split(text)]
    return sum(1 for phrase in phrases if len(phrase) >= LEAST and (_holds(phrase, asked) or _holds(asked, phrase)))


def _holds(text: str, part: str) -> bool:
    """Whether a part stands in a text: at the start of a word in Latin letters, anywhere in others."""
    if part.isascii():
        return re.search(rf"(?<!\w){re.escape(part)}", text) is not None and len(part) > LEAST
    return part in text


def _comparable(text: str) -> str:
    return _ARTICLE.sub("", folded(text))


def _matching(listed: PriceEdition, wanted: str, day: date) -> list[SupportItem]:
    """Items in force on a day whose number or published name holds every word asked for, shorter names first."""
    asked = folded(wanted).split()
    found = []
    for item in listed.rows:
        said = f"{folded(item.name)} {item.number.casefold()}"
        if item.starts <= day <= item.ends and all(word in said for word in asked):
            found.append(item)
    return sorted(found, key=lambda item: (len(item.name), item.number))
