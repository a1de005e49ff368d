"""In which language somebody's own words seem to be written, for a reader who may not read it."""

from __future__ import annotations

from babel import Locale

from budgeting.words import Name, Words, words
from portal.language import Language

SCRIPTS = (("ar", "\u0600", "\u06ff"), ("zh-Hans", "\u4e00", "\u9fff"), ("en", "A", "\u024f"))  #: with Latin letters


def script_of(text: str) -> str:
    """The offered language with whose letters most of a text is written; empty where none of them is used."""
    counts = {tag: sum(first <= letter <= last for letter in text if letter.isalpha()) for tag, first, last in SCRIPTS}
    most = max(counts, key=lambda tag: counts[tag])
    return most if counts[most] else ""


def unlike(text: str, reader: Language) -> tuple[str, Words] | None:
    """The ``lang`` of words in other letters than the reader's, and what to do; None where they can read them."""
    tag = script_of(text)
    if not tag or tag == script_of(reader.own_name):
        return None
    called = Locale.parse(reader.formats).languages.get(tag.partition("-")[0], tag)
    sentence = words(
        "These words are in {language}, and there is no translation here. An interpreter or the coordinator can help.",
        language=Name(called),
    )
    return tag, sentence
