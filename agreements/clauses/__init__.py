"""The clauses that hold for a program on a day, and the values an agreement starts from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from agreements.clauses.sentences import SENTENCES
from budgeting import programs
from budgeting.explain import Confidence
from budgeting.parameters import Parameters, read_parameters
from budgeting.words import Name, Value, Words

HOME = Path(__file__).parent


@dataclass(frozen=True)
class Clause:
    """One clause: its sentences, the days on which it may be used, and where its content comes from."""

    id: str
    programs: tuple[str, ...]  #: empty: every program
    since: date
    until: date | None
    needs: str  #: "travel" or "no_travel": only for agreements where that was chosen; "" for all
    source: str
    confidence: Confidence

    @property
    def heading(self) -> Words:
        return SENTENCES[self.id][0]

    def sentences(self, values: Mapping[str, Value]) -> tuple[Words, ...]:
        """Its sentences with the values of one agreement."""
        return tuple(replace(sentence, values=_named(sentence, values)) for sentence in SENTENCES[self.id][1])


def _named(sentence: Words, values: Mapping[str, Value]) -> Mapping[str, Value]:
    return {name: value for name, value in values.items() if f"{{{name}}}" in sentence.text}


@dataclass(frozen=True)
class Contact:
    """Someone outside whom a person can call."""

    name: Name
    phone: Name
    source: str
    confidence: Confidence


@cache
def _read() -> Mapping[str, list[dict[str, object]]]:
    tables: Mapping[str, list[dict[str, object]]] = tomllib.loads((HOME / "clauses.toml").read_text("utf-8"))
    return tables


@cache
def every_clause() -> tuple[Clause, ...]:
    """All clauses in their order; a clause without sentences, or sentences without a clause, is a KeyError."""
    found = tuple(
        Clause(
            id=str(row["id"]),
            programs=_programs(row),
            since=_day(row["since"]),
            until=_day(row["until"]) if "until" in row else None,
            needs=str(row.get("needs", "")),
            source=str(row["source"]),
            confidence=Confidence(str(row["confidence"])),
        )
        for row in _read()["clause"]
    )
    if {clause.id for clause in found} != SENTENCES.keys():
        raise KeyError("clauses.toml and sentences.py do not name the same clauses")
    return found


def clauses_for(program: str, day: date, *, travel: bool) -> tuple[Clause, ...]:
    """The clauses of an agreement made on this day."""
    chosen = "travel" if travel else "no_travel"
    return tuple(
        clause
        for clause in every_clause()
        if _holds_in(program, clause.programs)
        and clause.since <= day
        and (clause.until is None or day <= clause.until)
        and clause.needs in ("", chosen)
    )


def contacts_for(program: str, day: date) -> tuple[Contact, ...]:
    """Whom people can turn to outside, on this day."""
    return tuple(
        Contact(Name(str(row["name"])), Name(str(row["phone"])), str(row["source"]), Confidence(str(row["confidence"])))
        for row in _read()["contact"]
        if _holds_in(program, _programs(row)) and _day(row["since"]) <= day
    )


@cache
def parameters_for(program: str) -> Parameters:
    """Starting values and limits of a program's agreements; what it does not say itself is as in ordinary.toml."""
    known = read_parameters((HOME / "ordinary.toml").read_text("utf-8"))[1]
    own = programs.folder(program) / "agreement.toml"
    if not own.is_file():
        return known
    return Parameters({**known.by_key, **read_parameters(own.read_text("utf-8"))[1].by_key})


def _programs(row: Mapping[str, object]) -> tuple[str, ...]:
    """The programs a row is for; none named: for every program."""
    value = row.get("programs", [])
    if not isinstance(value, list):
        raise TypeError("a list of programs was expected")
    return tuple(map(str, value))


def _holds_in(program: str, named: tuple[str, ...]) -> bool:
    return not named or program in named


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a day was expected")
    return value
