"""What a line is called for somebody who may not read the letters of its name."""

from __future__ import annotations

from budgeting.programs import program
from budgeting.words import Name, Words, words
from portal.language import current, foreign


def named(name: str, key: str, support: str | None) -> Name | Words:
    """What a line is called; in letters that are not the reader's, with the kind of support it is beside it."""
    family = program(key).family(support)
    if family is None or not foreign(name, current.get()):
        return Name(name)
    return words("{support} ({when})", support=Name(name), when=family.label)
