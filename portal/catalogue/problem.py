"""What is wrong with a price list, said where it is: the row and the column of the spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from budgeting.words import Words


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
