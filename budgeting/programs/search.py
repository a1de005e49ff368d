"""Finding a support, or whatever else has a text, by the words that people type for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


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
ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")


def _split(text: str) -> list[str]:
    folded = text.casefold().translate(ARABIC_LETTERS)  # Arabic is typed with and without hamza, marks and article
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
