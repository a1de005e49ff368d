"""What is wrong with a price list, said where it is: the row and the column of the spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgeting.money import Percent
from budgeting.words import Name, Words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. ``row`` counts as a spreadsheet does; ``column`` is empty when the whole row is meant."""

    row: int
    column: str
    message: Words


class Unusable(Exception):
    """The file as a whole cannot be read; ``problem`` says why and what to do."""

    def __init__(self, message: Words, row: int = 1, column: str = "") -> None:
        super().__init__(message.text)
        self.problem = Problem(row, column, message)


class Odd(Exception):
    """A cell says something that is not of its kind; ``message`` says what was expected."""

    def __init__(self, message: Words) -> None:
        super().__init__(message.text)
        self.message = message


def packed(problems: Iterable[Problem]) -> str:
    """Problems as JSON for keeping; the values of a sentence keep their type."""
    return json.dumps([[p.row, p.column, _written(p.message)] for p in problems], ensure_ascii=False)


def unpacked(text: str) -> tuple[Problem, ...]:
    """The problems that were kept."""
    return tuple(Problem(row, column, _read(message)) for row, column, message in json.loads(text))


def _written(sentence: Words) -> list[Any]:
    values = {name: _value(value) for name, value in sentence.values.items()}
    return [sentence.text, values, sentence.plural, sentence.count]


def _value(value: object) -> list[Any]:
    match value:
        case int():
            return ["number", value]
        case Name():
            return ["name", value.text]
        case date():
            return ["day", value.isoformat()]
        case Percent():
            return ["percent", value.ppm]
    raise TypeError(f"a problem does not speak of {type(value).__name__}")


_KINDS: dict[str, Any] = {"number": int, "name": Name, "day": date.fromisoformat, "percent": Percent}


def _read(kept: list[Any]) -> Words:
    text, values, plural, count = kept
    return Words(text, {name: _KINDS[kind](value) for name, (kind, value) in values.items()}, plural, count)
