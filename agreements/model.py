"""Agreements between a client and a provider: their states, the texts that were offered, and who signed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, Select, String, UniqueConstraint, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from agreements.states import EDITABLE, PERMITTED, How, Side, SignedAs, State
from budgeting.words import words
from portal.access.table import Protected, Resource
from portal.db import Record, Versioned
from portal.people.model import AuthorityKind
from portal.work import Refusal


class Agreement(Protected, Versioned):
    """What a client and one provider promise each other, made from the accepted proposal."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("proposal_id", "provider_id"),)
    resource = Resource.AGREEMENT

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    proposal_hash: Mapped[str] = mapped_column(String(64))
    program: Mapped[str] = mapped_column(String(40))
    content: Mapped[str]  #: the provider's lines between the first and last day, as canonical JSON; read with thaw()
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    round: Mapped[int] = mapped_column(default=1)  #: goes up each time a text is taken back for a change
    starts: Mapped[date]
    ends: Mapped[date]
    review: Mapped[date]  #: at most twelve months after the start
    client_notice: Mapped[int]  #: days the client gives to end it
    provider_notice: Mapped[int]  #: days the provider gives to end it
    cancel_notice: Mapped[int]  #: days before a visit within which calling it off may be charged
    travel: Mapped[bool] = mapped_column(default=False)  #: whether the provider's travel may be charged
    place: Mapped[str] = mapped_column(default="")  #: where the supports happen, in own words
    also: Mapped[str] = mapped_column(default="")  #: what else both agreed, in own words
    note: Mapped[str] = mapped_column(default="")  #: why a change was asked, or why it was declined or taken back
    offered_at: Mapped[datetime | None]
    offered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    in_force_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    print_sha256: Mapped[str | None] = mapped_column(String(64))  #: of the PDF kept under this name

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The provider's own, once it was offered; a draft is nobody's business but the client's side."""
        return and_(cls.provider_id.in_(organisations), cls.offered_at.is_not(None))

    def move(self, to: State) -> None:
        """Go to another state if that is permitted from here, else refuse. Saving checks that nobody else moved it."""
        if to not in PERMITTED[self.state]:
            raise Refusal(_NO_LONGER.get(self.state, words("This is not possible any more.")))
        self.state = to

    def must_be_editable(self) -> None:
        """Refuse when the text was offered or signed: what people read stays as they read it."""
        if self.state not in EDITABLE:
            raise Refusal(words("This text was offered and stays as it is. Ask for a change to work on it again."))


_NO_LONGER = {
    State.IN_FORCE: words("This agreement is in force. To change it, agree on a new one."),
    State.DECLINED: words("This agreement was declined."),
    State.WITHDRAWN: words("This agreement was taken back."),
    State.ENDED: words("This agreement has ended."),
    State.CHANGE_ASKED: words("A change was asked for. Wait for the new text, then read it again."),
    State.SIGNED_BY_CLIENT: words("The client’s side has signed already."),
    State.SIGNED_BY_PROVIDER: words("The provider has signed already."),
}


def as_its_agreement(
    column: ColumnElement[UUID] | InstrumentedAttribute[UUID], organisations: Select[UUID], account: ColumnElement[UUID]
) -> ColumnElement[bool]:
    """Rows of an agreement are addressed to whom it is addressed to."""
    return column.in_(select(Agreement.id).where(Agreement.addressed_to(organisations, account)))


class AgreementText(Protected, Record):
    """The very bytes people were shown in one language; never made again and never changed."""

    __tablename__ = "agreement_text"
    __table_args__ = (UniqueConstraint("agreement_id", "round", "language"),)
    resource = Resource.AGREEMENT

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    round: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    binding: Mapped[bool]  #: the English text binds; others explain it and name its hash
    text_version: Mapped[str] = mapped_column(String(40))  #: of template and clauses
    html: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """As its agreement."""
        return as_its_agreement(cls.agreement_id, organisations, account)


class Signature(Protected, Record):
    """One side's yes to one text: who, in which role, on which authority, in which language, how and when."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("agreement_id", "round", "side"),)
    resource = Resource.AGREEMENT

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    round: Mapped[int]
    side: Mapped[Side]
    signed_as: Mapped[SignedAs]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))  #: who signed, or who wrote down the spoken yes
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    authority_kind: Mapped[AuthorityKind | None]
    on_behalf_of: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"))
    how: Mapped[How] = mapped_column(default=How.TYPED)
    name: Mapped[str]  #: as typed, or as said
    heard: Mapped[str] = mapped_column(default="")  #: the words of a spoken yes, and why it was spoken
    helper: Mapped[str] = mapped_column(default="")  #: who was there to help; helping is not deciding
    language: Mapped[str] = mapped_column(String(12))
    sha256: Mapped[str] = mapped_column(String(64))  #: of the text they had before them
    at: Mapped[datetime]

    @classmethod
    def addressed_to(cls, organisations: Select[UUID], account: ColumnElement[UUID]) -> ColumnElement[bool]:
        """As its agreement."""
        return as_its_agreement(cls.agreement_id, organisations, account)
