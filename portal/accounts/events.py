"""What can happen to accounts and sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from budgeting.words import Words, words
from portal.access.table import Action, Resource
from portal.journal import Event, Resolve


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    kind: ClassVar[str] = "accounts.signed_in"

    def words(self, name: Resolve) -> Words:
        return words("Signed in.")


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    kind: ClassVar[str] = "accounts.sign_in_failed"

    def words(self, name: Resolve) -> Words:
        return words("Someone tried to sign in with a wrong password.")


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    kind: ClassVar[str] = "accounts.signed_out"
    devices: int = 1

    def words(self, name: Resolve) -> Words:
        return words("Signed out.")


@dataclass(frozen=True, kw_only=True)
class Confirmed(Event):
    kind: ClassVar[str] = "accounts.confirmed"

    def words(self, name: Resolve) -> Words:
        return words("Confirmed with the password that it was really them.")


@dataclass(frozen=True, kw_only=True)
class AccountMade(Event):
    kind: ClassVar[str] = "accounts.account_made"

    def words(self, name: Resolve) -> Words:
        return words("An account was made.")


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    kind: ClassVar[str] = "accounts.password_changed"

    def words(self, name: Resolve) -> Words:
        return words("The password was changed, and every other device was signed out.")


@dataclass(frozen=True, kw_only=True)
class LanguageChosen(Event):
    kind: ClassVar[str] = "accounts.language_chosen"

    def words(self, name: Resolve) -> Words:
        return words("Chose a language.")


@dataclass(frozen=True, kw_only=True)
class PortalSetUp(Event):
    kind: ClassVar[str] = "accounts.portal_set_up"

    def words(self, name: Resolve) -> Words:
        return words("The portal was set up.")


@dataclass(frozen=True, kw_only=True)
class AccessRefused(Event):
    """Someone asked for something they may not see. Never shown in a client's history: it could tell what exists."""

    kind: ClassVar[str] = "access.refused"
    private: ClassVar[bool] = True
    resource: Resource
    action: Action

    def words(self, name: Resolve) -> Words:
        return words("Asked for something that is not theirs to see.")


@dataclass(frozen=True, kw_only=True)
class Looked(Event):
    """Someone other than the client opened a part of the record; kept once a day for each person and part."""

    kind: ClassVar[str] = "access.looked"
    resource: Resource

    def words(self, name: Resolve) -> Words:
        return words("Looked at {part}.", part=PARTS[self.resource])


PARTS = {
    Resource.IDENTITY: words("your name and how you communicate"),
    Resource.CONTACT: words("your address and phone"),
    Resource.SAFETY: words("your safety notes"),
    Resource.CIRCLE: words("your circle"),
    Resource.CONSENTS: words("what you agreed to share"),
    Resource.STORY: words("what you wrote about yourself and your goals"),
    Resource.DRAFT: words("the plan you are working on"),
    Resource.PLAN: words("your plan"),
    Resource.CHANGE: words("a change to your plan"),
    Resource.REQUEST: words("a question to a provider"),
    Resource.BUDGET: words("your funding and budget"),
    Resource.PAYMENT: words("your payments"),
    Resource.AGREEMENT: words("your agreements"),
    Resource.FEEDBACK: words("feedback"),
    Resource.LOOKED: words("the history of your record"),
}
