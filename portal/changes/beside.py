"""Agreed changes that hold beside what was signed or accepted before, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.access.scope import organisations, visible
from portal.changes import queries
from portal.changes.edits import provider_of, unpack
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.settling import versions
from portal.changes.states import IN_FORCE, RequestState
from portal.people.model import Client
from portal.work import Work

HOLDS = (RequestState.AGREED, *IN_FORCE)


@dataclass(frozen=True)
class Beside:
    """One change: the day everybody had agreed to it, its first day, and its page."""

    agreed: date
    effective: date
    href: str


def since_proposal(work: Work, client: Client, proposal_id: UUID | None = None) -> Sequence[Beside]:
    """Changes agreed to after the plan was made from this proposal, or from the one accepted last; the oldest first."""
    return _told(client, _after(work, client, queries.requests(work, client), proposal_id))


def beside_agreement(
    work: Work, client: Client, proposal_id: UUID, provider_id: UUID, lines: frozenset[UUID]
) -> Sequence[Beside]:
    """Changes that touch what one provider has signed for, and that its agreement therefore does not say.

    A provider sees those it was asked about or has asked for itself.
    """
    seen = {one.id: one for one in queries.requests(work, client)}
    touching = [
        one
        for one in seen.values()
        if any(edit.line_id in lines or provider_of(edit.terms)[0] == provider_id for edit in unpack(one.edits))
    ]
    wanted = visible(work, Authorisation).where(
        Authorisation.client_id == client.id, Authorisation.organisation_id.in_(organisations(work))
    )
    for own in work.session.scalars(wanted):
        if own.request_id not in seen and own.organisation_id == provider_id:
            touching.append(queries.about(work, own))
    return _told(client, _after(work, client, touching, proposal_id))


def _after(work: Work, client: Client, found: Sequence[ChangeRequest], proposal_id: UUID | None) -> list[ChangeRequest]:
    """Those that hold and were made from the version of a proposal, or from a later one."""
    every = versions(work, client.id)
    numbers = {one.id: one.number for one in every}
    made = [one.number for one in every if one.proposal_id and proposal_id in (None, one.proposal_id)]
    if not made:
        return []
    return [one for one in found if one.state in HOLDS and numbers.get(one.base_id, 0) >= made[-1]]


def _told(client: Client, found: Sequence[ChangeRequest]) -> list[Beside]:
    at = ZoneInfo(client.time_zone)
    return [
        Beside(one.agreed_at.astimezone(at).date(), one.effective, f"/people/{client.id}/changes/{one.id}")
        for one in sorted(found, key=lambda one: (one.effective, str(one.id)))
        if one.agreed_at is not None
    ]
