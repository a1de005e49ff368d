"""What can happen around claims, balances and provider statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from budgeting.money import Money
from budgeting.spending.balances import Keeper
from budgeting.words import Words, nwords, words
from portal.journal import Event, Resolve
from portal.spending.standing import Standing


@dataclass(frozen=True, kw_only=True)
class NumberTold(Event):
    kind: ClassVar[str] = "claims.number_told"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down the number under which the agency knows the person.")


@dataclass(frozen=True, kw_only=True)
class StandingTold(Event):
    kind: ClassVar[str] = "claims.provider_standing"
    standing: Standing

    def words(self, name: Resolve) -> Words:
        return words("Wrote down how the agency knows a provider. Now: {standing}.", standing=self.standing.words)


@dataclass(frozen=True, kw_only=True)
class RegistrationTold(Event):
    kind: ClassVar[str] = "claims.registration_told"

    def words(self, name: Resolve) -> Words:
        return words("Wrote down the registration number of an organisation.")


@dataclass(frozen=True, kw_only=True)
class ClaimFileMade(Event):
    """A file of claims was taken out; ``claims`` are the rows of this client in it."""

    kind: ClassVar[str] = "claims.file"
    claims: int
    amount: Money

    def words(self, name: Resolve) -> Words:
        return nwords(
            "Took out a file with {n} claim for {amount}.",
            "Took out a file with {n} claims for {amount}.",
            self.claims,
            amount=self.amount,
        )


@dataclass(frozen=True, kw_only=True)
class BalanceTold(Event):
    kind: ClassVar[str] = "claims.balance_told"
    keeper: Keeper
    on: date
    left: Money

    def words(self, name: Resolve) -> Words:
        return words(
            "Wrote down a balance of {left} on {day}. Told by: {keeper}.",
            left=self.left,
            day=self.on,
            keeper=self.keeper.words,
        )


@dataclass(frozen=True, kw_only=True)
class BalanceTakenBack(Event):
    kind: ClassVar[str] = "claims.balance_taken_back"
    on: date
    left: Money

    def words(self, name: Resolve) -> Words:
        return words("Took back the balance of {left} on {day}.", left=self.left, day=self.on)


@dataclass(frozen=True, kw_only=True)
class StatementTold(Event):
    kind: ClassVar[str] = "claims.statement_told"
    month: date

    def words(self, name: Resolve) -> Words:
        return words("Wrote down what the provider’s statement of the month from {day} says.", day=self.month)


@dataclass(frozen=True, kw_only=True)
class NothingCame(Event):
    kind: ClassVar[str] = "claims.nothing_came"
    month: date
    nothing: bool

    def words(self, name: Resolve) -> Words:
        if self.nothing:
            return words("Said that no service came in the month from {day}.", day=self.month)
        return words("Took back that no service came in the month from {day}.", day=self.month)
