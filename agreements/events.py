"""What can happen to an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from agreements.states import How, Side, SignedAs
from budgeting.words import Words, words
from portal.journal import Event, Resolve
from portal.people import day_events


@dataclass(frozen=True, kw_only=True)
class _WithProvider(Event):
    provider_id: UUID


@dataclass(frozen=True, kw_only=True)
class Drafted(_WithProvider):
    kind: ClassVar[str] = "agreements.drafted"

    def words(self, name: Resolve) -> Words:
        return words("An agreement with {provider} was drafted.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class TermsChanged(_WithProvider):
    kind: ClassVar[str] = "agreements.terms_changed"

    def words(self, name: Resolve) -> Words:
        return words("The draft agreement with {provider} was changed.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class Offered(_WithProvider):
    kind: ClassVar[str] = "agreements.offered"
    starts: date

    def words(self, name: Resolve) -> Words:
        return words("The agreement with {provider} was offered to both sides.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class Signed(_WithProvider):
    """One side said yes."""

    kind: ClassVar[str] = "agreements.signed"
    side: Side
    signed_as: SignedAs
    how: How

    def words(self, name: Resolve) -> Words:
        provider = name(self.provider_id)
        if self.side is Side.PROVIDER:
            return words("{provider} signed the agreement.", provider=provider)
        if self.how is How.SPOKEN:
            return words("A spoken yes to the agreement with {provider} was written down.", provider=provider)
        if self.signed_as is SignedAs.AUTHORITY:
            return words("The agreement with {provider} was signed by legal authority.", provider=provider)
        return words("Signed the agreement with {provider}.", provider=provider)


@dataclass(frozen=True, kw_only=True)
class CameIntoForce(_WithProvider):
    kind: ClassVar[str] = "agreements.came_into_force"
    starts: date

    def words(self, name: Resolve) -> Words:
        provider = name(self.provider_id)
        return words(
            "The agreement with {provider} is signed by both. It holds from {day}.", provider=provider, day=self.starts
        )


@dataclass(frozen=True, kw_only=True)
class ChangeAsked(_WithProvider):
    kind: ClassVar[str] = "agreements.change_asked"

    def words(self, name: Resolve) -> Words:
        return words("Asked for a change to the agreement with {provider}.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class Declined(_WithProvider):
    kind: ClassVar[str] = "agreements.declined"

    def words(self, name: Resolve) -> Words:
        return words("Said no to the agreement with {provider}.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class Withdrawn(_WithProvider):
    kind: ClassVar[str] = "agreements.withdrawn"

    def words(self, name: Resolve) -> Words:
        return words("The agreement with {provider} was taken back.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class Ended(_WithProvider):
    kind: ClassVar[str] = "agreements.ended"

    def words(self, name: Resolve) -> Words:
        return words("The agreement with {provider} was ended.", provider=name(self.provider_id))


@dataclass(frozen=True, kw_only=True)
class Printed(_WithProvider):
    kind: ClassVar[str] = "agreements.printed"

    def words(self, name: Resolve) -> Words:
        return words("A copy of the agreement with {provider} was made to keep.", provider=name(self.provider_id))


class DayNoted(day_events.DayNoted):
    kind: ClassVar[str] = "agreements.day_noted"


class DayOpenAgain(day_events.DayOpenAgain):
    kind: ClassVar[str] = "agreements.day_open_again"
