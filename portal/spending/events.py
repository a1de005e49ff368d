"""What can happen to delivered supports and to files of invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.money import Money
from budgeting.words import Words, nwords, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class EntryEvent(Event):
    """Something that happened to one entry, with the day of the support and its amount."""

    day: date
    amount: Money


@dataclass(frozen=True, kw_only=True)
class EntryAdded(EntryEvent):
    kind: ClassVar[str] = "spending.added"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down a support of {day} for {amount}.", day=self.day, amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class EntryChanged(EntryEvent):
    kind: ClassVar[str] = "spending.changed"
    before: Money

    def words(self, name: Resolve) -> Words:
        if self.before == self.amount:
            return words("Corrected the entry of {day} for {amount}.", day=self.day, amount=self.amount)
        return words(
            "Corrected the entry of {day} from {before} to {amount}.",
            day=self.day,
            before=self.before,
            amount=self.amount,
        )


@dataclass(frozen=True, kw_only=True)
class EntryRemoved(EntryEvent):
    kind: ClassVar[str] = "spending.removed"

    def words(self, name: Resolve) -> Words:
        return words("Removed the entry of {day} for {amount}.", day=self.day, amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class EntryBroughtBack(EntryEvent):
    kind: ClassVar[str] = "spending.brought_back"

    def words(self, name: Resolve) -> Words:
        return words("Brought back the entry of {day} for {amount}.", day=self.day, amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class EntryChecked(EntryEvent):
    kind: ClassVar[str] = "spending.checked"

    def words(self, name: Resolve) -> Words:
        return words("Looked at the entry of {day} for {amount}: it is right.", day=self.day, amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class EntryQuestioned(EntryEvent):
    kind: ClassVar[str] = "spending.questioned"

    def words(self, name: Resolve) -> Words:
        return words("Questioned the entry of {day} for {amount}.", day=self.day, amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class EntryClaimed(EntryEvent):
    kind: ClassVar[str] = "spending.claimed"
    on: date

    def words(self, name: Resolve) -> Words:
        return words(
            "The support of {day} for {amount} was claimed on {on}.", day=self.day, amount=self.amount, on=self.on
        )


@dataclass(frozen=True, kw_only=True)
class EntryPaid(EntryEvent):
    kind: ClassVar[str] = "spending.paid"
    on: date

    def words(self, name: Resolve) -> Words:
        return words(
            "The support of {day} for {amount} was paid on {on}.", day=self.day, amount=self.amount, on=self.on
        )


@dataclass(frozen=True, kw_only=True)
class EntryRefused(EntryEvent):
    kind: ClassVar[str] = "spending.refused"
    on: date

    def words(self, name: Resolve) -> Words:
        return words(
            "The support of {day} for {amount} was refused on {on}.", day=self.day, amount=self.amount, on=self.on
        )


@dataclass(frozen=True, kw_only=True)
class EntrySteppedBack(EntryEvent):
    kind: ClassVar[str] = "spending.stepped_back"

    def words(self, name: Resolve) -> Words:
        return words("Took back the last step of the entry of {day} for {amount}.", day=self.day, amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class FileSent(Event):
    kind: ClassVar[str] = "spending.file_sent"

    def words(self, name: Resolve) -> Words:
        return words("Sent in a file of invoices.")


@dataclass(frozen=True, kw_only=True)
class FileRead(Event):
    """A file was read as far as it goes without a person; nothing counts yet."""

    kind: ClassVar[str] = "spending.file_read"
    rows: int
    problems: int

    def words(self, name: Resolve) -> Words:
        if self.problems:
            return nwords(
                "A file of invoices has {n} thing to put right.",
                "A file of invoices has {n} things to put right.",
                self.problems,
            )
        return nwords("A file of invoices was read: {n} row.", "A file of invoices was read: {n} rows.", self.rows)


@dataclass(frozen=True, kw_only=True)
class FileTaken(Event):
    kind: ClassVar[str] = "spending.file_taken"
    rows: int
    amount: Money

    def words(self, name: Resolve) -> Words:
        return nwords(
            "Took in {n} row of a file of invoices, {amount} in all.",
            "Took in {n} rows of a file of invoices, {amount} in all.",
            self.rows,
            amount=self.amount,
        )


@dataclass(frozen=True, kw_only=True)
class FileDropped(Event):
    kind: ClassVar[str] = "spending.file_dropped"

    def words(self, name: Resolve) -> Words:
        return words("Put a file of invoices aside; nothing of it counts.")
