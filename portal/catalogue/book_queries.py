"""Reading price books: what providers ask for their supports, by kind of day and from a day on, as they publish it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from budgeting.money import Money
from budgeting.period import Band
from portal.accounts.model import Organisation
from portal.catalogue.model import BookPrice
from portal.work import Work

WEEK = {band: place for place, band in enumerate(Band)}  # in the order of the week


@dataclass(frozen=True)
class AskedPrice:
    """What a provider asks for one unit of a support, from a day on."""

    organisation_id: UUID
    organisation: str
    program: str
    support: str
    band: Band
    valid_from: date
    price: Money


def asked(work: Work, program: str, day: date, support: str | None = None) -> Sequence[AskedPrice]:
    """What providers ask on a day for the supports of a program, or for one of them, by provider and kind of day."""
    where = [BookPrice.program == program, BookPrice.valid_from <= day]
    if support is not None:
        where.append(BookPrice.support == support)
    return _held(work, day, *where)


def whole(work: Work, organisation_id: UUID) -> Sequence[AskedPrice]:
    """The price book of one organisation: what it asks today, and what it has published for later days."""
    return _held(work, work.day, BookPrice.organisation_id == organisation_id)


def ordinary(prices: Iterable[AskedPrice]) -> AskedPrice | None:
    """The price of an ordinary weekday, or the one that holds at any time; None where neither was told."""
    return next((one for one in prices if one.band in (Band.DAY, Band.ANY)), None)


def _held(work: Work, day: date, *where: ColumnElement[bool]) -> Sequence[AskedPrice]:
    """Of each kind of day the price that began last by a day, and every later one; of one day that entered last."""
    rows = work.session.execute(
        select(
            BookPrice.organisation_id,
            Organisation.name,
            BookPrice.program,
            BookPrice.support,
            BookPrice.band,
            BookPrice.valid_from,
            BookPrice.price,
        )
        .join(Organisation, Organisation.id == BookPrice.organisation_id)
        .where(*where)
        .order_by(BookPrice.valid_from, BookPrice.entered_at)
    )
    latest: dict[Any, Any] = {}
    for row in rows:
        begins = row.valid_from if row.valid_from > day else None
        latest[row.organisation_id, row.program, row.support, row.band, begins] = row
    told = [
        AskedPrice(row.organisation_id, row.name, row.program, row.support, Band(row.band), row.valid_from, row.price)
        for row in latest.values()
        if row.price is not None
    ]
    return sorted(told, key=lambda one: (one.organisation, one.program, one.support, WEEK[one.band], one.valid_from))
