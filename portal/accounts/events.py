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
    times: int = 1  #: how often on that day it was, counted with this time; not each of many has an entry

    def words(self, name: Resolve) -> Words:
        return words("Asked for something that is not theirs to see.")


@dataclass(frozen=True, kw_only=True)
class LetterHeldBack(Event):
    """A letter was not sent, since its reader may not open its page any more; about whom is not said."""

    kind: ClassVar[str] = "accounts.letter_held_back"
    private: ClassVar[bool] = True

    def words(self, name: Resolve) -> Words:
        return words("A letter was not sent: what it leads to is not open to its reader.")


@dataclass(frozen=True, kw_only=True)
class Looked(Event):
    """Someone other than the client opened a part of the record; kept once a day for each person and part."""

    kind: ClassVar[str] = "access.looked"
    resource: Resource

    def words(self, name: Resolve) -> Words:
        return words("Looked at {part}.", part=PARTS[self.resource])


@dataclass(frozen=True, kw_only=True)
class TakenAlong(Event):
    """Someone other than the client took a file out of a part of the record; kept every time."""

    kind: ClassVar[str] = "access.taken_along"
    resource: Resource

    def words(self, name: Resolve) -> Words:
        return words("Took a file along from {part}.", part=PARTS.get(self.resource, PARTS[Resource.LOOKED]))


@dataclass(frozen=True, kw_only=True)
class OwnTakenAlong(TakenAlong):
    """The client took a file out of their own record: for the audit alone, since it may be a draft kept private."""

    kind: ClassVar[str] = "access.own_taken_along"
    private: ClassVar[bool] = True


#: The parts of a record as history and circle pages name them, whoever reads.
PARTS = {
    Resource.IDENTITY: words("the name, and how to communicate"),
    Resource.CONTACT: words("the address and phone number"),
    Resource.SAFETY: words("the safety notes"),
    Resource.CIRCLE: words("the circle"),
    Resource.CONSENTS: words("what is shared with whom"),
    Resource.STORY: words("the page about me, and the goals"),
    Resource.NOTE: words("your own notes"),
    Resource.DRAFT: words("the plan being worked on"),
    Resource.PLAN: words("the plan in force"),
    Resource.CHANGE: words("changes to the plan"),
    Resource.REQUEST: words("questions to providers"),
    Resource.PROGRESS: words("the notes of what was done"),
    Resource.BUDGET: words("the funding and the budget"),
    Resource.PAYMENT: words("the payments"),
    Resource.AGREEMENT: words("the agreements"),
    Resource.FEEDBACK: words("the feedback"),
    Resource.LOOKED: words("the history"),
}


@dataclass(frozen=True, kw_only=True)
class CoverageConfirmed(Event):
    """Somebody of a provider confirmed where, when and in which languages it works."""

    kind: ClassVar[str] = "accounts.coverage_confirmed"

    def words(self, name: Resolve) -> Words:
        return words("Confirmed where and when a provider works.")
