"""A visitor's own draft, found by the hash of their cookie alone."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.funding.kept import from_json
from portal.people.model import Invitation, InvitationState
from portal.start.draft import Draft
from portal.start.model import StartDraft
from portal.work import Work


def hashed(visitor: str) -> bytes:
    """How a visitor's cookie is kept: never in clear."""
    return hashlib.sha256(f"start|{visitor}".encode()).digest()


def row(work: Work, visitor: str) -> StartDraft | None:
    """The stored draft, while it lasts."""
    wanted = select(StartDraft).where(StartDraft.visitor_hash == hashed(visitor), StartDraft.expires_at > work.now)
    return work.session.scalar(wanted)


def draft(work: Work, visitor: str) -> tuple[Draft, datetime | None]:
    """What this visitor has typed, and when it ends; an empty draft when there is none."""
    found = row(work, visitor)
    return (from_json(Draft, found.content), found.expires_at) if found else (Draft(), None)


def version(work: Work, visitor: str) -> int:
    """A number of what this visitor has typed: another one for whatever is different; 0 while there is nothing."""
    found = row(work, visitor)
    return int.from_bytes(hashlib.sha256(found.content.encode()).digest()[:4]) if found else 0


def own_invitation(work: Work, invitation_id: UUID) -> Invitation | None:
    """An open invitation that the reader made for the person of a record they began; None otherwise."""
    wanted = select(Invitation).where(
        Invitation.id == invitation_id,
        Invitation.made_by == work.account_id,
        Invitation.relationship == Relationship.CLIENT,
        Invitation.state == InvitationState.OPEN,
        Invitation.expires_at >= work.now,
    )
    return work.session.scalar(unscoped(wanted, "the one who made it may read it again"))
