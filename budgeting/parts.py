"""The parts of the money that a program's letters name, as the program lists them, each explained in plain words.

A program lists them as ``PARTS`` in ``parts.py`` of its folder; where there is no such file, a part is called what
somebody types. Two programs never use one key for different names: some records keep only the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from budgeting import programs
from budgeting.words import Name, Words

OTHER = "other"  # a part under a name that is not on the list


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the funding as letters name it: ``name`` as published, ``words`` for people, ``stated`` if usual."""

    key: str
    name: str
    words: Words
    about: Words
    categories: tuple[str, ...]
    stated: bool = False


def of(program: str) -> Mapping[str, Part]:
    """The parts that a program lists, by their keys and in their order; empty where it lists none."""
    listed: tuple[Part, ...] = getattr(programs.module(program, "parts"), "PARTS", ())
    return {part.key: part for part in listed}


def known(program: str, name: str) -> Part | None:
    """The part of a program with this published name; None for a name of somebody's own."""
    wanted = name.strip().casefold()
    return next((part for part in of(program).values() if part.name.casefold() == wanted), None)


def anywhere(key: str) -> Part | None:
    """The part with this key, of whichever program lists it; None where none does."""
    return next((found[key] for found in map(of, programs.PROGRAMS) if key in found), None)


def choices() -> tuple[str, ...]:
    """Every answer to what a part is called that some program offers, and ``OTHER``."""
    return (*(key for program in programs.PROGRAMS for key in of(program)), OTHER)


def named(name: str) -> str | Words:
    """What to call a part: translatable where some program publishes the name, else as it was typed."""
    return next((part.words for key in programs.PROGRAMS if (part := known(key, name))), name)


def shown(name: str) -> Name | Words:
    """The same as a value of a sentence."""
    found = named(name)
    return Name(found) if isinstance(found, str) else found
