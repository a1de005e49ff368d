"""The parts of the money that a program's letters name, as the program lists them, each explained in plain words.

A program lists them in ``parts.toml`` of its folder; where there is no such file, a part is called what somebody types.
Two programs never use one key for different names: some records keep only the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgeting import programs
from budgeting.programs.listed import table
from budgeting.programs.search import ARABIC_LETTERS
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
    also: tuple[str, ...] = ()  # what letters call it besides, in any language; never shown


def of(program: str) -> Mapping[str, Part]:
    """The parts that a program lists, by their keys and in their order; empty where it lists none."""
    rows: Mapping[str, Any] = table(programs.folder(program) / "parts.toml").get("part", {})
    return {key: _part(key, one) for key, one in rows.items()}


def _part(key: str, one: Mapping[str, Any]) -> Part:
    return Part(
        key=key,
        name=one["name"],
        words=Words(one.get("words", one["name"])),
        about=Words(one["about"]),
        categories=tuple(one["categories"]),
        stated=one.get("stated", False),
        also=tuple(one.get("also", ())),
    )


def pays_for(program: str, part: Part | None) -> tuple[str, ...]:
    """The categories that a part pays for: all there are in a program whose letters have no list of parts."""
    if part is None and not of(program):
        return programs.program(program).categories
    return part.categories if part else ()


def known(program: str, name: str) -> Part | None:
    """The part of a program with this published name, or one that letters use; None for a name of somebody's own.

    A name beside another of the same part is no other name: "Improved Life Choices (CB Choice & Control)".
    """
    listed = of(program)
    whole = _called(listed, name)
    if whole or not listed:
        return whole
    pieces = [piece.strip() for piece in _PIECES.split(name)]
    found = [_called(listed, piece) for piece in pieces if piece and piece.casefold() not in _GROUPS]
    return found[0] if found and all(one is found[0] for one in found) else None


_PIECES = re.compile(r"[()（）\[\]/:：]|\s[-–—]\s")
_GROUPS = frozenset({"core", "cb", "capacity building", "capital"})  # what official names have before their own
_BEFORE = re.compile(rf"^(?:{'|'.join(sorted(_GROUPS))}) (?=\w)")
_AFTER = re.compile(r"(?<=\w) (?:supports?|budget|funding|category)$")


def _called(listed: Mapping[str, Part], name: str) -> Part | None:
    """The part of this name, with or without the group before it: "CB Choice & Control"."""
    called = {_bare(one): part for part in listed.values() for one in (part.name, *part.also)}
    wanted = _bare(name)
    return called.get(wanted) or called.get(_BEFORE.sub("", wanted))


def _bare(name: str) -> str:
    """A name without what letters add to it: capitals, commas, the sign for "and", "budget" after it."""
    spoken = re.sub("[,،、]", " ", name.casefold().replace("&", " and ").translate(ARABIC_LETTERS))
    return _AFTER.sub("", " ".join(spoken.split()))


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
