"""A question to one provider about lines of a draft, before anything is approved, and every round of it."""

from __future__ import annotations

import json
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Select, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Versioned
from portal.plans.request_states import ACTS, LIVE, Act, AskState
from portal.plans.states import Answered
from portal.proposals.terms import Terms, from_json
from portal.work import Refusal


class ProviderRequest(Protected, Versioned):
    """One question to one provider. It names nobody and says nothing of a story, unless the client shares the name."""

    __tablename__ = "provider_request"
    resource = Resource.REQUEST

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_name: Mapped[str] = mapped_column(default="")  #: someone without a place in this portal
    place: Mapped[str]  #: a suburb or town, as typed
    message: Mapped[str] = mapped_column(default="")  #: what else the provider should know, without a name
    names_client: Mapped[bool] = mapped_column(default=False)  #: the client shares the name with this provider
    answer_by: Mapped[date]
    state: Mapped[AskState] = mapped_column(default=AskState.DRAFT)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    read_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    token_ends_at: Mapped[datetime | None]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The organisation that is asked, from when the question was sent until it is closed."""
        return and_(cls.provider_id.is_not(None), cls.provider_id.in_(organisations), cls.state.in_(LIVE))

    def may(self, act: Act) -> bool:
        """Whether this can be done now."""
        return act in ACTS[self.state]

    def must(self, act: Act) -> None:
        """Refuse what can no longer be done."""
        if not self.may(act):
            raise Refusal(words("This question has moved on. The page shows it as it is now."))

    def end_link(self) -> None:
        """The one-time link opens nothing any more."""
        self.token_hash = None
        self.token_ends_at = None


class RequestLine(Protected, Versioned):
    """One support of the question: what was asked when it was sent, and what the provider would rather do."""

    __tablename__ = "request_line"
    __table_args__ = (UniqueConstraint("request_id", "line_id"),)
    resource = Resource.REQUEST

    request_id: Mapped[UUID] = mapped_column(ForeignKey("provider_request.id"), index=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_line.id"))
    position: Mapped[int]
    asked: Mapped[str]  #: Terms as JSON, without name, goal, need, part of the funding, or another provider's price
    offered: Mapped[str | None]  #: Terms as JSON: what the provider offers instead; None: as asked

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Whoever the question is addressed to."""
        return cls.request_id.in_(
            select(ProviderRequest.id).where(ProviderRequest.addressed_to(organisations, account))
        )

    @property
    def asked_terms(self) -> Terms:
        return from_json(self.asked)

    @property
    def offered_terms(self) -> Terms:
        """What the provider would do: its own offer, or what was asked."""
        return from_json(self.offered or self.asked)


class Round(Protected, Versioned):
    """One step of a question: asked, or answered; kept for ever and seen by the client."""

    __tablename__ = "request_round"
    __table_args__ = (UniqueConstraint("request_id", "number"),)
    resource = Resource.REQUEST

    request_id: Mapped[UUID] = mapped_column(ForeignKey("provider_request.id"), index=True)
    number: Mapped[int]
    answer: Mapped[AskState | None]  #: None when the asker speaks
    how: Mapped[Answered | None]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  #: who spoke, or who took the call
    spoke_with: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(default="")
    stands_until: Mapped[date | None]  #: the last day on which the offer can be taken
    offers: Mapped[str] = mapped_column(default="{}")  #: JSON: line id -> Terms, as they were in this round
    at: Mapped[datetime]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """Whoever the question is addressed to."""
        return cls.request_id.in_(
            select(ProviderRequest.id).where(ProviderRequest.addressed_to(organisations, account))
        )

    def offer_for(self, line_id: UUID) -> Terms | None:
        """What was offered for a line in this round; None when nothing of its own was."""
        found = json.loads(self.offers).get(str(line_id))
        return from_json(json.dumps(found)) if found else None
