"""Delivered supports and files of invoices, limited to what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from budgeting.words import Name, words
from portal.access.scope import limit, unscoped, visible
from portal.access.table import Action, Resource
from portal.db import among
from portal.funding import resting
from portal.funding.model import FundingPlan
from portal.people import history, next_steps
from portal.people.model import Client
from portal.proposals import so_far
from portal.spending.claim_model import ToldBalance
from portal.spending.model import Delivered, FileState, InvoiceImport
from portal.work import ActorKind, NotVisible, Work

history.about("spending.", Resource.BUDGET)
FILE_STATES = {
    FileState.WAITING: words("It is being read"),
    FileState.READING: words("It is being read"),
    FileState.ASKING: words("It has a question for you"),
    FileState.READY: words("It is read, and waits for you"),
    FileState.REFUSED: words("Something in it needs putting right"),
}


def _seen(work: Work, statement: Any) -> Any:
    if work.actor.kind is ActorKind.SYSTEM:
        return unscoped(statement, "a job works on the client's own entries")
    return limit(statement, work, Delivered)


def entries(work: Work, client: Client) -> Sequence[Delivered]:
    """Every entry of a client that was not removed, the latest support first."""
    wanted = _seen(work, select(Delivered)).where(Delivered.client_id == client.id, Delivered.removed_at.is_(None))
    order = (Delivered.first.desc(), Delivered.entered_at, Delivered.row, Delivered.id)
    return work.session.scalars(wanted.order_by(*order)).all()


def versions(work: Work, client: Client) -> frozenset[tuple[UUID, int]]:
    """Which entries there are that were not removed, each with its version: every change gives it another one."""
    wanted = _seen(work, select(Delivered.id, Delivered.version))
    wanted = wanted.where(Delivered.client_id == client.id, Delivered.removed_at.is_(None))
    return frozenset((row.id, row.version) for row in work.session.execute(wanted))


def any_outside(work: Work, client: Client, told: date) -> bool:
    """Whether an entry may not be inside what was told as spent up to a day: delivered, claimed or paid later."""
    wanted = _seen(work, select(Delivered.id))
    days = (Delivered.first, Delivered.claimed_on, Delivered.paid_on)
    later = or_(*(one > told for one in days))
    wanted = wanted.where(Delivered.client_id == client.id, Delivered.removed_at.is_(None), later)
    return work.session.scalar(wanted.limit(1)) is not None


def entry(work: Work, client: Client, entry_id: UUID) -> Delivered:
    """One entry of this client, removed or not; NotVisible otherwise."""
    wanted = visible(work, Delivered).where(Delivered.client_id == client.id, Delivered.id == entry_id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def files(work: Work, client: Client) -> Sequence[InvoiceImport]:
    """Files of invoices that are on their way in, the newest first."""
    wanted = visible(work, InvoiceImport).where(
        InvoiceImport.client_id == client.id, InvoiceImport.finished_at.is_(None)
    )
    return work.session.scalars(wanted.order_by(InvoiceImport.asked_at.desc())).all()


@next_steps.of_clients
def files_to_look_at(work: Work, clients: next_steps.Clients) -> Iterable[tuple[UUID, next_steps.NextStep]]:
    """Files on their way in, for those who may take them in: they are forgotten when nobody looks at them."""
    seen = limit(
        select(InvoiceImport.client_id, InvoiceImport.id, InvoiceImport.state, InvoiceImport.file_name),
        work,
        InvoiceImport,
    )
    open_ones = seen.where(among(InvoiceImport.client_id, clients), InvoiceImport.finished_at.is_(None))
    for row in work.session.execute(open_ones.order_by(InvoiceImport.asked_at)):
        if work.can(Resource.BUDGET, Action.WRITE, row.client_id):
            text = words("{file}: {state}.", file=Name(row.file_name), state=FILE_STATES[row.state])
            coming = row.state in (FileState.WAITING, FileState.READING)
            href = f"/people/{row.client_id}/spending/files/{row.id}"
            yield row.client_id, next_steps.NextStep(text, href, coming=coming)


def file(work: Work, client: Client, file_id: UUID) -> InvoiceImport:
    """One file of this client; NotVisible otherwise."""
    wanted = visible(work, InvoiceImport).where(InvoiceImport.client_id == client.id, InvoiceImport.id == file_id)
    found = work.session.scalar(wanted)
    if found is None:
        raise NotVisible
    return found


def marks(work: Work, client: Client) -> frozenset[str]:
    """What the entries of a client are known by, those that were removed too."""
    wanted = limit(select(Delivered.mark), work, Delivered).where(Delivered.client_id == client.id)
    return frozenset(work.session.scalars(wanted))


def removed(work: Work, client: Client) -> Sequence[Delivered]:
    """Entries that were removed, the latest removal first."""
    wanted = visible(work, Delivered).where(Delivered.client_id == client.id, Delivered.removed_at.is_not(None))
    return work.session.scalars(wanted.order_by(Delivered.removed_at.desc())).all()


@so_far.of_line
def _delivered(work: Work, client: Client, key: UUID) -> Iterable[so_far.Fact]:
    """When a line was first and last delivered, as invoices say."""
    counted = limit(select(func.min(Delivered.first), func.max(Delivered.last)), work, Delivered).where(
        Delivered.client_id == client.id, Delivered.line_id == key, Delivered.removed_at.is_(None)
    )
    first, last = work.session.execute(counted).one()
    if first is not None and last is not None:
        said = words("Delivered since {first}, last on {last}", first=first, last=last)
        yield so_far.Fact(so_far.Stage.DELIVERING, said, last, f"/people/{client.id}/spending")


@resting.told
def entries_since(plan: FundingPlan) -> Select[UUID]:
    """Entries of the days of a letter that were written down since it was typed in."""
    return select(Delivered.id).where(
        Delivered.client_id == plan.client_id,
        Delivered.removed_at.is_(None),
        Delivered.first >= plan.starts,
        Delivered.entered_at > plan.created_at,
    )


@resting.told
def balances_since(plan: FundingPlan) -> Select[UUID]:
    """Balances that somebody told since."""
    return select(ToldBalance.id).where(
        ToldBalance.client_id == plan.client_id,
        ToldBalance.taken_back_at.is_(None),
        ToldBalance.on >= plan.starts,
        ToldBalance.told_at > plan.created_at,
    )
