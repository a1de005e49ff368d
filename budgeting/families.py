"""Supports as people speak of them: one family has an item for each time band, and words to find it by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from budgeting.explain import Confidence, Source
from budgeting.period import Band
from budgeting.words import Words

T = TypeVar("T")

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


def rank(texts: Sequence[tuple[T, str]], wanted: str) -> tuple[T, ...]:
    """Order families, or what else has a text, by how well it matches some words; what matches nothing is left out.

    A word counts when a word of the text begins with it; words of one or two letters count only as whole words. Of
    texts that hold as many, the one comes first that holds more of them as they are, then more of the little words too:
    "help at home" is no garden work.
    Chinese is written without spaces: there, one may stand anywhere in the other.
    """
    asked, little = _words_of(wanted), _STOP.intersection(_split(wanted))
    scored = []
    for position, (family, text) in enumerate(texts):
        present = _known_words(text)
        hits = sum(1 for word in asked if any(_matches(word, other) for other in present))
        if hits:
            exact = sum(1 for word in asked if word in present)
            scored.append((-hits, -exact, -len(little.intersection(_split(text))), position, family))
    return tuple(family for *_, family in sorted(scored, key=lambda entry: entry[:4]))


# what people type around the word that counts, in English and in Arabic
_STOP = frozenset({"in", "the", "a", "an", "to", "of", "my", "with", "for", "and", "or", "i", "me", "at", "help", "on"})
_STOP |= {"في", "من", "الى", "مع", "علي", "عن", "احتاج", "اريد", "مساعده", "المساعده"}
_ARABIC_ARTICLES = ("وال", "بال", "لل", "ال")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")


def _split(text: str) -> list[str]:
    folded = text.casefold().translate(_ARABIC_LETTERS)  # Arabic is typed with and without hamza, marks and article
    return "".join(c if c.isalnum() else " " for c in folded).split()


def _words_of(text: str) -> list[str]:
    words = _split(text)
    kept = [_bare(word) for word in words if word not in _STOP]
    return kept or words


_known_words = lru_cache(maxsize=500)(_words_of)  # of our own texts, which are the same ones each time


def _bare(word: str) -> str:
    article = next((a for a in _ARABIC_ARTICLES if word.startswith(a) and len(word) > len(a) + 2), "")
    return word.removeprefix(article)


def _matches(word: str, other: str) -> bool:
    if "\u4e00" <= word[0] <= "\u9fff":
        return (len(word) > 1 and word in other) or (len(other) > 1 and other in word)
    return word == other or (len(word) > 2 and (other.startswith(word) or (len(other) > 3 and word.startswith(other))))
