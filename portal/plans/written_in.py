"""In which language somebody's own words seem to be written, for a reader who may not read it."""

from __future__ import annotations

from babel import Locale

from budgeting.words import Name, Words, words
from portal.language import Language, foreign


def unlike(text: str, reader: Language) -> tuple[str, Words] | None:
    """The ``lang`` of words in other letters than the reader's, and what to do; None where they can read them."""
    tag = foreign(text, reader)
    if not tag:
        return None
    called = Locale.parse(reader.formats).languages.get(tag.partition("-")[0], tag)
    sentence = words(
        "These words are in {language}, and there is no translation here. An interpreter or the coordinator can help.",
        language=Name(called),
    )
    return tag, sentence
