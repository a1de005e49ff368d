"""What can happen around notes of progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    kind: ClassVar[str] = "progress.note_written"
    happened_on: date
    corrects: bool

    def words(self, name: Resolve) -> Words:
        if self.corrects:
            return words("Wrote a correction of a note, beside it.")
        return words("Wrote a note of what was done on {day}.", day=self.happened_on)


@dataclass(frozen=True, kw_only=True)
class NoteRead(Event):
    """Somebody opened notes they did not write; kept once a day for each reader."""

    kind: ClassVar[str] = "progress.notes_read"

    def words(self, name: Resolve) -> Words:
        return words("Read the notes of what was done.")


@dataclass(frozen=True, kw_only=True)
class NoteReplied(Event):
    kind: ClassVar[str] = "progress.note_replied"
    disagrees: bool

    def words(self, name: Resolve) -> Words:
        if self.disagrees:
            return words("Said beside a note that it was otherwise.")
        return words("Said something beside a note.")
