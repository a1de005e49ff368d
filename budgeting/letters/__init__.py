"""What the letter about somebody's funding says besides its parts, as a program asks for it, and in its own words.

A program says it in ``letter.toml`` of its folder, and as ``sender`` who sends the letter; one without it asks for the
first and the last day, and for the level where it has levels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from budgeting import programs
from budgeting.programs.listed import in_words, table
from budgeting.words import Name, Words, words

NOTHING: Mapping[str, Words] = {}


@dataclass(frozen=True, slots=True)
class Shares:
    """What a letter decides that the client pays: a share of the price for each of some categories."""

    asked: Mapping[str, Words]  # by category, what its field is called
    names: Mapping[str, Words]  # by category, also of those that no letter names: what it is called beside its share
    title: Words
    about: Words
    free: Words | None  # what nobody pays for
    means: Mapping[str, Words] = field(default_factory=lambda: NOTHING)  # answers for whoever has no such letter
    cohorts: Mapping[str, Words] = field(default_factory=lambda: NOTHING)  # whose rules count; the first is the usual


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter is asked for, beside the parts of the money."""

    starts: Words = words("First day of the plan")
    ends: Words | None = words("Last day of the plan")  # None: it goes on, and its first day is that of the entry
    ends_hint: Words | None = words("The letter may call it the reassessment date.")
    level: Words = words("Classification")  # what a level is called, where the program has levels
    level_hint: Words | None = None
    shares: Shares | None = None
    spent: Words | None = None  # how it asks what was taken so far; None: each part is asked
    spent_hint: Words | None = None


ORDINARY = Letter()


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
    """Every program there is, in order; one that does not say who sends its letters is offered by its name alone."""
    return tuple(_choice(key) for key in programs.PROGRAMS)


def _choice(key: str) -> Choice:
    name = Name(programs.program(key).name)
    told = table(programs.folder(key) / "letter.toml").get("sender")
    if told is None:
        by_name = words("{program}", program=name)
        return Choice(key, name, None, by_name, by_name)
    return Choice(key, name, Words(told["who"]), Words(told["choose"]), Words(told["rather"]))


def letter(program: str) -> Letter:
    """What the letter of a program is asked for."""
    told = table(programs.folder(program) / "letter.toml")
    own: dict[str, Any] = {key: Words(text) if text else None for key, text in told.get("letter", {}).items()}
    return replace(ORDINARY, **own, shares=_shares(told["shares"], told.get("days", {})) if "shares" in told else None)


def _shares(told: Mapping[str, Any], days: Mapping[str, date]) -> Shares:
    return Shares(
        asked=in_words(told["asked"]),
        names=in_words(told["names"]),
        title=Words(told["title"]),
        about=Words(told["about"]),
        free=Words(told["free"]) if "free" in told else None,
        means=in_words(told.get("means", {})),
        cohorts={
            key: Words(text, {name: day for name, day in days.items() if f"{{{name}}}" in text})
            for key, text in told.get("cohorts", {}).items()
        },
    )


def rated() -> tuple[str, ...]:
    """Every category for which some program's letter names a share."""
    asked = [one for key in programs.PROGRAMS if (shares := letter(key).shares) for one in shares.asked]
    return tuple(dict.fromkeys(asked))


def means() -> tuple[str, ...]:
    """Every answer to the question about means that some program has."""
    return tuple(one for key in programs.PROGRAMS if (shares := letter(key).shares) for one in shares.means)


def cohorts() -> tuple[str, ...]:
    """Every cohort that some program has."""
    return tuple(one for key in programs.PROGRAMS if (shares := letter(key).shares) for one in shares.cohorts)
