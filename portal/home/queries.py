"""Questions of the first page, of the overview, and of the audit."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text

from portal.access.table import Action, Resource
from portal.journal import KINDS, JournalEntry
from portal.people import history
from portal.settings import Mode
from portal.work import NotVisible, Work

AUDIT_PAGE = 100

history.about("home.", Resource.STORY)


def answers(work: Work) -> None:
    """Ask the database anything at all; an error becomes a 503."""
    work.session.execute(text("SELECT 1"))


def only_while_building(work: Work) -> None:
    """Refuse in production."""
    if work.house.settings.mode is Mode.PRODUCTION:
        raise NotVisible


@dataclass(frozen=True)
class AuditRow:
    """One journal entry without content: when, what kind, and a stand-in for who. Private kinds keep who and when."""

    number: int
    at: datetime | None
    kind: str | None
    who: str | None
    strength: str


def audit(work: Work, page: int) -> tuple[Sequence[AuditRow], int]:
    """One page of the journal, newest first, and its length, for administrators and auditors."""
    work.demand(Resource.AUDIT, Action.READ, None)
    total = work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0
    entries = work.session.scalars(
        select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(AUDIT_PAGE).offset((page - 1) * AUDIT_PAGE)
    ).all()
    return [_audited(work, entry) for entry in entries], total


def _audited(work: Work, entry: JournalEntry) -> AuditRow:
    to_oneself = entry.client_id is None and entry.kind.startswith("proposals.")
    if entry.kind not in KINDS or KINDS[entry.kind].private or to_oneself:
        return AuditRow(entry.seq, None, None, None, "")
    return AuditRow(entry.seq, entry.at, entry.kind, _pseudonym(work, entry), entry.strength)


def _pseudonym(work: Work, entry: JournalEntry) -> str:
    if entry.actor_id is None:
        return entry.actor_kind
    return pseudonym(work, entry.actor_id)


def pseudonym(work: Work, account_id: UUID) -> str:
    """The same short stand-in for the same person on every page, and nobody's name."""
    return hmac.new(work.house.keys.audit, b"pseudonym|" + account_id.bytes, hashlib.sha256).hexdigest()[:8]


def first_break(work: Work) -> int | None:
    """The number of the first journal entry that was changed or is missing; None when the chain is whole."""
    work.demand(Resource.AUDIT, Action.READ, None)
    return work.house.journal.first_break(work.session)
