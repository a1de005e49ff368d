"""What can happen to a client's own notes: kept in the chain without the client, and shown in no history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    kind: ClassVar[str] = "notes.written"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Wrote a note.")


@dataclass(frozen=True, kw_only=True)
class NoteChanged(Event):
    kind: ClassVar[str] = "notes.changed"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Changed a note.")


@dataclass(frozen=True, kw_only=True)
class NoteShown(Event):
    kind: ClassVar[str] = "notes.shown"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Chose who may read a note.")


@dataclass(frozen=True, kw_only=True)
class NoteDeleted(Event):
    kind: ClassVar[str] = "notes.deleted"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("Deleted a note.")
