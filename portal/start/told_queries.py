"""What a helper told about a person who has not said yet whether it is right."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from budgeting.words import Name, words
from portal.access.scope import limit, visible
from portal.accounts.queries import names as account_names
from portal.db import among
from portal.people import next_steps
from portal.people.model import GIVEN_BY_HELPER, Client, Consent, Tie
from portal.people.next_steps import NextStep
from portal.people.queries import is_own
from portal.work import Work


@dataclass(frozen=True)
class Told:
    """Somebody who began the record of a person and what they may see, as they told it."""

    tie: Tie
    name: Name
    consents: tuple[Consent, ...]


def to_confirm(work: Work, client: Client) -> Sequence[Told]:
    """Every helper whose word the person has not confirmed; for the person alone."""
    if not is_own(work, client):
        return ()
    consents: dict[UUID, list[Consent]] = {}
    wanted = visible(work, Consent).where(Consent.client_id == client.id, _unconfirmed(work))
    for one in work.session.scalars(wanted.order_by(Consent.covers, Consent.id)):
        consents.setdefault(one.tie_id, []).append(one)
    ties = work.session.scalars(visible(work, Tie).where(Tie.id.in_(consents), Tie.holds_on(work.day))).all()
    names = account_names(work.session, {one.account_id for one in ties if one.account_id})
    return [Told(one, Name(names[one.account_id]), tuple(consents[one.id])) for one in ties if one.account_id in names]


def version(found: Iterable[Told]) -> int:
    """A number that is another one as soon as anything that is to be confirmed is."""
    said = sorted(f"{consent.id}.{consent.version}" for one in found for consent in one.consents)
    return int.from_bytes(hashlib.sha256(",".join(said).encode()).digest()[:4])


def _unconfirmed(work: Work) -> ColumnElement[bool]:
    still = or_(Consent.ends.is_(None), Consent.ends >= work.day)
    return and_(Consent.given_how == GIVEN_BY_HELPER, Consent.withdrawn_at.is_(None), still)


@next_steps.of_clients
def told_for_you(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, NextStep]]:
    """Somebody told about the reader, who has not said yet whether it is right."""
    wanted = limit(select(Consent.client_id).distinct(), work, Consent)
    for client_id in work.session.scalars(wanted.where(among(Consent.client_id, clients), _unconfirmed(work))):
        for one in to_confirm(work, clients[client_id]):
            text = words("{name} wrote this for you. Is it right?", name=one.name)
            yield client_id, NextStep(text, f"/people/{client_id}/told")
