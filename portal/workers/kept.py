"""The money that is kept for a backup: from the press that calls them until their visit is recorded or called off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import exists, select

from budgeting import pricing, programs
from budgeting.explain import Confidence, Figure, Source
from budgeting.money import Money
from budgeting.words import Name, words
from budgeting.working import TOLD
from portal.access.scope import CLIENT, unscoped
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.funding import held, queries as funding
from portal.people.model import Client
from portal.plans.model import PlanVersion
from portal.plans.states import VersionState
from portal.proposals.frozen import thaw
from portal.spending.model import Delivered
from portal.work import Work
from portal.workers import queries
from portal.workers.model import Backup, Call
from portal.workers.states import BackupKind, CallState

LABEL = words("Money kept for who comes instead")


_UNRECORDED = ~exists().where(
    Delivered.client_id == Call.client_id,
    Delivered.removed_at.is_(None),
    Delivered.line_id == Call.line_id,
    Delivered.first == Call.day,
    Delivered.last == Call.day,
)


@held.told(
    exists().where(
        Call.client_id == CLIENT, Call.backup_id.is_not(None), Call.state != CallState.CAME_LATE, _UNRECORDED
    )
)
def for_backups(work: Work, client: Client) -> Sequence[held.Thing]:
    """What is kept for backups that were called and whose visit nobody has recorded yet, for who may read the money."""
    if not work.can(Resource.BUDGET, Action.READ, client.id):
        return ()
    wanted = select(Call, Backup).join(Backup, Backup.id == Call.backup_id)
    wanted = wanted.where(Call.client_id == client.id, Call.state != CallState.CAME_LATE)
    why = "an amount that is not free, for who may read what is"
    called = work.session.execute(unscoped(wanted.order_by(Call.told_at), why)).all()
    waiting = [(call, backup) for call, backup in called if call.reserved != Money(0)]
    if not waiting:
        return ()
    recorded = _entries(work, client, (call for call, _ in waiting))
    waiting = [(call, backup) for call, backup in waiting if not is_recorded(call, backup, recorded)]
    parts = _parts_of(work, client, {call.line_id for call, _ in waiting})
    return [
        held.Thing(call.id, Name(call.support), part, figure(work, client, call, backup), LABEL, "workers")
        for call, backup in waiting
        if (part := parts.get(call.line_id))
    ]


def figure(work: Work, client: Client, call: Call, backup: Backup) -> Figure:
    """What is kept for one visit, with the price it comes from; not known while the price is not."""
    cost = queries.cost_of_backup(work, client, backup, call.day)
    if cost is not None and cost.value == call.reserved:
        return replace(cost, label=LABEL)
    told = TOLD if call.reserved is not None else None
    given = Source("", confidence=Confidence.GIVEN)
    return Figure(LABEL, call.reserved, words("At the price of that day"), source=given, working=told)


def shown(work: Work, client: Client, call: Call, backup: Backup) -> tuple[Figure | None, bool]:
    """What is kept for one visit, for who may read the money, and whether it is free again since it was recorded."""
    if not work.can(Resource.BUDGET, Action.READ, client.id):
        return None, False
    return figure(work, client, call, backup), is_recorded(call, backup, _entries(work, client, [call]))


def _entries(work: Work, client: Client, calls: Iterable[Call]) -> Sequence[Delivered]:
    """Delivered supports around the days of some calls."""
    days = [one.day for one in calls]
    wanted = select(Delivered).where(
        Delivered.client_id == client.id,
        Delivered.removed_at.is_(None),
        Delivered.first <= max(days),
        Delivered.last >= min(days),
    )
    return work.session.scalars(unscoped(wanted, "whether a visit is recorded, and nothing else of it")).all()


def is_recorded(call: Call, backup: Backup, entries: Iterable[Delivered]) -> bool:
    """Whether one of these entries is the visit: this support on that very day, or who came on a day around it."""
    own = backup.provider_id or (call.provider_id if backup.who is BackupKind.WORKER else None)
    return any(
        (one.line_id == call.line_id and one.first == one.last == call.day)
        or (one.first <= call.day <= one.last and _by(one, own, backup.name))
        for one in entries
    )


def _by(one: Delivered, provider_id: UUID | None, name: str) -> bool:
    if provider_id is not None:
        return one.provider_id == provider_id
    return bool(one.provider_name) and one.provider_name.casefold().split() == name.casefold().split()


def _parts_of(work: Work, client: Client, line_ids: set[UUID]) -> dict[UUID, str]:
    """The part of the funding that pays each of these lines, by its key; a line that none pays is left out."""
    letter = funding.current_for_job(work, client) if line_ids else None
    in_force = select(PlanVersion.content).where(
        PlanVersion.client_id == client.id, PlanVersion.state == VersionState.IN_FORCE
    )
    content = work.session.scalar(unscoped(in_force, "which part of the funding pays")) if letter else None
    if letter is None or content is None:
        return {}
    plan = thaw(content)
    package = plan.package(funding.funding_values(letter, work.today(client)))
    wanted = {str(one) for one in line_ids}
    asked = replace(package, lines=tuple(one for one in package.lines if one.id in wanted))
    quoted = pricing.quote(asked, catalogue.editions(work, plan.program), programs.calendar())
    return {UUID(one.line.id): one.component for one in quoted.lines if one.component}
