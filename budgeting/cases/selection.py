"""A few items of the price lists: what worked cases run against, where no whole price list was imported."""

from __future__ import annotations

from datetime import date

from budgeting.catalogue import Editions, Priced

PARTS_OF_A_NUMBER = 5  # category, sequence, registration group, outcome domain, purpose


class NotListed(ValueError):
    """A support item that a selection of a price list does not have: nothing can be said about it."""

    def __init__(self, item: str) -> None:
        super().__init__(f"{item} is not in the price lists used")
        self.item = item


class Selection(Editions):
    """Price lists that hold only some of the published items; asking about any other one raises NotListed.

    The items of a support for single kinds of claims, whose numbers go on after its own, are known with the support.
    """

    def rows(self, number: str) -> tuple[Priced, ...]:
        """Every row of an item in order of days; an item that the selection does not have is a NotListed."""
        self._ask(number)
        return super().rows(number)

    def row(self, number: str, day: date) -> Priced | None:
        """The row of an item on a day, or None when it cannot be claimed then; an item it lacks is a NotListed."""
        self._ask(number)
        return super().row(number, day)

    def _ask(self, number: str) -> None:
        support = "_".join(number.split("_")[:PARTS_OF_A_NUMBER])
        if number not in self._rows and support not in self._rows:
            raise NotListed(support)
