"""A change somebody asks for, and each yes it needs with exactly the part that yes is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Select, String, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Relationship, Resource
from portal.changes.engine import Vote
from portal.changes.states import (
    ACTS,
    ANSWERS,
    GIVEN_MOVES,
    MOVES,
    REFUSED,
    UNASKED,
    Act,
    AtOnce,
    Given,
    Helped,
    How,
    Matter,
    RequestState,
)
from portal.db import VAULTS, Record, Sealed, Versioned
from portal.work import Refusal


class ChangeRequest(Protected, Versioned):
    """Edits to some lines of the plan in force, from a day on, with a reason in own words."""

    __tablename__ = "change_request"
    resource = Resource.CHANGE

    base_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"))  #: the version it was made from
    edits: Mapped[str] = mapped_column(default="[]")  #: JSON of edits.py
    reason: Mapped[str]
    reason_shared: Mapped[bool] = mapped_column(default=False)  #: whether providers may read the reason
    effective: Mapped[date]
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[RequestState] = mapped_column(default=RequestState.DRAFT)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_for: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))  #: the provider that asks, if one does
    made_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  #: when it took effect, was withdrawn or was superseded
    became_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_version.id"))  #: the version made from it
    split_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("change_request.id"))  #: the change it was a part of
    parked_until: Mapped[date | None]
    parked_why: Mapped[str | None]
    ratify_by: Mapped[date | None]  #: the last day an urgent change holds without everybody's yes
    reminded: Mapped[int | None]  #: for how many days before that day everybody was reminded last
    reverted_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_version.id"))  #: the version that went back
    decided_at: Mapped[datetime | None]  #: when a person decided about an urgent change, and who, in which words
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_said: Mapped[str | None]
    help_asked_at: Mapped[datetime | None]  #: when the person was asked whether it helped
    helped: Mapped[Helped | None]
    helped_said: Mapped[str | None]
    helped_at: Mapped[datetime | None]
    helped_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A provider sees the whole of a change only when it asks for it itself; it can touch only its own lines."""
        return and_(cls.made_for.is_not(None), cls.made_for.in_(organisations))

    @classmethod
    def open_to(cls, account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """What is still being written down, or put aside, is seen by its writer alone."""
        return or_(cls.state.not_in(UNASKED), cls.made_by == account)

    def must_allow(self, act: Act) -> None:
        """Refuse what cannot be done with the change as it stands."""
        if act in ACTS[self.state]:
            return
        if self.state in (RequestState.RUNNING, RequestState.LAPSED):
            raise Refusal(words("This change holds for now. You can decide about it, or ask for another change."))
        if self.state is RequestState.PARKED:
            raise Refusal(words("This change is put aside. Take it up again first."))
        if act is Act.ANSWER:
            raise Refusal(words("This change does not wait for an answer any more."))
        if act is Act.ASK:
            raise Refusal(words("This was asked already."))
        raise Refusal(words("This change is over. You can ask for a new one."))

    def move(self, state: RequestState) -> None:
        """Go to the next state; Refusal when there is no way from here."""
        if state not in MOVES[self.state]:
            raise Refusal(words("This has moved on. Look at where it stands now."))
        self.state = state


@dataclass(frozen=True)
class Answer:
    """What one party answered, to which part, and how it came."""

    state: Given
    content: str
    apart: frozenset[UUID] | None
    how: How | None
    said: str
    spoke_with: str
    at: datetime | None
    by: UUID | None
    spoken: bool
    said_on: date | None


class Authorisation(Protected, Versioned):
    """One needed yes: whose, why, to exactly which part (with its hash), and what was answered."""

    __tablename__ = "authorisation"
    resource = Resource.CHANGE

    request_id: Mapped[UUID] = mapped_column(ForeignKey("change_request.id"), index=True)
    party: Mapped[Relationship]  #: client, authority, provider, lead, or family who gives time without pay
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")  #: for a provider without a place in this portal
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    instead: Mapped[bool] = mapped_column(default=False)  #: may say yes in place of the client
    matters: Mapped[str]  #: what it touches for them, each between commas
    content: Mapped[str]  #: canonical JSON of their part and nothing else
    hash: Mapped[str] = mapped_column(String(64))  #: SHA-256 of the content: what a yes is a yes to
    state: Mapped[Given] = mapped_column(default=Given.WAITING)
    how: Mapped[How | None]
    said: Mapped[str] = mapped_column(default="")
    spoke_with: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    moved_at: Mapped[datetime | None]  #: when their part changed after they had answered, so that we ask again
    before: Mapped[str | None]  #: the part they had answered to when it moved
    apart: Mapped[str | None]  #: lines agreed to each by itself, between commas; None: only all together
    several: Mapped[bool] = mapped_column(default=False)  #: acts each for themselves: one yes of them is enough
    at_once: Mapped[AtOnce] = mapped_column(default=AtOnce.NOW)  #: whether an urgent change waits for this yes
    spoken: Mapped[bool] = mapped_column(default=False)  #: by telephone, of somebody who can still answer here
    said_on: Mapped[date | None]  #: the day of the telephone call

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The organisation, or the helper of the circle, whose part it is."""
        of_helper = and_(cls.party == Relationship.FAMILY, cls.account_id == account)
        return or_(and_(cls.organisation_id.is_not(None), cls.organisation_id.in_(organisations)), of_helper)

    @property
    def touched(self) -> frozenset[Matter]:
        return frozenset(map(Matter, filter(None, self.matters.split(","))))

    @property
    def whose(self) -> tuple[Relationship, UUID | None, UUID | None, str]:
        """What tells one party from another."""
        return self.party, self.account_id, self.organisation_id, self.provider_name

    @property
    def vote(self) -> Vote:
        """Where this party stands, for the rules."""
        return Vote(self.party, self.state, self.instead, self.several, self.at_once, self.spoken, self.touched)

    @property
    def agreed_apart(self) -> frozenset[UUID] | None:
        """The lines agreed to each by itself; None when a yes was to all of them together."""
        return None if self.apart is None else frozenset(map(UUID, filter(None, self.apart.split(","))))

    def answer(
        self,
        given: Given,
        how: How,
        now: datetime,
        by: UUID | None,
        said: str,
        spoke_with: str = "",
        apart: Collection[UUID] | None = None,
    ) -> None:
        """Take an answer; it may change until the change takes effect. Refusal for no answer, or without words.

        ``apart`` are the lines agreed to each by itself, None for a yes to all of them together.
        """
        if self.state is Given.TOLD:
            raise Refusal(words("You are told of this change. It does not need your answer."))
        if given not in ANSWERS or given not in GIVEN_MOVES[self.state] | {self.state}:
            raise Refusal(words("Choose one of the answers."), "answer")
        if given is Given.OTHER and not said:
            raise Refusal(words("Say what you would like instead."), "said")
        self.state, self.how, self.said, self.spoke_with = given, how, said, spoke_with
        self.answered_at, self.answered_by, self.moved_at, self.before = now, by, None, None
        self.apart = None if apart is None else f",{','.join(sorted(map(str, apart)))},"
        self.spoken, self.said_on = False, None

    def take_part(self, content: str, digest: str, matters: str, now: datetime) -> bool:
        """Keep what the part says now. True when it moved under an answer, which is then void."""
        self.matters = matters
        if digest == self.hash:
            return False
        before, self.content, self.hash = self.content, content, digest
        if self.state in (Given.WAITING, Given.TOLD):
            return False
        self.state, self.moved_at, self.before, self.apart, self.spoken = Given.WAITING, now, before, None, False
        return True

    def keep(self, old: Answer, given: Given, apart: Collection[UUID] | None) -> None:
        """Keep an answer that was given to a larger part which held exactly this one."""
        self.state, self.how, self.said, self.spoke_with = given, old.how, old.said, old.spoke_with
        self.answered_at, self.answered_by, self.spoken, self.said_on = old.at, old.by, old.spoken, old.said_on
        self.apart = None if apart is None else f",{','.join(sorted(map(str, apart)))},"
        self.moved_at = self.before = None

    @property
    def given(self) -> Answer:
        """The answer as it stands."""
        return Answer(
            self.state,
            self.content,
            self.agreed_apart,
            self.how,
            self.said,
            self.spoke_with,
            self.answered_at,
            self.answered_by,
            self.spoken,
            self.said_on,
        )

    @property
    def refused(self) -> bool:
        """Whether they said anything but yes."""
        return self.state in REFUSED


class ChangeCause(Record):
    """What a change came from: something somebody told, a look back, a price list. Which one it was is sealed.

    Whoever may read the change does not see this by that: the slice that knows the cause decides who may (causes.py).
    """

    __tablename__ = "change_cause"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("change_request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    about_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    about_mark: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)

    about = Sealed()  #: the id of the cause, as text


def cause_mark(kind: str, about: UUID) -> bytes:
    """The keyed mark by which the changes of one cause are found again."""
    return VAULTS["sealed"].mark(f"cause|{kind}|{about}")
