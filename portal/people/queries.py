"""Clients and circles, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.access.scope import visible
from portal.access.table import Action
from portal.people.model import Client
from portal.work import NotVisible, Work


def client(work: Work, client_id: UUID) -> Client:
    """One client the reader may see; NotVisible otherwise."""
    found = work.session.scalar(visible(work, Client).where(Client.id == client_id))
    if found is None:
        raise NotVisible
    return found


def everyone(work: Work, action: Action = Action.READ) -> Sequence[Client]:
    """Every client the reader is connected with, by name."""
    return work.session.scalars(visible(work, Client, action).order_by(Client.name)).all()
