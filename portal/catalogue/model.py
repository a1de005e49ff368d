"""Price lists as they were published, how each import went, and the prices that providers set themselves."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.money import Money
from portal.db import Base, Record


class Origin(StrEnum):
    """Whether a price list was published whole, or is the small one that comes with Coplan."""

    PUBLISHED = "published"
    SHIPPED = "shipped"


class Edition(Record):
    """A price list, in force whole from its first day until the next one begins.

    One of the same first day replaces it: of those the highest ``place`` counts. Never edited once it is there.
    """

    __tablename__ = "price_edition"
    __table_args__ = (UniqueConstraint("program", "valid_from", "place"),)

    program: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[date]
    place: Mapped[int]
    origin: Mapped[Origin]
    source: Mapped[str]  #: the name of the file, or what was shipped
    file_hash: Mapped[str] = mapped_column(String(64))  #: SHA-256 of the file
    rows_hash: Mapped[str] = mapped_column(String(64))  #: SHA-256 of what the rows say
    row_count: Mapped[int]
    compared_with: Mapped[UUID | None] = mapped_column(ForeignKey("price_edition.id"))
    imported_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    imported_at: Mapped[datetime]


class EditionItem(Base):
    """One row of a price list, as ``budgeting.catalogue.SupportItem`` describes it; never edited."""

    __tablename__ = "support_item"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("price_edition.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    starts: Mapped[date] = mapped_column(primary_key=True)
    ends: Mapped[date]
    position: Mapped[int]  #: the order in the file
    name: Mapped[str]
    category: Mapped[str] = mapped_column(String(2))
    pace_category: Mapped[str] = mapped_column(String(2))
    group: Mapped[str] = mapped_column("registration_group", String(4))
    unit: Mapped[str] = mapped_column(String(3))
    quote: Mapped[bool]
    national: Mapped[Money | None]
    remote: Mapped[Money | None]
    very_remote: Mapped[Money | None]
    by_state: Mapped[str] = mapped_column(default="")  #: "NT=8000,WA=": cents where it differs
    flags: Mapped[str] = mapped_column(String(40))  #: "Y,Y,N,NA,N" in the order of budgeting.catalogue.FLAGS
    type: Mapped[str] = mapped_column(String(40))


class ImportState(StrEnum):
    """How far the import of a price list has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    REFUSED = "refused"


class ListImport(Record):
    """A file someone sent in, and how its import is going; the bytes are kept only until it is finished."""

    __tablename__ = "list_import"

    program: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[date]
    allow_ended: Mapped[bool]
    file_name: Mapped[str]
    file_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[ImportState] = mapped_column(default=ImportState.WAITING, index=True)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    edition_id: Mapped[UUID | None] = mapped_column(ForeignKey("price_edition.id"))
    added: Mapped[bool] = mapped_column(default=False)  #: whether this import made the edition, or found it there
    problems: Mapped[str] = mapped_column(default="[]")  #: see portal.catalogue.problem.packed

    @property
    def finished(self) -> bool:
        return self.state in (ImportState.DONE, ImportState.REFUSED)


class BookPrice(Record):
    """What a provider asks for a support from a day on, until a later row of the same support and time band.

    Of the rows of one day that was entered last counts; those before it show what was put right.
    """

    __tablename__ = "book_price"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    program: Mapped[str] = mapped_column(String(40))
    support: Mapped[str] = mapped_column(String(60))  #: the key of a family, or an item number
    band: Mapped[str] = mapped_column(String(20))  #: a budgeting.period.Band; "any" where the time makes no difference
    valid_from: Mapped[date]
    price: Mapped[Money | None]  #: of one unit; None: from this day on it asks no price any more
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime]


def _never(mapper: Any, connection: Any, row: Any) -> None:
    raise AssertionError(f"a row of {mapper.local_table.name} is never changed: import a new price list instead")


for _model in (Edition, EditionItem, BookPrice):
    for _moment in ("before_update", "before_delete"):
        event.listen(_model, _moment, _never)
