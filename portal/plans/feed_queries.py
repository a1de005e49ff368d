"""Whose calendar address it is, and which visits its holder may see at this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import organisations, unscoped, visible
from portal.access.table import Action, Resource
from portal.accounts.model import Account
from portal.accounts.queries import hashed
from portal.db import among
from portal.people import due, queries as people
from portal.people.due import Due
from portal.people.model import Client
from portal.plans import queries
from portal.plans.feed_model import CalendarFeed
from portal.plans.feeds import AHEAD, BEHIND, Entry, of_parts
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.visits import going, standing
from portal.work import Actor, ActorKind, NotVisible, Work


def feeds(work: Work) -> Sequence[CalendarFeed]:
    """The reader's own addresses that have not ended, the newest first."""
    wanted = select(CalendarFeed).where(CalendarFeed.account_id == work.account_id, CalendarFeed.revoked_at.is_(None))
    return work.session.scalars(wanted.order_by(CalendarFeed.made_at.desc(), CalendarFeed.id)).all()


def by_secret(work: Work, secret: str) -> tuple[CalendarFeed, Account] | None:
    """The address with this secret and its holder; None when it has ended, or never was."""
    wanted = (
        select(CalendarFeed, Account)
        .join(Account, Account.id == CalendarFeed.account_id)
        .where(CalendarFeed.token_hash == hashed(secret), CalendarFeed.revoked_at.is_(None))
        .where(Account.closed_at.is_(None))
    )
    found = work.session.execute(wanted).one_or_none()
    return (found[0], found[1]) if found else None


def as_holder(work: Work, holder: Account) -> Work:
    """The same transaction as the holder of an address: what they may see is decided as for every page of theirs."""
    return work.as_seen_by(Actor(ActorKind.ACCOUNT, holder.id, holder.name, holder.language))


def entries(work: Work, feed: CalendarFeed) -> list[Entry]:
    """The visits that the reader may see now; NotVisible when nothing is shared with them any more."""
    if feed.covers_id is None:
        return _of_our_organisations(work)
    client = people.client(work, feed.covers_id)
    if not work.can(Resource.PLAN, Action.READ, client.id):
        raise NotVisible
    parts = _delivered(work, [client.id])
    names = queries.provider_names(work, [part.provider_id for part in parts])
    beside = {part.id: queries.called(part, names).text for part in parts}
    return _entries(work, parts, {client.id: client}, beside)


def open_by(work: Work, feed: CalendarFeed) -> list[Due]:
    """What is due around one client in the days that a calendar shows; an organisation has its list for that."""
    if feed.covers_id is None:
        return []
    client = people.client(work, feed.covers_id)
    first, last = work.today(client) - BEHIND, work.today(client) + AHEAD
    return [one for one in due.all_of(work, {client.id: client}) if first <= one.day <= last]


def _of_our_organisations(work: Work) -> list[Entry]:
    """Only own lines, at whomever: nothing of other providers."""
    ours = work.session.scalars(organisations(work)).all()
    if not ours:
        raise NotVisible
    parts = work.session.scalars(visible(work, PlanPart).where(PlanPart.provider_id.in_(ours))).all()
    clients = {part.client_id: queries.client_of(work, part.client_id) for part in parts}
    return _entries(work, parts, clients, {part.id: clients[part.client_id].name for part in parts})


def _delivered(work: Work, client_ids: Sequence[UUID]) -> Sequence[PlanPart]:
    return work.session.scalars(visible(work, PlanPart).where(among(PlanPart.client_id, client_ids))).all()


def _entries(
    work: Work, parts: Sequence[PlanPart], clients: Mapping[UUID, Client], beside: Mapping[UUID, str]
) -> list[Entry]:
    rows = work.session.execute(
        unscoped(select(PlanVersion.id, PlanVersion.number), "the order of parts").where(
            PlanVersion.id.in_({part.version_id for part in parts})
        )
    )
    numbers = {row.id: row.number for row in rows}
    found = []
    for client in clients.values():
        theirs = [part for part in parts if part.client_id == client.id]
        held = {part.id for part in standing(theirs)}
        shown = [part for part in theirs if part.id in held or part.since is not None]
        history = [(numbers[one.part.version_id], one) for one in going(shown, as_agreed=True)]
        for slot in of_parts(history, work.today(client)):
            found.append(Entry(slot, client.time_zone, beside[slot.going.part.id]))
    return found
