"""Plan versions, the parts that providers deliver, and what each provider was sent and answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Select, String, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.plans.states import ANSWERS, Answered, BriefState, PartState, VersionState
from portal.work import Refusal

LINK_LASTS = timedelta(days=14)  # SECURITY section 2.2: a one-time link ends when used, or after 14 days


class PlanVersion(Protected, Versioned):
    """One approved version of a client's plan; its content and hash never change."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("client_id", "number"),)
    resource = Resource.PLAN

    number: Mapped[int]  #: 1, 2, 3 … for each client
    content: Mapped[str]  #: canonical JSON of portal.proposals.frozen; read with thaw()
    hash: Mapped[str] = mapped_column(String(64))  #: SHA-256 of the content, in hex
    starts: Mapped[date]  #: the first day it is meant to hold
    state: Mapped[VersionState] = mapped_column(default=VersionState.AGREED)
    reason: Mapped[str] = mapped_column(default="")  #: why this version came about, in somebody's own words
    proposal_id: Mapped[UUID | None] = mapped_column(index=True)  #: the accepted proposal it was made from, if any
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    agreed_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]


class PlanPart(Protected, Versioned):
    """One line of a plan version, as its provider may see it: support, when, quantity, own price; nothing else.

    What is delivered on a day are the parts that are going on. A new version's part waits until its provider has read
    it, and the part before it goes on until then.
    """

    __tablename__ = "plan_part"
    __table_args__ = (UniqueConstraint("version_id", "line_id"),)
    resource = Resource.PLAN

    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"), index=True)
    line_id: Mapped[UUID]  #: the line of the proposal; the same in every version that keeps it
    position: Mapped[int]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")  #: for someone without a place in this portal
    content: Mapped[str]  #: canonical JSON of this line alone
    starts: Mapped[date]
    ends: Mapped[date]
    state: Mapped[PartState] = mapped_column(default=PartState.WAITING)
    since: Mapped[date | None]  #: the day from which it goes on
    until: Mapped[date | None]  #: the last day it went on, once it has ended

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """An organisation's own parts; a part exists only once the version is approved."""
        return cls.provider_id.in_(organisations)


#: How long after it was sent a provider is reminded that it has not read its part, at growing distances, and how long
#: after it whoever looks after the plan is told to ring: our own choice.
REMINDED_AFTER = (timedelta(days=3), timedelta(days=7), timedelta(days=14))
RUNG_AFTER = timedelta(days=17)


class Brief(Protected, Versioned):
    """One provider's parts of one version: sent, read, answered. A request to a provider in the access table.

    ``provider_id`` is an organisation of this portal; someone without one is known by ``provider_name`` and is reached
    by a one-time link or by telephone. ``helper_id`` is a member of the circle who gives
    it without pay.
    """

    __tablename__ = "brief"
    __table_args__ = (UniqueConstraint("version_id", "provider_id", "provider_name"),)
    resource = Resource.REQUEST

    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"), index=True)
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")
    helper_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)  #: of the circle, without pay
    parts: Mapped[int]  #: how many parts; 0 tells a provider that its part ends
    state: Mapped[BriefState] = mapped_column(default=BriefState.SENT)
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    read_by: Mapped[UUID | None]  #: the account that opened it and said so; None by link or telephone
    answered_at: Mapped[datetime | None]
    answered_how: Mapped[Answered | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  #: who answered, or who took the call
    spoke_with: Mapped[str] = mapped_column(default="")  #: on the telephone, or the name typed at a one-time link
    said: Mapped[str] = mapped_column(default="")  #: the provider's words
    reminded_at: Mapped[datetime | None]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    token_ends_at: Mapped[datetime | None]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The organisation, or the helper of the circle, it was sent to."""
        return or_(and_(cls.provider_id.is_not(None), cls.provider_id.in_(organisations)), cls.helper_id == account)

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state not in ANSWERS

    @property
    def unread(self) -> bool:
        return self.state is BriefState.SENT

    @property
    def rings(self) -> bool:
        """Whether it is time to ring: its provider was reminded for the last time, or has nobody here to remind."""
        last = self.reminded_at
        nobody = self.provider_id is None and self.helper_id is None
        return self.unread and last is not None and (nobody or last - self.sent_at >= RUNG_AFTER)

    def to_remind(self, now: datetime) -> timedelta | None:
        """How long after it was sent somebody is to be reminded now; None when it is not time, or was done."""
        before = self.reminded_at - self.sent_at if self.reminded_at else timedelta(0)
        return max((one for one in (*REMINDED_AFTER, RUNG_AFTER) if before < one <= now - self.sent_at), default=None)

    def read(self, now: datetime, by: UUID | None) -> bool:
        """Mark as read by somebody of its provider; False when it was read before."""
        if self.state is not BriefState.SENT:
            return False
        self.state = BriefState.READ
        self.read_at, self.read_by = now, by
        return True

    def answer(self, answer: BriefState, how: Answered, now: datetime, by: UUID | None, who: str, said: str) -> None:
        """Take the provider's answer; a "cannot" may later become a "can", and the reverse. Refusal for no answer."""
        if answer not in ANSWERS:
            raise Refusal(words("Choose one of the answers."), "answer")
        if self.read_at is None:
            self.read_at, self.read_by = now, by if how is Answered.ACCOUNT else None
        self.state = answer
        self.answered_how, self.answered_at, self.answered_by = how, now, by
        self.spoke_with, self.said = who, said

    def end_link(self) -> None:
        """The one-time link opens nothing any more."""
        self.token_hash = None
        self.token_ends_at = None
