"""Delivered supports and files of invoices, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.access.scope import visible
from portal.access.table import Resource
from portal.people import history
from portal.people.model import Client
from portal.spending.model import Delivered
from portal.work import NotVisible, Work

history.about("spending.", Resource.BUDGET)


def entries(work: Work, client: Client) -> Sequence[Delivered]:
    """Every entry of a client that was not removed, the latest support first."""
    wanted = visible(work, Delivered).where(Delivered.client_id == client.id, Delivered.removed_at.is_(None))
    return work.session.scalars(wanted.order_by(Delivered.first.desc(), Delivered.entered_at, Delivered.id)).all()


def entry(work: Work, client: Client, entry_id: UUID) -> Delivered:
    """One entry of this client, removed or not; NotVisible otherwise."""
    wanted = visible(work, Delivered).where(Delivered.client_id == client.id, Delivered.id == entry_id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found
