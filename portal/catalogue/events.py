"""What can happen to price lists and price books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.money import Money
from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class ImportAsked(Event):
    kind: ClassVar[str] = "catalogue.import_asked"
    valid_from: date

    def words(self, name: Resolve) -> Words:
        return words("Sent in a price list for {day} onwards.", day=self.valid_from)


@dataclass(frozen=True, kw_only=True)
class ImportBegan(Event):
    kind: ClassVar[str] = "catalogue.import_began"

    def words(self, name: Resolve) -> Words:
        return words("Began to read a price list.")


@dataclass(frozen=True, kw_only=True)
class ListImported(Event):
    """A new price list is in; the counts are of supports, not of rows."""

    kind: ClassVar[str] = "catalogue.list_imported"
    valid_from: date
    rows: int
    new: int
    changed: int
    ended: int

    def words(self, name: Resolve) -> Words:
        return words(
            "Imported the price list of {day}: {new} supports are new, {changed} changed, {ended} ended.",
            day=self.valid_from,
            new=self.new,
            changed=self.changed,
            ended=self.ended,
        )


@dataclass(frozen=True, kw_only=True)
class ImportRefused(Event):
    kind: ClassVar[str] = "catalogue.import_refused"
    valid_from: date
    problems: int

    def words(self, name: Resolve) -> Words:
        return words("A price list for {day} onwards needs putting right before it can come in.", day=self.valid_from)


@dataclass(frozen=True, kw_only=True)
class ImportFoundNothingNew(Event):
    kind: ClassVar[str] = "catalogue.nothing_new"
    valid_from: date

    def words(self, name: Resolve) -> Words:
        return words("The price list of {day} was sent in again; nothing changed.", day=self.valid_from)


@dataclass(frozen=True, kw_only=True)
class PriceEntered(Event):
    kind: ClassVar[str] = "catalogue.price_entered"
    valid_from: date
    price: Money

    def words(self, name: Resolve) -> Words:
        return words("A provider’s price was entered: {price} from {day}.", price=self.price, day=self.valid_from)


@dataclass(frozen=True, kw_only=True)
class PriceEnded(Event):
    kind: ClassVar[str] = "catalogue.price_ended"
    valid_from: date

    def words(self, name: Resolve) -> Words:
        return words("A provider asks no price for a support any more, from {day}.", day=self.valid_from)
