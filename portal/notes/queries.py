"""A client's own notes, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from portal.access.scope import limit, visible
from portal.access.table import Relationship
from portal.notes.model import PrivateNote
from portal.people import queries as people
from portal.people.model import Client
from portal.people.queries import Member
from portal.work import NotVisible, Work


def notes(work: Work, client: Client) -> Sequence[PrivateNote]:
    """The notes of this client that the reader wrote or was shown, the newest first."""
    wanted = visible(work, PrivateNote).where(PrivateNote.client_id == client.id)
    return work.session.scalars(wanted.order_by(PrivateNote.written_at.desc(), PrivateNote.id)).all()


def shown_to_me(work: Work, client: Client) -> int:
    """How many notes this client showed to the reader."""
    wanted = limit(select(func.count(PrivateNote.id)), work, PrivateNote)
    mine = PrivateNote.client_id == client.id, PrivateNote.shared_with == work.account_id
    return work.session.scalar(wanted.where(*mine)) or 0


def note(work: Work, client: Client, note_id: UUID) -> PrivateNote:
    """One note that the reader wrote; NotVisible otherwise."""
    wanted = visible(work, PrivateNote).where(PrivateNote.id == note_id, PrivateNote.client_id == client.id)
    found = work.session.scalars(wanted.where(PrivateNote.writer == work.account_id)).one_or_none()
    if found is None:
        raise NotVisible
    return found


def whom_to_show(work: Work, client: Client) -> Sequence[Member]:
    """Everybody in the circle with an account of their own, the client left out."""
    return [
        one
        for one in people.circle(work, client)
        if one.tie.account_id not in (None, work.account_id) and one.tie.relationship in MAY_BE_SHOWN
    ]


MAY_BE_SHOWN = frozenset(
    {
        Relationship.AUTHORITY,
        Relationship.SUPPORTER,
        Relationship.FAMILY,
        Relationship.LEAD,
        Relationship.STAFF,
        Relationship.ADVOCATE,
    }
)
