"""Who sends the letter about somebody's funding, in the words of a page that asks which program it is.

A program says it in ``letter.toml`` of its folder as ``sender``; one without such a file is offered by its name alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgeting import programs
from budgeting.programs.listed import table
from budgeting.words import Name, Words, words


@dataclass(frozen=True, slots=True)
class Choice:
    """A program as it is offered to somebody with a letter in their hand.

    ``who`` sends the letter and for whom; ``choose`` and ``rather`` are the words on a button and on a link.
    """

    program: str
    name: Name
    who: Words | None
    choose: Words
    rather: Words


def choices() -> tuple[Choice, ...]:
    """Every program there is, in order."""
    return tuple(_choice(key) for key in programs.PROGRAMS)


def _choice(key: str) -> Choice:
    name = Name(programs.program(key).name)
    told = table(programs.folder(key) / "letter.toml").get("sender")
    if told is None:
        by_name = words("{program}", program=name)
        return Choice(key, name, None, by_name, by_name)
    return Choice(key, name, Words(told["who"]), Words(told["choose"]), Words(told["rather"]))
