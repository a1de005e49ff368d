"""What can happen to a contribution. Amounts and days only; what it is for is read where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from budgeting.money import Money
from budgeting.words import Words, words
from portal.journal import Event, Resolve
from portal.payments.states import Mismatch


@dataclass(frozen=True, kw_only=True)
class ContributionAsked(Event):
    kind: ClassVar[str] = "payments.asked"
    amount: Money
    due: date
    transfer_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("Asked for a contribution of {amount}, due on {day}.", amount=self.amount, day=self.due)


@dataclass(frozen=True, kw_only=True)
class PaymentBegun(Event):
    kind: ClassVar[str] = "payments.begun"
    amount: Money

    def words(self, name: Resolve) -> Words:
        return words("Opened the payment page for {amount}.", amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class PaymentOnItsWay(Event):
    kind: ClassVar[str] = "payments.on_its_way"
    amount: Money

    def words(self, name: Resolve) -> Words:
        return words("A payment of {amount} is on its way.", amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class ContributionPaid(Event):
    kind: ClassVar[str] = "payments.paid"
    amount: Money
    transfer_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("A contribution of {amount} was paid.", amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(Event):
    kind: ClassVar[str] = "payments.failed"
    amount: Money

    def words(self, name: Resolve) -> Words:
        return words("A payment of {amount} did not go through.", amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class PaymentPageClosed(Event):
    kind: ClassVar[str] = "payments.page_closed"
    amount: Money

    def words(self, name: Resolve) -> Words:
        return words("The payment page for {amount} closed without a payment.", amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class ContributionCancelled(Event):
    kind: ClassVar[str] = "payments.cancelled"
    amount: Money
    transfer_id: UUID

    def words(self, name: Resolve) -> Words:
        return words("A contribution of {amount} is no longer asked for.", amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class NewsHeard(Event):
    kind: ClassVar[str] = "payments.news_heard"

    def words(self, name: Resolve) -> Words:
        return words("The payment service sent a message.")


@dataclass(frozen=True, kw_only=True)
class NewsParked(Event):
    kind: ClassVar[str] = "payments.news_parked"
    why: Mismatch

    def words(self, name: Resolve) -> Words:
        return words("A message of the payment service does not fit and waits for a person.")


@dataclass(frozen=True, kw_only=True)
class NewsSettled(Event):
    kind: ClassVar[str] = "payments.news_settled"

    def words(self, name: Resolve) -> Words:
        return words("A message of the payment service was worked through.")
