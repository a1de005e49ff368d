"""What can happen to a question to a provider before anything is approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.words import Words, words
from portal.journal import Resolve
from portal.plans.events import OfProvider
from portal.plans.request_states import AskState
from portal.plans.states import Answered


@dataclass(frozen=True, kw_only=True)
class RequestPrepared(OfProvider):
    kind: ClassVar[str] = "plans.request_prepared"

    def words(self, name: Resolve) -> Words:
        return words("Prepared a question to {provider}.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class Asked(OfProvider):
    kind: ClassVar[str] = "plans.request_sent"
    named: bool  #: the client's name went with it

    def words(self, name: Resolve) -> Words:
        if self.named:
            return words("Asked {provider} what it could do, with the name.", provider=self.provider(name))
        return words("Asked {provider} what it could do, without a name.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class AskedAgain(OfProvider):
    kind: ClassVar[str] = "plans.request_sent_again"

    def words(self, name: Resolve) -> Words:
        return words("Asked {provider} again.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class RequestRead(OfProvider):
    kind: ClassVar[str] = "plans.request_read"

    def words(self, name: Resolve) -> Words:
        return words("{provider} read what it was asked.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class OfferChanged(OfProvider):
    """The provider works on its offer for one support; nothing is sent by that."""

    kind: ClassVar[str] = "plans.request_offer_changed"
    line_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("{provider} prepared an offer.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class RequestAnswered(OfProvider):
    kind: ClassVar[str] = "plans.request_answered"
    answer: AskState
    how: Answered
    round: int
    stands_until: date | None

    def words(self, name: Resolve) -> Words:
        who = self.provider(name)
        if self.answer is AskState.YES:
            return words("{provider} answered: yes, as asked.", provider=who)
        if self.answer is AskState.COUNTER:
            return words("{provider} offered something else on its own supports.", provider=who)
        return words("{provider} answered: no.", provider=who)


@dataclass(frozen=True, kw_only=True)
class OfferTaken(OfProvider):
    kind: ClassVar[str] = "plans.request_offer_taken"
    proposal_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("The offer of {provider} became a suggestion in the draft.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class RequestNamed(OfProvider):
    kind: ClassVar[str] = "plans.request_named"

    def words(self, name: Resolve) -> Words:
        return words("{provider} may know the name now.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class RequestClosed(OfProvider):
    kind: ClassVar[str] = "plans.request_closed"

    def words(self, name: Resolve) -> Words:
        return words("The question to {provider} was closed.", provider=self.provider(name))


@dataclass(frozen=True, kw_only=True)
class RequestLinkMade(OfProvider):
    kind: ClassVar[str] = "plans.request_link_made"
    ends: date

    def words(self, name: Resolve) -> Words:
        who, day = self.provider(name), self.ends
        return words("Made a one-time link for the answer of {provider}. It ends on {day}.", provider=who, day=day)
