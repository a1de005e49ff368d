"""Outlooks and alarms, limited to what the reader may see; and whether what was kept still holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from budgeting.words import words
from portal.access.scope import limit, unscoped, visible
from portal.access.table import Action, Relationship, Resource
from portal.db import among
from portal.journal import KINDS, JournalEntry
from portal.outlook.kinds import ABOUT_TO_MOVE, DRAFTING, FROM_THE_PLAN, MOVING, AlarmKind
from portal.outlook.model import Alarm, AlarmListener, Basis, Outlook, Ring
from portal.outlook.reckoning import mark_of_prices
from portal.outlook.saying import ring_words
from portal.outlook.told import from_json
from portal.people import due, history, next_steps
from portal.people.model import Client, Tie
from portal.people.next_steps import Clients, NextStep
from portal.people.queries import those
from portal.work import NotVisible, Work

history.about("outlook.", Resource.BUDGET)

#: Alarms that are about the day on which money ends, so that what would move that day belongs beside them.
ABOUT_ENDS = (AlarmKind.EARLY, AlarmKind.WITHIN, AlarmKind.PRICE)
#: Said instead of an alarm of a plan that is not the one in force any more.
ANEW = words("Something has changed since the alarm. See how far the money reaches now.")


def _kinds(beginnings: tuple[str, ...]) -> list[str]:
    return sorted(kind for kind in KINDS if kind.startswith(beginnings))


def old_ones(work: Work, rows: Collection[Outlook], clients: Clients) -> Collection[UUID]:
    """The clients among these whose outlook no longer holds: of another day, other prices, or touched since.

    A few statements however many they are.
    """
    if not rows:
        return frozenset()
    last = {row.client_id: row.seen for row in rows}
    drafts = [row.client_id for row in rows if row.basis is Basis.DRAFT]
    moves = JournalEntry.kind.in_(_kinds((*MOVING, *ABOUT_TO_MOVE)))
    drafted = and_(JournalEntry.kind.in_(_kinds(DRAFTING)), among(JournalEntry.client_id, drafts))
    newest = select(JournalEntry.client_id, func.max(JournalEntry.seq)).where(
        among(JournalEntry.client_id, last), JournalEntry.seq > min(last.values()), or_(moves, drafted)
    )
    touched = {row[0]: row[1] for row in work.session.execute(newest.group_by(JournalEntry.client_id))}
    prices = {program: mark_of_prices(work, program) for program in {row.program for row in rows}}
    return frozenset(
        row.client_id
        for row in rows
        if row.computed_on != work.today(clients[row.client_id])
        or row.prices != prices[row.program]
        or touched.get(row.client_id, 0) > row.seen
    )


# Alarms


def alarms(work: Work, client: Client) -> Sequence[Alarm]:
    """The alarms that are on, the oldest first."""
    wanted = visible(work, Alarm).where(Alarm.client_id == client.id, Alarm.ended_at.is_(None))
    return work.session.scalars(wanted.order_by(Alarm.made_at, Alarm.id)).all()


def alarm(work: Work, client: Client, alarm_id: UUID) -> Alarm:
    """One alarm of this client; NotVisible otherwise."""
    found = work.session.scalar(visible(work, Alarm).where(Alarm.id == alarm_id, Alarm.client_id == client.id))
    if found is None:
        raise NotVisible
    return found


def listeners(work: Work, client: Client) -> Mapping[UUID, list[UUID]]:
    """Who else is told, by alarm."""
    wanted = limit(select(AlarmListener.alarm_id, AlarmListener.account_id), work, AlarmListener)
    found: dict[UUID, list[UUID]] = {}
    for alarm_id, account_id in work.session.execute(wanted.where(AlarmListener.client_id == client.id)):
        found.setdefault(alarm_id, []).append(account_id)
    return found


def rings(work: Work, client: Client) -> Sequence[tuple[Ring, Alarm]]:
    """What alarms said and is not settled, gone or hidden for now; the newest first."""
    return [(ring, alarm) for ring, alarm in _open(work, {client.id: client}) if _shown(work, client, ring)]


def ring(work: Work, client: Client, ring_id: UUID) -> Ring:
    """One thing an alarm said; NotVisible otherwise."""
    found = work.session.scalar(visible(work, Ring).where(Ring.id == ring_id, Ring.client_id == client.id))
    if found is None:
        raise NotVisible
    return found


def _open(work: Work, clients: Clients) -> Sequence[tuple[Ring, Alarm]]:
    wanted = limit(select(Ring, Alarm), work, Ring).join(Alarm, Alarm.id == Ring.alarm_id)
    still = wanted.where(
        among(Ring.client_id, clients), Ring.settled_at.is_(None), Ring.gone_at.is_(None), Alarm.ended_at.is_(None)
    )
    return [(ring, alarm) for ring, alarm in work.session.execute(still.order_by(Ring.rung_at.desc(), Ring.id))]


def _shown(work: Work, client: Client, ring: Ring) -> bool:
    return ring.again_on is None or ring.again_on <= work.today(client)


def people_to_tell(work: Work, client: Client) -> Sequence[UUID]:
    """Accounts in the circle, of which some may be chosen to be told; who may see the money is asked for each."""
    wanted = select(Tie.account_id).where(
        Tie.client_id == client.id,
        Tie.account_id.is_not(None),
        Tie.holds_on(work.day),
    )
    found = work.session.scalars(limit(wanted, work, Tie).order_by(Tie.starts, Tie.id))
    return list(dict.fromkeys(one for one in found if one))


def told_to_me(work: Work, clients: Clients) -> Mapping[UUID, list[tuple[Ring, Alarm]]]:
    """What alarms said that tell the reader: their own, those that name them, and all for the person themselves."""
    found = [(ring, alarm) for ring, alarm in _open(work, clients) if _shown(work, clients[ring.client_id], ring)]
    if not found:
        return {}
    named = limit(select(AlarmListener.alarm_id), work, AlarmListener).where(
        AlarmListener.account_id == work.account_id, among(AlarmListener.client_id, clients)
    )
    heard = set(work.session.scalars(named))
    themselves = unscoped(select(Tie.client_id), "who the reader is").where(
        Tie.account_id == work.account_id,
        Tie.relationship.in_((Relationship.CLIENT, Relationship.AUTHORITY)),
        Tie.client_id.in_({ring.client_id for ring, _ in found}),
        Tie.holds_on(work.day),
    )
    own = set(work.session.scalars(themselves))
    mine: dict[UUID, list[tuple[Ring, Alarm]]] = {}
    for ring, alarm in found:
        if alarm.made_by == work.account_id or alarm.id in heard or ring.client_id in own:
            mine.setdefault(ring.client_id, []).append((ring, alarm))
    return mine


@due.of_endings
def money_ends(work: Work, clients: Clients) -> Iterable[due.Due]:
    """The last day that the money pays for, where it does not last."""
    wanted = visible(work, Outlook).where(among(Outlook.client_id, clients), Outlook.runs_dry.is_not(None))
    rows = work.session.scalars(wanted).all()
    old = old_ones(work, rows, clients)
    for row in rows:
        if row.until is not None and row.client_id not in old:
            text = words("The money lasts until {day} only. See what could change.", day=row.until)
            href = f"/people/{row.client_id}/alarms"
            yield due.Due(row.client_id, due.Kind.FUNDING, row.until, text, href, program=row.program)


@next_steps.of_clients
def what_alarms_say(work: Work, clients: Clients) -> Iterable[tuple[UUID, NextStep]]:
    """What an alarm said to the reader; else a shortage that is known, with the gentlest thing that would end it."""
    told = told_to_me(work, clients)
    wanted = visible(work, Outlook).where(or_(among(Outlook.client_id, told), Outlook.runs_dry.is_not(None)))
    rows = work.session.scalars(wanted.where(among(Outlook.client_id, clients))).all()
    old = old_ones(work, rows, clients)
    planning = those(work, Resource.DRAFT, Action.READ, clients) if any(row.fix for row in rows) else ()
    kept = {row.client_id: row for row in rows if row.client_id not in old}
    fresh = {one: row for one, row in kept.items() if row.runs_dry and row.until}
    change = {one: from_json(row.fix) for one, row in fresh.items() if row.fix and one in planning}
    for client_id, found in told.items():
        if client_id not in kept and any(alarm.kind in FROM_THE_PLAN for _, alarm in found):
            yield client_id, NextStep(ANEW, f"/people/{client_id}/alarms", urgent=True)
        for ring, alarm in found:
            if client_id not in kept and alarm.kind in FROM_THE_PLAN:
                continue
            said = ring_words(ring, alarm.kind)
            if alarm.kind in ABOUT_ENDS and client_id in change:
                said = words("{sentence} You could: {change}.", sentence=said, change=change.pop(client_id))
            yield client_id, NextStep(said, f"/people/{client_id}/alarms", urgent=True)
    for client_id, row in fresh.items():
        if client_id in told or row.until is None:
            continue
        text = words("The money lasts until {day} only. See what could change.", day=row.until)
        if client_id in change:
            text = words(
                "The money lasts until {day} only. You could: {change}.", day=row.until, change=change[client_id]
            )
        yield client_id, NextStep(text, f"/people/{client_id}/alarms")
