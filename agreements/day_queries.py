"""Which days of agreements are done, and by whom that was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from agreements.day_model import DayDone
from agreements.model import Agreement
from portal.access.scope import limit, visible
from portal.db import Stale, among
from portal.work import Work

REVIEW = "review"


def done_of(work: Work, found: Agreement) -> Mapping[tuple[str, date], DayDone]:
    """What is done of one agreement, by what it was and its day."""
    wanted = visible(work, DayDone).where(DayDone.agreement_id == found.id)
    return {(one.what, one.due): one for one in work.session.scalars(wanted)}


def done(work: Work, clients: Collection[UUID]) -> frozenset[tuple[UUID, str, date]]:
    """What is done of all agreements of some clients: the agreement, what it was, and its day."""
    wanted = limit(select(DayDone.agreement_id, DayDone.what, DayDone.due), work, DayDone)
    rows = work.session.execute(wanted.where(among(DayDone.client_id, clients)))
    return frozenset((row.agreement_id, row.what, row.due) for row in rows)


def one(work: Work, found: Agreement, done_id: UUID) -> DayDone:
    """One of them; Stale when somebody took it back a moment ago."""
    row = next((each for each in done_of(work, found).values() if each.id == done_id), None)
    if row is None:
        raise Stale
    return row
