"""What happened to options, to what organisations say of themselves, and in the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class LibraryKept(Event):
    """Material came into the library, or what it says was changed."""

    kind: ClassVar[str] = "options.library_kept"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down material of the library.")


@dataclass(frozen=True, kw_only=True)
class LibraryLookedAt(Event):
    """Somebody read material of the library again and found it right."""

    kind: ClassVar[str] = "options.library_looked_at"

    def words(self, name: Resolve) -> Words:
        return words("Looked at material of the library again.")


@dataclass(frozen=True, kw_only=True)
class LibraryOutOfDate(Event):
    """Whoever keeps material of the library was told that it is out of date."""

    kind: ClassVar[str] = "options.library_out_of_date"

    def words(self, name: Resolve) -> Words:
        return words("Was told that material of the library is out of date.")


@dataclass(frozen=True, kw_only=True)
class LibraryRemoved(Event):
    """Material was taken out of the library."""

    kind: ClassVar[str] = "options.library_removed"

    def words(self, name: Resolve) -> Words:
        return words("Took material out of the library.")


@dataclass(frozen=True, kw_only=True)
class PageWritten(Event):
    """An organisation wrote what it says of itself."""

    kind: ClassVar[str] = "options.page_written"

    def words(self, name: Resolve) -> Words:
        return words("Wrote the page of an organisation.")


@dataclass(frozen=True, kw_only=True)
class OfferingTold(Event):
    """An organisation said that it offers a support, or at which price."""

    kind: ClassVar[str] = "options.offering_told"

    def words(self, name: Resolve) -> Words:
        return words("Said what an organisation offers.")


@dataclass(frozen=True, kw_only=True)
class OfferingWithdrawn(Event):
    """An organisation no longer offers a support."""

    kind: ClassVar[str] = "options.offering_withdrawn"

    def words(self, name: Resolve) -> Words:
        return words("Said what an organisation no longer offers.")


@dataclass(frozen=True, kw_only=True)
class InterestDeclared(Event):
    """Somebody declared an interest of an organisation."""

    kind: ClassVar[str] = "options.interest_declared"

    def words(self, name: Resolve) -> Words:
        return words("Declared an interest.")


@dataclass(frozen=True, kw_only=True)
class InterestClosed(Event):
    """A declared interest has got its last day."""

    kind: ClassVar[str] = "options.interest_closed"

    def words(self, name: Resolve) -> Words:
        return words("Said until when an interest held.")


@dataclass(frozen=True, kw_only=True)
class OpportunityTold(Event):
    """Somebody told about something to do near home, or confirmed it."""

    kind: ClassVar[str] = "options.opportunity_told"

    def words(self, name: Resolve) -> Words:
        return words("Told about something to do near home.")


@dataclass(frozen=True, kw_only=True)
class OpportunityRemoved(Event):
    """Something to do near home is no longer there."""

    kind: ClassVar[str] = "options.opportunity_removed"

    def words(self, name: Resolve) -> Words:
        return words("Took out something to do near home.")


@dataclass(frozen=True, kw_only=True)
class OptionKept(Event):
    """An option was put aside for later."""

    kind: ClassVar[str] = "options.option_kept"

    def words(self, name: Resolve) -> Words:
        return words("Kept an option for later.")


@dataclass(frozen=True, kw_only=True)
class OptionRemoved(Event):
    """An option is no longer kept for later."""

    kind: ClassVar[str] = "options.option_removed"

    def words(self, name: Resolve) -> Words:
        return words("No longer keeps an option for later.")


@dataclass(frozen=True, kw_only=True)
class FewerExplained(Event):
    """Somebody said why fewer than three options stand side by side."""

    kind: ClassVar[str] = "options.fewer_explained"
    private: ClassVar[bool] = True  # the options may be somebody's own scenarios

    def words(self, name: Resolve) -> Words:
        return words("Said why there are fewer than three options.")
