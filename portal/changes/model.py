"""A change somebody asks for, and each yes it needs with exactly the part that yes is about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, String, and_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Relationship, Resource
from portal.changes.states import ANSWERS, LIVING, Given, How, Matter, RequestState
from portal.db import Versioned
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

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """A provider sees the whole of a change only when it asks for it itself; it can touch only its own lines."""
        return and_(cls.made_for.is_not(None), cls.made_for.in_(organisations))

    def must_be_living(self) -> None:
        """Refuse when the change took effect or was taken back."""
        if self.state not in LIVING:
            raise Refusal(words("This change is over. You can ask for a new one."))


class Authorisation(Protected, Versioned):
    """One needed yes: whose, why, to exactly which part (with its hash), and what was answered."""

    __tablename__ = "authorisation"
    resource = Resource.CHANGE

    request_id: Mapped[UUID] = mapped_column(ForeignKey("change_request.id"), index=True)
    party: Mapped[Relationship]  #: client, authority, provider or lead
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

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The organisation whose part it is."""
        return and_(cls.organisation_id.is_not(None), cls.organisation_id.in_(organisations))

    @property
    def touched(self) -> frozenset[Matter]:
        return frozenset(map(Matter, filter(None, self.matters.split(","))))

    @property
    def whose(self) -> tuple[Relationship, UUID | None, UUID | None, str]:
        """What tells one party from another."""
        return self.party, self.account_id, self.organisation_id, self.provider_name

    def answer(self, given: Given, how: How, now: datetime, by: UUID | None, said: str, spoke_with: str = "") -> None:
        """Take an answer; it may change until the change takes effect. Refusal for no answer, or without words."""
        if given not in ANSWERS:
            raise Refusal(words("Choose one of the answers."), "answer")
        if self.state is Given.TOLD:
            raise Refusal(words("You are told of this change. It does not need your answer."))
        if given is Given.OTHER and not said:
            raise Refusal(words("Say what you would like instead."), "said")
        self.state, self.how, self.said, self.spoke_with = given, how, said, spoke_with
        self.answered_at, self.answered_by, self.moved_at = now, by, None

    def take_part(self, content: str, digest: str, matters: str, now: datetime) -> bool:
        """Keep what the part says now. True when it moved under an answer, which is then void."""
        self.matters = matters
        if digest == self.hash:
            return False
        self.content, self.hash = content, digest
        if self.state in (Given.WAITING, Given.TOLD):
            return False
        self.state, self.moved_at = Given.WAITING, now
        return True


def all_agreed(rows: Collection[Authorisation]) -> bool:
    """Whether everybody has said yes who must, and nobody who was asked said anything else.

    The client's own yes may be given by those who may decide instead; then all of them must have said it.
    """
    asked = [row for row in rows if row.state is not Given.TOLD]
    if any(row.state in (Given.DECLINED, Given.OTHER) for row in asked):
        return False
    client = [row for row in asked if row.party is Relationship.CLIENT]
    instead = [row for row in asked if row.instead]
    others = [row for row in asked if row not in client and not row.instead]
    return (_yes(client) or _yes(instead)) and all(row.state is Given.AGREED for row in others)


def _yes(rows: Collection[Authorisation]) -> bool:
    return bool(rows) and all(row.state is Given.AGREED for row in rows)
